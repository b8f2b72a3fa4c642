"""Number theory, and rounding of integers to multiples."""
from std.math.rounding import ceildiv


def gcd(m: Int, n: Int) -> Int:
    """The greatest common divisor, never negative; 0 for two zeros. Euclid's algorithm: logarithmic time."""
    var x = abs(m)
    var y = abs(n)
    while y != 0:
        var rest = x % y
        x = y
        y = rest
    return x


def gcd(*values: Int) -> Int:
    """The greatest common divisor of all values; 0 for none."""
    var result = 0
    for i in range(len(values)):
        result = gcd(result, values[i])
    return result


def gcd(s: Span[Int, _]) -> Int:
    """The greatest common divisor of all values; 0 for none."""
    var result = 0
    for i in range(len(s)):
        result = gcd(result, s[i])
    return result


def lcm(m: Int, n: Int) -> Int:
    """The least common multiple, never negative; 0 if one value is 0."""
    if m == 0 or n == 0:
        return 0
    return abs(m // gcd(m, n) * n)


def lcm(*values: Int) -> Int:
    """The least common multiple of all values; 1 for none."""
    var result = 1
    for i in range(len(values)):
        result = lcm(result, values[i])
    return result


def lcm(s: Span[Int, _]) -> Int:
    """The least common multiple of all values; 1 for none."""
    var result = 1
    for i in range(len(s)):
        result = lcm(result, s[i])
    return result


def factorial(n: Int) -> Int:
    """`1 * 2 * … * n`, wrapping. Linear time."""
    var result = 1
    for i in range(2, n + 1):
        result *= i
    return result


@always_inline
def align_up[dtype: DType, width: SIMDLength, //](
    value: SIMD[dtype, width], alignment: SIMD[dtype, width]
) -> SIMD[dtype, width] where dtype.is_integral():
    """The value itself if it is a multiple of `alignment`, else the next one."""
    return ceildiv(value, alignment) * alignment


@always_inline
def align_down[dtype: DType, width: SIMDLength, //](
    value: SIMD[dtype, width], alignment: SIMD[dtype, width]
) -> SIMD[dtype, width] where dtype.is_integral():
    """The value itself if it is a multiple of `alignment`, else the previous one."""
    return value // alignment * alignment


@always_inline
def clamp[dtype: DType, width: SIMDLength, //](
    val: SIMD[dtype, width], lower_bound: SIMD[dtype, width], upper_bound: SIMD[dtype, width]
) -> SIMD[dtype, width]:
    """The nearest value that is not below `lower_bound` and not above `upper_bound`, lane by lane."""
    return min(max(val, lower_bound), upper_bound)
