"""Memory operations on vectors, and hints."""
from std.memory.pointer import Pointer, __pointer_to_int


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
def likely(condition: Bool) -> Bool:
    """The condition, which is expected to hold."""
    ...


@always_inline
def unlikely(condition: Bool) -> Bool:
    """The condition, which is expected not to hold."""
    return not likely(not condition)


@always_inline
def masked_load[dtype: DType, //, size: SIMDLength](
    pointer: Pointer[Scalar[dtype], _], mask: SIMD[DType.bool, size], passthrough: SIMD[dtype, size]
) -> SIMD[dtype, size]:
    """Loads the lanes whose mask is set; the others come from `passthrough`."""
    return __masked_load(pointer, mask, passthrough)


@always_inline
def masked_store[dtype: DType, //, size: SIMDLength](
    value: SIMD[dtype, size], pointer: Pointer[Scalar[dtype], _], mask: SIMD[DType.bool, size]
):
    """Stores the lanes whose mask is set."""
    __masked_store(pointer, mask, value)


@always_inline
def prefetch[T: AnyType](pointer: Pointer[T, _]):
    """Asks for a cache line that will be read soon."""
    __prefetch(pointer)
