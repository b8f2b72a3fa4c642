"""The core traits: life cycle, conversion, comparison and iteration."""


@__intrinsic("value.copy")
def __value_copy[T: Copyable](value: T) -> T:
    ...


@__builtin("AnyType")
trait AnyType:
    """What every type is."""

    pass


@__builtin("Deinitable")
trait Deinitable(AnyType):
    """A type whose values can be destroyed implicitly, after their last use."""

    pass


@__builtin("Movable")
trait Movable(AnyType):
    """A type whose values can be moved to another place."""

    pass


@__builtin("Copyable")
trait Copyable(Movable):
    """A type whose values can be duplicated on request."""

    def copy(self) -> Self:
        """Returns a copy of the value."""
        return __value_copy(self)


@__builtin("ImplicitlyCopyable")
trait ImplicitlyCopyable(Copyable):
    """A type whose values are copied where a copy is needed, without being asked."""

    def _captured(var self) -> Self:
        """What a closure keeps of a value that it captures by copy: always a copy, even of a value's last use."""
        return __value_copy(self)

    def _captured_one_of_several(self) -> Self:
        """The same for a value that lives on until others are captured."""
        return __value_copy(self)


@__builtin("RegisterPassable")
trait RegisterPassable(Movable):
    """A type that is passed in registers; the address of a value has no identity."""

    pass


@__builtin("TrivialRegisterPassable")
trait TrivialRegisterPassable(ImplicitlyCopyable, RegisterPassable, Deinitable):
    """A register type whose copies are copies of its bits, and that needs no destruction."""

    pass


@__builtin("Defaultable")
trait Defaultable:
    """A type with a default value `T()`."""

    def __init__(out self):
        ...


@__builtin("Boolable")
trait Boolable:
    """A type that can be tested for truth."""

    def __bool__(self) -> Bool:
        ...


@__builtin("Equatable")
trait Equatable:
    """A type with `==` and `!=`."""

    def __eq__(self, other: Self) -> Bool:
        ...

    def __ne__(self, other: Self) -> Bool:
        return not self.__eq__(other)


@__builtin("Comparable")
trait Comparable(Equatable):
    """A type with an order."""

    def __lt__(self, other: Self) -> Bool:
        ...

    def __le__(self, other: Self) -> Bool:
        return not other.__lt__(self)

    def __gt__(self, other: Self) -> Bool:
        return other.__lt__(self)

    def __ge__(self, other: Self) -> Bool:
        return not self.__lt__(other)


@__builtin("Sized")
trait Sized:
    """A type with a length."""

    def __len__(self) -> Int:
        ...


trait SizedRaising:
    """A type with a length that may fail."""

    def __len__(self) raises -> Int:
        ...


trait _PythonValue:
    """A Python object, as the constructors with `py=` of the built-in types see it."""

    def _to_int(self) raises -> Int:
        ...

    def _to_unsigned(self) raises -> UInt64:
        ...

    def _to_float(self) raises -> Float64:
        ...

    def _to_bool(self) raises -> Bool:
        ...

    def _to_string(self) raises -> String:
        ...


@__builtin("Intable")
trait Intable:
    """A type that converts to `Int`."""

    def __int__(self) -> Int:
        ...


@__builtin("IntableRaising")
trait IntableRaising:
    """A type whose conversion to `Int` may fail."""

    def __int__(self) raises -> Int:
        ...


@__builtin("Floatable")
trait FloatableRaising:
    """A type that converts to `Float64`, which may fail."""

    def __float__(self) raises -> Float64:
        ...


trait ReversibleRange:
    """A type that `reversed` takes."""

    comptime ReversedType: Iterator

    def __reversed__(self) -> Self.ReversedType:
        """Its elements, last first."""
        ...


trait Floatable:
    """A type that converts to `Float64`."""

    def __float__(self) -> Float64:
        ...


@__builtin("Indexer")
trait Indexer:
    """A type that can be used as an index."""

    def __index__(self) -> Int:
        ...


@__builtin("Absable")
trait Absable:
    """A type with an absolute value."""

    def __abs__(self) -> Self:
        ...


@__builtin("Roundable")
trait Roundable:
    """A type that can be rounded."""

    def __round__(self) -> Self:
        ...

    def __round__(self, ndigits: Int) -> Self:
        ...


@__builtin("Powable")
trait Powable:
    """A type that can be raised to a power of itself."""

    def __pow__(self, exponent: Self) -> Self:
        ...


@__builtin("Identifiable")
trait Identifiable:
    """A type with an identity, compared by `is`."""

    def __is__(self, other: Self) -> Bool:
        ...


trait DivModable(ImplicitlyCopyable):
    """A type that `divmod` takes."""

    def __divmod__(self, denominator: Self) -> Tuple[Self, Self]:
        """The floored quotient and its remainder."""
        ...


comptime KeyElement = Movable & Equatable & Hashable


@__builtin("Iterator")
trait Iterator(Movable, Deinitable):
    """A type that yields elements until it raises `StopIteration`."""

    comptime Element: Movable

    def __next__(mut self) raises StopIteration -> Self.Element:
        ...

    def bounds(self) -> Tuple[Int, Optional[Int]]:
        """The least number of elements that are left, and the greatest if one is known."""
        comptime if conforms_to(Self, Sized):
            return _exactly(self.__len__())
        else:
            return (0, Optional[Int]())

    def nth(var self, n: Int) -> Optional[Self.Element]:
        """The element that `n` others stand before, or nothing if there is none. Those before it end."""
        debug_assert[assert_mode="safe"](n >= 0, "nth: n must be non-negative")
        try:
            for _ in range(n):
                _ = self.__next__()
            return Optional[Self.Element](self.__next__())
        except:
            return Optional[Self.Element]()


def _exactly(count: Int) -> Tuple[Int, Optional[Int]]:
    """Bounds of an iterator that knows how many elements are left."""
    return (count, Optional[Int](count))


def _least(a: Tuple[Int, Optional[Int]], b: Tuple[Int, Optional[Int]]) -> Tuple[Int, Optional[Int]]:
    """Bounds of what ends with the first of two iterators."""
    var most = a[1]
    if not most or (b[1] and b[1].value() < most.value()):
        most = b[1]
    return (min(a[0], b[0]), most)


def _sum(a: Tuple[Int, Optional[Int]], b: Tuple[Int, Optional[Int]]) -> Tuple[Int, Optional[Int]]:
    """Bounds of one iterator after another."""
    return (a[0] + b[0], Optional[Int](a[1].value() + b[1].value()) if a[1] and b[1] else Optional[Int]())


def _without(a: Tuple[Int, Optional[Int]], count: Int) -> Tuple[Int, Optional[Int]]:
    """Bounds of an iterator without its first elements."""
    return (max(a[0] - count, 0), Optional[Int](max(a[1].value() - count, 0)) if a[1] else Optional[Int]())


@__builtin("Iterable")
trait Iterable:
    """A type that can be iterated over."""

    comptime IteratorType[mut: Bool, //, o: Origin[mut=mut]]: Iterator

    def __iter__(ref self) -> Self.IteratorType[origin_of(self)]:
        ...


trait IterableOwned:
    """A type that gives itself up to be iterated over: its iterator owns the elements and hands them out."""

    comptime IteratorOwnedType: Iterator

    def __iter__(var self) -> Self.IteratorOwnedType:
        ...


@__builtin("StopIteration")
struct StopIteration(TrivialRegisterPassable, Writable):
    """Raised by `__next__` at the end of an iteration."""

    def __init__(out self):
        pass

    def write_to(self, mut writer: Some[Writer]):
        """Writes the text that `print` shows."""
        writer.write_string("StopIteration")
