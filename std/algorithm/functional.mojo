"""A part of `std.algorithm`, at the path of the file that defines it in the 1.x library."""
from std.algorithm.vectorize import vectorize
