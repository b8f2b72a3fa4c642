"""The process and the target."""
from std.builtin.simd import __size_of
from std.memory.memory import __align_of


@__intrinsic("foreign.call")
def __foreign_exit[name: __string_literal_value, Result: AnyType](status: Int32) -> Result:
    ...


@__intrinsic("target.simd_bytes")
def __simd_bytes() -> Int:
    ...


@__intrinsic("target.is_wasm")
def __is_wasm() -> Bool:
    ...


@always_inline
def size_of[T: AnyType]() -> Int:
    """Bytes that a value of `T` takes."""
    return __size_of[T]()


@always_inline
def size_of[dtype: DType]() -> Int:
    """Bytes that a scalar of `dtype` takes."""
    return __size_of[Scalar[dtype]]()


@always_inline
def align_of[T: AnyType]() -> Int:
    """The alignment of `T` in bytes."""
    return __align_of[T]()


@always_inline
def bit_width_of[T: AnyType]() -> Int:
    """Bits that a value of `T` takes."""
    return 8 * __size_of[T]()


@always_inline
def simd_byte_width() -> Int:
    """Bytes of a vector register."""
    return __simd_bytes()


@always_inline
def simd_width_of[dtype: DType]() -> Int:
    """Lanes of `dtype` in a vector register."""
    return __simd_bytes() // __size_of[Scalar[dtype]]()


@always_inline
def simd_width_of[T: TrivialRegisterPassable]() -> Int:
    """Values of `T` in a vector register."""
    return __simd_bytes() // __size_of[T]()


def exit(status: Int = 0) -> Never:
    """Ends the program with a status."""
    __foreign_exit["exit", Never](status.cast[DType.int32]())
