"""`Variant`: a value of one of several types."""
from std.builtin.assertion import (
    _fail_at, __location_file_pointer, __location_file_length, __location_line, __location_column,
)
from std.builtin.simd import __size_of
from std.builtin.tuple import __same_type
from std.collections.optional import __RawArray, __raw_storage, __raw_pointer
from std.format.writable import _write_type_name
from std.hash.hashable import Hasher
from std.memory.memory import __align_of
from std.memory.pointer import Pointer


def _largest_size[*Ts: AnyType]() -> Int:
    var result = 1
    comptime for i in range(len(Ts)):
        result = max(result, __size_of[Ts[i]]())
    return result


def _largest_alignment[*Ts: AnyType]() -> Int:
    var result = 8
    comptime for i in range(len(Ts)):
        result = max(result, __align_of[Ts[i]]())
    return result


def _index_of[T: AnyType, *Ts: AnyType]() -> Int:
    """The position of a type in a list, or -1."""
    var result = -1
    comptime for i in range(len(Ts)):
        comptime if __same_type[Ts[i], T]():
            if result < 0:
                result = i
    return result


@explicit_destroy("Use `deinit_with()` to explicitly destroy a `Variant` with non-`Deinitable` elements")
struct Variant[*Ts: Movable](
    ImplicitlyCopyable where conforms_to(Ts, ImplicitlyCopyable),
    Copyable where conforms_to(Ts, Copyable),
    Movable,
    RegisterPassable where conforms_to(Ts, RegisterPassable),
    Deinitable where conforms_to(Ts, Deinitable),
    Writable where conforms_to(Ts, Writable),
    Equatable where conforms_to(Ts, Equatable),
    Hashable where conforms_to(Ts, Hashable),
):
    """A value of exactly one of the types `Ts`, in place."""

    comptime _ALIGNMENT = _largest_alignment[*Self.Ts]()
    comptime _WORDS = (_largest_size[*Self.Ts]() + Self._ALIGNMENT - 1) // Self._ALIGNMENT
    var _storage: __RawArray[SIMD[DType.uint64, Self._ALIGNMENT // 8], Self._WORDS]
    var _which: UInt8

    # ---- life

    @implicit
    @always_inline
    def __init__[T: Movable, //](out self, var value: T):
        """Holds a value of one of the types."""
        comptime assert _index_of[T, *Self.Ts]() >= 0, "the type is not one of the Variant's types"
        self._storage = __raw_storage[__RawArray[SIMD[DType.uint64, Self._ALIGNMENT // 8], Self._WORDS]]()
        self._which = UInt8(_index_of[T, *Self.Ts]())
        self._place[T]().unsafe_write(value^)

    def __init__[T: Movable, //, F: def() -> T](out self, *, init_with: F):
        """What a function gives."""
        self = Self(init_with())

    def __init__(out self, *, copy: Self) where conforms_to(Self.Ts, Copyable):
        self._storage = __raw_storage[__RawArray[SIMD[DType.uint64, Self._ALIGNMENT // 8], Self._WORDS]]()
        self._which = copy._which
        comptime for i in range(len(Self.Ts)):
            if copy._which == UInt8(i):
                self._place[Self.Ts[i]]().unsafe_write(copy=copy._place[Self.Ts[i]]()[])

    def __init__(out self, *, deinit move: Self):
        self._storage = __raw_storage[__RawArray[SIMD[DType.uint64, Self._ALIGNMENT // 8], Self._WORDS]]()
        self._which = move._which
        comptime for i in range(len(Self.Ts)):
            if move._which == UInt8(i):
                self._place[Self.Ts[i]]().unsafe_write_move_from(move._place[Self.Ts[i]]())

    def __deinit__(deinit self):
        self._destroy()

    def _destroy(self):
        comptime for i in range(len(Self.Ts)):
            if self._which == UInt8(i):
                self._place[Self.Ts[i]]().unsafe_deinit_pointee()

    @always_inline
    def _place[T: AnyType](self) -> Pointer[T, MutUntrackedOrigin]:
        return __raw_pointer[P = Pointer[T, MutUntrackedOrigin]](self._storage)

    # ---- access

    @always_inline
    def isa[T: AnyType](self) -> Bool:
        """Whether the value has this type."""
        return self._which == UInt8(_index_of[T, *Self.Ts]())

    @always_inline
    @staticmethod
    def is_type_supported[T: AnyType]() -> Bool:
        """Whether a value of this type can be held."""
        return _index_of[T, *Self.Ts]() >= 0

    @always_inline
    @__call_location
    def __getitem_param__[T: AnyType](ref self) -> ref[origin_of(self)._get_owned_interior["value"]] T:
        """The value as a `T`; ends the program when it has another type."""
        if not self.isa[T]():
            _fail_at(
                "abort", __location_file_pointer(), __location_file_length(), __location_line(), __location_column(),
                String("get: wrong variant type"),
            )
        return self._place[T]()[]

    @always_inline
    def unsafe_get[T: AnyType](ref self) -> ref[origin_of(self)._get_owned_interior["value"]] T:
        """The value as a `T`, without looking at its type."""
        return self._place[T]()[]

    def set[T: Movable](mut self, var value: T) where conforms_to(Self.Ts, Deinitable):
        """Puts another value in."""
        comptime assert _index_of[T, *Self.Ts]() >= 0, "the type is not one of the Variant's types"
        self._destroy()
        self._which = UInt8(_index_of[T, *Self.Ts]())
        self._place[T]().unsafe_write(value^)

    def set[T: Movable, //, F: def() -> T](mut self, *, init_with: F) where conforms_to(Self.Ts, Deinitable):
        """Puts what a function gives in."""
        self.set(init_with())

    @__call_location
    def replace[New: Movable & Deinitable, Old: Movable](mut self, var value: New) -> Old:
        """Puts another value in and returns the one that was there."""
        if not self.isa[Old]():
            _fail_at(
                "abort", __location_file_pointer(), __location_file_length(), __location_line(), __location_column(),
                String("taking out the wrong type"),
            )
        var old = self._place[Old]().unsafe_take_pointee()
        self._which = UInt8(_index_of[New, *Self.Ts]())
        self._place[New]().unsafe_write(value^)
        return old^

    def unsafe_replace[New: Movable, Old: Movable](mut self, var value: New) -> Old:
        """Puts another value in and returns the one that was there, without looking at its type."""
        var old = self._place[Old]().unsafe_take_pointee()
        self._which = UInt8(_index_of[New, *Self.Ts]())
        self._place[New]().unsafe_write(value^)
        return old^

    @__call_location
    def unwrap[T: Movable](deinit self) -> T:
        """The value alone; ends the program when it has another type."""
        if not self.isa[T]():
            _fail_at(
                "abort", __location_file_pointer(), __location_file_length(), __location_line(), __location_column(),
                String("taking out the wrong type"),
            )
        return self._place[T]().unsafe_take_pointee()

    def unsafe_unwrap[T: Movable](deinit self) -> T:
        """The value alone, without looking at its type."""
        return self._place[T]().unsafe_take_pointee()

    @__call_location
    def deinit_with[T: Movable, F: def(var value: T)](deinit self, deinit_func: F):
        """Hands the value to a function that ends it; ends the program when it has another type."""
        if not self.isa[T]():
            _fail_at(
                "abort", __location_file_pointer(), __location_file_length(), __location_line(), __location_column(),
                String("handing out the wrong type"),
            )
        deinit_func(self._place[T]().unsafe_take_pointee())

    # ---- comparison and text

    def __eq__(self, other: Self) -> Bool where conforms_to(Self.Ts, Equatable):
        if self._which != other._which:
            return False
        comptime for i in range(len(Self.Ts)):
            if self._which == UInt8(i):
                return self._place[Self.Ts[i]]()[] == other._place[Self.Ts[i]]()[]
        return False

    def __hash__[H: Hasher](self, mut hasher: H) where conforms_to(Self.Ts, Hashable):
        hasher._update_with_simd(self._which.cast[DType.uint64]())
        comptime for i in range(len(Self.Ts)):
            if self._which == UInt8(i):
                self._place[Self.Ts[i]]()[].__hash__(hasher)

    def write_to(self, mut writer: Some[Writer]) where conforms_to(Self.Ts, Writable):
        """Writes the text that `print` shows."""
        comptime for i in range(len(Self.Ts)):
            if self._which == UInt8(i):
                self._place[Self.Ts[i]]()[].write_to(writer)

    def write_repr_to(self, mut writer: Some[Writer]) where conforms_to(Self.Ts, Writable):
        """Writes the text that `repr` gives."""
        _write_type_name[Self](writer)
        writer.write_string("(")
        comptime for i in range(len(Self.Ts)):
            if self._which == UInt8(i):
                self._place[Self.Ts[i]]()[].write_repr_to(writer)
        writer.write_string(")")
