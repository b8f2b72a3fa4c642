"""Elementary functions that the C library computes, and the parts of floats: exponents, fractions, neighbours."""
from std.math.by_lane import _by_lane, _by_lane_pair
from std.math.kernels import _expm1_f32
from std.builtin.simd import __bitcast, _unsigned_of
from std.math.functions import copysign, isfinite
from std.utils.static_tuple import StaticTuple


def asin[dtype: DType, width: SIMDLength, //](x: SIMD[dtype, width]) -> SIMD[dtype, width] where dtype.is_floating_point():
    """The arc sine, in [-pi/2, pi/2]; NaN outside [-1, 1]."""
    return _by_lane["asin", "asinf"](x)


def acos[dtype: DType, width: SIMDLength, //](x: SIMD[dtype, width]) -> SIMD[dtype, width] where dtype.is_floating_point():
    """The arc cosine, in [0, pi]; NaN outside [-1, 1]."""
    return _by_lane["acos", "acosf"](x)


def atan[dtype: DType, width: SIMDLength, //](x: SIMD[dtype, width]) -> SIMD[dtype, width] where dtype.is_floating_point():
    """The arc tangent, in (-pi/2, pi/2)."""
    return _by_lane["atan", "atanf"](x)


def sinh[dtype: DType, width: SIMDLength, //](x: SIMD[dtype, width]) -> SIMD[dtype, width] where dtype.is_floating_point():
    """The hyperbolic sine."""
    return _by_lane["sinh", "sinhf"](x)


def cosh[dtype: DType, width: SIMDLength, //](x: SIMD[dtype, width]) -> SIMD[dtype, width] where dtype.is_floating_point():
    """The hyperbolic cosine."""
    return _by_lane["cosh", "coshf"](x)


def asinh[dtype: DType, width: SIMDLength, //](x: SIMD[dtype, width]) -> SIMD[dtype, width] where dtype.is_floating_point():
    """The inverse hyperbolic sine."""
    return _by_lane["asinh", "asinhf"](x)


def acosh[dtype: DType, width: SIMDLength, //](x: SIMD[dtype, width]) -> SIMD[dtype, width] where dtype.is_floating_point():
    """The inverse hyperbolic cosine; NaN below 1."""
    return _by_lane["acosh", "acoshf"](x)


def atanh[dtype: DType, width: SIMDLength, //](x: SIMD[dtype, width]) -> SIMD[dtype, width] where dtype.is_floating_point():
    """The inverse hyperbolic tangent; NaN outside [-1, 1]."""
    return _by_lane["atanh", "atanhf"](x)


def cbrt[dtype: DType, width: SIMDLength, //](x: SIMD[dtype, width]) -> SIMD[dtype, width] where dtype.is_floating_point():
    """The cube root; exact where it is a number with few digits."""
    var root = _by_lane["cbrt", "cbrtf"](x)
    # A step of Newton's method, with the exact error of the cube. It makes NaN of zeros and infinities, and is left out there.
    var square = root * root
    var rest = square.fma(root, -x) + root.fma(root, -square) * root
    var better = root - rest / (square * 3)
    return better.eq(better).select(better, root)


def expm1[dtype: DType, width: SIMDLength, //](x: SIMD[dtype, width]) -> SIMD[dtype, width] where dtype.is_floating_point():
    """`e**x - 1`, exact near 0 too."""
    comptime if dtype != DType.float64:
        return _expm1_f32(x.cast[DType.float32]()).cast[dtype]()
    return _by_lane["expm1", "expm1f"](x)


def log1p[dtype: DType, width: SIMDLength, //](x: SIMD[dtype, width]) -> SIMD[dtype, width] where dtype.is_floating_point():
    """The natural logarithm of `1 + x`, exact near 0 too."""
    return _by_lane["log1p", "log1pf"](x)


def logb[dtype: DType, width: SIMDLength, //](x: SIMD[dtype, width]) -> SIMD[dtype, width] where dtype.is_floating_point():
    """The exponent of the value, as a float."""
    return _by_lane["logb", "logbf"](x)


def remainder[dtype: DType, width: SIMDLength, //](
    x: SIMD[dtype, width], y: SIMD[dtype, width]
) -> SIMD[dtype, width] where dtype.is_floating_point():
    """`x - n * y`, where n is the integer nearest to `x / y`, the even one of two."""
    return _by_lane_pair["remainder", "remainderf"](x, y)


def nextafter[dtype: DType, width: SIMDLength, //](
    arg0: SIMD[dtype, width], arg1: SIMD[dtype, width]
) -> SIMD[dtype, width] where dtype.is_floating_point():
    """The next value that the type has, in the direction of another."""
    comptime if dtype == DType.float64 or dtype == DType.float32:
        return _by_lane_pair["nextafter", "nextafterf"](arg0, arg1)
    else:
        var bits = arg0.to_bits()
        var result = arg1
        for i in range(Int(width)):
            if arg0[i] == 0 and arg1[i] != 0:
                var least = __bitcast[to_dtype=dtype, to_width=1](Scalar[_unsigned_of(dtype)](1))
                result[i] = copysign(least, arg1[i])
            elif arg0[i] != arg1[i] and arg1[i] == arg1[i]:
                var away = (arg0[i] > 0) == (arg1[i] > arg0[i])
                var next = bits[i] + 1 if away else bits[i] - 1
                result[i] = __bitcast[to_dtype=dtype, to_width=1](next)
        return result


@always_inline
def recip[dtype: DType, width: SIMDLength, //](x: SIMD[dtype, width]) -> SIMD[dtype, width] where dtype.is_floating_point():
    """`1 / x`."""
    return SIMD[dtype, width](1) / x


def scalb[dtype: DType, width: SIMDLength, //](
    arg0: SIMD[dtype, width], arg1: SIMD[dtype, width]
) -> SIMD[dtype, width] where dtype.is_floating_point():
    """`x * 2**arg1`, with one rounding."""
    var result = arg0
    for i in range(Int(width)):
        result[i] = _times_power(arg0[i], Int(arg1[i]))
    return result


def ldexp[dtype: DType, width: SIMDLength, //](
    x: SIMD[dtype, width], exp: SIMD[DType.int32, width]
) -> SIMD[dtype, width] where dtype.is_floating_point():
    """`x * 2**exp`, with one rounding."""
    var result = x
    for i in range(Int(width)):
        result[i] = _times_power(x[i], Int(exp[i]))
    return result


def _times_power[dtype: DType](value: Scalar[dtype], exponent: Int) -> Scalar[dtype]:
    """In steps that stay finite; only the last may round."""
    var result = value.cast[DType.float64]()
    var left = min(max(exponent, -3000), 3000)
    while left > 1000:
        result *= _power_of_two(1000)
        left -= 1000
    while left < -900:
        # Keeps the value normal until the last step.
        if abs(result) < _power_of_two(-100):
            break
        result *= _power_of_two(-900)
        left += 900
    while left < -1000:
        result *= _power_of_two(-1000)
        left += 1000
    return (result * _power_of_two(left)).cast[dtype]()


def _power_of_two(exponent: Int) -> Float64:
    return __bitcast[to_dtype=DType.float64, to_width=1](UInt64(exponent + 1023) << 52)


def frexp[dtype: DType, width: SIMDLength, //](
    x: SIMD[dtype, width]
) -> StaticTuple[SIMD[dtype, width], 2] where dtype.is_floating_point():
    """Mantissa, with magnitude in [0.5, 1), and exponent: `x == mantissa * 2**exponent`. Zero, infinity and NaN have exponent 0."""
    var mantissa = x
    var exponent = SIMD[dtype, width]()
    for i in range(Int(width)):
        var lane = x[i].cast[DType.float64]()
        if lane == 0 or not isfinite(lane):
            continue
        var shift = 0
        if abs(lane) < _power_of_two(-1000):
            lane *= _power_of_two(100)
            shift = 100
        var bits = lane.to_bits()
        exponent[i] = (Int((bits >> 52) & 0x7FF) - 1022 - shift).cast[dtype]()
        bits = (bits & ~(UInt64(0x7FF) << 52)) | (UInt64(1022) << 52)
        mantissa[i] = __bitcast[to_dtype=DType.float64, to_width=1](bits).cast[dtype]()
    return StaticTuple[SIMD[dtype, width], 2](mantissa, exponent)


def modf[dtype: DType, width: SIMDLength, //](
    x: SIMD[dtype, width]
) -> Tuple[SIMD[dtype, width], SIMD[dtype, width]]:
    """The integral part and the fraction, both with the sign of the value; an integer has no fraction."""
    comptime if not dtype.is_floating_point():
        return (x, SIMD[dtype, width](0))
    var whole = x.__trunc__()
    return (whole, copysign(isfinite(x).select(x - whole, SIMD[dtype, width](0)), x))


def ulp[dtype: DType, width: SIMDLength, //](x: SIMD[dtype, width]) -> SIMD[dtype, width] where dtype.is_floating_point():
    """The distance to the next larger magnitude."""
    var magnitude = abs(x)
    var above = nextafter(magnitude, SIMD[dtype, width](1) / SIMD[dtype, width](0))
    return isfinite(above).select(above - magnitude, magnitude - nextafter(magnitude, SIMD[dtype, width](0)))
