"""Closeness, and small number-theoretic functions."""


@always_inline
def isclose[dtype: DType, width: SIMDLength, //, *, symmetrical: Bool = True](
    a: SIMD[dtype, width],
    b: SIMD[dtype, width],
    *,
    atol: Float64 = 1e-08,
    rtol: Float64 = 1e-05,
    equal_nan: Bool = False,
) -> SIMD[DType.bool, width]:
    """Whether lanes are equal or differ by no more than the larger of `atol` and `rtol * max(|a|, |b|)`; if not `symmetrical`, by no more
    than `atol + rtol * |b|`."""
    comptime if dtype.is_floating_point():
        var least = SIMD[dtype, width](atol.cast[dtype]())
        var ratio = SIMD[dtype, width](rtol.cast[dtype]())
        var tolerance = least + ratio * abs(b)
        comptime if symmetrical:
            tolerance = max(least, ratio * max(abs(a), abs(b)))
        var finite = (a - a).eq(SIMD[dtype, width](0)) & (b - b).eq(SIMD[dtype, width](0))
        var close = a.eq(b) | (finite & abs(a - b).le(tolerance))
        if equal_nan:
            close = close | (a.ne(a) & b.ne(b))
        return close
    else:
        return a.eq(b)


def comb(n: Int, k: Int) -> Int:
    """In how many ways `k` of `n` things can be chosen."""
    if k < 0 or k > n:
        return 0
    var result = 1
    for i in range(min(k, n - k)):
        result = result * (n - i) // (i + 1)
    return result


def perm(n: Int, k: Int = -1) -> Int:
    """In how many orders `k` of `n` things can be chosen; of all if `k` is negative."""
    var count = n if k < 0 else k
    if count > n:
        return 0
    var result = 1
    for i in range(count):
        result *= n - i
    return result
