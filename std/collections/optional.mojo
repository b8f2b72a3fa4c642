"""`Optional`: a value or nothing."""
from std.builtin.traits import _exactly
from std.builtin.assertion import (
    _fail_at, __location_file_pointer, __location_file_length, __location_line, __location_column,
)

from std.builtin.iteration import _BoundedIterator
from std.format.writable import _write_type_name
from std.hash.hashable import Hasher


@__intrinsic("raw_array.uninitialized")
def __raw_storage[R: Movable]() -> R:
    ...


@__intrinsic("raw_array.pointer")
def __raw_pointer[R: Movable, P: TrivialRegisterPassable](ref storage: R) -> P:
    ...


@__builtin("raw-array")
struct __RawArray[T: AnyType, count: Int](Movable, Deinitable):
    """Room for `count` values; moved as bytes, never destroyed by itself."""

    pass


struct EmptyOptionalError[T: AnyType](TrivialRegisterPassable, Writable):
    """What `o[]` of an empty optional raises prints like this."""

    def __init__(out self):
        pass

    def write_to(self, mut writer: Some[Writer]):
        """Writes the text that `print` shows."""
        _write_type_name[Self](writer)
        writer.write_string("()")


@__builtin("optional")
struct Optional[T: Movable](
    ImplicitlyCopyable where conforms_to(T, ImplicitlyCopyable),
    Copyable where conforms_to(T, Copyable),
    Movable,
    Deinitable where conforms_to(T, Deinitable),
    RegisterPassable where conforms_to(T, RegisterPassable),
    Defaultable,
    Boolable,
    Iterable,
    IterableOwned,
    Equatable where conforms_to(T, Equatable),
    Writable where conforms_to(T, Writable),
    Hashable where conforms_to(T, Hashable),
):
    """A value of type `T`, or nothing."""

    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = _OptionalIterator[Self.T]
    comptime IteratorOwnedType: Iterator = _OptionalIterator[Self.T]
    var _value: __RawArray[Self.T, 1]
    var _present: Bool

    @always_inline
    def __init__(out self):
        self._value = __raw_storage[__RawArray[Self.T, 1]]()
        self._present = False

    @always_inline
    @implicit
    def __init__(out self, none: NoneType):
        self = Self()

    @always_inline
    @implicit
    def __init__(out self, var value: Self.T):
        self._value = __raw_storage[__RawArray[Self.T, 1]]()
        self._present = True
        self._place().unsafe_write(value^)

    def __init__[F: def() -> Self.T, //](out self, *, init_with: F):
        """What a function gives."""
        self = Self(init_with())

    @always_inline
    def __init__(out self, *, copy: Self) where conforms_to(Self.T, Copyable):
        self._value = __raw_storage[__RawArray[Self.T, 1]]()
        self._present = copy._present
        if copy._present:
            self._place().unsafe_write(copy=copy._place()[])

    def __init__(out self, *, deinit move: Self):
        self._value = __raw_storage[__RawArray[Self.T, 1]]()
        self._present = move._present
        if move._present:
            self._place().unsafe_write_move_from(move._place())

    @always_inline
    def __deinit__(deinit self):
        if self._present:
            self._place().unsafe_deinit_pointee()

    def deinit_with[F: def(var value: Self.T), //](deinit self, deinit_func: F):
        """Ends the optional and hands its value, if there is one, to a function that ends it."""
        if self._present:
            deinit_func(self._place().unsafe_take_pointee())

    @__call_location
    def deinit_assert_empty(deinit self):
        """Ends an optional without a value; ends the program when there is one."""
        if self._present:
            _fail_at(
                "assert", __location_file_pointer(), __location_file_length(), __location_line(), __location_column(),
                String("`deinit_assert_empty()` called on a non-empty `Optional`"),
            )

    @always_inline
    def _place(self) -> Pointer[Self.T, MutUntrackedOrigin]:
        return __raw_pointer[P = Pointer[Self.T, MutUntrackedOrigin]](self._value)

    @always_inline
    def __bool__(self) -> Bool:
        return self._present

    @always_inline
    def __invert__(self) -> Bool:
        return not self._present

    @always_inline
    def __iter__(ref self) -> _OptionalIterator[Self.T]:
        """A copy of the value, if there is one: at most one round."""
        comptime assert conforms_to(Self.T, Copyable), "cannot iterate over an Optional whose value is not copyable"
        var iterator = _OptionalIterator[Self.T](self.copy())
        return iterator^

    @always_inline
    def __iter__(var self) -> _OptionalIterator[Self.T] where conforms_to(Self.T, Deinitable):
        """Hands out the value, if there is one."""
        return _OptionalIterator[Self.T](self^)

    def bounds(self) -> Tuple[Int, Optional[Int]]:
        """How many rounds a loop over it makes at least and at most: the same."""
        var rounds = 1 if self._present else 0
        return (rounds, Optional[Int](rounds))

    @always_inline
    def __is__(self, none: NoneType) -> Bool:
        return not self._present

    @always_inline
    def __isnot__(self, none: NoneType) -> Bool:
        return self._present

    @always_inline
    @__call_location
    def value(ref self) -> ref[self._value] Self.T:
        """The value; ends the program when there is none."""
        if not self._present:
            _fail_at(
                "abort", __location_file_pointer(), __location_file_length(), __location_line(), __location_column(),
                String("`Optional.value()` called on an empty `Optional`"),
            )
        return self._place()[]

    @always_inline
    @__call_location
    def take(mut self) -> Self.T:
        """Moves the value out and leaves nothing behind."""
        if not self._present:
            _fail_at(
                "abort", __location_file_pointer(), __location_file_length(), __location_line(), __location_column(),
                String("`Optional.take()` called on an empty `Optional`"),
            )
        self._present = False
        var value = self._place().unsafe_take_pointee()
        return value^

    @always_inline
    def unsafe_value(ref self) -> ref[self._value] Self.T:
        """The value, without looking whether it is there."""
        return self._place()[]

    @always_inline
    def unsafe_take(mut self) -> Self.T:
        """Moves the value out, without looking whether it is there."""
        self._present = False
        var value = self._place().unsafe_take_pointee()
        return value^

    @always_inline
    def __getitem__(ref self) raises -> ref[self._value] Self.T:
        """The value; raises when there is none."""
        if not self._present:
            raise Error(EmptyOptionalError[Self.T]())
        return self._place()[]

    def map[To: Movable, Mapper: def(var value: Self.T) -> To, //](deinit self, mapper: Mapper) -> Optional[To]:
        """What a function makes of the value, or nothing."""
        if self._present:
            return Optional[To](mapper(self._place().unsafe_take_pointee()))
        return Optional[To]()

    def and_then[To: Movable, Mapper: def(var value: Self.T) -> Optional[To], //](deinit self, mapper: Mapper) -> Optional[To]:
        """What a function that may give nothing makes of the value."""
        if self._present:
            return mapper(self._place().unsafe_take_pointee())
        return Optional[To]()

    def copied[U: Copyable & Deinitable, mut: Bool, //, o: Origin[mut=mut]](self: Optional[Pointer[U, o]]) -> Optional[U]:
        """A copy of what the pointer points to."""
        if self._present:
            return Optional[U](self._place()[][].copy())
        return Optional[U]()

    def or_else(var self, var default: Self.T) -> Self.T where conforms_to(Self.T, Deinitable):
        """The value, or `default` when there is none."""
        if self._present:
            self._present = False
            return self._place().unsafe_take_pointee()
        return default^

    @always_inline
    def __eq__(self, none: NoneType) -> Bool:
        return not self._present

    @always_inline
    def __ne__(self, none: NoneType) -> Bool:
        return self._present

    def __eq__(self, other: Self) -> Bool where conforms_to(Self.T, Equatable):
        if self._present != other._present:
            return False
        if not self._present:
            return True
        return self._place()[] == other._place()[]

    def write_to(self, mut writer: Some[Writer]) where conforms_to(Self.T, Writable):
        """Writes the text that `print` shows."""
        if self._present:
            self._place()[].write_to(writer)
        else:
            writer.write_string("None")

    def write_repr_to(self, mut writer: Some[Writer]) where conforms_to(Self.T, Writable):
        """Writes the text that `repr` gives."""
        _write_type_name[Self](writer)
        writer.write_string("(")
        if self._present:
            self._place()[].write_repr_to(writer)
        else:
            writer.write_string("None")
        writer.write_string(")")

    def __hash__[H: Hasher](self, mut hasher: H) where conforms_to(Self.T, Hashable):
        if self._present:
            hasher._update_with_simd(1)
            self._place()[].__hash__(hasher)
        else:
            hasher._update_with_simd(0)


struct _OptionalIterator[T: Movable & Deinitable](Movable, _BoundedIterator):
    """Owns an `Optional` and hands out its value, once."""

    comptime Element = Self.T
    var _source: Optional[Self.T]

    @always_inline
    def __init__(out self, var source: Optional[Self.T]):
        self._source = source^

    @always_inline
    def __has_next__(self) -> Bool:
        return self._source._present

    @always_inline
    def __next__(mut self) -> Self.T:
        return self._source.take()

    def bounds(self) -> Tuple[Int, Optional[Int]]:
        return _exactly(Int(self._source._present))


comptime OptionalReg[T: TrivialRegisterPassable] = Optional[T]
