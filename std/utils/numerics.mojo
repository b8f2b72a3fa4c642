"""Limits and classes of numbers."""
from std.math.functions import inf, nan, isnan, isinf, isfinite
from std.math.floats import nextafter


@always_inline
def neg_inf[dtype: DType]() -> Scalar[dtype]:
    """Negative infinity."""
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
    """The largest value."""
    return Scalar[dtype].MAX


@always_inline
def min_or_neg_inf[dtype: DType]() -> Scalar[dtype]:
    """The smallest value."""
    return Scalar[dtype].MIN


def get_accum_type[dtype: DType, *, preferred_accum_type: DType = DType.float32]() -> DType:
    """The type in which sums of a type are made: `preferred_accum_type` for floats of up to 16 bits, else the type itself."""
    comptime if dtype == DType.float16 or dtype == DType.bfloat16:
        return preferred_accum_type
    else:
        return dtype
