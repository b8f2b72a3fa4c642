"""`memory` of classic Mojo."""
from std.classic.pointers import (
    Pointer, UnsafePointer, DTypePointer, AnyPointer, memcpy, memset, memset_zero, memcmp,
    initialize_pointee_copy, initialize_pointee_move, destroy_pointee, move_from_pointee,
)
from std.memory.memory import stack_allocation
from std.memory.arc_pointer import ArcPointer

comptime Arc = ArcPointer
