"""A part of `std.ffi`, at the path of the file that defines it in the 1.x library."""
from std.collections.c_string import CStringSlice
