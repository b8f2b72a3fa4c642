"""`memory.unsafe` of classic Mojo."""
from std.classic.pointers import Pointer, UnsafePointer, DTypePointer, AnyPointer
from std.memory.memory import bitcast
