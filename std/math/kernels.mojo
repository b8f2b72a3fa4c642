"""Kernels of the elementary functions on vectors of `Float32`: no calls, no tables, no branches, so that a loop over scalars
vectorizes as well.

The polynomials were fitted for this library: least maximum of the relative error, by iterated weighted least squares in extended
precision. A tag such as `2^-28` is that error before rounding. Arguments are reduced after Cody and Waite. Every kernel is
compiled in strict mode, whatever mode the program has: the reductions do not survive reassociation.
"""
from std.builtin.simd import __bitcast, __copysign
from std.sys.info import CompilationTarget


comptime _IS_FUSED = CompilationTarget.has_fma() or CompilationTarget.has_neon()
"""Whether the processor computes `a * b + c` in one step."""


@always_inline
def _mul_add[dtype: DType, width: SIMDLength, //](
    a: SIMD[dtype, width], b: SIMD[dtype, width], c: SIMD[dtype, width]
) -> SIMD[dtype, width]:
    """`a * b + c`, fused where the processor does that in one step."""
    comptime if _IS_FUSED:
        return a.fma(b, c)
    else:
        return a * b + c


@always_inline
def _power_of_two[width: SIMDLength, //](n: SIMD[DType.int32, width]) -> SIMD[DType.float32, width]:
    """2 to the power of a number from -126 to 127."""
    return __bitcast[to_dtype=DType.float32, to_width=width]((n + 127) << 23)


@always_inline
def _nearest[width: SIMDLength, //](shifted: SIMD[DType.float32, width]) -> SIMD[DType.int32, width]:
    """The integer in the low bits of a value to which `_ROUND` was added."""
    return __bitcast[to_dtype=DType.int32, to_width=width](shifted) - 0x4B400000


comptime _ROUND: Float32 = 12582912.0
"""1.5 * 2^23: adding it rounds to an integer."""


@always_inline
def _at_most[dtype: DType, width: SIMDLength, //](
    x: SIMD[dtype, width], limit: SIMD[dtype, width]
) -> SIMD[dtype, width]:
    """The smaller one; NaN stays NaN."""
    return limit.lt(x).select(limit, x)


@always_inline
def _at_least[dtype: DType, width: SIMDLength, //](
    x: SIMD[dtype, width], limit: SIMD[dtype, width]
) -> SIMD[dtype, width]:
    """The larger one; NaN stays NaN."""
    return limit.gt(x).select(limit, x)


@always_inline
@fp_mode("strict")
def _exp_f32[width: SIMDLength, //](value: SIMD[DType.float32, width]) -> SIMD[DType.float32, width]:
    """e to the power of the value."""
    comptime V = SIMD[DType.float32, width]
    var x = _at_least(_at_most(value, V(89)), V(-104))
    var shifted = _mul_add(x, V(1.4426950408889634), V(_ROUND))
    var k = shifted - _ROUND
    var r = _mul_add(k, V(-0.693145751953125), x)
    r = _mul_add(k, V(-1.428606765330187e-06), r)
    # exp(r) = 1 + r + r^2 * q(r), |r| <= ln(2) / 2: 2^-28.
    var q = _mul_add(V(0.001381446490995586), r, V(0.008368780836462975))
    q = _mul_add(q, r, V(0.04166839271783829))
    q = _mul_add(q, r, V(0.1666651964187622))
    q = _mul_add(q, r, V(0.4999999403953552))
    var p = _mul_add(r * r, q, r) + 1
    # In two steps: the power may be no normal number.
    var n = _nearest(shifted)
    var half = n >> 1
    return p * _power_of_two(half) * _power_of_two(n - half)


@always_inline
@fp_mode("strict")
def _exp2_f32[width: SIMDLength, //](value: SIMD[DType.float32, width]) -> SIMD[DType.float32, width]:
    """2 to the power of the value."""
    comptime V = SIMD[DType.float32, width]
    var x = _at_least(_at_most(value, V(129)), V(-151))
    var shifted = x + _ROUND
    var r = x - (shifted - _ROUND)
    # 2^r = 1 + r * q(r), |r| <= 1/2: 2^-29.
    var q = _mul_add(V(0.00015353257185779512), r, V(0.001339900423772633))
    q = _mul_add(q, r, V(0.00961843878030777))
    q = _mul_add(q, r, V(0.05550331994891167))
    q = _mul_add(q, r, V(0.24022647738456726))
    q = _mul_add(q, r, V(0.6931471824645996))
    var p = _mul_add(q, r, V(1))
    var n = _nearest(shifted)
    var half = n >> 1
    return p * _power_of_two(half) * _power_of_two(n - half)


@always_inline
@fp_mode("strict")
def _expm1_f32[width: SIMDLength, //](value: SIMD[DType.float32, width]) -> SIMD[DType.float32, width]:
    """e to the power of the value, minus 1."""
    comptime V = SIMD[DType.float32, width]
    var x = _at_least(_at_most(value, V(89)), V(-20))
    var shifted = _mul_add(x, V(1.4426950408889634), V(_ROUND))
    var k = shifted - _ROUND
    var r = _mul_add(k, V(-0.693145751953125), x)
    r = _mul_add(k, V(-1.428606765330187e-06), r)
    var q = _mul_add(V(0.001381446490995586), r, V(0.008368780836462975))
    q = _mul_add(q, r, V(0.04166839271783829))
    q = _mul_add(q, r, V(0.1666651964187622))
    q = _mul_add(q, r, V(0.4999999403953552))
    var p = _mul_add(r * r, q, r)
    var n = _nearest(shifted)
    # 2^128 is no number: half of everything, twice.
    var scale = _power_of_two(n - 1)
    var result = _mul_add(p, scale, scale - 0.5) * 2
    # Keeps the sign of zero.
    return value.eq(V(0)).select(value, result)


@always_inline
@fp_mode("strict")
def _tanh_f32[width: SIMDLength, //](value: SIMD[DType.float32, width]) -> SIMD[DType.float32, width]:
    """The hyperbolic tangent, within 1.72 units in the last place. With |x| = r + k * ln(2) / 2 and s = 2^k it is n / d, where
    n = tanh(r) * (s + 1) + s - 1 and d = n + 2 - 2 * tanh(r): of a large x, the error of n is in both and does not count."""
    comptime V = SIMD[DType.float32, width]
    # The low bits of the shifted value are those of a float's exponent.
    comptime shift = _ROUND + 127
    var x = _at_most(abs(value), V(10))
    # A little less than x, so that k = 1 starts where the result is 1/4: below it an error is more units.
    var shifted = _mul_add(x - 0.085, V(2.8853900817779268), V(shift))
    var k = shifted - shift
    var r: V
    comptime if _IS_FUSED:
        # The error of the constant, 29 times, is far below the bits of a result that large.
        r = k.fma(V(-0.3465735912322998), x)
    else:
        r = k * V(-0.3465728759765625) + x
        r = k * V(-7.143033826650935e-07) + r
    # tanh(r) = r + r^3 * q(r^2), -0.0883 <= r <= 0.2583: 2^-28.
    var square = r * r
    var q = _mul_add(V(-0.05132294073700905), square, V(0.1332344263792038))
    q = _mul_add(q, square, V(-0.33333227038383484))
    var t = _mul_add(r * square, q, r)
    var s = __bitcast[to_dtype=DType.float32, to_width=width](
        __bitcast[to_dtype=DType.int32, to_width=width](shifted) << 23
    )
    var numerator = _mul_add(t, s + 1, s - 1)
    return __copysign(numerator / (numerator + _mul_add(t, V(-2), V(2))), value)


@always_inline
@fp_mode("strict")
def _log_parts[width: SIMDLength, //](
    value: SIMD[DType.float32, width], mut exponent: SIMD[DType.float32, width]
) -> SIMD[DType.float32, width]:
    """The value as `(1 + f) * 2^exponent` with 1 + f from sqrt(1/2) to sqrt(2); the result is f."""
    comptime V = SIMD[DType.float32, width]
    var is_small = value.lt(V(1.1754943508222875e-38))
    var x = is_small.select(value * 8388608, value)
    var bits = __bitcast[to_dtype=DType.int32, to_width=width](x)
    # The bits of sqrt(1/2) become those of 1.
    var n = (bits - 0x3F3504F3) >> 23
    var mantissa = __bitcast[to_dtype=DType.float32, to_width=width](bits - (n << 23))
    exponent = n.cast[DType.float32]() - is_small.select(V(23), V(0))
    return mantissa - 1


@always_inline
@fp_mode("strict")
def _log1p_tail[width: SIMDLength, //](f: SIMD[DType.float32, width]) -> SIMD[DType.float32, width]:
    """log(1 + f) - f + f^2 / 2 for the f of `_log_parts`: 2^-30 of the logarithm."""
    comptime V = SIMD[DType.float32, width]
    var p = _mul_add(V(0.06746601313352585), f, V(-0.11675640940666199))
    p = _mul_add(p, f, V(0.11888174712657928))
    p = _mul_add(p, f, V(-0.12405591458082199))
    p = _mul_add(p, f, V(0.14219550788402557))
    p = _mul_add(p, f, V(-0.1666799634695053))
    p = _mul_add(p, f, V(0.2000211924314499))
    p = _mul_add(p, f, V(-0.25000008940696716))
    p = _mul_add(p, f, V(0.3333331346511841))
    return p * f * (f * f)


@always_inline
def _log_special[dtype: DType, width: SIMDLength, //](
    value: SIMD[dtype, width], result: SIMD[dtype, width]
) -> SIMD[dtype, width]:
    """The logarithm where it is no ordinary number: of zero, of less, of infinity and NaN."""
    comptime V = SIMD[dtype, width]
    var infinity = V(Scalar[dtype].MAX)
    var r = value.lt(infinity).select(result, value)
    r = value.eq(V(0)).select(-infinity, r)
    return value.lt(V(0)).select(infinity - infinity, r)


@always_inline
@fp_mode("strict")
def _log_f32[width: SIMDLength, //](value: SIMD[DType.float32, width]) -> SIMD[DType.float32, width]:
    """The natural logarithm."""
    comptime V = SIMD[DType.float32, width]
    var e = V(0)
    var f = _log_parts(value, e)
    var tail = _mul_add(V(-0.5) * f, f, _log1p_tail(f))
    tail = _mul_add(e, V(1.428606765330187e-06), tail)
    return _log_special(value, _mul_add(e, V(0.693145751953125), f + tail))


@always_inline
@fp_mode("strict")
def _log2_f32[width: SIMDLength, //](value: SIMD[DType.float32, width]) -> SIMD[DType.float32, width]:
    """The logarithm to base 2."""
    return _scaled_log[1.4426950216293335, 1.925963033500011e-08, 1.0, 0.0](value)


@always_inline
@fp_mode("strict")
def _log10_f32[width: SIMDLength, //](value: SIMD[DType.float32, width]) -> SIMD[DType.float32, width]:
    """The logarithm to base 10."""
    return _scaled_log[0.4342944920063019, -1.0103049952192578e-08, 0.301025390625, 4.605039066518657e-06](value)


@always_inline
@fp_mode("strict")
def _scaled_log[
    width: SIMDLength, //, high: Float32, low: Float32, two_high: Float32, two_low: Float32
](value: SIMD[DType.float32, width]) -> SIMD[DType.float32, width]:
    """The logarithm to another base: `high + low` of the natural one, `two_high + two_low` of 2."""
    comptime V = SIMD[DType.float32, width]
    var e = V(0)
    var f = _log_parts(value, e)
    # f - f^2 / 2 + tail as a sum of two, so that the product with the factor keeps its last bits.
    var square = V(0.5) * f * f
    var head = f - square
    var rest = (f - head) - square + _log1p_tail(f)
    # The upper half of the head, whose product with the upper half of the factor is exact.
    var upper = __bitcast[to_dtype=DType.float32, to_width=width](
        __bitcast[to_dtype=DType.int32, to_width=width](head) & -4096
    )
    var lower = (head - upper) + rest
    comptime factor = __bitcast[to_dtype=DType.float32, to_width=1](
        __bitcast[to_dtype=DType.int32, to_width=1](high) & -4096
    )
    comptime remainder = (high - factor) + low
    var small = _mul_add(lower, V(high), upper * remainder)
    small = _mul_add(e, V(two_low), small)
    return _log_special(value, _mul_add(e, V(two_high), _mul_add(upper, V(factor), small)))


@always_inline
@fp_mode("strict")
def _erf_f32[width: SIMDLength, //](value: SIMD[DType.float32, width]) -> SIMD[DType.float32, width]:
    """The error function."""
    comptime V = SIMD[DType.float32, width]
    var z = value * value
    # x + x * P(x^2) to 0.9: 2^-31.
    var p = _mul_add(V(8.513102511642501e-05), z, V(-0.0008175639086402953))
    p = _mul_add(p, z, V(0.005203858949244022))
    p = _mul_add(p, z, V(-0.02686050906777382))
    p = _mul_add(p, z, V(0.11283715069293976))
    p = _mul_add(p, z, V(-0.37612634897232056))
    p = _mul_add(p, z, V(0.12837916612625122))
    var near = _mul_add(p, value, value)
    # 1 - exp(-x * Q(x)) beyond: 2^-30.
    var x = _at_most(abs(value), V(3.95))
    var q = _mul_add(V(1.0396035577286966e-05), x, V(-0.0003144907532259822))
    q = _mul_add(q, x, V(0.0036088647320866585))
    q = _mul_add(q, x, V(-0.023691479116678238))
    q = _mul_add(q, x, V(0.10615550726652145))
    q = _mul_add(q, x, V(0.6352001428604126))
    q = _mul_add(q, x, V(1.1286365985870361))
    var far = 1 - _exp_f32(-(q * x))
    far = value.lt(V(0)).select(-far, far)
    return x.lt(V(0.9)).select(near, far)
