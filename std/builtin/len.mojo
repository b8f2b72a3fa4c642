"""`len`."""
from std.builtin.traits import Sized, SizedRaising


@always_inline
def len[T: Sized](value: T) -> Int:
    """The number of elements of a value."""
    return value.__len__()


@always_inline
def len[T: SizedRaising](value: T) raises -> Int:
    """The number of elements of a value that may have none."""
    return value.__len__()
