"""Whether values of a type may be handled as bytes, and how a value escapes its destruction."""
from std.collections.list import __is_trivial_copy, __is_trivial_destroy, __is_trivial_move
from std.collections.optional import __RawArray, __raw_pointer, __raw_storage
from std.memory.memory import unsafe_memmove
from std.memory.pointer import Pointer

comptime IsTriviallyCopyable[T: Copyable]: Bool = __is_trivial_copy[T]()
"""Whether copies of a `T` are copies of its bytes."""

comptime IsTriviallyMovable[T: Movable]: Bool = __is_trivial_move[T]()
"""Whether a `T` moves as bytes."""

comptime IsTriviallyDeinitable[T: Deinitable]: Bool = __is_trivial_destroy[T]()
"""Whether the end of a `T` needs nothing done."""


@deprecated("'is_trivially_copyable' is deprecated, use 'IsTriviallyCopyable' instead")
def is_trivially_copyable[T: Copyable]() -> Bool:
    """Whether copies of a `T` are copies of its bytes. Today's name is `IsTriviallyCopyable[T]`."""
    return __is_trivial_copy[T]()


@deprecated("'is_trivially_movable' is deprecated, use 'IsTriviallyMovable' instead")
def is_trivially_movable[T: Movable]() -> Bool:
    """Whether a `T` moves as bytes. Today's name is `IsTriviallyMovable[T]`."""
    return __is_trivial_move[T]()


@always_inline
def forget_deinit[T: Movable](var value: T):
    """Takes a value and never destroys it."""
    var room = __raw_storage[__RawArray[T, 1]]()
    __raw_pointer[P = Pointer[T, MutUntrackedOrigin]](room).unsafe_write(value^)


@deprecated(use=unsafe_memmove)
@always_inline
def memmove[T: AnyType](*, dest: Pointer[T, _], src: Pointer[T, _], count: Int):
    """Copies `count` elements as bytes; the areas may overlap. Today's name is `unsafe_memmove`."""
    unsafe_memmove(dest=dest, src=src, count=count)
