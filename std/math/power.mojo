"""Powers of floats."""


@__intrinsic("foreign.call")
def __foreign_pow[name: __string_literal_value, Result: AnyType](base: Float64, exponent: Float64) -> Result:
    ...


def _float_pow[dtype: DType, width: SIMDLength](base: SIMD[dtype, width], exponent: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """`base ** exponent` lane by lane, through the C library in double precision."""
    var result = SIMD[dtype, width]()
    for i in range(Int(width)):
        result[i] = __foreign_pow["pow", Float64](
            base[i].cast[DType.float64](), exponent[i].cast[DType.float64]()
        ).cast[dtype]()
    return result
