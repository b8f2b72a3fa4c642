"""Names that classic files (Mojo 0.x, 2023 to 2024) see without import, besides today's prelude.

They are thin layers over today's library. Files of edition 1 do not see them.
"""
from std.memory.memory import unsafe_alloc, __memory_copy, __memory_set, __memory_compare
from std.memory.pointer import __load, __store, __offset, __null_pointer, __pointer_to_int, __address_of
from std.builtin.simd import __size_of
from std.sys import simd_width_of, size_of, align_of, bit_width_of
from std.builtin.assertion import debug_assert
from std.time import now

comptime AnyRegType = TrivialRegisterPassable
comptime AnyTrivialRegType = TrivialRegisterPassable
comptime CollectionElement = Copyable
comptime EqualityComparable = Equatable
comptime StringRef = StaticString
comptime DynamicVector = List


struct DTypePointer[T: AnyType](TrivialRegisterPassable, Equatable, Boolable):
    """An unsafe pointer without owner. `DTypePointer[DType.float32]` points to scalars, `DTypePointer[T]` to values of `T`."""

    var _pointer: Pointer[Self.T, MutUntrackedOrigin]

    @always_inline
    def __init__(out self):
        self._pointer = __null_pointer[Pointer[Self.T, MutUntrackedOrigin]]()

    @always_inline
    @implicit
    def __init__(out self, pointer: Pointer[Self.T, MutUntrackedOrigin]):
        self._pointer = pointer

    @staticmethod
    @always_inline
    def alloc(count: Int) -> Self:
        """Room for `count` elements, without values in it."""
        return Self(unsafe_alloc[Self.T](count))

    @staticmethod
    @always_inline
    def get_null() -> Self:
        """Address 0."""
        return Self()

    @always_inline
    def free(self):
        """Gives memory from `alloc` back; no element is destroyed."""
        self._pointer.unsafe_free()

    @always_inline
    def __getitem__(self, index: Int) -> ref[self._pointer] Self.T:
        return __offset(self._pointer, index)[]

    @always_inline
    def __setitem__(self, index: Int, var value: Self.T) where conforms_to(Self.T, Movable):
        """Stores into memory that may be fresh: an old value is not destroyed."""
        __offset(self._pointer, index).unsafe_write(value^)

    @always_inline
    def offset(self, count: Int) -> Self:
        return Self(__offset(self._pointer, count))

    @always_inline
    def __add__(self, count: Int) -> Self:
        return Self(__offset(self._pointer, count))

    @always_inline
    def __sub__(self, count: Int) -> Self:
        return Self(__offset(self._pointer, -count))

    @always_inline
    def __eq__(self, other: Self) -> Bool:
        return self._pointer == other._pointer

    @always_inline
    def __bool__(self) -> Bool:
        return __pointer_to_int(self._pointer) != 0

    # ---- scalars and vectors

    @always_inline
    def load[dtype: DType, //, width: SIMDLength = 1](self: DTypePointer[Scalar[dtype]], offset: Int = 0) -> SIMD[dtype, width]:
        """Loads `width` elements from element `offset` on."""
        return __load[SIMD[dtype, width]](__offset(self._pointer, offset))

    @always_inline
    def store[dtype: DType, width: SIMDLength, //](self: DTypePointer[Scalar[dtype]], offset: Int, value: SIMD[dtype, width]):
        """Stores all lanes from element `offset` on."""
        __store(__offset(self._pointer, offset), value)

    @always_inline
    def store[dtype: DType, width: SIMDLength, //](self: DTypePointer[Scalar[dtype]], value: SIMD[dtype, width]):
        """Stores all lanes from element 0 on."""
        __store(self._pointer, value)

    @always_inline
    def simd_load[dtype: DType, //, width: SIMDLength](self: DTypePointer[Scalar[dtype]], offset: Int = 0) -> SIMD[dtype, width]:
        return __load[SIMD[dtype, width]](__offset(self._pointer, offset))

    @always_inline
    def simd_store[dtype: DType, //, width: SIMDLength](
        self: DTypePointer[Scalar[dtype]], offset: Int, value: SIMD[dtype, width]
    ):
        __store(__offset(self._pointer, offset), value)

    @always_inline
    def aligned_simd_load[dtype: DType, //, width: SIMDLength, alignment: Int](
        self: DTypePointer[Scalar[dtype]], offset: Int = 0
    ) -> SIMD[dtype, width]:
        return __load[SIMD[dtype, width]](__offset(self._pointer, offset))


@always_inline
def memcpy[T: AnyType](dest: DTypePointer[T], source: DTypePointer[T], count: Int):
    """Copies `count` elements as bytes; the areas must not overlap."""
    __memory_copy(dest._pointer, source._pointer, count * __size_of[T]())


@always_inline
def memset_zero[T: AnyType](pointer: DTypePointer[T], count: Int):
    """Sets every byte of `count` elements to 0."""
    __memory_set(pointer._pointer, 0, count * __size_of[T]())


@always_inline
def memset[T: AnyType](pointer: DTypePointer[T], value: UInt8, count: Int):
    """Sets every byte of `count` elements."""
    __memory_set(pointer._pointer, value, count * __size_of[T]())


@always_inline
def memcmp[T: AnyType](a: DTypePointer[T], b: DTypePointer[T], count: Int) -> Int:
    """Compares `count` elements as bytes: negative, 0 or positive."""
    return __memory_compare(a._pointer, b._pointer, count * __size_of[T]())


@always_inline
def simdwidthof[dtype: DType]() -> Int:
    """Lanes of `dtype` in a vector register."""
    return simd_width_of[dtype]()


@always_inline
def sizeof[T: AnyType]() -> Int:
    """Bytes that a value of `T` takes."""
    return __size_of[T]()


@always_inline
def alignof[T: AnyType]() -> Int:
    """The alignment of `T` in bytes."""
    return align_of[T]()


@always_inline
def bitwidthof[T: AnyType]() -> Int:
    """Bits that a value of `T` takes."""
    return bit_width_of[T]()


def str[T: Writable](value: T) -> String:
    """The text that `print` shows."""
    return String(value)


def int[T: Intable](value: T) -> Int:
    """Converts to `Int`, toward zero."""
    return value.__int__()


def print_no_newline[*Ts: Writable](*values: *Ts):
    """Prints without a line end."""
    comptime for i in range(values.__len__()):
        comptime if i > 0:
            print(" ", end="")
        print(values[i], end="")
