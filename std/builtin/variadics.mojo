"""What variadic arguments are inside the callee."""
from std.builtin.iteration import _BoundedIterator
from std.builtin.traits import ParameterList, TypeList
from std.format.writable import _write_type_name


@__builtin("variadic-list")
struct VariadicList[T: AnyType, origin: MutOrigin = MutUntrackedOrigin](
    TrivialRegisterPassable, Sized, Writable where conforms_to(T, Writable)
):
    """Arguments of one type: the addresses of the caller's places. `origin` only lets a signature say `VariadicList[T, _]`."""

    var _addresses: Pointer[Pointer[Self.T, MutUntrackedOrigin], MutUntrackedOrigin]
    var _count: Int

    @always_inline
    def __len__(self) -> Int:
        return self._count

    @always_inline
    def __getitem__(ref self, index: Int) -> ref[self._addresses] Self.T:
        return self._addresses.unsafe_offset(index)[].unsafe_offset(0)[]

    @always_inline
    def __iter__(ref self) -> _VariadicListIterator[Self.T, origin_of(self)]:
        return _VariadicListIterator[Self.T, origin_of(self)](self._addresses, self._count)

    def write_to(self, mut writer: Some[Writer]) where conforms_to(Self.T, Writable):
        """Writes the text that `print` shows."""
        writer.write_string("(")
        for i in range(self._count):
            if i > 0:
                writer.write_string(", ")
            self[i].write_to(writer)
        writer.write_string(")")

    def write_repr_to(self, mut writer: Some[Writer]) where conforms_to(Self.T, Writable):
        """Writes the text that `repr` gives."""
        _write_type_name[Self](writer)
        writer.write_string("([")
        for i in range(self._count):
            if i > 0:
                writer.write_string(", ")
            self[i].write_repr_to(writer)
        writer.write_string("])")


struct _VariadicListIterator[mut: Bool, //, T: AnyType, origin: Origin[mut=mut]](TrivialRegisterPassable, _BoundedIterator, Iterable):
    comptime Element = Self.T
    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = Self
    var _next: Pointer[Pointer[Self.T, MutUntrackedOrigin], MutUntrackedOrigin]
    var _left: Int

    @always_inline
    def __init__(out self, next: Pointer[Pointer[Self.T, MutUntrackedOrigin], MutUntrackedOrigin], left: Int):
        self._next = next
        self._left = left

    @always_inline
    def __iter__(ref self) -> Self:
        return self

    @always_inline
    def __has_next__(self) -> Bool:
        return self._left > 0

    @always_inline
    def __next__(mut self) -> ref[Self.origin] Self.T:
        var current = self._next
        self._next = current.unsafe_offset(1)
        self._left -= 1
        return current[].unsafe_offset(0)[]


@__builtin("pack")
struct VariadicPack[*Ts: AnyType](TrivialRegisterPassable, Sized):
    """Arguments each of its own type. `args[i]` reaches one by a compile-time index."""

    @always_inline
    def __len__(self) -> Int:
        return len(Self.Ts)


@__builtin("variadic-list")
struct _OwnedVariadicList[T: AnyType](Movable):
    """Destroys the elements of `var *args: T`, the last one first. Made by the compiler, in the callee."""

    var _addresses: Pointer[Pointer[Self.T, MutUntrackedOrigin], MutUntrackedOrigin]
    var _count: Int

    def __deinit__(deinit self):
        for i in range(self._count):
            self._addresses.unsafe_offset(self._count - 1 - i)[].unsafe_deinit_pointee()


@__builtin("pack")
struct _OwnedVariadicPack[*Ts: AnyType](Movable):
    """Destroys the elements of `var *args: *Ts`, the last one first. Made by the compiler, in the callee."""

    def __deinit__(deinit self):
        comptime count = len(Self.Ts)
        comptime for i in range(count):
            Pointer(to=self[count - 1 - i]).unsafe_deinit_pointee()


def _parameter_texts[*texts: __string_literal_value]() -> Array[StaticString, texts.__len__()]:
    """The names of fields as an array, for a loop at run time."""
    var out = Array[StaticString, texts.__len__()](fill="")
    comptime for i in range(texts.__len__()):
        out[i] = texts[i]
    return out^


def _parameter_values[T: ImplicitlyCopyable & Deinitable, *values: T]() -> Array[T, values.__len__()]:
    """The values of a variadic parameter, for code that counts at run time."""
    var result = Array[T, values.__len__()](unsafe_uninitialized=())
    comptime for i in range(values.__len__()):
        result._initialize(i, values[i])
    return result^
