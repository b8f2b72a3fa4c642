"""Iteration helpers: `iter`, `next`, `enumerate`, `zip`, `reversed`."""
from std.builtin.range import _Range, _StridedRange


@always_inline
def reversed(values: _Range) -> _StridedRange:
    """The numbers of a range, last first."""
    return values.__reversed__()


@always_inline
def reversed(values: _StridedRange) -> _StridedRange:
    """The numbers of a range, last first."""
    return values.__reversed__()


@always_inline
def reversed[T: Movable & Deinitable](ref values: List[T]) -> _ReversedIterator[T, origin_of(values)]:
    """The elements of a list, last first."""
    return _ReversedIterator[T, origin_of(values)](values.unsafe_ptr(), len(values))


struct _ReversedIterator[mut: Bool, //, T: AnyType, origin: Origin[mut=mut]](TrivialRegisterPassable):
    var _data: Pointer[Self.T, Self.origin]
    var _left: Int

    @always_inline
    def __init__(out self, data: Pointer[Self.T, Self.origin], left: Int):
        self._data = data
        self._left = left

    @always_inline
    def __iter__(ref self) -> Self:
        return self

    @always_inline
    def __has_next__(self) -> Bool:
        return self._left > 0

    @always_inline
    def __next__(mut self) -> ref[Self.origin] Self.T:
        self._left = self._left - 1
        return self._data.unsafe_offset(self._left)[]


def next[I: Iterator](mut iterator: I) raises StopIteration -> I.Element:
    """The next element of an iterator."""
    return iterator.__next__()
