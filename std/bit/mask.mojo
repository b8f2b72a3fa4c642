"""Masks: numbers whose bits are all equal."""
from std.sys.info import size_of


@always_inline
def is_negative[dtype: DType, //](value: SIMD[dtype, _]) -> SIMD[dtype, value.length]:
    """All ones where a lane is negative, else 0. The lanes are signed integers."""
    comptime assert dtype.is_integral() and dtype.is_signed(), "is_negative takes signed integers"
    return value >> SIMD[dtype, value.length](size_of[dtype]() * 8 - 1)


@always_inline
def splat(value: Bool) -> Int:
    """All ones for True, else 0."""
    return -Int(value)


@always_inline
def splat[size: SIMDLength, //, dtype: DType](value: SIMD[DType.bool, size]) -> SIMD[dtype, size]:
    """All ones where a lane is True, else 0."""
    return -value.cast[dtype]()
