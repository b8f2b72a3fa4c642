"""`memory.anypointer` of early 2024."""
from std.classic.pointers import AnyPointer
