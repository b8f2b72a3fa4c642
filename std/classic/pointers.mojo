"""Pointers and raw memory of classic Mojo: `DTypePointer`, older members of `Pointer`, `memcpy` and its kind."""
from std.memory.memory import unsafe_alloc, __memory_copy, __memory_set, __memory_compare
from std.memory.pointer import __load, __store, __offset, __null_pointer, __pointer_to_int, __address_of
from std.builtin.simd import __size_of
import std.memory.pointer

comptime Pointer[mut: Bool = True, //, T: AnyType, origin: Origin[mut=mut] = MutUntrackedOrigin] = std.memory.pointer.Pointer[T, origin]
comptime UnsafePointer[mut: Bool = True, //, T: AnyType, origin: Origin[mut=mut] = MutUntrackedOrigin] = std.memory.pointer.Pointer[T, origin]
comptime AnyPointer = UnsafePointer


struct DTypePointer[T: AnyType](TrivialRegisterPassable, Equatable, Comparable, Boolable, Intable, Defaultable, Writable):
    """An unsafe pointer without owner. `DTypePointer[DType.float32]` points to scalars, `DTypePointer[T]` to values of `T`."""

    comptime element_type = Self.T
    var _pointer: std.memory.pointer.Pointer[Self.T, MutUntrackedOrigin]

    @always_inline
    def __init__(out self):
        self._pointer = __null_pointer[std.memory.pointer.Pointer[Self.T, MutUntrackedOrigin]]()

    @always_inline
    @implicit
    def __init__(out self, pointer: std.memory.pointer.Pointer[Self.T, MutUntrackedOrigin]):
        self._pointer = pointer

    @staticmethod
    @always_inline
    def alloc(count: Int, *, alignment: Int = 0) -> Self:
        """Room for `count` elements, without values in it."""
        return Self(unsafe_alloc[Self.T](count))

    @staticmethod
    @always_inline
    def get_null() -> Self:
        """Address 0."""
        return Self()

    @staticmethod
    @always_inline
    def address_of(ref place: Self.T) -> Self:
        """The address of a place, which the pointer does not keep alive."""
        return Self(__address_of(place).unsafe_origin_cast[MutUntrackedOrigin]())

    @always_inline
    def free(self):
        """Gives memory from `alloc` back; no element is destroyed."""
        self._pointer.unsafe_free()

    @always_inline
    def __getitem__(self) -> ref[self._pointer] Self.T:
        return self._pointer[]

    @always_inline
    def __getitem__(self, index: Int) -> ref[self._pointer] Self.T:
        return __offset(self._pointer, index)[]

    @always_inline
    def __setitem__(self, index: Int, var value: Self.T) where conforms_to(Self.T, Movable):
        """Stores into memory that may be fresh: an old value is not destroyed."""
        __offset(self._pointer, index).unsafe_write(value^)

    @always_inline
    def offset(self, count: Int) -> Self:
        """The address `count` elements further."""
        return Self(__offset(self._pointer, count))

    @always_inline
    def __add__(self, count: Int) -> Self:
        return Self(__offset(self._pointer, count))

    @always_inline
    def __sub__(self, count: Int) -> Self:
        return Self(__offset(self._pointer, -count))

    @always_inline
    def __iadd__(mut self, count: Int):
        self = self + count

    @always_inline
    def __isub__(mut self, count: Int):
        self = self - count

    @always_inline
    def __eq__(self, other: Self) -> Bool:
        return self._pointer == other._pointer

    @always_inline
    def __lt__(self, other: Self) -> Bool:
        return self._pointer < other._pointer

    @always_inline
    def __bool__(self) -> Bool:
        return __pointer_to_int(self._pointer) != 0

    @always_inline
    def __int__(self) -> Int:
        return __pointer_to_int(self._pointer)

    def write_to(self, mut writer: Some[Writer]):
        """Writes the text that `print` shows."""
        writer.write(hex(__pointer_to_int(self._pointer)))

    @always_inline
    def bitcast[U: AnyType](self) -> DTypePointer[U]:
        """The same address for elements of another type."""
        return DTypePointer[U](self._pointer.unsafe_bitcast[U]())

    @always_inline
    def bitcast[dtype: DType](self) -> DTypePointer[Scalar[dtype]]:
        """The same address for elements of another type."""
        return DTypePointer[Scalar[dtype]](self._pointer.unsafe_bitcast[Scalar[dtype]]())

    @always_inline
    def prefetch(self):
        """A hint without effect."""
        pass

    # ---- single values

    @always_inline
    def load(self) -> Self.T where conforms_to(Self.T, Copyable):
        """A copy of the element, or of a vector of elements, at the address or `offset` elements further."""
        return self._pointer[].copy()

    @always_inline
    def load(self, offset: Int) -> Self.T where conforms_to(Self.T, Copyable):
        """A copy of the element, or of a vector of elements, at the address or `offset` elements further."""
        return __offset(self._pointer, offset)[].copy()

    @always_inline
    def store(self, var value: Self.T) where conforms_to(Self.T, Movable):
        """Writes an element, or a vector of elements, to the address or `offset` elements further."""
        self._pointer.unsafe_write(value^)

    @always_inline
    def store(self, offset: Int, var value: Self.T) where conforms_to(Self.T, Movable):
        """Writes an element, or a vector of elements, to the address or `offset` elements further."""
        __offset(self._pointer, offset).unsafe_write(value^)

    # ---- vectors

    @always_inline
    def load[dtype: DType, //, *, width: SIMDLength](self: DTypePointer[Scalar[dtype]], offset: Int = 0) -> SIMD[dtype, width]:
        """Loads `width` elements from element `offset` on."""
        return __load[SIMD[dtype, width]](__offset(self._pointer, offset))

    @always_inline
    def store[dtype: DType, //, *, width: SIMDLength](self: DTypePointer[Scalar[dtype]], offset: Int, value: SIMD[dtype, width]):
        """Stores all lanes from element `offset` on."""
        __store(__offset(self._pointer, offset), value)

    @always_inline
    def store[dtype: DType, //, *, width: SIMDLength](self: DTypePointer[Scalar[dtype]], value: SIMD[dtype, width]):
        """Stores all lanes from element 0 on."""
        __store(self._pointer, value)

    @always_inline
    def simd_load[dtype: DType, //, width: SIMDLength](self: DTypePointer[Scalar[dtype]], offset: Int = 0) -> SIMD[dtype, width]:
        """A vector of elements from the address or so many elements further."""
        return __load[SIMD[dtype, width]](__offset(self._pointer, offset))

    @always_inline
    def simd_store[dtype: DType, //, width: SIMDLength](
        self: DTypePointer[Scalar[dtype]], offset: Int, value: SIMD[dtype, width]
    ):
        """Writes a vector of elements to the address or so many elements further."""
        __store(__offset(self._pointer, offset), value)

    @always_inline
    def simd_store[dtype: DType, //, width: SIMDLength](self: DTypePointer[Scalar[dtype]], value: SIMD[dtype, width]):
        """Writes a vector of elements to the address or so many elements further."""
        __store(self._pointer, value)

    @always_inline
    def aligned_simd_load[dtype: DType, //, width: SIMDLength, alignment: Int](
        self: DTypePointer[Scalar[dtype]], offset: Int = 0
    ) -> SIMD[dtype, width]:
        """A vector of elements from an address that is a multiple of `alignment`."""
        return __load[SIMD[dtype, width]](__offset(self._pointer, offset))

    @always_inline
    def aligned_simd_store[dtype: DType, //, width: SIMDLength, alignment: Int](
        self: DTypePointer[Scalar[dtype]], offset: Int, value: SIMD[dtype, width]
    ):
        """Writes a vector of elements to an address that is a multiple of `alignment`."""
        __store(__offset(self._pointer, offset), value)

    @always_inline
    def simd_nt_store[dtype: DType, //, width: SIMDLength](
        self: DTypePointer[Scalar[dtype]], offset: Int, value: SIMD[dtype, width]
    ):
        """Writes a vector of elements that will not be read soon."""
        __store(__offset(self._pointer, offset), value)

    def simd_strided_load[dtype: DType, //, width: SIMDLength](
        self: DTypePointer[Scalar[dtype]], stride: Int
    ) -> SIMD[dtype, width]:
        """Loads every `stride`th element, `width` of them."""
        var result = SIMD[dtype, width]()
        for lane in range(Int(width)):
            result[lane] = __offset(self._pointer, lane * stride)[]
        return result

    def simd_strided_store[dtype: DType, //, width: SIMDLength](
        self: DTypePointer[Scalar[dtype]], value: SIMD[dtype, width], stride: Int
    ):
        """Stores the lanes to every `stride`th element."""
        for lane in range(Int(width)):
            __offset(self._pointer, lane * stride)[] = value[lane]


__extension std.memory.pointer.Pointer:
    @staticmethod
    @always_inline
    def alloc(count: Int, *, alignment: Int = 0) -> std.memory.pointer.Pointer[Self.T, MutUntrackedOrigin]:
        """Room for `count` values, without values in it."""
        return unsafe_alloc[Self.T](count)

    @always_inline
    def __init__(out self):
        """Address 0."""
        self = __null_pointer[Self]()

    @staticmethod
    @always_inline
    def get_null() -> Self:
        """Address 0."""
        return __null_pointer[Self]()

    @staticmethod
    @always_inline
    def address_of(ref place: Self.T) -> std.memory.pointer.Pointer[Self.T, MutUntrackedOrigin]:
        """The address of a place, which the pointer does not keep alive."""
        return __address_of(place).unsafe_origin_cast[MutUntrackedOrigin]()

    @always_inline
    def load(self, offset: Int = 0) -> Self.T where conforms_to(Self.T, Copyable):
        """A copy of the element, or of a vector of elements, at the address or `offset` elements further."""
        return __offset(self, offset)[].copy()

    @always_inline
    def store[U: Movable](self: std.memory.pointer.Pointer[U, _], var value: U):
        """Writes an element, or a vector of elements, to the address or `offset` elements further."""
        __initialize_at(self, 0, value^)

    @always_inline
    def store[U: Movable](self: std.memory.pointer.Pointer[U, _], offset: Int, var value: U):
        """Writes an element, or a vector of elements, to the address or `offset` elements further."""
        __initialize_at(self, offset, value^)

    @always_inline
    def simd_load[dtype: DType, //, width: SIMDLength](
        self: std.memory.pointer.Pointer[Scalar[dtype], _], offset: Int = 0
    ) -> SIMD[dtype, width]:
        """A vector of elements from the address or so many elements further."""
        return __load[SIMD[dtype, width]](__offset(self, offset))

    @always_inline
    def simd_store[dtype: DType, //, width: SIMDLength](
        self: std.memory.pointer.Pointer[Scalar[dtype], _], offset: Int, value: SIMD[dtype, width]
    ):
        """Writes a vector of elements to the address or so many elements further."""
        __store(__offset(self, offset), value)

    @always_inline
    def simd_store[dtype: DType, //, width: SIMDLength](
        self: std.memory.pointer.Pointer[Scalar[dtype], _], value: SIMD[dtype, width]
    ):
        """Writes a vector of elements to the address or so many elements further."""
        __store(self, value)

    @always_inline
    def aligned_simd_load[dtype: DType, //, width: SIMDLength, alignment: Int](
        self: std.memory.pointer.Pointer[Scalar[dtype], _], offset: Int = 0
    ) -> SIMD[dtype, width]:
        """A vector of elements from an address that is a multiple of `alignment`."""
        return __load[SIMD[dtype, width]](__offset(self, offset))

    @always_inline
    def aligned_simd_store[dtype: DType, //, width: SIMDLength, alignment: Int](
        self: std.memory.pointer.Pointer[Scalar[dtype], _], offset: Int, value: SIMD[dtype, width]
    ):
        """Writes a vector of elements to an address that is a multiple of `alignment`."""
        __store(__offset(self, offset), value)

    def simd_strided_load[dtype: DType, //, width: SIMDLength](
        self: std.memory.pointer.Pointer[Scalar[dtype], _], stride: Int
    ) -> SIMD[dtype, width]:
        """Loads every `stride`th element, `width` of them."""
        var result = SIMD[dtype, width]()
        for lane in range(Int(width)):
            result[lane] = __offset(self, lane * stride)[]
        return result

    def simd_strided_store[dtype: DType, //, width: SIMDLength](
        self: std.memory.pointer.Pointer[Scalar[dtype], _], value: SIMD[dtype, width], stride: Int
    ):
        """Stores the lanes to every `stride`th element."""
        for lane in range(Int(width)):
            __store(__offset(self, lane * stride), value[lane])

    @always_inline
    def bitcast[dtype: DType](self) -> std.memory.pointer.Pointer[Scalar[dtype], Self.origin]:
        """The same address for elements of another type."""
        return self.unsafe_bitcast[Scalar[dtype]]()

    # ---- values in raw memory

    @always_inline
    def init_pointee_copy[U: Copyable](self: std.memory.pointer.Pointer[U, _], value: U):
        """Puts a copy of the value into raw memory."""
        self.unsafe_write(value.copy())

    @always_inline
    def init_pointee_move[U: Movable](self: std.memory.pointer.Pointer[U, _], var value: U):
        """Moves the value into raw memory."""
        self.unsafe_write(value^)

    @always_inline
    def initialize_pointee_copy[U: Copyable](self: std.memory.pointer.Pointer[U, _], value: U):
        """Puts a copy of the value into raw memory."""
        self.unsafe_write(value.copy())

    @always_inline
    def initialize_pointee_move[U: Movable](self: std.memory.pointer.Pointer[U, _], var value: U):
        """Moves the value into raw memory."""
        self.unsafe_write(value^)

    @always_inline
    def destroy_pointee(self):
        """Destroys the value; the memory becomes raw."""
        self.unsafe_deinit_pointee()

    @always_inline
    def move_pointee_into(self, target: Self) where conforms_to(Self.T, Movable):
        """Moves the value into the raw memory at `target`."""
        target.unsafe_write_move_from(self)

    @always_inline
    def init_pointee_move_from(self, source: Self) where conforms_to(Self.T, Movable):
        """Moves the value at `source` into this raw memory."""
        self.unsafe_write_move_from(source)


@always_inline
def __initialize_at[U: Movable](pointer: std.memory.pointer.Pointer[U, _], offset: Int, var value: U):
    __offset(pointer, offset).unsafe_write(value^)


# ---- blocks of memory; `count` counts elements


@always_inline
def memcpy[T: AnyType](dest: DTypePointer[T], src: DTypePointer[T], count: Int):
    """Copies `count` elements as bytes; the areas must not overlap."""
    __memory_copy(dest._pointer, src._pointer, count * __size_of[T]())


@always_inline
def memcpy[T: AnyType](dest: std.memory.pointer.Pointer[T, _], src: std.memory.pointer.Pointer[T, _], count: Int):
    """Copies `count` elements as bytes; the areas must not overlap."""
    __memory_copy(dest, src, count * __size_of[T]())


@always_inline
def memset_zero[T: AnyType](pointer: DTypePointer[T], count: Int):
    """Sets every byte of `count` elements to 0."""
    __memory_set(pointer._pointer, 0, count * __size_of[T]())


@always_inline
def memset_zero[T: AnyType](pointer: std.memory.pointer.Pointer[T, _], count: Int):
    """Sets every byte of `count` elements to 0."""
    __memory_set(pointer, 0, count * __size_of[T]())


@always_inline
def memset[T: AnyType](pointer: DTypePointer[T], value: UInt8, count: Int):
    """Sets every byte of `count` elements."""
    __memory_set(pointer._pointer, value, count * __size_of[T]())


@always_inline
def memset[T: AnyType](pointer: std.memory.pointer.Pointer[T, _], value: UInt8, count: Int):
    """Sets every byte of `count` elements."""
    __memory_set(pointer, value, count * __size_of[T]())


@always_inline
def memcmp[T: AnyType](a: DTypePointer[T], b: DTypePointer[T], count: Int) -> Int:
    """Compares `count` elements as bytes: negative, 0 or positive."""
    return __memory_compare(a._pointer, b._pointer, count * __size_of[T]())


@always_inline
def memcmp[T: AnyType](a: std.memory.pointer.Pointer[T, _], b: std.memory.pointer.Pointer[T, _], count: Int) -> Int:
    """Compares `count` elements as bytes: negative, 0 or positive."""
    return __memory_compare(a, b, count * __size_of[T]())


# ---- 2024: free functions for what are methods of pointers today


@always_inline
def initialize_pointee_copy[U: Copyable](pointer: std.memory.pointer.Pointer[U, _], value: U):
    """Puts a copy of the value into raw memory."""
    pointer.unsafe_write(value.copy())


@always_inline
def initialize_pointee_move[U: Movable](pointer: std.memory.pointer.Pointer[U, _], var value: U):
    """Moves the value into raw memory."""
    pointer.unsafe_write(value^)


@always_inline
def destroy_pointee(pointer: std.memory.pointer.Pointer[_, _]):
    """Destroys the value; the memory becomes raw."""
    pointer.unsafe_deinit_pointee()


@always_inline
def move_from_pointee[U: Movable](pointer: std.memory.pointer.Pointer[U, _]) -> U:
    """Moves the value out; the memory becomes raw."""
    return pointer.unsafe_take_pointee()
