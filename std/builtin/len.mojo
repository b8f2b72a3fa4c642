"""`len`."""


@always_inline
def len[T: Sized](value: T) -> Int:
    """The number of elements of a value."""
    return value.__len__()
