"""Facts about types and the machine, under their classic names."""
from std.builtin.simd import __size_of
from std.sys import simd_width_of, size_of, align_of, bit_width_of, simd_byte_width, simd_bit_width, CompilationTarget
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


@always_inline
def simdbitwidth() -> Int:
    """Bits of a vector register."""
    return simd_bit_width()


def is_x86() -> Bool:
    """Whether the target is an x86 processor."""
    return CompilationTarget.is_x86()


def has_sse4() -> Bool:
    """Whether the target has SSE4."""
    return CompilationTarget.has_sse4()


def has_avx() -> Bool:
    """Whether the target has AVX; told from AVX2, which nearly every such processor has."""
    return CompilationTarget.has_avx2()


def has_avx2() -> Bool:
    """Whether the target has AVX2."""
    return CompilationTarget.has_avx2()


def has_avx512f() -> Bool:
    """Whether the target has AVX-512."""
    return CompilationTarget.has_avx512f()


def has_vnni() -> Bool:
    """Whether the target has instructions for products of bytes."""
    return CompilationTarget.has_vnni()


def has_neon() -> Bool:
    """Whether the target has NEON."""
    return CompilationTarget.has_neon()


def is_apple_m1() -> Bool:
    """Whether the target is an Apple M1."""
    return CompilationTarget.is_apple_silicon()
