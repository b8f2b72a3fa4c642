"""Assertions for tests, and suites of them."""
from std.testing.assertions import (
    assert_equal, assert_not_equal, assert_true, assert_false, assert_almost_equal, assert_raises, assert_is, assert_is_not,
)
from std.testing.suite import TestSuite
