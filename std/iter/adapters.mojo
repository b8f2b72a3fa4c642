"""Iterators of few elements, one after another, and with a look ahead."""
from std.builtin.traits import _exactly, _sum
from std.builtin.iteration import _BoundedIterator


# ---- once, empty


struct _Once[T: Movable & Copyable & Deinitable](Copyable, Movable, Deinitable, Iterator, Iterable):
    comptime Element = Self.T
    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = Self
    var _value: Optional[Self.T]

    def __init__(out self, var value: Optional[Self.T]):
        self._value = value^

    def __iter__(ref self) -> Self:
        return self.copy()

    def __next__(mut self) raises StopIteration -> Self.T:
        if not self._value:
            raise StopIteration()
        return self._value.take()

    def bounds(self) -> Tuple[Int, Optional[Int]]:
        return _exactly(Int(Bool(self._value)))


def once[T: Copyable & Deinitable](var element: T) -> _Once[T]:
    """One element."""
    return _Once[T](Optional[T](element^))


def empty[T: Copyable & Deinitable]() -> _Once[T]:
    """No element."""
    return _Once[T](Optional[T]())


# ---- chain


struct _Chain[A: Iterator, B: Iterator](
    Copyable where conforms_to(A, Copyable) and conforms_to(B, Copyable),
    Movable,
    Iterator,
    IterableOwned,
    Iterable where conforms_to(A, Copyable) and conforms_to(B, Copyable),
):
    """The elements of one iterator, then those of another."""

    comptime Element = Self.A.Element
    comptime IteratorOwnedType: Iterator = Self
    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = Self
    var _a: Self.A
    var _b: Self.B
    var _first: Bool

    def __init__(out self, var a: Self.A, var b: Self.B):
        self._a = a^
        self._b = b^
        self._first = True

    def __iter__(ref self) -> Self where conforms_to(Self.A, Copyable) and conforms_to(Self.B, Copyable):
        return self.copy()

    @always_inline
    def __iter__(var self) -> Self:
        return self^

    def __next__(mut self) raises StopIteration -> Self.A.Element:
        if self._first:
            try:
                return self._a.__next__()
            except:
                self._first = False
        return rebind_var[Self.A.Element](self._b.__next__())

    def bounds(self) -> Tuple[Int, Optional[Int]]:
        return _sum(self._a.bounds(), self._b.bounds()) if self._first else self._b.bounds()


def chain[A: Iterable, B: Iterable](
    a: A, b: B
) -> _Chain[A.IteratorType[origin_of(a)], B.IteratorType[origin_of(b)]]:
    """The elements of the first iterable, then those of the second, which have the same type."""
    return _Chain[A.IteratorType[origin_of(a)], B.IteratorType[origin_of(b)]](a.__iter__(), b.__iter__())


def chain[A: Iterable, B: Iterable, C: Iterable](
    a: A, b: B, c: C
) -> _Chain[_Chain[A.IteratorType[origin_of(a)], B.IteratorType[origin_of(b)]], C.IteratorType[origin_of(c)]]:
    """The elements of three iterables, which have the same type, one after the other."""
    return _Chain[_Chain[A.IteratorType[origin_of(a)], B.IteratorType[origin_of(b)]], C.IteratorType[origin_of(c)]](
        chain(a, b), c.__iter__()
    )


def chain[A: Iterable, B: Iterable, C: Iterable, D: Iterable](
    a: A, b: B, c: C, d: D
) -> _Chain[
    _Chain[_Chain[A.IteratorType[origin_of(a)], B.IteratorType[origin_of(b)]], C.IteratorType[origin_of(c)]],
    D.IteratorType[origin_of(d)],
]:
    """The elements of four iterables, which have the same type, one after the other."""
    return _Chain[
        _Chain[_Chain[A.IteratorType[origin_of(a)], B.IteratorType[origin_of(b)]], C.IteratorType[origin_of(c)]],
        D.IteratorType[origin_of(d)],
    ](chain(a, b, c), d.__iter__())


def chain[A: IterableOwned, B: IterableOwned](var a: A, var b: B) -> _Chain[A.IteratorOwnedType, B.IteratorOwnedType]:
    """The elements of the first iterable, then those of the second; both are used up."""
    return _Chain[A.IteratorOwnedType, B.IteratorOwnedType](a^.__iter__(), b^.__iter__())


def chain[A: IterableOwned, B: IterableOwned, C: IterableOwned](
    var a: A, var b: B, var c: C
) -> _Chain[_Chain[A.IteratorOwnedType, B.IteratorOwnedType], C.IteratorOwnedType]:
    """The elements of three iterables, one after the other; all are used up."""
    return _Chain[_Chain[A.IteratorOwnedType, B.IteratorOwnedType], C.IteratorOwnedType](chain(a^, b^), c^.__iter__())


# ---- peekable


struct _Peekable[I: Iterator](Movable, Iterator, IterableOwned) where conforms_to(I.Element, Deinitable):
    """An iterator whose next element can be seen before it is taken."""

    comptime IteratorOwnedType: Iterator = Self
    comptime Element = Self.I.Element
    var _inner: Self.I
    var _next: Optional[Self.I.Element]

    def __init__(out self, var inner: Self.I):
        self._inner = inner^
        self._next = Optional[Self.I.Element]()

    @always_inline
    def __iter__(var self) -> Self:
        return self^

    def __next__(mut self) raises StopIteration -> Self.I.Element:
        if self._next:
            return self._next.take()
        return self._inner.__next__()

    def peek(mut self) -> Optional[Pointer[Self.I.Element, MutUntrackedOrigin]]:
        """A pointer to the next element, or nothing at the end. The element stays."""
        if not self._next:
            try:
                self._next = Optional[Self.I.Element](self._inner.__next__())
            except:
                return Optional[Pointer[Self.I.Element, MutUntrackedOrigin]]()
        return Optional[Pointer[Self.I.Element, MutUntrackedOrigin]](
            Pointer(to=self._next.unsafe_value()).unsafe_origin_cast[MutUntrackedOrigin]()
        )

    def bounds(self) -> Tuple[Int, Optional[Int]]:
        return _sum(_exactly(Int(Bool(self._next))), self._inner.bounds())


def peekable[I: Iterable](ref iterable: I) -> _Peekable[I.IteratorType[origin_of(iterable)]] where conforms_to(
    I.IteratorType[origin_of(iterable)].Element, Deinitable
):
    """An iterator with `peek`."""
    return _Peekable[I.IteratorType[origin_of(iterable)]](iterable.__iter__())


def peekable[I: IterableOwned](var iterable: I) -> _Peekable[I.IteratorOwnedType] where conforms_to(
    I.IteratorOwnedType.Element, Deinitable
):
    """An iterator with `peek` over what is used up."""
    return _Peekable[I.IteratorOwnedType](iterable^.__iter__())
