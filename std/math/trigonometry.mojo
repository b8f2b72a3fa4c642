"""Sine, cosine and tangent as vector code. Arguments are reduced to a quarter turn around a multiple of a right angle; those too
large for that (`_FAR`) go to the C library, lane by lane."""
from std.builtin.simd import __bitcast
from std.math.kernels import _IS_FUSED, _mul_add, _nearest, _ROUND
from std.math.kernels_f64 import _nearest64, _ROUND64
from std.math.by_lane import _by_lane

comptime _FAR = 65536.0
"""Up to here the reduction loses nothing."""


@always_inline
@fp_mode("strict")
def _quarter_f32[width: SIMDLength, //](
    x: SIMD[DType.float32, width], mut quadrant: SIMD[DType.int32, width]
) -> SIMD[DType.float32, width]:
    """The distance to the nearest multiple of a right angle, and which one that is."""
    comptime V = SIMD[DType.float32, width]
    comptime if _IS_FUSED:
        var shifted = x.fma(V(0.63661977236758134), V(_ROUND))
        quadrant = _nearest(shifted)
        var n = shifted - _ROUND
        var r = n.fma(V(-1.5707963705062866), x)
        r = n.fma(V(4.371138828673793e-08), r)
        return n.fma(V(1.7151245100058819e-15), r)
    else:
        # Without fused products `Float64` keeps the bits.
        var far = SIMD[DType.int64, width](0)
        var r = _quarter_f64(x.cast[DType.float64](), far)
        quadrant = far.cast[DType.int32]()
        return r.cast[DType.float32]()


@always_inline
@fp_mode("strict")
def _quarter_f64[width: SIMDLength, //](
    x: SIMD[DType.float64, width], mut quadrant: SIMD[DType.int64, width]
) -> SIMD[DType.float64, width]:
    """The distance to the nearest multiple of a right angle, and which one that is."""
    comptime V = SIMD[DType.float64, width]
    var shifted = _mul_add(x, V(0.63661977236758134), V(_ROUND64))
    quadrant = _nearest64(shifted)
    var n = shifted - _ROUND64
    # Parts of 33 bits each: the products with n are exact.
    var r = x - n * 1.5707963267341256
    var second = n * 6.077100506303966e-11
    var high = r - second
    var low = (r - high) - second
    return high + (low - n * 2.0222662487959506e-21)


@always_inline
@fp_mode("strict")
def _sine_f32[width: SIMDLength, //](
    x: SIMD[DType.float32, width], turn: SIMD[DType.int32, width]
) -> SIMD[DType.float32, width]:
    """The sine of `x` plus `turn` right angles."""
    comptime V = SIMD[DType.float32, width]
    var quadrant = SIMD[DType.int32, width](0)
    var r = _quarter_f32(x, quadrant)
    quadrant += turn
    var z = r * r
    # sin r = r + r^3 * S(r^2): 2^-37. cos r = 1 - r^2 / 2 + r^4 * C(r^2): 2^-43.
    var s = _mul_add(V(2.7181627046957146e-06), z, V(-0.000198393187019974))
    s = _mul_add(s, z, V(0.008333329111337662))
    s = _mul_add(s, z, V(-0.1666666716337204))
    s = _mul_add(r * z, s, r)
    var c = _mul_add(V(-2.720885561302566e-07), z, V(2.479950308043044e-05))
    c = _mul_add(c, z, V(-0.0013888883404433727))
    c = _mul_add(c, z, V(0.0416666679084301))
    c = _mul_add(z * z, c, _mul_add(z, V(-0.5), V(1)))
    var result = (quadrant & 1).eq(0).select(s, c)
    var sign = (quadrant & 2) << 30
    return __bitcast[to_dtype=DType.float32, to_width=width](__bitcast[to_dtype=DType.int32, to_width=width](result) ^ sign)


@always_inline
@fp_mode("strict")
def _sine_f64[width: SIMDLength, //](
    x: SIMD[DType.float64, width], turn: SIMD[DType.int64, width]
) -> SIMD[DType.float64, width]:
    """The sine of `x` plus `turn` right angles."""
    comptime V = SIMD[DType.float64, width]
    var quadrant = SIMD[DType.int64, width](0)
    var r = _quarter_f64(x, quadrant)
    quadrant += turn
    var z = r * r
    # As above: 2^-65 and 2^-68.
    var s = _mul_add(V(-7.583050247234464e-13), z, V(1.6058461309491946e-10))
    s = _mul_add(s, z, V(-2.5052105710446107e-08))
    s = _mul_add(s, z, V(2.7557319217411134e-06))
    s = _mul_add(s, z, V(-0.00019841269841261054))
    s = _mul_add(s, z, V(0.008333333333333326))
    s = _mul_add(s, z, V(-0.16666666666666666))
    s = _mul_add(r * z, s, r)
    var c = _mul_add(V(4.7179533735217376e-14), z, V(-1.1469791519119895e-11))
    c = _mul_add(c, z, V(2.0876749314646378e-09))
    c = _mul_add(c, z, V(-2.7557319189227357e-07))
    c = _mul_add(c, z, V(2.480158730149883e-05))
    c = _mul_add(c, z, V(-0.0013888888888888772))
    c = _mul_add(c, z, V(0.041666666666666664))
    var half = V(0.5) * z
    var head = 1 - half
    c = head + ((1 - head) - half + z * z * c)
    var result = (quadrant & 1).eq(0).select(s, c)
    var sign = (quadrant & 2) << 62
    return __bitcast[to_dtype=DType.float64, to_width=width](__bitcast[to_dtype=DType.int64, to_width=width](result) ^ sign)


@always_inline
def _sine[dtype: DType, width: SIMDLength, //, name: __string_literal_value, short: __string_literal_value, turn: Int](value: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """The sine of the value plus `turn` right angles; C has it by the two names."""
    comptime if dtype == DType.float64 and Int(width) == 1:
        return _by_lane[name, short](value)
    elif dtype == DType.float64:
        var x = value.cast[DType.float64]()
        if abs(x).le(SIMD[DType.float64, width](_FAR)).reduce_and():
            return _sine_f64(x, SIMD[DType.int64, width](turn)).cast[dtype]()
        return _by_lane[name, short](value)
    elif Int(width) == 1:
        # The better result costs a single value little.
        var x = value.cast[DType.float64]()
        if abs(x).le(SIMD[DType.float64, width](_FAR)).reduce_and():
            return _sine_f64(x, SIMD[DType.int64, width](turn)).cast[dtype]()
        return _by_lane[name, short](value)
    else:
        var x = value.cast[DType.float32]()
        if abs(x).le(SIMD[DType.float32, width](_FAR)).reduce_and():
            return _sine_f32(x, SIMD[DType.int32, width](turn)).cast[dtype]()
        return _by_lane[name, short](value)


def sin[dtype: DType, width: SIMDLength, //](x: SIMD[dtype, width]) -> SIMD[dtype, width] where dtype.is_floating_point():
    """The sine; less than 1.5 units in the last place off."""
    return _sine["sin", "sinf", 0](x)


def cos[dtype: DType, width: SIMDLength, //](x: SIMD[dtype, width]) -> SIMD[dtype, width] where dtype.is_floating_point():
    """The cosine; less than 1.5 units in the last place off."""
    return _sine["cos", "cosf", 1](x)


def tan[dtype: DType, width: SIMDLength, //](x: SIMD[dtype, width]) -> SIMD[dtype, width] where dtype.is_floating_point():
    """The tangent, through the C library lane by lane."""
    return _by_lane["tan", "tanf"](x)
