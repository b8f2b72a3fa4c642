"""Arithmetic functions of the prelude."""
from std.builtin.simd import __min, __max


@always_inline
def min[dtype: DType, width: SIMDLength](a: SIMD[dtype, width], b: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """The smaller of two numbers, lane by lane."""
    return __min(a, b)


@always_inline
def max[dtype: DType, width: SIMDLength](a: SIMD[dtype, width], b: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """The larger of two numbers, lane by lane."""
    return __max(a, b)


@always_inline
def min[T: Comparable & Copyable & Deinitable](a: T, b: T) -> T:
    """The smaller of two values; the first of equal ones."""
    if b < a:
        return b.copy()
    return a.copy()


@always_inline
def max[T: Comparable & Copyable & Deinitable](a: T, b: T) -> T:
    """The larger of two values; the first of equal ones."""
    if a < b:
        return b.copy()
    return a.copy()


@always_inline
def min[T: Comparable & Copyable & Deinitable](a: T, b: T, c: T, *rest: T) -> T:
    """The smallest of several values."""
    var result = min(min(a, b), c)
    for i in range(len(rest)):
        if rest[i] < result:
            result = rest[i].copy()
    return result^


@always_inline
def max[T: Comparable & Copyable & Deinitable](a: T, b: T, c: T, *rest: T) -> T:
    """The largest of several values."""
    var result = max(max(a, b), c)
    for i in range(len(rest)):
        if result < rest[i]:
            result = rest[i].copy()
    return result^


@always_inline
def min[T: Comparable & Copyable & Deinitable](value: T) -> T:
    """The value itself."""
    return value.copy()


@always_inline
def max[T: Comparable & Copyable & Deinitable](value: T) -> T:
    """The value itself."""
    return value.copy()


@always_inline
def index[T: Indexer](value: T) -> Int:
    """The value as an index."""
    return value.__index__()


@always_inline
def abs[T: Absable](value: T) -> T:
    """The absolute value."""
    return value.__abs__()


@always_inline
def round[T: Roundable](value: T) -> T:
    """Rounds to the nearest integer, half to even."""
    return value.__round__()


def round(value: Float64, digits: Int) -> Float64:
    """Rounds to `digits` decimal places, half to even."""
    var scale = Float64(10) ** digits
    return (value * scale).__round__() / scale


@always_inline
def pow[T: Powable](base: T, exponent: T) -> T:
    """`base ** exponent`."""
    return base.__pow__(exponent)


@always_inline
def divmod[dtype: DType, width: SIMDLength](
    a: SIMD[dtype, width], b: SIMD[dtype, width]
) -> Tuple[SIMD[dtype, width], SIMD[dtype, width]]:
    """The floored quotient and its remainder, lane by lane."""
    return (a // b, a % b)
