"""A part of `std.reflection`, at the path of the file that defines it in the 1.x library."""
from std.reflection.functions import get_function_name, get_linkage_name
