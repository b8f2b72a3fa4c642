"""Bits of integers: lane by lane on vectors."""
from std.builtin.simd import __size_of


@__intrinsic("simd.ctpop")
def pop_count[dtype: DType, width: SIMDLength, //](val: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """How many bits are set."""
    ...


@__intrinsic("simd.ctlz")
def count_leading_zeros[dtype: DType, width: SIMDLength, //](val: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """How many of the highest bits are 0; the width of the type for 0."""
    ...


@__intrinsic("simd.cttz")
def count_trailing_zeros[dtype: DType, width: SIMDLength, //](val: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """How many of the lowest bits are 0; the width of the type for 0."""
    ...


@__intrinsic("simd.bswap")
def byte_swap[dtype: DType, width: SIMDLength, //](val: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """The bytes in reverse order."""
    ...


@__intrinsic("simd.bitreverse")
def bit_reverse[dtype: DType, width: SIMDLength, //](val: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """The bits in reverse order."""
    ...


@always_inline
def bit_not[dtype: DType, width: SIMDLength, //](val: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """Every bit inverted."""
    return ~val


@always_inline
def _bits[dtype: DType]() -> Int:
    return 8 * __size_of[Scalar[dtype]]()


@always_inline
def bit_width[dtype: DType, width: SIMDLength, //](val: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """How many bits the number needs; of a negative one, its complement."""
    comptime if dtype.is_signed():
        var magnitude = val.lt(SIMD[dtype, width](0)).select(~val, val)
        return SIMD[dtype, width](Scalar[dtype](_bits[dtype]())) - count_leading_zeros(magnitude)
    else:
        return SIMD[dtype, width](Scalar[dtype](_bits[dtype]())) - count_leading_zeros(val)


@always_inline
def log2_floor[dtype: DType, width: SIMDLength, //](val: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """The exponent of the largest power of two that is not larger; -1, in unsigned types the largest number, for 0 and negative numbers."""
    var exponent = SIMD[dtype, width](Scalar[dtype](_bits[dtype]() - 1)) - count_leading_zeros(val)
    comptime if dtype.is_signed():
        var zero = SIMD[dtype, width](0)
        return val.le(zero).select(~zero, exponent)
    return exponent


@always_inline
def log2_ceil[dtype: DType, //](val: Scalar[dtype]) -> Scalar[dtype]:
    """The exponent of the smallest power of two that is not smaller; 0 for 0 and 1."""
    if val <= 1:
        return 0
    return log2_floor(val - 1) + 1


@always_inline
def is_power_of_two[dtype: DType, width: SIMDLength, //](value: SIMD[dtype, width]) -> SIMD[DType.bool, width]:
    """Whether exactly one bit is set, in a positive number."""
    var one = SIMD[dtype, width](1)
    return value.gt(SIMD[dtype, width](0)) & (value & (value - one)).eq(SIMD[dtype, width](0))


@always_inline
def next_power_of_two[dtype: DType, width: SIMDLength, //](val: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """The smallest power of two that is not smaller; 1 for 0 and negative numbers."""
    var one = SIMD[dtype, width](1)
    return val.le(one).select(one, (one << log2_floor(val - one)) << one)


@always_inline
def prev_power_of_two[dtype: DType, width: SIMDLength, //](val: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """The largest power of two that is not larger; 0 for 0 and negative numbers."""
    var zero = SIMD[dtype, width](0)
    return val.le(zero).select(zero, SIMD[dtype, width](1) << log2_floor(val))


@__intrinsic("simd.rotl")
def _rotate_left[dtype: DType, width: SIMDLength](
    value: SIMD[dtype, width], count: SIMD[dtype, width]
) -> SIMD[dtype, width]:
    ...


@always_inline
def rotate_bits_left[dtype: DType, width: SIMDLength, //, shift: Int](x: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """The bits moved up by `shift`; those that leave at the top come in at the bottom."""
    return _rotate_left(x, SIMD[dtype, width](Scalar[dtype](shift % _bits[dtype]())))


@always_inline
def rotate_bits_right[dtype: DType, width: SIMDLength, //, shift: Int](x: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """The bits moved down by `shift`; those that leave at the bottom come in at the top."""
    return _rotate_left(x, SIMD[dtype, width](Scalar[dtype](-shift % _bits[dtype]())))
