"""Arithmetic functions of the prelude."""
from std.builtin.simd import __min, __max
from std.builtin.traits import DivModable


@always_inline
def min[dtype: DType, width: SIMDLength](x: SIMD[dtype, width], y: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """The smaller of two numbers, lane by lane."""
    return __min(x, y)


@always_inline
def max[dtype: DType, width: SIMDLength](x: SIMD[dtype, width], y: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """The larger of two numbers, lane by lane."""
    return __max(x, y)


@always_inline
def min[T: Comparable & Copyable & Deinitable](x: T, y: T) -> T:
    """The smaller of two values; the first of equal ones."""
    if y < x:
        return y.copy()
    return x.copy()


@always_inline
def max[T: Comparable & Copyable & Deinitable](x: T, y: T) -> T:
    """The larger of two values; the first of equal ones."""
    if x < y:
        return y.copy()
    return x.copy()


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
def index[T: Indexer](idx: T) -> Int:
    """The value as an index."""
    return idx.__index__()


@always_inline
def abs[T: Absable](value: T) -> T:
    """The absolute value."""
    return value.__abs__()


@always_inline
def round[T: Roundable](number: T) -> T:
    """Rounds to the nearest integer, half to even."""
    return number.__round__()


@always_inline
def round[T: Roundable](number: T, ndigits: Int) -> T:
    """Rounds to `ndigits` decimal places; with a negative number to tens, hundreds and so on. Half goes to the even neighbour."""
    return number.__round__(ndigits)


@always_inline
def pow[T: Powable](base: T, exp: T) -> T:
    """`base ** exp`."""
    return base.__pow__(exp)


@always_inline
def pow(base: SIMD, exp: Int) -> SIMD[base.dtype, base.length]:
    """Every lane to a whole power."""
    return base**exp


@always_inline
def divmod[T: DivModable](numerator: T, denominator: T) -> Tuple[T, T]:
    """The floored quotient and its remainder; of vectors lane by lane."""
    return numerator.__divmod__(denominator)
