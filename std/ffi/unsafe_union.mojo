"""`UnsafeUnion`: one of several types in one place, as in C; nobody knows which."""
from std.collections.optional import __RawArray, __raw_storage, __raw_pointer
from std.memory.memory import __memory_copy
from std.memory.pointer import Pointer
from std.sys.info import align_of, size_of
from std.utils.variant import _index_of


struct UnsafeUnion[*Ts: Movable & Deinitable](ImplicitlyCopyable, Movable, Deinitable, Writable):
    """Room for a value of any of the types `Ts`. What is in it is never destroyed."""

    # Vectors of bytes are aligned as they are long.
    comptime _ALIGNMENT = _greatest_alignment[*Self.Ts]()
    comptime _COUNT = _greatest_size[*Self.Ts]() // Self._ALIGNMENT
    var _storage: __RawArray[SIMD[DType.uint8, Self._ALIGNMENT], Self._COUNT]

    @always_inline
    def __init__(out self):
        """Bytes that are to be written before they are read."""
        self._storage = __raw_storage[__RawArray[SIMD[DType.uint8, Self._ALIGNMENT], Self._COUNT]]()

    @always_inline
    def __init__(out self, *, unsafe_uninitialized: Tuple[]):
        """Bytes that are to be written before they are read."""
        self = Self()

    @always_inline
    def __init__(out self, *, copy: Self):
        """The same bytes."""
        self = Self()
        __memory_copy(Pointer(to=self), Pointer(to=copy), size_of[Self]())

    @always_inline
    def __init__[T: Movable & Deinitable, //](out self, var value: T):
        """Holds a value of one of the types."""
        self = Self()
        self.unsafe_ptr[T]().unsafe_write(value^)

    @always_inline
    def unsafe_ptr[T: Movable & Deinitable](self) -> Pointer[T, MutUntrackedOrigin]:
        """The address of the room, for a value of one of the types."""
        comptime assert _index_of[T, *Self.Ts]() >= 0, "the type is not one of the UnsafeUnion's types"
        return __raw_pointer[P = Pointer[T, MutUntrackedOrigin]](self._storage)

    @always_inline
    def unsafe_get[T: Movable & Deinitable](ref self) -> ref[self._storage] T:
        """The bytes as a value of one of the types."""
        return self.unsafe_ptr[T]()[]

    @always_inline
    def unsafe_take[T: Movable & Deinitable](mut self) -> T:
        """Moves a value of one of the types out."""
        return self.unsafe_ptr[T]().unsafe_take_pointee()

    @always_inline
    def unsafe_set[T: Movable & Deinitable](mut self, var value: T):
        """Puts a value of one of the types in; an old one is not destroyed."""
        self.unsafe_ptr[T]().unsafe_write(value^)

    def write_to(self, mut writer: Some[Writer]):
        """Writes the types and how much room they take."""
        writer.write_string("UnsafeUnion[")
        comptime size = _greatest_size[*Self.Ts]()
        comptime for i in range(len(Self.Ts)):
            comptime if i > 0:
                writer.write_string(", ")
            writer.write_string(reflect[Self.Ts[i]].name())
        writer.write("](size=", size, ", align=", _greatest_alignment[*Self.Ts](), ")")

    def write_repr_to(self, mut writer: Some[Writer]):
        """Writes the text that `repr` gives: the same."""
        self.write_to(writer)


def _greatest_size[*Ts: AnyType]() -> Int:
    var result = 0
    comptime for i in range(len(Ts)):
        result = max(result, size_of[Ts[i]]())
    var alignment = _greatest_alignment[*Ts]()
    return (result + alignment - 1) // alignment * alignment


def _greatest_alignment[*Ts: AnyType]() -> Int:
    var result = 1
    comptime for i in range(len(Ts)):
        result = max(result, align_of[Ts[i]]())
    return result
