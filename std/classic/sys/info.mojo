"""Facts about types and the machine, under their classic names."""
from std.builtin.simd import __size_of
from std.sys import simd_width_of, size_of, align_of, bit_width_of, simd_byte_width
from std.sys.info import num_logical_cores, num_physical_cores


@always_inline
def simdwidthof[dtype: DType]() -> Int:
    """Lanes of `dtype` in a vector register."""
    return simd_width_of[dtype]()


@always_inline
def simdwidthof[T: TrivialRegisterPassable]() -> Int:
    """Values of `T` in a vector register."""
    return simd_width_of[T]()


@always_inline
def simdbytewidth() -> Int:
    """Bytes of a vector register."""
    return simd_byte_width()


@always_inline
def sizeof[T: AnyType]() -> Int:
    """Bytes that a value of `T` takes."""
    return __size_of[T]()


@always_inline
def sizeof[dtype: DType]() -> Int:
    """Bytes that a scalar of `dtype` takes."""
    return __size_of[Scalar[dtype]]()


@always_inline
def alignof[T: AnyType]() -> Int:
    """The alignment of `T` in bytes."""
    return align_of[T]()


@always_inline
def bitwidthof[T: AnyType]() -> Int:
    """Bits that a value of `T` takes."""
    return bit_width_of[T]()


@always_inline
def bitwidthof[dtype: DType]() -> Int:
    """Bits that a scalar of `dtype` takes."""
    return 8 * __size_of[Scalar[dtype]]()


def num_cores() -> Int:
    """Processors that the operating system offers."""
    return num_logical_cores()


@__intrinsic("target.os")
def __target_is[name: __string_literal_value]() -> Bool:
    ...


@always_inline
def os_is_linux() -> Bool:
    """Whether the program runs on Linux."""
    return __target_is["linux"]()


@always_inline
def os_is_macos() -> Bool:
    """Whether the program runs on macOS."""
    return __target_is["macos"]()


@always_inline
def os_is_windows() -> Bool:
    """Whether the program runs on Windows."""
    return __target_is["windows"]()
