"""Kernels of the elementary functions on vectors of `Float64`; see `kernels.mojo` for how they were made."""
from std.builtin.simd import __bitcast, __copysign
from std.math.kernels import _at_least, _at_most, _log_special, _mul_add

comptime _ROUND64: Float64 = 6755399441055744.0
"""1.5 * 2^52: adding it rounds to an integer."""


@always_inline
def _power_of_two64[width: SIMDLength, //](n: SIMD[DType.int64, width]) -> SIMD[DType.float64, width]:
    """2 to the power of a number from -1022 to 1023."""
    return __bitcast[to_dtype=DType.float64, to_width=width]((n + 1023) << 52)


@always_inline
def _nearest64[width: SIMDLength, //](shifted: SIMD[DType.float64, width]) -> SIMD[DType.int64, width]:
    """The integer in the low bits of a value to which `_ROUND64` was added."""
    return __bitcast[to_dtype=DType.int64, to_width=width](shifted) - 0x4338000000000000


@always_inline
@fp_mode("strict")
def _exp_tail64[width: SIMDLength, //](r: SIMD[DType.float64, width]) -> SIMD[DType.float64, width]:
    """exp(r) - 1 for |r| <= ln(2) / 2: 2^-63."""
    comptime V = SIMD[DType.float64, width]
    var q = _mul_add(V(2.080742068398906e-09), r, V(2.5112441206905352e-08))
    q = _mul_add(q, r, V(2.755765961303072e-07))
    q = _mul_add(q, r, V(2.75572336757373e-06))
    q = _mul_add(q, r, V(2.4801586807889025e-05))
    q = _mul_add(q, r, V(0.00019841269897593082))
    q = _mul_add(q, r, V(0.001388888888919942))
    q = _mul_add(q, r, V(0.008333333333316538))
    q = _mul_add(q, r, V(0.04166666666666583))
    q = _mul_add(q, r, V(0.16666666666666685))
    q = _mul_add(q, r, V(0.5))
    return _mul_add(r * r, q, r)


@always_inline
@fp_mode("strict")
def _exp_f64[width: SIMDLength, //](value: SIMD[DType.float64, width]) -> SIMD[DType.float64, width]:
    """e to the power of the value."""
    comptime V = SIMD[DType.float64, width]
    var x = _at_least(_at_most(value, V(710)), V(-746))
    var shifted = _mul_add(x, V(1.4426950408889634), V(_ROUND64))
    var k = shifted - _ROUND64
    var r = _mul_add(k, V(-0.6931471803691238), x)
    r = _mul_add(k, V(-1.9082149292705877e-10), r)
    var n = _nearest64(shifted)
    var half = n >> 1
    return (_exp_tail64(r) + 1) * _power_of_two64(half) * _power_of_two64(n - half)


@always_inline
@fp_mode("strict")
def _exp2_f64[width: SIMDLength, //](value: SIMD[DType.float64, width]) -> SIMD[DType.float64, width]:
    """2 to the power of the value."""
    comptime V = SIMD[DType.float64, width]
    var x = _at_least(_at_most(value, V(1025)), V(-1076))
    var shifted = x + _ROUND64
    var r = x - (shifted - _ROUND64)
    # 2^r = 1 + r * q(r), |r| <= 1/2: 2^-62.
    var q = _mul_add(V(2.5649808857596304e-11), r, V(4.457193889191655e-10))
    q = _mul_add(q, r, V(7.054953502912929e-09))
    q = _mul_add(q, r, V(1.017804745788644e-07))
    q = _mul_add(q, r, V(1.3215486666946046e-06))
    q = _mul_add(q, r, V(1.5252733866180065e-05))
    q = _mul_add(q, r, V(0.00015403530393518508))
    q = _mul_add(q, r, V(0.001333355814637866))
    q = _mul_add(q, r, V(0.009618129107628432))
    q = _mul_add(q, r, V(0.05550410866482176))
    q = _mul_add(q, r, V(0.24022650695910072))
    q = _mul_add(q, r, V(0.6931471805599453))
    var n = _nearest64(shifted)
    var half = n >> 1
    return _mul_add(q, r, V(1)) * _power_of_two64(half) * _power_of_two64(n - half)


@always_inline
@fp_mode("strict")
def _tanh_f64[width: SIMDLength, //](value: SIMD[DType.float64, width]) -> SIMD[DType.float64, width]:
    """The hyperbolic tangent, within 1.9 units in the last place, as `_tanh_f32` computes it."""
    comptime V = SIMD[DType.float64, width]
    # The low bits of the shifted value are those of a float's exponent.
    comptime shift = _ROUND64 + 1023
    var x = _at_most(abs(value), V(20))
    var shifted = _mul_add(x - 0.085, V(2.8853900817779268), V(shift))
    var k = shifted - shift
    var r = _mul_add(k, V(-0.3465735901845619), x)
    r = _mul_add(k, V(-9.541074646352939e-11), r)
    # tanh(r) = r + r^3 * q(r^2), -0.0883 <= r <= 0.2583: 2^-59.
    var square = r * r
    var q = _mul_add(V(0.0005300688579535361), square, V(-0.001449464490983403))
    q = _mul_add(q, square, V(0.003591771813368601))
    q = _mul_add(q, square, V(-0.008863224445100532))
    q = _mul_add(q, square, V(0.02186948834841581))
    q = _mul_add(q, square, V(-0.05396825396669031))
    q = _mul_add(q, square, V(0.13333333333332836))
    q = _mul_add(q, square, V(-0.3333333333333333))
    var t = _mul_add(r * square, q, r)
    var s = __bitcast[to_dtype=DType.float64, to_width=width](
        __bitcast[to_dtype=DType.int64, to_width=width](shifted) << 52
    )
    var numerator = _mul_add(t, s + 1, s - 1)
    return __copysign(numerator / (numerator + _mul_add(t, V(-2), V(2))), value)


@always_inline
@fp_mode("strict")
def _log_f64[width: SIMDLength, //](value: SIMD[DType.float64, width]) -> SIMD[DType.float64, width]:
    """The natural logarithm."""
    comptime V = SIMD[DType.float64, width]
    var is_small = value.lt(V(2.2250738585072014e-308))
    var x = is_small.select(value * 18014398509481984, value)
    var bits = __bitcast[to_dtype=DType.int64, to_width=width](x)
    # The bits of sqrt(1/2) become those of 1.
    var n = (bits - 0x3FE6A09E667F3BCD) >> 52
    var f = __bitcast[to_dtype=DType.float64, to_width=width](bits - (n << 52)) - 1
    var e = n.cast[DType.float64]() - is_small.select(V(54), V(0))
    # log(1 + f) = 2s + s * z * R(z), s = f / (2 + f), z = s^2: 2^-58.
    var s = f / (f + 2)
    var z = s * s
    var q = _mul_add(V(0.14796484437019594), z, V(0.15313999298802194))
    q = _mul_add(q, z, V(0.18183566245750019))
    q = _mul_add(q, z, V(0.22222198537783275))
    q = _mul_add(q, z, V(0.28571428742718735))
    q = _mul_add(q, z, V(0.3999999999941325))
    q = _mul_add(q, z, V(0.6666666666666735))
    var square = V(0.5) * f * f
    var tail = _mul_add(s, _mul_add(q, z, square), e * V(1.9082149292705877e-10))
    return _log_special(value, e * V(0.6931471803691238) - ((square - tail) - f))
