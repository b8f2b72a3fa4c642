"""`math` of classic Mojo, which also had what is in the prelude today."""
from std.math import ceildiv, align_up, align_down, sqrt, rsqrt
from std.builtin.math import min, max, abs, pow, round
from std.classic.math.limit import inf, neginf, nan, isnan, isinf, isfinite, max_finite, min_finite

comptime div_ceil = ceildiv


@always_inline
def add[dtype: DType, width: SIMDLength, //](a: SIMD[dtype, width], b: SIMD[dtype, width]) -> SIMD[dtype, width]:
    return a + b


@always_inline
def sub[dtype: DType, width: SIMDLength, //](a: SIMD[dtype, width], b: SIMD[dtype, width]) -> SIMD[dtype, width]:
    return a - b


@always_inline
def mul[dtype: DType, width: SIMDLength, //](a: SIMD[dtype, width], b: SIMD[dtype, width]) -> SIMD[dtype, width]:
    return a * b


@always_inline
def div[dtype: DType, width: SIMDLength, //](a: SIMD[dtype, width], b: SIMD[dtype, width]) -> SIMD[dtype, width]:
    return a / b


@always_inline
def mod[dtype: DType, width: SIMDLength, //](a: SIMD[dtype, width], b: SIMD[dtype, width]) -> SIMD[dtype, width]:
    return a % b


@always_inline
def clamp[dtype: DType, width: SIMDLength, //](
    value: SIMD[dtype, width], lower: SIMD[dtype, width], upper: SIMD[dtype, width]
) -> SIMD[dtype, width]:
    return value.clamp(lower, upper)


@always_inline
def reciprocal[dtype: DType, width: SIMDLength, //](value: SIMD[dtype, width]) -> SIMD[dtype, width]:
    return 1 / value


@always_inline
def select[dtype: DType, width: SIMDLength, //](
    mask: SIMD[DType.bool, width], if_true: SIMD[dtype, width], if_false: SIMD[dtype, width]
) -> SIMD[dtype, width]:
    return mask.select(if_true, if_false)


@always_inline
def is_even(value: Int) -> Bool:
    return value % 2 == 0


@always_inline
def is_odd(value: Int) -> Bool:
    return value % 2 != 0


@always_inline
def is_power_of_2(value: Int) -> Bool:
    return value > 0 and value & (value - 1) == 0


@always_inline
def all_true[width: SIMDLength, //](mask: SIMD[DType.bool, width]) -> Bool:
    return Bool(mask.reduce_and())


@always_inline
def any_true[width: SIMDLength, //](mask: SIMD[DType.bool, width]) -> Bool:
    return Bool(mask.reduce_or())


@always_inline
def none_true[width: SIMDLength, //](mask: SIMD[DType.bool, width]) -> Bool:
    return not Bool(mask.reduce_or())
