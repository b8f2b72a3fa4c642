"""`range`: the integers of an arithmetic progression."""
from std.builtin.iteration import _BoundedIterator


struct _Range(TrivialRegisterPassable, _BoundedIterator, Iterable, Sized):
    """Counts up by one from `_next` to `_end`, exclusive. Its own iterator."""

    comptime Element = Int
    comptime IteratorType[mut: Bool, //, o: Origin[mut=mut]]: Iterator = _Range
    var _next: Int
    var _end: Int

    @always_inline
    def __init__(out self, start: Int, end: Int):
        self._next = start
        self._end = end

    @always_inline
    def __iter__(ref self) -> _Range:
        return self

    @always_inline
    def __has_next__(self) -> Bool:
        return self._next < self._end

    @always_inline
    def __next__(mut self) -> Int:
        var value = self._next
        self._next = value + 1
        return value

    @always_inline
    def __len__(self) -> Int:
        return max(0, self._end - self._next)

    @always_inline
    def __getitem__[I: Indexer](self, idx: I) -> Int:
        return self._next + idx.__index__()

    @always_inline
    def __reversed__(self) -> _StridedRange:
        return _StridedRange(self._end - 1, self._next - 1, -1)


struct _StridedRange(TrivialRegisterPassable, _BoundedIterator, Iterable, Sized):
    """Counts by `_step`, which is not 0, until `_end` is reached or passed."""

    comptime Element = Int
    comptime IteratorType[mut: Bool, //, o: Origin[mut=mut]]: Iterator = _StridedRange
    var _next: Int
    var _end: Int
    var _step: Int

    @always_inline
    def __init__(out self, start: Int, end: Int, step: Int):
        self._next = start
        self._end = end
        self._step = step

    @always_inline
    def __iter__(ref self) -> _StridedRange:
        return self

    @always_inline
    def __has_next__(self) -> Bool:
        if self._step > 0:
            return self._next < self._end
        return self._next > self._end and self._step != 0

    @always_inline
    def __next__(mut self) -> Int:
        var value = self._next
        self._next = value + self._step
        return value

    def __len__(self) -> Int:
        if self._step > 0:
            return max(0, (self._end - self._next + self._step - 1) // self._step)
        if self._step == 0:
            return 0
        return max(0, (self._next - self._end - self._step - 1) // (-self._step))

    @always_inline
    def __getitem__[I: Indexer](self, idx: I) -> Int:
        return self._next + idx.__index__() * self._step

    def __reversed__(self) -> _StridedRange:
        var count = self.__len__()
        return _StridedRange(self._next + (count - 1) * self._step, self._next - self._step, -self._step)


@always_inline
def range(end: Int) -> _Range:
    """The integers from 0 to `end`, exclusive."""
    return _Range(0, end)


@always_inline
def range(start: Int, end: Int) -> _Range:
    """The integers from `start` to `end`, exclusive."""
    return _Range(start, end)


@always_inline
def range(start: Int, end: Int, step: Int) -> _StridedRange:
    """Every `step`th integer from `start` towards `end`, exclusive."""
    return _StridedRange(start, end, step)


struct _ScalarRange[dtype: DType](TrivialRegisterPassable, _BoundedIterator, Iterable, Sized):
    """Counts like `_StridedRange`, in another integer type."""

    comptime Element = Scalar[Self.dtype]
    comptime IteratorType[mut: Bool, //, o: Origin[mut=mut]]: Iterator = Self
    var _next: Scalar[Self.dtype]
    var _left: Int
    var _step: Scalar[Self.dtype]

    @always_inline
    def __init__(out self, start: Scalar[Self.dtype], end: Scalar[Self.dtype], step: Scalar[Self.dtype]):
        self._next = start
        self._step = step
        if step > 0 and start < end:
            self._left = Int((end - start - 1) // step) + 1
        elif step < 0 and start > end:
            self._left = Int((start - end - 1) // -step) + 1
        else:
            self._left = 0

    @always_inline
    def __iter__(ref self) -> Self:
        return self

    @always_inline
    def __has_next__(self) -> Bool:
        return self._left > 0

    @always_inline
    def __next__(mut self) -> Scalar[Self.dtype]:
        var value = self._next
        self._next = value + self._step
        self._left -= 1
        return value

    @always_inline
    def __len__(self) -> Int:
        return self._left

    @always_inline
    def __getitem__[I: Indexer](self, idx: I) -> Scalar[Self.dtype]:
        return self._next + idx.__index__().cast[Self.dtype]() * self._step

    def __reversed__(self) -> Self:
        var last = self[self._left - 1]
        var result = Self(last, last, -self._step)
        result._left = self._left
        return result


@always_inline
def range[dtype: DType, //](end: Scalar[dtype]) -> _ScalarRange[dtype] where dtype.is_integral() and dtype != DType.int:
    """The integers from 0 to `end`, exclusive."""
    return _ScalarRange[dtype](0, end, 1)


@always_inline
def range[dtype: DType, //](
    start: Scalar[dtype], end: Scalar[dtype]
) -> _ScalarRange[dtype] where dtype.is_integral() and dtype != DType.int:
    """The integers from `start` to `end`, exclusive."""
    return _ScalarRange[dtype](start, end, 1)


@always_inline
def range[dtype: DType, //](
    start: Scalar[dtype], end: Scalar[dtype], step: Scalar[dtype]
) -> _ScalarRange[dtype] where dtype.is_integral() and dtype != DType.int:
    """Every `step`th integer from `start` towards `end`, exclusive."""
    return _ScalarRange[dtype](start, end, step)
