"""Iterators made from others. Each computes its elements as they are asked for."""
from std.builtin.iteration import _advance, _BoundedIterator


# ---- without end


struct _Count(TrivialRegisterPassable, _BoundedIterator, Iterable):
    comptime Element = Int
    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = Self
    var _next: Int
    var _step: Int

    @always_inline
    def __init__(out self, start: Int, step: Int):
        self._next = start
        self._step = step

    @always_inline
    def __iter__(ref self) -> Self:
        return self

    @always_inline
    def __has_next__(self) -> Bool:
        return True

    @always_inline
    def __next__(mut self) -> Int:
        var value = self._next
        self._next = value + self._step
        return value


@always_inline
def count(start: Int = 0, step: Int = 1) -> _Count:
    """`start, start + step, …` without end."""
    return _Count(start, step)


struct _Cycle[I: Iterator & Copyable](Copyable, Movable, Iterator, Iterable):
    comptime Element = Self.I.Element
    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = Self
    var _first: Self.I
    var _current: Self.I

    @always_inline
    def __init__(out self, var inner: Self.I):
        self._first = inner.copy()
        self._current = inner^

    @always_inline
    def __iter__(ref self) -> Self:
        return self.copy()

    @always_inline
    def __next__(mut self) raises StopIteration -> Self.I.Element:
        try:
            return _advance(self._current)
        except:
            self._current = self._first.copy()
        return _advance(self._current)


@always_inline
def cycle[T: Copyable & Deinitable](ref iterable: List[T]) -> _Cycle[List[T].IteratorType[origin_of(iterable)]]:
    """The elements of a list again and again."""
    return _Cycle[List[T].IteratorType[origin_of(iterable)]](iterable.__iter__())


# ---- repetition and products


struct _Repeat[T: Copyable & Deinitable](Copyable, Movable, Iterator, Iterable):
    comptime Element = Self.T
    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = Self
    var _value: Self.T
    var _left: Int

    @always_inline
    def __init__(out self, var value: Self.T, times: Int):
        self._value = value^
        self._left = times

    @always_inline
    def __iter__(ref self) -> Self:
        return self.copy()

    @always_inline
    def __next__(mut self) raises StopIteration -> Self.T:
        if self._left == 0:
            raise StopIteration()
        if self._left > 0:
            self._left -= 1
        return self._value.copy()


@always_inline
def repeat[T: Copyable & Deinitable](var element: T, *, times: Int = -1) -> _Repeat[T]:
    """One value, `times` times, or without end."""
    return _Repeat[T](element^, times)


struct _Product2[A: Copyable & Deinitable, B: Copyable & Deinitable](Copyable, Movable, Iterator, Iterable):
    comptime Element = Tuple[Self.A, Self.B]
    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = Self
    var _a: List[Self.A]
    var _b: List[Self.B]
    var _next: Int

    def __init__(out self, var a: List[Self.A], var b: List[Self.B]):
        self._a = a^
        self._b = b^
        self._next = 0

    def __iter__(ref self) -> Self:
        return self.copy()

    def __next__(mut self) raises StopIteration -> Tuple[Self.A, Self.B]:
        var width = len(self._b)
        if self._next >= len(self._a) * width:
            raise StopIteration()
        var index = self._next
        self._next += 1
        return (self._a.unsafe_get(index // width).copy(), self._b.unsafe_get(index % width).copy())


def product[A: Copyable & Deinitable, B: Copyable & Deinitable](iterable_a: List[A], iterable_b: List[B]) -> _Product2[A, B]:
    """All pairs of an element of `iterable_a` and one of `iterable_b`, the latter changing fastest."""
    return _Product2[A, B](iterable_a.copy(), iterable_b.copy())


struct _Product3[A: Copyable & Deinitable, B: Copyable & Deinitable, C: Copyable & Deinitable](
    Copyable, Movable, Iterator, Iterable
):
    comptime Element = Tuple[Self.A, Self.B, Self.C]
    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = Self
    var _a: List[Self.A]
    var _b: List[Self.B]
    var _c: List[Self.C]
    var _next: Int

    def __init__(out self, var a: List[Self.A], var b: List[Self.B], var c: List[Self.C]):
        self._a = a^
        self._b = b^
        self._c = c^
        self._next = 0

    def __iter__(ref self) -> Self:
        return self.copy()

    def __next__(mut self) raises StopIteration -> Tuple[Self.A, Self.B, Self.C]:
        var inner = len(self._c)
        var outer = len(self._b) * inner
        if self._next >= len(self._a) * outer:
            raise StopIteration()
        var index = self._next
        self._next += 1
        return (
            self._a.unsafe_get(index // outer).copy(),
            self._b.unsafe_get(index // inner % len(self._b)).copy(),
            self._c.unsafe_get(index % inner).copy(),
        )


def product[A: Copyable & Deinitable, B: Copyable & Deinitable, C: Copyable & Deinitable](
    iterable_a: List[A], iterable_b: List[B], iterable_c: List[C]
) -> _Product3[A, B, C]:
    """All triples, the last element changing fastest."""
    return _Product3[A, B, C](iterable_a.copy(), iterable_b.copy(), iterable_c.copy())


# ---- parts


struct _Take[I: Iterator](Copyable where conforms_to(I, Copyable), Movable, Iterator, Iterable where conforms_to(I, Copyable)):
    comptime Element = Self.I.Element
    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = Self
    var _inner: Self.I
    var _left: Int

    @always_inline
    def __init__(out self, var inner: Self.I, left: Int):
        self._inner = inner^
        self._left = left

    @always_inline
    def __iter__(ref self) -> Self where conforms_to(Self.I, Copyable):
        return self.copy()

    @always_inline
    def __next__(mut self) raises StopIteration -> Self.I.Element:
        if self._left <= 0:
            raise StopIteration()
        self._left -= 1
        return _advance(self._inner)


@always_inline
def take[I: Iterable](ref iterable: I, count: Int) -> _Take[I.IteratorType[origin_of(iterable)]]:
    """The first `count` elements."""
    return _Take[I.IteratorType[origin_of(iterable)]](iterable.__iter__(), count)


struct _Drop[I: Iterator](Copyable where conforms_to(I, Copyable), Movable, Iterator, Iterable where conforms_to(I, Copyable)):
    comptime Element = Self.I.Element
    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = Self
    var _inner: Self.I
    var _left: Int

    @always_inline
    def __init__(out self, var inner: Self.I, left: Int):
        self._inner = inner^
        self._left = left

    @always_inline
    def __iter__(ref self) -> Self where conforms_to(Self.I, Copyable):
        return self.copy()

    @always_inline
    def __next__(mut self) raises StopIteration -> Self.I.Element:
        while self._left > 0:
            self._left -= 1
            _ = _advance(self._inner)
        return _advance(self._inner)


@always_inline
def drop[I: Iterable](ref iterable: I, count: Int) -> _Drop[I.IteratorType[origin_of(iterable)]]:
    """What comes after the first `count` elements."""
    return _Drop[I.IteratorType[origin_of(iterable)]](iterable.__iter__(), count)


struct _TakeWhile[T: Copyable & Deinitable, I: Iterator, //, predicate: def(T) thin -> Bool](
    Copyable where conforms_to(I, Copyable), Movable, Iterator, Iterable where conforms_to(I, Copyable)
):
    comptime Element = Self.T
    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = Self
    var _inner: Self.I
    var _ended: Bool

    @always_inline
    def __init__(out self, var inner: Self.I):
        self._inner = inner^
        self._ended = False

    @always_inline
    def __iter__(ref self) -> Self where conforms_to(Self.I, Copyable):
        return self.copy()

    @always_inline
    def __next__(mut self) raises StopIteration -> Self.T:
        if not self._ended:
            var element = _advance(self._inner)
            if Self.predicate(rebind[Self.T](element)):
                return rebind[Self.T](element).copy()
            self._ended = True
        raise StopIteration()


@always_inline
def take_while[T: Copyable & Deinitable, I: Iterable, //, predicate: def(T) thin -> Bool](
    ref iterable: I,
) -> _TakeWhile[T=T, I=I.IteratorType[origin_of(iterable)], predicate]:
    """The elements up to the first of which `predicate` does not hold."""
    return _TakeWhile[T=T, I=I.IteratorType[origin_of(iterable)], predicate](iterable.__iter__())


struct _DropWhile[T: Copyable & Deinitable, I: Iterator, //, predicate: def(T) thin -> Bool](
    Copyable where conforms_to(I, Copyable), Movable, Iterator, Iterable where conforms_to(I, Copyable)
):
    comptime Element = Self.T
    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = Self
    var _inner: Self.I
    var _begun: Bool

    @always_inline
    def __init__(out self, var inner: Self.I):
        self._inner = inner^
        self._begun = False

    @always_inline
    def __iter__(ref self) -> Self where conforms_to(Self.I, Copyable):
        return self.copy()

    @always_inline
    def __next__(mut self) raises StopIteration -> Self.T:
        while True:
            var element = _advance(self._inner)
            if self._begun or not Self.predicate(rebind[Self.T](element)):
                self._begun = True
                return rebind[Self.T](element).copy()


@always_inline
def drop_while[T: Copyable & Deinitable, I: Iterable, //, predicate: def(T) thin -> Bool](
    ref iterable: I,
) -> _DropWhile[T=T, I=I.IteratorType[origin_of(iterable)], predicate]:
    """The elements from the first on of which `predicate` does not hold."""
    return _DropWhile[T=T, I=I.IteratorType[origin_of(iterable)], predicate](iterable.__iter__())
