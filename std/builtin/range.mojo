"""`range`: the integers of an arithmetic progression."""
from std.builtin.iteration import _BoundedIterator
from std.builtin.simd import _unsigned_of


struct _Range(TrivialRegisterPassable, _BoundedIterator, Iterable, Sized):
    """Counts up by one from `start` to `end`, exclusive. Its own iterator."""

    comptime Element = Int
    comptime IteratorType[mut: Bool, //, o: Origin[mut=mut]]: Iterator = _Range
    var start: Int
    var end: Int

    @always_inline
    def __init__(out self, start: Int, end: Int):
        self.start = start
        self.end = end

    @always_inline
    def __iter__(ref self) -> _Range:
        return self

    @always_inline
    def __has_next__(self) -> Bool:
        return self.start < self.end

    @always_inline
    def __next__(mut self) -> Int:
        var value = self.start
        self.start = value + 1
        return value

    @always_inline
    def __len__(self) -> Int:
        return max(0, self.end - self.start)

    @always_inline
    def __getitem__[I: Indexer](self, idx: I) -> Int:
        return self.start + idx.__index__()

    @always_inline
    def __reversed__(self) -> _StridedRange:
        return _StridedRange(self.end - 1, self.start - 1, -1)


struct _StridedRange(TrivialRegisterPassable, _BoundedIterator, Iterable, Sized):
    """Counts by `step`, which is not 0, until `end` is reached or passed."""

    comptime Element = Int
    comptime IteratorType[mut: Bool, //, o: Origin[mut=mut]]: Iterator = _StridedRange
    var start: Int
    var end: Int
    var step: Int

    @always_inline
    def __init__(out self, start: Int, end: Int, step: Int):
        self.start = start
        self.end = end
        self.step = step

    @always_inline
    def __iter__(ref self) -> _StridedRange:
        return self

    @always_inline
    def __has_next__(self) -> Bool:
        if self.step > 0:
            return self.start < self.end
        return self.start > self.end and self.step != 0

    @always_inline
    def __next__(mut self) -> Int:
        var value = self.start
        self.start = value + self.step
        return value

    def __len__(self) -> Int:
        if self.step > 0:
            return max(0, (self.end - self.start + self.step - 1) // self.step)
        if self.step == 0:
            return 0
        return max(0, (self.start - self.end - self.step - 1) // (-self.step))

    @always_inline
    def __getitem__[I: Indexer](self, idx: I) -> Int:
        return self.start + idx.__index__() * self.step

    def __reversed__(self) -> _StridedRange:
        var count = self.__len__()
        return _StridedRange(self.start + (count - 1) * self.step, self.start - self.step, -self.step)


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
    var _left: UInt
    var _step: Scalar[Self.dtype]

    @always_inline
    def __init__(out self, start: Scalar[Self.dtype], end: Scalar[Self.dtype], step: Scalar[Self.dtype]):
        self._next = start
        self._step = step
        # Distances are unsigned: they may be larger than the type's greatest value.
        comptime DISTANCE = _unsigned_of(Self.dtype)
        if step > 0 and start < end:
            self._left = ((end - start - 1).cast[DISTANCE]() // step.cast[DISTANCE]()).cast[DType.uint]() + 1
        elif step < 0 and start > end:
            self._left = ((start - end - 1).cast[DISTANCE]() // (-step).cast[DISTANCE]()).cast[DType.uint]() + 1
        else:
            self._left = 0

    @always_inline
    def __iter__(ref self) -> Self:
        return self

    @always_inline
    def __has_next__(self) -> Bool:
        return self._left != 0

    @always_inline
    def __next__(mut self) -> Scalar[Self.dtype]:
        var value = self._next
        self._next = value + self._step
        self._left -= 1
        return value

    @always_inline
    def __len__(self) -> Int:
        return Int(min(self._left, UInt(Int.MAX)))

    def bounds(self) -> Tuple[Int, Optional[Int]]:
        """How many elements are left; no greatest number where an `Int` does not hold it."""
        if self._left > UInt(Int.MAX):
            return (Int.MAX, Optional[Int]())
        return (Int(self._left), Optional[Int](Int(self._left)))

    @always_inline
    def __getitem__[I: Indexer](self, idx: I) -> Scalar[Self.dtype]:
        return self._next + idx.__index__().cast[Self.dtype]() * self._step

    def __reversed__(self) -> Self:
        var last = self._next + (self._left - 1).cast[Self.dtype]() * self._step
        var result = Self(last, last, -self._step)
        result._left = self._left
        return result


@always_inline
def range[dtype: DType, //](end: Scalar[dtype]) -> _ScalarRange[dtype]:
    """The integers from 0 to `end`, exclusive."""
    comptime assert dtype.is_integral(), "a range counts by integers"
    return _ScalarRange[dtype](0, end, 1)


@always_inline
def range[dtype: DType, //](
    start: Scalar[dtype], end: Scalar[dtype]
) -> _ScalarRange[dtype]:
    """The integers from `start` to `end`, exclusive."""
    comptime assert dtype.is_integral(), "a range counts by integers"
    return _ScalarRange[dtype](start, end, 1)


@always_inline
def range[dtype: DType, //](
    start: Scalar[dtype], end: Scalar[dtype], step: Scalar[dtype]
) -> _ScalarRange[dtype]:
    """Every `step`th integer from `start` towards `end`, exclusive."""
    comptime assert dtype.is_integral(), "a range counts by integers"
    return _ScalarRange[dtype](start, end, step)
