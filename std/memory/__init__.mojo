"""Pointers, spans, allocation."""
from std.memory.pointer import Pointer, MutPointer, ImmPointer, OpaquePointer, UnsafePointer
from std.memory.span import Span, MutSpan, ImmSpan
from std.memory.memory import unsafe_alloc, stack_allocation, unsafe_memcpy, unsafe_memset, unsafe_memset_zero, bitcast
