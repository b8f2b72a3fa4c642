"""Pointers: an address with the type and the origin of what it points to."""
from std.memory.address_space import AddressSpace
from std.builtin.simd import __size_of
from std.hash.hashable import Hasher
from std.memory.memory import __align_of, __free
from std.sys.intrinsics import gather, scatter, strided_load, strided_store


@__intrinsic("pointer.deref")
def __deref[mut: Bool, //, T: AnyType, origin: Origin[mut=mut]](pointer: Pointer[T, origin]) -> ref[origin] T:
    ...


@__intrinsic("pointer.of")
def __address_of[mut: Bool, //, T: AnyType, origin: Origin[mut=mut]](ref[origin] place: T) -> Pointer[T, origin]:
    ...


@__intrinsic("pointer.cast")
def __cast_pointer[From: TrivialRegisterPassable, To: TrivialRegisterPassable](pointer: From) -> To:
    ...


@__intrinsic("pointer.offset")
def __offset[P: TrivialRegisterPassable](pointer: P, count: Int) -> P:
    ...


@__intrinsic("pointer.to_int")
def __pointer_to_int[P: TrivialRegisterPassable](pointer: P) -> Int:
    ...


@__intrinsic("pointer.from_int")
def __pointer_from_int[P: TrivialRegisterPassable](address: Int) -> P:
    ...


@__intrinsic("pointer.null")
def __null_pointer[P: TrivialRegisterPassable]() -> P:
    ...


@__intrinsic("pointer.take")
def __take[T: Movable, P: TrivialRegisterPassable](pointer: P) -> T:
    ...


@__intrinsic("pointer.init")
def __initialize[T: Movable, P: TrivialRegisterPassable](pointer: P, var value: T):
    ...


@__intrinsic("pointer.relocate")
def __relocate[P: TrivialRegisterPassable, Q: TrivialRegisterPassable](target: P, source: Q):
    ...


@__intrinsic("pointer.init_copy")
def __initialize_copy[T: Copyable, P: TrivialRegisterPassable](pointer: P, value: T):
    ...


@__intrinsic("pointer.destroy")
def __destroy_pointee[P: TrivialRegisterPassable](pointer: P):
    ...


@__intrinsic("pointer.load")
def __load[V: TrivialRegisterPassable, P: TrivialRegisterPassable](pointer: P) -> V:
    ...


@__intrinsic("pointer.load_volatile")
def __load_volatile[V: TrivialRegisterPassable, P: TrivialRegisterPassable](pointer: P) -> V:
    ...


@__intrinsic("pointer.store_volatile")
def __store_volatile[V: TrivialRegisterPassable, P: TrivialRegisterPassable](pointer: P, value: V):
    ...


@__intrinsic("pointer.store")
def __store[V: TrivialRegisterPassable, P: TrivialRegisterPassable](pointer: P, value: V):
    ...


@__builtin("pointer")
struct Pointer[mut: Bool, //, T: AnyType, origin: Origin[mut=mut]](TrivialRegisterPassable, Equatable, Comparable, Hashable, Boolable, Intable, Writable):
    """The address of a value of type `T`. It does not own the value."""

    def write_to(self, mut writer: Some[Writer]):
        """The address in hexadecimal digits."""
        writer.write_string(hex(self.__int__()))

    def __hash__[H: Hasher](self, mut hasher: H):
        hasher._update_with_simd(self.__int__().cast[DType.uint64]())

    @always_inline
    def __init__(out self, *, ref[Self.origin] to: Self.T):
        """Points to a place."""
        self = __address_of(to)

    @always_inline
    def __init__(out self, *, unsafe_from_address: Int):
        """Points to whatever lies at an address."""
        self = __pointer_from_int[Self](unsafe_from_address)

    @staticmethod
    def unsafe_dangling() -> Self:
        """An address that a value of type `T` could have, but where nothing lies: for a field that is not filled yet. It must not be read through."""
        return Self(unsafe_from_address=__align_of[Self.T]())

    @always_inline
    def __getitem__(self) -> ref[Self.origin] Self.T:
        return __deref(self)

    @always_inline
    def __getitem__(self, index: Int) -> ref[Self.origin] Self.T:
        return __deref(__offset(self, index))

    @always_inline
    def __getitem__[I: Indexer](self, index: I) -> ref[Self.origin] Self.T:
        return __deref(__offset(self, index.__index__()))

    @always_inline
    def __getitem__(self, *, unsafe_offset: Int) -> ref[Self.origin] Self.T:
        return __deref(__offset(self, unsafe_offset))

    @always_inline
    def unsafe_offset(self, count: Int) -> Self:
        """The address `count` elements further."""
        return __offset(self, count)

    @always_inline
    def offset(self, count: Int) -> Self:
        """The address `count` elements further."""
        return __offset(self, count)

    @always_inline
    def __add__(self, count: Int) -> Self:
        return __offset(self, count)

    @always_inline
    def __sub__(self, count: Int) -> Self:
        return __offset(self, -count)

    @always_inline
    def __sub__(self, other: Self) -> Int:
        """How many values lie between two places of one allocation."""
        return (__pointer_to_int(self) - __pointer_to_int(other)) // __size_of[Self.T]()

    @always_inline
    def __iadd__(mut self, count: Int):
        self = __offset(self, count)

    @always_inline
    def __isub__(mut self, count: Int):
        self = __offset(self, -count)

    @__intrinsic("pointer.eq")
    @__holds_only
    def __eq__(self, other: Self) -> Bool:
        ...

    # ---- comparison with pointers of other origins

    @always_inline
    @__holds_only
    def __eq__(self, other: Pointer[Self.T, _]) -> Bool:
        return __pointer_to_int(self) == __pointer_to_int(other)

    @always_inline
    @__holds_only
    def __ne__(self, other: Pointer[Self.T, _]) -> Bool:
        return __pointer_to_int(self) != __pointer_to_int(other)

    @always_inline
    @__holds_only
    def __lt__(self, other: Pointer[Self.T, _]) -> Bool:
        return UInt(__pointer_to_int(self)) < UInt(__pointer_to_int(other))

    @always_inline
    @__holds_only
    def __le__(self, other: Pointer[Self.T, _]) -> Bool:
        return UInt(__pointer_to_int(self)) <= UInt(__pointer_to_int(other))

    @always_inline
    @__holds_only
    def __gt__(self, other: Pointer[Self.T, _]) -> Bool:
        return UInt(__pointer_to_int(self)) > UInt(__pointer_to_int(other))

    @always_inline
    @__holds_only
    def __ge__(self, other: Pointer[Self.T, _]) -> Bool:
        return UInt(__pointer_to_int(self)) >= UInt(__pointer_to_int(other))

    @always_inline
    def __lt__(self, other: Self) -> Bool:
        return UInt(self.__int__()) < UInt(other.__int__())

    @always_inline
    def __int__(self) -> Int:
        return __pointer_to_int(self)

    @always_inline
    def __bool__(self) -> Bool:
        return __pointer_to_int(self) != 0

    # ---- values in raw memory

    @always_inline
    def unsafe_write[U: Movable](self: Pointer[U, _], var value: U):
        """Moves a value into raw memory; an old value there is not destroyed."""
        __initialize(self, value^)

    @always_inline
    def unsafe_write[U: Copyable](self: Pointer[U, _], *, copy: U):
        """Copies a value into raw memory; an old value there is not destroyed."""
        __initialize_copy(self, copy)

    @always_inline
    def unsafe_take_pointee(self) -> Self.T where conforms_to(Self.T, Movable):
        """Moves the value out; the memory becomes raw."""
        return __take[Self.T](self)

    @always_inline
    def unsafe_deinit_pointee(self):
        """Destroys the value in place; the memory becomes raw."""
        __destroy_pointee(self)

    @always_inline
    def unsafe_write_move_from(self, source: Self) where conforms_to(Self.T, Movable):
        """Moves a value from one place to another."""
        __relocate(self, source)

    @always_inline
    def unsafe_free(self):
        """Gives memory from `unsafe_alloc` back."""
        __free(__pointer_to_int(self))

    # ---- vectors (scalar pointees)

    @always_inline
    def unsafe_load[
        dtype: DType, //, width: SIMDLength = 1, *, alignment: Int = 0, volatile: Bool = False, invariant: Bool = False
    ](self: Pointer[Scalar[dtype], _], offset: Int = 0) -> SIMD[dtype, width]:
        """Loads `width` elements from element `offset` on. The parameters after the width promise what nobody has to: they change nothing
        but the speed, `volatile` excepted, which keeps the access."""
        comptime if volatile:
            return __load_volatile[SIMD[dtype, width]](__offset(self, offset))
        else:
            return __load[SIMD[dtype, width]](__offset(self, offset))

    @always_inline
    def unsafe_store[dtype: DType, width: SIMDLength, //, *, alignment: Int = 0, volatile: Bool = False](
        self: Pointer[Scalar[dtype], _], offset: Int, value: SIMD[dtype, width]
    ):
        """Stores all lanes from element `offset` on."""
        comptime if volatile:
            __store_volatile(__offset(self, offset), value)
        else:
            __store(__offset(self, offset), value)

    @always_inline
    def unsafe_store[dtype: DType, width: SIMDLength, //, *, alignment: Int = 0, volatile: Bool = False](
        self: Pointer[Scalar[dtype], _], value: SIMD[dtype, width]
    ):
        """Stores all lanes."""
        self.unsafe_store[alignment=alignment, volatile=volatile](0, value)

    @always_inline
    def unsafe_strided_load[dtype: DType, S: Intable, //, width: SIMDLength](
        self: Pointer[Scalar[dtype], _], stride: S
    ) -> SIMD[dtype, width]:
        """Loads elements that are `stride` elements apart."""
        return strided_load[width](self, Int(stride))

    @always_inline
    def unsafe_strided_store[dtype: DType, S: Intable, //, width: SIMDLength = 1](
        self: Pointer[Scalar[dtype], _], val: SIMD[dtype, width], stride: S
    ):
        """Stores elements that are `stride` elements apart."""
        strided_store(val, self, Int(stride))

    @always_inline
    def unsafe_gather[dtype: DType, index: DType, width: SIMDLength, //, *, alignment: Int = 0](
        self: Pointer[Scalar[dtype], _],
        offset: SIMD[index, width],
        mask: SIMD[DType.bool, width] = SIMD[DType.bool, width](fill=True),
        default: SIMD[dtype, width] = SIMD[dtype, width](),
    ) -> SIMD[dtype, width]:
        """Loads the elements at the offsets whose mask is set; the other lanes come from `default`."""
        return gather(self._addresses(offset), mask, default)

    @always_inline
    def unsafe_scatter[dtype: DType, index: DType, width: SIMDLength, //, *, alignment: Int = 0](
        self: Pointer[Scalar[dtype], _],
        offset: SIMD[index, width],
        val: SIMD[dtype, width],
        mask: SIMD[DType.bool, width] = SIMD[DType.bool, width](fill=True),
    ):
        """Stores to the elements at the offsets whose mask is set, the lower lanes first."""
        scatter(val, self._addresses(offset), mask)

    @always_inline
    def _addresses[dtype: DType, index: DType, width: SIMDLength, //](
        self: Pointer[Scalar[dtype], _], offset: SIMD[index, width]
    ) -> SIMD[DType.int, width]:
        var steps = offset.cast[DType.int]() * SIMD[DType.int, width](__size_of[Scalar[dtype]]())
        return steps + SIMD[DType.int, width](__pointer_to_int(self))

    # ---- casts

    @always_inline
    def unsafe_bitcast[U: AnyType](self) -> Pointer[U, Self.origin]:
        """The same address for elements of another type."""
        return __cast_pointer[To=Pointer[U, Self.origin]](self)

    @always_inline
    def unsafe_origin_cast[to_mut: Bool, //, to: Origin[mut=to_mut]](self) -> Pointer[Self.T, to]:
        """The same address with another origin: the caller vouches for it."""
        return __cast_pointer[To=Pointer[Self.T, to]](self)

    @always_inline
    def unsafe_mut_cast[to_mut: Bool](self) -> Pointer[Self.T, __any_origin[to_mut]]:
        """The address with another mutability. Which memory it points into is forgotten: until `unsafe_origin_cast` says that again,
        it counts as pointing anywhere."""
        return __cast_pointer[To=Pointer[Self.T, __any_origin[to_mut]]](self)

    @always_inline
    def mut_cast[to_mut: Bool](self) -> Pointer[Self.T, __any_origin[to_mut]]:
        """The address with another mutability. Today's name is `unsafe_mut_cast`."""
        return self.unsafe_mut_cast[to_mut]()

    @always_inline
    def unsafe_address_space_cast[target_address_space: AddressSpace](self) -> Self:
        """The address as one of another kind of memory; on a processor there is one kind."""
        return self

    @always_inline
    def address_space_cast[target_address_space: AddressSpace](self) -> Self:
        """The address as one of another kind of memory. Today's name is `unsafe_address_space_cast`."""
        return self

    @always_inline
    def as_imm(self) -> Pointer[Self.T, ImmOrigin(Self.origin)]:
        """The same address, as one that is only read through."""
        return __cast_pointer[To=Pointer[Self.T, ImmOrigin(Self.origin)]](self)

    @always_inline
    def as_unsafe_any_origin(self) -> Pointer[Self.T, MutUnsafeAnyOrigin]:
        """The same address with the origin that may be anything, which keeps all values alive."""
        return __cast_pointer[To=Pointer[Self.T, MutUnsafeAnyOrigin]](self)

    # ---- deprecated names of the above, without their `unsafe_`

    @always_inline
    def free(self):
        """Frees the memory (old name of `unsafe_free`)."""
        self.unsafe_free()

    @always_inline
    def take_pointee(self) -> Self.T where conforms_to(Self.T, Movable):
        """Moves the value out; the memory becomes raw."""
        return self.unsafe_take_pointee()

    @always_inline
    def swap_pointees[U: Movable](self: Pointer[U, _], other: Pointer[U, _]):
        """Exchanges two values, which may be one and the same."""
        var mine = self.unsafe_take_pointee()
        if self.__int__() != other.__int__():
            self.unsafe_write(other.unsafe_take_pointee())
        other.unsafe_write(mine^)

    @always_inline
    def bitcast[U: AnyType](self) -> Pointer[U, Self.origin]:
        """The same address for elements of another type."""
        return self.unsafe_bitcast[U]()

    @always_inline
    def load[
        dtype: DType, //, width: SIMDLength = 1, *, alignment: Int = 0, volatile: Bool = False, invariant: Bool = False
    ](self: Pointer[Scalar[dtype], _], offset: Int = 0) -> SIMD[dtype, width]:
        """A copy of the element, or of a vector of elements, at the address or `offset` elements further."""
        return self.unsafe_load[width, volatile=volatile](offset)

    @always_inline
    def store[dtype: DType, //, width: SIMDLength = 1, *, alignment: Int = 0, volatile: Bool = False](
        self: Pointer[Scalar[dtype], _], offset: Int, value: SIMD[dtype, width]
    ):
        """Writes an element, or a vector of elements, to the address or `offset` elements further."""
        self.unsafe_store[volatile=volatile](offset, value)

    @always_inline
    def store[dtype: DType, //, width: SIMDLength = 1, *, alignment: Int = 0, volatile: Bool = False](
        self: Pointer[Scalar[dtype], _], value: SIMD[dtype, width]
    ):
        """Writes an element, or a vector of elements, to the address or `offset` elements further."""
        self.unsafe_store[volatile=volatile](0, value)

    @always_inline
    def strided_load[dtype: DType, S: Intable, //, width: SIMDLength](
        self: Pointer[Scalar[dtype], _], stride: S
    ) -> SIMD[dtype, width]:
        """Every `stride`th element (old name of `unsafe_strided_load`)."""
        return self.unsafe_strided_load[width](stride)

    @always_inline
    def strided_store[dtype: DType, S: Intable, //, width: SIMDLength = 1](
        self: Pointer[Scalar[dtype], _], val: SIMD[dtype, width], stride: S
    ):
        """Stores the lanes to every `stride`th element (old name of `unsafe_strided_store`)."""
        self.unsafe_strided_store(val, stride)

    @always_inline
    def gather[dtype: DType, index: DType, width: SIMDLength, //, *, alignment: Int = 0](
        self: Pointer[Scalar[dtype], _],
        offset: SIMD[index, width],
        mask: SIMD[DType.bool, width] = SIMD[DType.bool, width](fill=True),
        default: SIMD[dtype, width] = SIMD[dtype, width](),
    ) -> SIMD[dtype, width]:
        """Elements at the given distances (old name of `unsafe_gather`)."""
        return self.unsafe_gather(offset, mask, default)

    @always_inline
    def scatter[dtype: DType, index: DType, width: SIMDLength, //, *, alignment: Int = 0](
        self: Pointer[Scalar[dtype], _],
        offset: SIMD[index, width],
        val: SIMD[dtype, width],
        mask: SIMD[DType.bool, width] = SIMD[DType.bool, width](fill=True),
    ):
        """Stores the lanes at the given distances (old name of `unsafe_scatter`)."""
        self.unsafe_scatter(offset, val, mask)


comptime MutPointer = Pointer[mut=True, ...]
comptime ImmPointer = Pointer[mut=False, ...]
comptime OpaquePointer = Pointer[NoneType, MutUntrackedOrigin]
comptime MutOpaquePointer[origin: MutOrigin] = Pointer[NoneType, origin]
comptime ImmOpaquePointer[origin: ImmOrigin] = Pointer[NoneType, origin]
comptime UnsafePointer = Pointer
