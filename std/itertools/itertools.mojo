"""Iterators made from others. Each computes its elements as they are asked for."""
from std.builtin.traits import _exactly, _least, _without
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


struct _Cycle[I: Iterator & Copyable](Copyable, Movable, Iterator, IterableOwned, Iterable):
    comptime Element = Self.I.Element
    comptime IteratorOwnedType: Iterator = Self
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
    def __iter__(var self) -> Self:
        return self^

    @always_inline
    def __next__(mut self) raises StopIteration -> Self.I.Element:
        try:
            return _advance(self._current)
        except:
            self._current = self._first.copy()
        return _advance(self._current)


@always_inline
def cycle[I: Iterable](ref iterable: I) -> _Cycle[I.IteratorType[origin_of(iterable)]] where conforms_to(
    I.IteratorType[origin_of(iterable)], Copyable
):
    """The elements of an iterable again and again."""
    return _Cycle[I.IteratorType[origin_of(iterable)]](iterable.__iter__())


@always_inline
def cycle[I: IterableOwned](var iterable: I) -> _Cycle[I.IteratorOwnedType] where conforms_to(I.IteratorOwnedType, Copyable):
    """The elements of what is used up, again and again."""
    return _Cycle[I.IteratorOwnedType](iterable^.__iter__())


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

    def bounds(self) -> Tuple[Int, Optional[Int]]:
        return _exactly(len(self._a) * len(self._b) - self._next)


def _gathered[I: Iterable](ref iterable: I) -> List[I.IteratorType[origin_of(iterable)].Element] where conforms_to(
    I.IteratorType[origin_of(iterable)].Element, Copyable & Deinitable
):
    """Copies of all elements."""
    var elements = List[I.IteratorType[origin_of(iterable)].Element]()
    for element in iterable:
        elements.append(element.copy())
    return elements^


def product[A: Iterable, B: Iterable](
    ref iterable_a: A, ref iterable_b: B
) -> _Product2[
    A.IteratorType[origin_of(iterable_a)].Element,
    B.IteratorType[origin_of(iterable_b)].Element,
] where conforms_to(
    A.IteratorType[origin_of(iterable_a)].Element, Copyable & Deinitable
) and conforms_to(
    B.IteratorType[origin_of(iterable_b)].Element, Copyable & Deinitable
):
    """All pairs of an element of `iterable_a` and one of `iterable_b`, the latter changing fastest."""
    return {_gathered(iterable_a), _gathered(iterable_b)}


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

    def bounds(self) -> Tuple[Int, Optional[Int]]:
        return _exactly(len(self._a) * len(self._b) * len(self._c) - self._next)


def product[A: Iterable, B: Iterable, C: Iterable](
    ref iterable_a: A, ref iterable_b: B, ref iterable_c: C
) -> _Product3[
    A.IteratorType[origin_of(iterable_a)].Element,
    B.IteratorType[origin_of(iterable_b)].Element,
    C.IteratorType[origin_of(iterable_c)].Element,
] where conforms_to(
    A.IteratorType[origin_of(iterable_a)].Element, Copyable & Deinitable
) and conforms_to(
    B.IteratorType[origin_of(iterable_b)].Element, Copyable & Deinitable
) and conforms_to(
    C.IteratorType[origin_of(iterable_c)].Element, Copyable & Deinitable
):
    """All triples, the last element changing fastest."""
    return {_gathered(iterable_a), _gathered(iterable_b), _gathered(iterable_c)}


struct _Product4[A: Copyable & Deinitable, B: Copyable & Deinitable, C: Copyable & Deinitable, D: Copyable & Deinitable](
    Copyable, Movable, Iterator, Iterable
):
    comptime Element = Tuple[Self.A, Self.B, Self.C, Self.D]
    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = Self
    var _a: List[Self.A]
    var _b: List[Self.B]
    var _c: List[Self.C]
    var _d: List[Self.D]
    var _next: Int

    def __init__(out self, var a: List[Self.A], var b: List[Self.B], var c: List[Self.C], var d: List[Self.D]):
        self._a = a^
        self._b = b^
        self._c = c^
        self._d = d^
        self._next = 0

    def __iter__(ref self) -> Self:
        return self.copy()

    def __next__(mut self) raises StopIteration -> Tuple[Self.A, Self.B, Self.C, Self.D]:
        var of_d = len(self._d)
        var of_c = len(self._c) * of_d
        var of_b = len(self._b) * of_c
        if self._next >= len(self._a) * of_b:
            raise StopIteration()
        var index = self._next
        self._next += 1
        return (
            self._a.unsafe_get(index // of_b).copy(),
            self._b.unsafe_get(index // of_c % len(self._b)).copy(),
            self._c.unsafe_get(index // of_d % len(self._c)).copy(),
            self._d.unsafe_get(index % of_d).copy(),
        )

    def bounds(self) -> Tuple[Int, Optional[Int]]:
        return _exactly(len(self._a) * len(self._b) * len(self._c) * len(self._d) - self._next)


def product[A: Iterable, B: Iterable, C: Iterable, D: Iterable](
    ref iterable_a: A, ref iterable_b: B, ref iterable_c: C, ref iterable_d: D
) -> _Product4[
    A.IteratorType[origin_of(iterable_a)].Element,
    B.IteratorType[origin_of(iterable_b)].Element,
    C.IteratorType[origin_of(iterable_c)].Element,
    D.IteratorType[origin_of(iterable_d)].Element,
] where conforms_to(
    A.IteratorType[origin_of(iterable_a)].Element, Copyable & Deinitable
) and conforms_to(
    B.IteratorType[origin_of(iterable_b)].Element, Copyable & Deinitable
) and conforms_to(
    C.IteratorType[origin_of(iterable_c)].Element, Copyable & Deinitable
) and conforms_to(
    D.IteratorType[origin_of(iterable_d)].Element, Copyable & Deinitable
):
    """All quadruples, the last element changing fastest."""
    return {_gathered(iterable_a), _gathered(iterable_b), _gathered(iterable_c), _gathered(iterable_d)}


# ---- parts


struct _Take[I: Iterator](Copyable where conforms_to(I, Copyable), Movable, Iterator, IterableOwned, Iterable where conforms_to(I, Copyable)):
    comptime Element = Self.I.Element
    comptime IteratorOwnedType: Iterator = Self
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
    def __iter__(var self) -> Self:
        return self^

    @always_inline
    def __next__(mut self) raises StopIteration -> Self.I.Element:
        if self._left <= 0:
            raise StopIteration()
        self._left -= 1
        return _advance(self._inner)

    def bounds(self) -> Tuple[Int, Optional[Int]]:
        return _least(self._inner.bounds(), _exactly(max(self._left, 0)))


@always_inline
def take[I: Iterable](ref iterable: I, count: Int) -> _Take[I.IteratorType[origin_of(iterable)]]:
    """The first `count` elements."""
    return _Take[I.IteratorType[origin_of(iterable)]](iterable.__iter__(), count)


@always_inline
def take[I: IterableOwned](var iterable: I, count: Int) -> _Take[I.IteratorOwnedType]:
    """The first `count` elements of what is used up."""
    return _Take[I.IteratorOwnedType](iterable^.__iter__(), count)


struct _Drop[I: Iterator](Copyable where conforms_to(I, Copyable), Movable, Iterator, IterableOwned, Iterable where conforms_to(I, Copyable)):
    comptime Element = Self.I.Element
    comptime IteratorOwnedType: Iterator = Self
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
    def __iter__(var self) -> Self:
        return self^

    @always_inline
    def __next__(mut self) raises StopIteration -> Self.I.Element:
        while self._left > 0:
            self._left -= 1
            _ = _advance(self._inner)
        return _advance(self._inner)

    def bounds(self) -> Tuple[Int, Optional[Int]]:
        return _without(self._inner.bounds(), max(self._left, 0))


@always_inline
def drop[I: Iterable](ref iterable: I, count: Int) -> _Drop[I.IteratorType[origin_of(iterable)]]:
    """What comes after the first `count` elements."""
    return _Drop[I.IteratorType[origin_of(iterable)]](iterable.__iter__(), count)


@always_inline
def drop[I: IterableOwned](var iterable: I, count: Int) -> _Drop[I.IteratorOwnedType]:
    """What comes after the first `count` elements of what is used up."""
    return _Drop[I.IteratorOwnedType](iterable^.__iter__(), count)


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
