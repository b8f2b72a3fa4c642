"""`math.limit`: the ends of the number types."""
from std.math import inf, nan, isnan, isinf, isfinite


@always_inline
def neginf[dtype: DType]() -> Scalar[dtype]:
    """Minus infinity."""
    return -inf[dtype]()


@always_inline
def max_finite[dtype: DType]() -> Scalar[dtype]:
    """The largest finite value."""
    return Scalar[dtype].MAX_FINITE


@always_inline
def min_finite[dtype: DType]() -> Scalar[dtype]:
    """The smallest finite value."""
    return Scalar[dtype].MIN_FINITE


@always_inline
def max_or_inf[dtype: DType]() -> Scalar[dtype]:
    """The largest value, infinity where there is one."""
    return Scalar[dtype].MAX


@always_inline
def min_or_neginf[dtype: DType]() -> Scalar[dtype]:
    """The smallest value, minus infinity where there is one."""
    return Scalar[dtype].MIN
