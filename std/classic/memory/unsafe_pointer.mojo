"""`memory.unsafe_pointer` of 2024."""
from std.classic.pointers import (
    UnsafePointer, initialize_pointee_copy, initialize_pointee_move, destroy_pointee, move_from_pointee,
)
