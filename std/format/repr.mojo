"""A part of `std.format`, at the path of the file that defines it in the 1.x library."""
from std.format.writable import repr
