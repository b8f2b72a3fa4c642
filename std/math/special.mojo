"""Special functions, computed by the C library."""
from std.math.by_lane import _by_lane


def erfc[dtype: DType, width: SIMDLength, //](x: SIMD[dtype, width]) -> SIMD[dtype, width] where dtype.is_floating_point():
    """`1 - erf(x)`, exact for large values too."""
    return _by_lane["erfc", "erfcf"](x)


def gamma[dtype: DType, width: SIMDLength, //](x: SIMD[dtype, width]) -> SIMD[dtype, width] where dtype.is_floating_point():
    """The gamma function."""
    return _by_lane["tgamma", "tgammaf"](x)


def lgamma[dtype: DType, width: SIMDLength, //](x: SIMD[dtype, width]) -> SIMD[dtype, width] where dtype.is_floating_point():
    """The natural logarithm of the absolute value of the gamma function."""
    return _by_lane["lgamma", "lgammaf"](x)


def j0[dtype: DType, width: SIMDLength, //](x: SIMD[dtype, width]) -> SIMD[dtype, width] where dtype.is_floating_point():
    """The Bessel function of the first kind, of order 0."""
    return _by_lane["j0", "j0f"](x)


def j1[dtype: DType, width: SIMDLength, //](x: SIMD[dtype, width]) -> SIMD[dtype, width] where dtype.is_floating_point():
    """The Bessel function of the first kind, of order 1."""
    return _by_lane["j1", "j1f"](x)


def y0[dtype: DType, width: SIMDLength, //](x: SIMD[dtype, width]) -> SIMD[dtype, width] where dtype.is_floating_point():
    """The Bessel function of the second kind, of order 0."""
    return _by_lane["y0", "y0f"](x)


def y1[dtype: DType, width: SIMDLength, //](x: SIMD[dtype, width]) -> SIMD[dtype, width] where dtype.is_floating_point():
    """The Bessel function of the second kind, of order 1."""
    return _by_lane["y1", "y1f"](x)
