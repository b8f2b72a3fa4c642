"""Iteration helpers: `iter`, `next`, `enumerate`, `zip`, `map`, `reversed`.

The library's own iterators do not test for the end in `__next__`: a `for` asks `__has_next__` first. Where one is used as an `Iterator`, in
generic code, the compiler puts the test before each call.
"""
from std.builtin.traits import _exactly, _least
from std.builtin.range import _Range, _ScalarRange, _StridedRange
from std.collections.deque import Deque, _DequeIterator
from std.collections.dict import _DictKeyIterator, _DictValueIterator, _DictItemIterator
from std.hash.hashable import Hasher


trait _BoundedIterator(Iterator):
    """An iterator whose `__next__` must only be called after `__has_next__` said yes."""

    def __has_next__(self) -> Bool:
        ...


@always_inline
def _advance[I: Iterator](mut iterator: I) raises StopIteration -> I.Element:
    """The next element of any iterator."""
    return iterator.__next__()


@always_inline
def _taken[I: Iterator](mut iterator: I) raises StopIteration -> I.Element:
    """The next element, as the official `zip` hands it on: two moves more."""
    var element = _advance(iterator)
    var result = element^
    return result^


@always_inline
def next[I: Iterator](mut iterator: I) raises StopIteration -> I.Element:
    """The next element of an iterator; raises `StopIteration` at the end."""
    return _advance(iterator)


@always_inline
def iter[I: Iterable](ref iterable: I) -> I.IteratorType[origin_of(iterable)]:
    """An iterator over the elements of a value."""
    return iterable.__iter__()


@always_inline
def iter[I: IterableOwned](var iterable: I) -> I.IteratorOwnedType:
    """An iterator that owns the elements of a value."""
    return iterable^.__iter__()


# ---- enumerate


struct _Enumerate[I: Iterator](
    Copyable where conforms_to(I, Copyable),
    Movable,
    Iterator,
    Iterable where conforms_to(I, Copyable),
    IterableOwned,
):
    """Pairs of a running number and an element."""

    comptime Element = Tuple[Int, Self.I.Element]
    comptime IteratorType[mut: Bool, //, o: Origin[mut=mut]]: Iterator = Self
    comptime IteratorOwnedType: Iterator = Self
    var _inner: Self.I
    var _count: Int

    @always_inline
    def __init__(out self, var inner: Self.I, start: Int):
        self._inner = inner^
        self._count = start

    @always_inline
    def __iter__(ref self) -> Self where conforms_to(Self.I, Copyable):
        return self.copy()

    @always_inline
    def __iter__(var self) -> Self:
        return self^

    @always_inline
    def __next__(mut self) raises StopIteration -> Tuple[Int, Self.I.Element]:
        var element = _advance(self._inner)
        var count = self._count
        self._count = count + 1
        return (count, element^)

    def bounds(self) -> Tuple[Int, Optional[Int]]:
        return self._inner.bounds()


@always_inline
def enumerate[I: Iterable](ref iterable: I, *, start: Int = 0) -> _Enumerate[I.IteratorType[origin_of(iterable)]]:
    """Pairs `(start, first)`, `(start + 1, second)`, …."""
    return _Enumerate[I.IteratorType[origin_of(iterable)]](iterable.__iter__(), start)


@always_inline
def enumerate[I: IterableOwned](var iterable: I, *, start: Int = 0) -> _Enumerate[I.IteratorOwnedType]:
    """Pairs of a running number and an element, which the iterator owns."""
    return _Enumerate[I.IteratorOwnedType](iterable^.__iter__(), start)


# ---- zip


struct _Zip2[A: Iterator, B: Iterator](
    Copyable where conforms_to(A, Copyable) and conforms_to(B, Copyable),
    Movable,
    Iterator,
    IterableOwned,
    Iterable where conforms_to(A, Copyable) and conforms_to(B, Copyable),
):
    """Pairs of elements, until the shorter side ends."""

    comptime Element = Tuple[Self.A.Element, Self.B.Element]
    comptime IteratorOwnedType: Iterator = Self
    comptime IteratorType[mut: Bool, //, o: Origin[mut=mut]]: Iterator = Self
    var _a: Self.A
    var _b: Self.B

    @always_inline
    def __init__(out self, var a: Self.A, var b: Self.B):
        self._a = a^
        self._b = b^

    @always_inline
    def __iter__(ref self) -> Self where conforms_to(Self.A, Copyable) and conforms_to(Self.B, Copyable):
        return self.copy()

    @always_inline
    def __iter__(var self) -> Self:
        return self^

    @always_inline
    def __next__(mut self) raises StopIteration -> Tuple[Self.A.Element, Self.B.Element]:
        return (_taken(self._a), _taken(self._b))

    def bounds(self) -> Tuple[Int, Optional[Int]]:
        return _least(self._a.bounds(), self._b.bounds())


struct _Zip3[A: Iterator, B: Iterator, C: Iterator](
    Copyable where conforms_to(A, Copyable) and conforms_to(B, Copyable) and conforms_to(C, Copyable),
    Movable,
    Iterator,
    IterableOwned,
    Iterable where conforms_to(A, Copyable) and conforms_to(B, Copyable) and conforms_to(C, Copyable),
):
    """Triples of elements, until the shortest side ends."""

    comptime Element = Tuple[Self.A.Element, Self.B.Element, Self.C.Element]
    comptime IteratorOwnedType: Iterator = Self
    comptime IteratorType[mut: Bool, //, o: Origin[mut=mut]]: Iterator = Self
    var _a: Self.A
    var _b: Self.B
    var _c: Self.C

    @always_inline
    def __init__(out self, var a: Self.A, var b: Self.B, var c: Self.C):
        self._a = a^
        self._b = b^
        self._c = c^

    @always_inline
    def __iter__(
        ref self,
    ) -> Self where conforms_to(Self.A, Copyable) and conforms_to(Self.B, Copyable) and conforms_to(Self.C, Copyable):
        return self.copy()

    @always_inline
    def __iter__(var self) -> Self:
        return self^

    @always_inline
    def __next__(mut self) raises StopIteration -> Tuple[Self.A.Element, Self.B.Element, Self.C.Element]:
        return (_taken(self._a), _taken(self._b), _taken(self._c))

    def bounds(self) -> Tuple[Int, Optional[Int]]:
        return _least(_least(self._a.bounds(), self._b.bounds()), self._c.bounds())


struct _Zip4[A: Iterator, B: Iterator, C: Iterator, D: Iterator](
    Copyable where conforms_to(A, Copyable) and conforms_to(B, Copyable) and conforms_to(C, Copyable) and conforms_to(D, Copyable),
    Movable,
    Iterator,
    IterableOwned,
    Iterable where conforms_to(A, Copyable) and conforms_to(B, Copyable) and conforms_to(C, Copyable) and conforms_to(D, Copyable),
):
    """Groups of four elements, until the shortest side ends."""

    comptime Element = Tuple[Self.A.Element, Self.B.Element, Self.C.Element, Self.D.Element]
    comptime IteratorOwnedType: Iterator = Self
    comptime IteratorType[mut: Bool, //, o: Origin[mut=mut]]: Iterator = Self
    var _a: Self.A
    var _b: Self.B
    var _c: Self.C
    var _d: Self.D

    @always_inline
    def __init__(out self, var a: Self.A, var b: Self.B, var c: Self.C, var d: Self.D):
        self._a = a^
        self._b = b^
        self._c = c^
        self._d = d^

    @always_inline
    def __iter__(
        ref self,
    ) -> Self where conforms_to(Self.A, Copyable) and conforms_to(Self.B, Copyable) and conforms_to(
        Self.C, Copyable
    ) and conforms_to(Self.D, Copyable):
        return self.copy()

    @always_inline
    def __iter__(var self) -> Self:
        return self^

    @always_inline
    def __next__(
        mut self,
    ) raises StopIteration -> Tuple[Self.A.Element, Self.B.Element, Self.C.Element, Self.D.Element]:
        return (_taken(self._a), _taken(self._b), _taken(self._c), _taken(self._d))

    def bounds(self) -> Tuple[Int, Optional[Int]]:
        return _least(_least(self._a.bounds(), self._b.bounds()), _least(self._c.bounds(), self._d.bounds()))


struct _Zip5[A: Iterator, B: Iterator, C: Iterator, D: Iterator, E: Iterator](
    Copyable where conforms_to(A, Copyable) and conforms_to(B, Copyable) and conforms_to(C, Copyable) and conforms_to(D, Copyable) and conforms_to(E, Copyable),
    Movable,
    Iterator,
    IterableOwned,
    Iterable where conforms_to(A, Copyable) and conforms_to(B, Copyable) and conforms_to(C, Copyable) and conforms_to(D, Copyable) and conforms_to(E, Copyable),
):
    """Groups of five elements, until the shortest side ends."""

    comptime Element = Tuple[Self.A.Element, Self.B.Element, Self.C.Element, Self.D.Element, Self.E.Element]
    comptime IteratorOwnedType: Iterator = Self
    comptime IteratorType[mut: Bool, //, o: Origin[mut=mut]]: Iterator = Self
    var _first: _Zip4[Self.A, Self.B, Self.C, Self.D]
    var _last: Self.E

    @always_inline
    def __init__(out self, var first: _Zip4[Self.A, Self.B, Self.C, Self.D], var last: Self.E):
        self._first = first^
        self._last = last^

    @always_inline
    def __iter__(ref self) -> Self where conforms_to(Self.A, Copyable) and conforms_to(Self.B, Copyable) and conforms_to(Self.C, Copyable) and conforms_to(Self.D, Copyable) and conforms_to(Self.E, Copyable):
        return self.copy()

    @always_inline
    def __iter__(var self) -> Self:
        return self^

    @always_inline
    def __next__(
        mut self,
    ) raises StopIteration -> Tuple[Self.A.Element, Self.B.Element, Self.C.Element, Self.D.Element, Self.E.Element]:
        return (
            _taken(self._first._a),
            _taken(self._first._b),
            _taken(self._first._c),
            _taken(self._first._d),
            _taken(self._last),
        )

    def bounds(self) -> Tuple[Int, Optional[Int]]:
        return _least(self._first.bounds(), self._last.bounds())


struct _Zip6[A: Iterator, B: Iterator, C: Iterator, D: Iterator, E: Iterator, F: Iterator](
    Copyable where conforms_to(A, Copyable) and conforms_to(B, Copyable) and conforms_to(C, Copyable) and conforms_to(D, Copyable) and conforms_to(E, Copyable) and conforms_to(F, Copyable),
    Movable,
    Iterator,
    IterableOwned,
    Iterable where conforms_to(A, Copyable) and conforms_to(B, Copyable) and conforms_to(C, Copyable) and conforms_to(D, Copyable) and conforms_to(E, Copyable) and conforms_to(F, Copyable),
):
    """Groups of six elements, until the shortest side ends."""

    comptime Element = Tuple[Self.A.Element, Self.B.Element, Self.C.Element, Self.D.Element, Self.E.Element, Self.F.Element]
    comptime IteratorOwnedType: Iterator = Self
    comptime IteratorType[mut: Bool, //, o: Origin[mut=mut]]: Iterator = Self
    var _first: _Zip4[Self.A, Self.B, Self.C, Self.D]
    var _last: _Zip2[Self.E, Self.F]

    @always_inline
    def __init__(out self, var first: _Zip4[Self.A, Self.B, Self.C, Self.D], var last: _Zip2[Self.E, Self.F]):
        self._first = first^
        self._last = last^

    @always_inline
    def __iter__(ref self) -> Self where conforms_to(Self.A, Copyable) and conforms_to(Self.B, Copyable) and conforms_to(Self.C, Copyable) and conforms_to(Self.D, Copyable) and conforms_to(Self.E, Copyable) and conforms_to(Self.F, Copyable):
        return self.copy()

    @always_inline
    def __iter__(var self) -> Self:
        return self^

    @always_inline
    def __next__(
        mut self,
    ) raises StopIteration -> Tuple[Self.A.Element, Self.B.Element, Self.C.Element, Self.D.Element, Self.E.Element, Self.F.Element]:
        return (
            _taken(self._first._a),
            _taken(self._first._b),
            _taken(self._first._c),
            _taken(self._first._d),
            _taken(self._last._a),
            _taken(self._last._b),
        )

    def bounds(self) -> Tuple[Int, Optional[Int]]:
        return _least(self._first.bounds(), self._last.bounds())


@always_inline
def zip[A: Iterable, B: Iterable](
    a: A, b: B
) -> _Zip2[A.IteratorType[origin_of(a)], B.IteratorType[origin_of(b)]]:
    """Pairs of elements that stand at the same place, until the shorter side ends."""
    return _Zip2[A.IteratorType[origin_of(a)], B.IteratorType[origin_of(b)]](a.__iter__(), b.__iter__())


@always_inline
def zip[A: IterableOwned, B: IterableOwned](var a: A, var b: B) -> _Zip2[A.IteratorOwnedType, B.IteratorOwnedType]:
    """Pairs of elements that stand at the same place, until the shorter side ends; both sides are used up."""
    return _Zip2[A.IteratorOwnedType, B.IteratorOwnedType](a^.__iter__(), b^.__iter__())


@always_inline
def zip[A: Iterable, B: Iterable, C: Iterable](
    a: A, b: B, c: C
) -> _Zip3[A.IteratorType[origin_of(a)], B.IteratorType[origin_of(b)], C.IteratorType[origin_of(c)]]:
    """Triples of elements that stand at the same place, until the shortest side ends."""
    return _Zip3[A.IteratorType[origin_of(a)], B.IteratorType[origin_of(b)], C.IteratorType[origin_of(c)]](
        a.__iter__(), b.__iter__(), c.__iter__()
    )


@always_inline
def zip[A: Iterable, B: Iterable, C: Iterable, D: Iterable](
    a: A, b: B, c: C, d: D
) -> _Zip4[
    A.IteratorType[origin_of(a)], B.IteratorType[origin_of(b)], C.IteratorType[origin_of(c)], D.IteratorType[origin_of(d)]
]:
    """Groups of four elements that stand at the same place, until the shortest side ends."""
    return _Zip4[
        A.IteratorType[origin_of(a)], B.IteratorType[origin_of(b)], C.IteratorType[origin_of(c)], D.IteratorType[origin_of(d)]
    ](a.__iter__(), b.__iter__(), c.__iter__(), d.__iter__())


@always_inline
def zip[A: Iterable, B: Iterable, C: Iterable, D: Iterable, E: Iterable](
    a: A, b: B, c: C, d: D, e: E
) -> _Zip5[
    A.IteratorType[origin_of(a)],
    B.IteratorType[origin_of(b)],
    C.IteratorType[origin_of(c)],
    D.IteratorType[origin_of(d)],
    E.IteratorType[origin_of(e)],
]:
    """Groups of five elements that stand at the same place, until the shortest side ends."""
    return {zip(a, b, c, d), e.__iter__()}


@always_inline
def zip[A: Iterable, B: Iterable, C: Iterable, D: Iterable, E: Iterable, F: Iterable](
    a: A, b: B, c: C, d: D, e: E, f: F
) -> _Zip6[
    A.IteratorType[origin_of(a)],
    B.IteratorType[origin_of(b)],
    C.IteratorType[origin_of(c)],
    D.IteratorType[origin_of(d)],
    E.IteratorType[origin_of(e)],
    F.IteratorType[origin_of(f)],
]:
    """Groups of six elements that stand at the same place, until the shortest side ends."""
    return {zip(a, b, c, d), zip(e, f)}


# ---- map


struct _Map[I: Iterator, E: AnyType, R: Movable, //, function: def(E) thin -> R](
    Copyable where conforms_to(I, Copyable), Movable, Iterator, IterableOwned, Iterable where conforms_to(I, Copyable)
):
    """Results of a function on each element."""

    comptime Element = Self.R
    comptime IteratorOwnedType: Iterator = Self
    comptime IteratorType[mut: Bool, //, o: Origin[mut=mut]]: Iterator = Self
    var _inner: Self.I

    @always_inline
    def __init__(out self, var inner: Self.I):
        self._inner = inner^

    @always_inline
    def __iter__(ref self) -> Self where conforms_to(Self.I, Copyable):
        return self.copy()

    @always_inline
    def __iter__(var self) -> Self:
        return self^

    @always_inline
    def __next__(mut self) raises StopIteration -> Self.R:
        var element = _taken(self._inner)
        return Self.function(rebind[Self.E](element))

    def bounds(self) -> Tuple[Int, Optional[Int]]:
        return self._inner.bounds()


@always_inline
def map[E: AnyType, R: Movable, I: Iterable, //, function: def(E) thin -> R](
    ref iterable: I,
) -> _Map[I=I.IteratorType[origin_of(iterable)], E=E, R=R, function]:
    """The results of `function` on the elements, computed as they are asked for."""
    return _Map[I=I.IteratorType[origin_of(iterable)], E=E, R=R, function](iterable.__iter__())


struct _MapTaking[I: Iterator, E: Movable, R: Movable, //, function: def(var E) thin -> R](
    Copyable where conforms_to(I, Copyable), Movable, Iterator, IterableOwned, Iterable where conforms_to(I, Copyable)
):
    """Results of a function that takes each element over."""

    comptime Element = Self.R
    comptime IteratorOwnedType: Iterator = Self
    comptime IteratorType[mut: Bool, //, o: Origin[mut=mut]]: Iterator = Self
    var _inner: Self.I

    @always_inline
    def __init__(out self, var inner: Self.I):
        self._inner = inner^

    @always_inline
    def __iter__(ref self) -> Self where conforms_to(Self.I, Copyable):
        return self.copy()

    @always_inline
    def __iter__(var self) -> Self:
        return self^

    @always_inline
    def __next__(mut self) raises StopIteration -> Self.R:
        return Self.function(rebind_var[Self.E](_taken(self._inner)))

    def bounds(self) -> Tuple[Int, Optional[Int]]:
        return self._inner.bounds()


@always_inline
def map[E: Movable, R: Movable, I: Iterable, //, function: def(var E) thin -> R](
    ref iterable: I,
) -> _MapTaking[I=I.IteratorType[origin_of(iterable)], E=E, R=R, function]:
    """The results of `function`, which takes the elements over, computed as they are asked for."""
    return _MapTaking[I=I.IteratorType[origin_of(iterable)], E=E, R=R, function](iterable.__iter__())


# ---- reversed


struct _ReversedIterator[mut: Bool, //, T: AnyType, origin: Origin[mut=mut]](
    TrivialRegisterPassable, _BoundedIterator, Iterable
):
    """The elements of a block of memory, last first."""

    comptime Element = Self.T
    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = Self
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

    @always_inline
    def __len__(self) -> Int:
        return self._left

    def bounds(self) -> Tuple[Int, Optional[Int]]:
        return _exactly(self._left)


@always_inline
def reversed[T: ReversibleRange](value: T) -> T.ReversedType:
    """The elements of a value in the order that its type gives for `reversed`."""
    return value.__reversed__()


@always_inline
def reversed(value: _Range) -> _StridedRange:
    """The numbers of a range, last first."""
    return value.__reversed__()


@always_inline
def reversed(value: _StridedRange) -> _StridedRange:
    """The numbers of a range, last first."""
    return value.__reversed__()


@always_inline
def reversed[dtype: DType, //](value: _ScalarRange[dtype]) -> _ScalarRange[dtype]:
    """The numbers of a range, last first."""
    return value.__reversed__()


@always_inline
def reversed[T: Movable & Deinitable](ref value: List[T]) -> _ReversedIterator[T, origin_of(value)]:
    """The elements of a list, last first."""
    return _ReversedIterator[T, origin_of(value)](value.unsafe_ptr(), len(value))


@always_inline
def reversed[T: Movable & Deinitable, n: Int](ref value: Array[T, n]) -> _ReversedIterator[T, origin_of(value)]:
    """The elements of an array, last first."""
    return _ReversedIterator[T, origin_of(value)](value.unsafe_ptr(), n)


@always_inline
def reversed[mut: Bool, //, T: AnyType, origin: Origin[mut=mut]](value: Span[T, origin]) -> _ReversedIterator[T, origin]:
    """The elements of a span, last first."""
    return _ReversedIterator[T, origin](value.unsafe_ptr(), len(value))


@always_inline
def reversed[T: Movable & Deinitable](ref value: Deque[T]) -> _DequeIterator[T, origin_of(value), False]:
    """The elements of a deque, last first."""
    return value.__reversed__()


@always_inline
def reversed[K: KeyElement, V: Movable, H: Hasher & Defaultable & Deinitable](
    ref value: Dict[K, V, H]
) -> _DictKeyIterator[K, V, H, origin_of(value), False]:
    """The keys of a dictionary, last inserted first."""
    return value.__reversed__()


@always_inline
def reversed[mut: Bool, //, K: KeyElement, V: Movable, H: Hasher & Defaultable & Deinitable, origin: Origin[mut=mut]](
    value: _DictValueIterator[K, V, H, origin, True]
) -> _DictValueIterator[K, V, H, origin, False]:
    """The values of a dictionary, last inserted first."""
    return value.__reversed__()


@always_inline
def reversed[mut: Bool, //, K: KeyElement, V: Movable, H: Hasher & Defaultable & Deinitable, origin: Origin[mut=mut]](
    value: _DictItemIterator[K, V, H, origin, True]
) -> _DictItemIterator[K, V, H, origin, False]:
    """The entries of a dictionary, last inserted first."""
    return value.__reversed__()
