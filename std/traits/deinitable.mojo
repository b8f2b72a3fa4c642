"""A part of `std.traits`, at the path of the file that defines it in the 1.x library."""
from std.builtin.traits import Deinitable
