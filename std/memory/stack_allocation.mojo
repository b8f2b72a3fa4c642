"""A part of `std.memory`, at the path of the file that defines it in the 1.x library."""
from std.memory.memory import stack_allocation
