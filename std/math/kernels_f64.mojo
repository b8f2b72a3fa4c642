"""Kernels of the elementary functions on vectors of `Float64`; see `kernels.mojo` for how they were made."""
from std.builtin.simd import __bitcast, __copysign
from std.math.kernels import _at_least, _at_most, _IS_FUSED, _log_special, _mul_add

comptime _ROUND64: Float64 = 6755399441055744.0
"""1.5 * 2^52: adding it rounds to an integer."""


@always_inline
def _nearest64[width: SIMDLength, //](shifted: SIMD[DType.float64, width]) -> SIMD[DType.int64, width]:
    """The integer in the low bits of a value to which `_ROUND64` was added."""
    return __bitcast[to_dtype=DType.int64, to_width=width](shifted) - 0x4338000000000000


@always_inline
@fp_mode("strict")
def _exp_f64[width: SIMDLength, //](value: SIMD[DType.float64, width]) -> SIMD[DType.float64, width]:
    """e to the power of the value, step by step as the 1.x library has it, so that programs print its digits: one step of reduction,
    twelve terms of the series. The step costs 1.8e-13 (relative) for each factor of 2 in the result; 0 below -708.4, infinite above 709.4."""
    comptime V = SIMD[DType.float64, width]
    var x = _at_least(_at_most(value, V(709.437)), V(-709.436139303))
    var k = _mul_add(x, V(1.4426950408889634), V(0.5)).__floor__()
    var r: V
    comptime if _IS_FUSED:
        r = k.fma(V(-0.69314718055966295651160180568695068359375), x)
    else:
        r = k * V(-0.6931471803691238) + x
        r = k * V(-1.9082149292705877e-10) + r
    var q = _mul_add(r, V(2.08767569878681e-09), V(2.505210838544172e-08))
    q = _mul_add(q, r, V(2.755731922398589e-07))
    q = _mul_add(q, r, V(2.7557319223985893e-06))
    q = _mul_add(q, r, V(2.48015873015873e-05))
    q = _mul_add(q, r, V(0.0001984126984126984))
    q = _mul_add(q, r, V(0.001388888888888889))
    q = _mul_add(q, r, V(0.008333333333333333))
    q = _mul_add(q, r, V(0.041666666666666664))
    q = _mul_add(q, r, V(0.16666666666666666))
    q = _mul_add(q, r, V(0.5))
    q = _mul_add(q, r, V(1))
    q = _mul_add(q, r, V(1))
    return q * __bitcast[to_dtype=DType.float64, to_width=width]((k.cast[DType.int64]() + 1023) << 52)


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
def _cbrt_f64[width: SIMDLength, //](value: SIMD[DType.float64, width]) -> SIMD[DType.float64, width]:
    """The cube root, as fdlibm and FreeBSD compute it: five bits of it come from a division of the exponent, 23 from a polynomial,
    the others from a step of Newton's method."""
    comptime V = SIMD[DType.float64, width]
    var size = abs(value)
    var is_small = size.lt(V(2.2250738585072014e-308))
    var bits = __bitcast[to_dtype=DType.uint64, to_width=width](is_small.select(size * 18014398509481984, size))
    var third = (bits >> 32) / 3 + is_small.select(SIMD[DType.uint64, width](696219795), SIMD[DType.uint64, width](715094163))
    var t = __bitcast[to_dtype=DType.float64, to_width=width](third << 32)
    var r = t * t * (t / size)
    var q = _mul_add(r, V(0.14599619288661245), V(-0.758397934778766))
    q = _mul_add(q, r, V(1.6214297201053545))
    q = _mul_add(q, r, V(-1.8849797954337717))
    t = t * _mul_add(q, r, V(1.87595182427177))
    # So few bits that its square is exact.
    t = __bitcast[to_dtype=DType.float64, to_width=width](
        (__bitcast[to_dtype=DType.int64, to_width=width](t) + 0x80000000) & -0x40000000
    )
    var quotient = size / (t * t)
    var root = _mul_add(t, (quotient - t) / (t + t + quotient), t)
    return (size.eq(V(0)) | size.lt(V(Float64.MAX)).eq(False)).select(value, __copysign(root, value))


@fieldwise_init
struct _LogParts[width: SIMDLength](TrivialRegisterPassable):
    """A positive number as `(1 + f) * 2**k` with 1 + f from sqrt(1/2) to sqrt(2)."""

    var f: SIMD[DType.float64, Self.width]
    var k: SIMD[DType.float64, Self.width]

    @always_inline
    @fp_mode("strict")
    def half_square(self) -> SIMD[DType.float64, Self.width]:
        """f * f / 2."""
        return self.f * 0.5 * self.f

    @always_inline
    @fp_mode("strict")
    def series(self) -> Tuple[SIMD[DType.float64, Self.width], SIMD[DType.float64, Self.width]]:
        """s and p with `log(1 + f) = f - half_square + s * p` (fdlibm, Sun Microsystems 1993): 2^-58."""
        comptime V = SIMD[DType.float64, Self.width]
        var s = self.f / (self.f + 2)
        var z = s * s
        var w = z * z
        var even = _mul_add(_mul_add(w, V(0.15313837699209373), V(0.22222198432149784)), w, V(0.3999999999940942))
        var odd = _mul_add(_mul_add(w, V(0.14798198605116586), V(0.1818357216161805)), w, V(0.2857142874366239))
        odd = _mul_add(odd, w, V(0.6666666666666735))
        return (s, self.half_square() + _mul_add(w, even, z * odd))


@always_inline
@fp_mode("strict")
def _log_parts64[width: SIMDLength, //](value: SIMD[DType.float64, width]) -> _LogParts[width]:
    comptime V = SIMD[DType.float64, width]
    var is_small = value.lt(V(2.2250738585072014e-308))
    var x = is_small.select(value * 18014398509481984, value)
    var bits = __bitcast[to_dtype=DType.int64, to_width=width](x)
    # The bits of sqrt(1/2) become those of 1.
    var n = (bits - 0x3FE6A09E667F3BCD) >> 52
    var f = __bitcast[to_dtype=DType.float64, to_width=width](bits - (n << 52)) - 1
    return _LogParts(f, n.cast[DType.float64]() - is_small.select(V(54), V(0)))


@always_inline
@fp_mode("strict")
def _log_f64[width: SIMDLength, //](value: SIMD[DType.float64, width]) -> SIMD[DType.float64, width]:
    """The natural logarithm, with the digits of the 1.x library."""
    comptime V = SIMD[DType.float64, width]
    var parts = _log_parts64(value)
    var s, p = parts.series()
    var rest = parts.half_square() - _mul_add(s, p, parts.k * 1.9082149292705877e-10) - parts.f
    return _log_special(value, _mul_add(parts.k, V(0.6931471803691238), -rest))


@always_inline
@fp_mode("strict")
def _log10_f64[width: SIMDLength, //](value: SIMD[DType.float64, width]) -> SIMD[DType.float64, width]:
    """The logarithm to base 10, with the digits of the 1.x library."""
    comptime V = SIMD[DType.float64, width]
    comptime inverse_high = 0.4342944818781689
    comptime inverse_low = 2.5082946711645275e-11
    var parts = _log_parts64(value)
    var s, p = parts.series()
    var half_square = parts.half_square()
    # The leading bits of f - f * f / 2, whose product with a constant of as few bits is exact.
    var bits = __bitcast[to_dtype=DType.int64, to_width=width](parts.f - half_square)
    var high = __bitcast[to_dtype=DType.float64, to_width=width](bits & -4294967296)
    var low = _mul_add(s, p, parts.f - high - half_square)
    var high_part = high * inverse_high
    var twos = parts.k * 0.30102999566361177
    var rest = _mul_add(parts.k, V(3.694239077158931e-13), (low + high) * inverse_low)
    rest = _mul_add(low, V(inverse_high), rest)
    var sum = twos + high_part
    return _log_special(value, rest + (twos - sum + high_part) + sum)


@always_inline
@fp_mode("strict")
def _log2_f64[width: SIMDLength, //](value: SIMD[DType.float64, width]) -> SIMD[DType.float64, width]:
    """The logarithm to base 2, with the digits of the 1.x library: within 2e-10, by a polynomial for `Float32` (Cephes)."""
    comptime V = SIMD[DType.float64, width]
    var parts = _log_parts64(value)
    var f = parts.f
    var square = f * f
    var q = _mul_add(f, V(7.0376836292e-2), V(-1.1514610310e-1))
    q = _mul_add(q, f, V(1.1676998740e-1))
    q = _mul_add(q, f, V(-1.2420140846e-1))
    q = _mul_add(q, f, V(1.4249322787e-1))
    q = _mul_add(q, f, V(-1.6668057665e-1))
    q = _mul_add(q, f, V(2.0000714765e-1))
    q = _mul_add(q, f, V(-2.4999993993e-1))
    q = _mul_add(q, f, V(3.3333331174e-1))
    var y = f + _mul_add(square, V(-0.5), q * (square * f))
    return _log_special(value, _mul_add(y, V(1.4426950408889634), parts.k))
