"""A part of `std.collections.string`, at the path of the file that defines it in the 1.x library."""
from std.collections.string_slice import StaticString, StringSlice, StringSpan
