"""A part of `std.testing`, at the path of the file that defines it in the 1.x library."""
from std.testing.assertions import (
    assert_almost_equal, assert_equal, assert_false, assert_is, assert_is_not, assert_not_equal, assert_raises, assert_true,
)
