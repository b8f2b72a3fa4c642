"""Pointers, spans, allocation."""
from std.memory.pointer import Pointer, MutPointer, ImmPointer, OpaquePointer, MutOpaquePointer, ImmOpaquePointer, UnsafePointer
from std.memory.span import Span, MutSpan, ImmSpan
from std.memory.memory import (
    unsafe_alloc, stack_allocation, unsafe_memcpy, unsafe_memmove, unsafe_memset, unsafe_memset_zero, unsafe_memcmp, bitcast,
    pack_bits,
)
from std.memory.allocation import alloc, dealloc, Alignment, Layout, Allocation, ThinAllocation
from std.memory.address_space import AddressSpace
from std.memory.arc_pointer import ArcPointer
from std.memory.owned_pointer import OwnedPointer
from std.memory.maybe_uninit import MaybeUninit
from std.memory.triviality import (
    IsTriviallyCopyable, IsTriviallyDeinitable, IsTriviallyMovable, forget_deinit, is_trivially_copyable, is_trivially_movable, memmove,
)
from std.classic.prelude import memcpy, memset, memset_zero, memcmp, DTypePointer

comptime OptionalPointer[mut: Bool, //, T: AnyType, origin: Origin[mut=mut]] = Optional[Pointer[T, origin]]
