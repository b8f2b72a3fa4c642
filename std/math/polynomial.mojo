"""Polynomials."""


@always_inline
def polynomial_evaluate[dtype: DType, width: SIMDLength, //, coefficients: List[Float64]](x: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """The value of a polynomial, whose coefficients begin with the constant one, by Horner's scheme with fused operations."""
    comptime last = len(coefficients) - 1
    comptime highest = coefficients[last]
    var result = SIMD[dtype, width](highest.cast[dtype]())
    comptime for i in range(last):
        comptime next = coefficients[last - 1 - i]
        result = result.fma(x, SIMD[dtype, width](next.cast[dtype]()))
    return result
