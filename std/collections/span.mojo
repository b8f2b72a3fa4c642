"""A part of `std.collections`, at the path of the file that defines it in the 1.x library."""
from std.memory.span import MutSpan, Span
