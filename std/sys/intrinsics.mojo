"""Memory operations on vectors, and hints."""
from std.builtin.simd import __size_of
from std.memory.pointer import Pointer, __pointer_to_int


@__intrinsic("simd.iota")
def __iota[dtype: DType, width: SIMDLength]() -> SIMD[dtype, width]:
    ...


@__intrinsic("type.same")
def __same_type[A: AnyType, B: AnyType]() -> Bool:
    ...


@__intrinsic("pointer.masked_load")
def __masked_load[V: TrivialRegisterPassable, M: TrivialRegisterPassable, P: TrivialRegisterPassable](
    pointer: P, mask: M, passthrough: V
) -> V:
    ...


@__intrinsic("pointer.masked_store")
def __masked_store[V: TrivialRegisterPassable, M: TrivialRegisterPassable, P: TrivialRegisterPassable](
    pointer: P, mask: M, value: V
):
    ...


@__intrinsic("pointer.gather")
def __gather[V: TrivialRegisterPassable, M: TrivialRegisterPassable, A: TrivialRegisterPassable](
    addresses: A, mask: M, passthrough: V
) -> V:
    ...


@__intrinsic("pointer.scatter")
def __scatter[V: TrivialRegisterPassable, M: TrivialRegisterPassable, A: TrivialRegisterPassable](
    addresses: A, mask: M, value: V
):
    ...


@__intrinsic("pointer.prefetch")
def __prefetch[P: TrivialRegisterPassable](pointer: P):
    ...


@__intrinsic("control.likely")
def likely(val: Bool) -> Bool:
    """The condition, which is expected to hold."""
    ...


@always_inline
def unlikely(val: Bool) -> Bool:
    """The condition, which is expected not to hold."""
    return not likely(not val)


@__intrinsic("control.assume")
def assume(val: Bool):
    """Promises that the condition holds; if it does not, nothing is certain any more."""
    ...


@always_inline
def expect[T: TrivialRegisterPassable, //, expected_val: T](val: T) -> T:
    """The value, which is expected to be `expected_val`."""
    comptime if __same_type[T, Bool]():
        comptime expected = rebind[Bool](expected_val)
        comptime if expected:
            return rebind[T](likely(rebind[Bool](val)))
        else:
            return rebind[T](unlikely(rebind[Bool](val)))
    else:
        return val


# ---- parts of vectors, and vectors in pieces


@always_inline
def masked_load[dtype: DType, //, size: SIMDLength, alignment: Int = 1](
    addr: Pointer[Scalar[dtype], _], mask: SIMD[DType.bool, size], passthrough: SIMD[dtype, size]
) -> SIMD[dtype, size]:
    """Loads the lanes whose mask is set; the others come from `passthrough`."""
    return __masked_load(addr, mask, passthrough)


@always_inline
def masked_store[dtype: DType, //, size: SIMDLength, alignment: Int = 1](
    value: SIMD[dtype, size], addr: Pointer[Scalar[dtype], _], mask: SIMD[DType.bool, size]
):
    """Stores the lanes whose mask is set."""
    __masked_store(addr, mask, value)


@always_inline
def compressed_store[dtype: DType, size: SIMDLength](
    value: SIMD[dtype, size], addr: Pointer[Scalar[dtype], _], mask: SIMD[DType.bool, size]
):
    """Stores the lanes whose mask is set one after the other from `addr` on."""
    var count = 0
    comptime for i in range(Int(size)):
        if Bool(mask[i]):
            addr.unsafe_store(count, value[i])
            count += 1


@always_inline
def gather[dtype: DType, size: SIMDLength, //, *, invariant: Bool = False, alignment: Int = 0](
    base: SIMD[DType.int, size], mask: SIMD[DType.bool, size], passthrough: SIMD[dtype, size]
) -> SIMD[dtype, size]:
    """Loads from each address whose mask is set; the other lanes come from `passthrough`."""
    return __gather(base, mask, passthrough)


@always_inline
def scatter[dtype: DType, size: SIMDLength, //, alignment: Int = 0](
    value: SIMD[dtype, size], base: SIMD[DType.int, size], mask: SIMD[DType.bool, size]
):
    """Stores to each address whose mask is set, the lower lanes first."""
    __scatter(base, mask, value)


@always_inline
def _addresses[dtype: DType, size: SIMDLength](pointer: Pointer[Scalar[dtype], _], stride: Int) -> SIMD[DType.int, size]:
    """The addresses of `size` elements that are `stride` elements apart."""
    var steps = __iota[DType.int, size]() * SIMD[DType.int, size](stride * __size_of[Scalar[dtype]]())
    return steps + SIMD[DType.int, size](__pointer_to_int(pointer))


@always_inline
def strided_load[dtype: DType, //, simd_width: SIMDLength, *, invariant: Bool = False](
    addr: Pointer[Scalar[dtype], _], stride: Int, mask: SIMD[DType.bool, simd_width] = SIMD[DType.bool, simd_width](fill=True)
) -> SIMD[dtype, simd_width]:
    """Loads elements that are `stride` elements apart; lanes without mask are 0."""
    return __gather(_addresses[size=simd_width](addr, stride), mask, SIMD[dtype, simd_width]())


@always_inline
def strided_store[dtype: DType, //, simd_width: SIMDLength](
    value: SIMD[dtype, simd_width],
    addr: Pointer[Scalar[dtype], _],
    stride: Int,
    mask: SIMD[DType.bool, simd_width] = SIMD[DType.bool, simd_width](fill=True),
):
    """Stores elements that are `stride` elements apart, those whose mask is set."""
    __scatter(_addresses[size=simd_width](addr, stride), mask, value)


# ---- prefetching


@fieldwise_init
struct PrefetchLocality(TrivialRegisterPassable):
    """How long the data should stay in the cache, 0 to 3."""

    var value: Int32

    comptime NONE = PrefetchLocality(0)
    comptime LOW = PrefetchLocality(1)
    comptime MEDIUM = PrefetchLocality(2)
    comptime HIGH = PrefetchLocality(3)


@fieldwise_init
struct PrefetchRW(TrivialRegisterPassable, Equatable):
    """Whether the data will be read or written."""

    var value: Int32

    comptime READ = PrefetchRW(0)
    comptime WRITE = PrefetchRW(1)


@fieldwise_init
struct PrefetchCache(TrivialRegisterPassable):
    """Which cache is meant."""

    var value: Int32

    comptime INSTRUCTION = PrefetchCache(0)
    comptime DATA = PrefetchCache(1)


struct PrefetchOptions(Defaultable, TrivialRegisterPassable):
    """What will be done with prefetched data. A hint: processors may see no difference."""

    var rw: PrefetchRW
    var locality: PrefetchLocality
    var cache: PrefetchCache

    def __init__(out self):
        """Data that will be read, soon and often."""
        self.rw = PrefetchRW.READ
        self.locality = PrefetchLocality.HIGH
        self.cache = PrefetchCache.DATA

    def for_read(self) -> Self:
        """The same, to be read."""
        var result = self
        result.rw = PrefetchRW.READ
        return result

    def for_write(self) -> Self:
        """The same, to be written."""
        var result = self
        result.rw = PrefetchRW.WRITE
        return result

    def no_locality(self) -> Self:
        """The same, used once."""
        var result = self
        result.locality = PrefetchLocality.NONE
        return result

    def low_locality(self) -> Self:
        """The same, used seldom."""
        var result = self
        result.locality = PrefetchLocality.LOW
        return result

    def medium_locality(self) -> Self:
        """The same, used now and then."""
        var result = self
        result.locality = PrefetchLocality.MEDIUM
        return result

    def high_locality(self) -> Self:
        """The same, used often."""
        var result = self
        result.locality = PrefetchLocality.HIGH
        return result

    def to_data_cache(self) -> Self:
        """The same, for data."""
        var result = self
        result.cache = PrefetchCache.DATA
        return result

    def to_instruction_cache(self) -> Self:
        """The same, for code."""
        var result = self
        result.cache = PrefetchCache.INSTRUCTION
        return result


@always_inline
def prefetch[T: AnyType, //, params: PrefetchOptions = PrefetchOptions()](addr: Pointer[T, _]):
    """Asks for the cache line that holds the pointee, which will be used soon."""
    __prefetch(addr)


@__intrinsic("foreign.call")
def llvm_intrinsic[
    intrin: __string_literal_value,
    type: TrivialRegisterPassable = NoneType,
    *Ts: TrivialRegisterPassable,
    has_side_effect: Bool = True,
](*args: *Ts) -> type:
    """Calls an intrinsic of LLVM by name, with the arguments as they are. Code that uses one is bound to LLVM, and mostly to
    one kind of processor. Whether a call may be left out is what LLVM knows of the intrinsic."""
    ...


@always_inline
def codegen_unreachable[cond: Bool, msg: StaticString, *extra: StaticString]():
    """Ends the compilation with a message if this call is compiled and the condition holds."""
    comptime assert not cond, msg
