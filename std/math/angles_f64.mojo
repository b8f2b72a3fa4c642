"""Angles and lengths in `Float64`, step by step as the 1.x library has them, so that programs print its digits."""
from std.builtin.simd import __bitcast, __copysign, __sqrt
from std.math.by_lane import __foreign_binary
from std.math.kernels import _mul_add

comptime _HALF_PI: Float64 = 1.5707963267948966
comptime _HALF_PI_REST: Float64 = 6.123233995736766e-17
"""What pi / 2 has beyond `_HALF_PI`."""


@always_inline
@fp_mode("strict")
def _atan_f64[width: SIMDLength, //](value: SIMD[DType.float64, width]) -> SIMD[DType.float64, width]:
    """The arc tangent by a quotient of polynomials on [0, 0.66] (Cephes)."""
    comptime V = SIMD[DType.float64, width]
    var size = abs(value)
    var is_large = size.gt(V(2.414213562373095))
    var is_middle = size.gt(V(0.66)) & ~is_large
    var x = is_large.select(-1 / size, is_middle.select((size - 1) / (size + 1), size))
    var base = is_large.select(V(_HALF_PI), is_middle.select(V(_HALF_PI / 2), V(0)))
    var rest = is_large.select(V(_HALF_PI_REST), is_middle.select(V(_HALF_PI_REST / 2), V(0)))
    var z = x * x
    var p = _mul_add(z, V(-0.8750608600031904), V(-16.157537187333652))
    p = _mul_add(p, z, V(-75.00855792314705))
    p = _mul_add(p, z, V(-122.88666844901361))
    p = _mul_add(p, z, V(-64.85021904942025))
    var q = z + 24.858464901423062
    q = _mul_add(q, z, V(165.02700983169885))
    q = _mul_add(q, z, V(432.88106049129027))
    q = _mul_add(q, z, V(485.3903996359137))
    q = _mul_add(q, z, V(194.5506571482614))
    return __copysign(base + (_mul_add(z * p / q, x, x) + rest), value)


@fp_mode("strict")
def _atan2_f64(y: Float64, x: Float64) -> Float64:
    """The angle of the point: the arc tangent of a quotient up to 1, and what its rounding lost."""
    comptime pi: Float64 = 3.141592653589793
    comptime pi_rest: Float64 = 1.2246467991473532e-16
    var is_steep = abs(y) > abs(x)
    var top = abs(x) if is_steep else abs(y)
    var bottom = abs(y) if is_steep else abs(x)
    if not (top > 1e-250 and bottom < 1e300):
        return __foreign_binary["atan2", Float64](y, x)
    var quotient = top / bottom
    var angle = _atan_f64(quotient)
    var lost = _mul_add(-quotient, bottom, top) / bottom / _mul_add(quotient, quotient, Float64(1))
    if is_steep:
        var other = _HALF_PI - angle
        lost = (_HALF_PI - other - angle) + (_HALF_PI_REST - lost)
        angle = other
    if x < 0:
        var other = pi - angle
        lost = (pi - other - angle) + (pi_rest - lost)
        angle = other
    return __copysign(angle + lost, y)


@fp_mode("strict")
def _hypot_f64(a: Float64, b: Float64) -> Float64:
    """The square root of a sum of squares, of numbers whose larger one is between 1 and 2."""
    var long = max(abs(a), abs(b))
    var short = min(abs(a), abs(b))
    if not (long > 1e-250 and long < 1e300):
        return __foreign_binary["hypot", Float64](a, b)
    var exponent = __bitcast[to_dtype=DType.int64, to_width=1](long) & 0x7FF0000000000000
    var scale = __bitcast[to_dtype=DType.float64, to_width=1](exponent)
    var down = 1 / scale
    long *= down
    short *= down
    return __sqrt(_mul_add(long, long, short * short)) * scale
