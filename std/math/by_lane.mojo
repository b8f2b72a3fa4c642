"""Functions of the C library on the lanes of a vector."""


@__intrinsic("foreign.call")
def __foreign_unary[name: __string_literal_value, Result: AnyType, T: TrivialRegisterPassable](value: T) -> Result:
    ...


@__intrinsic("foreign.call")
def __foreign_binary[name: __string_literal_value, Result: AnyType, T: TrivialRegisterPassable](a: T, b: T) -> Result:
    ...


@always_inline
def _by_lane[name: __string_literal_value, short: __string_literal_value, dtype: DType, width: SIMDLength](
    value: SIMD[dtype, width]
) -> SIMD[dtype, width]:
    """A C function on every lane: in double precision for `Float64`, else its variant in single precision."""
    var result = SIMD[dtype, width]()
    for i in range(Int(width)):
        comptime if dtype == DType.float64:
            result[i] = __foreign_unary[name, Scalar[dtype]](value[i])
        else:
            result[i] = __foreign_unary[short, Float32](value[i].cast[DType.float32]()).cast[dtype]()
    return result


@always_inline
def _by_lane_pair[name: __string_literal_value, short: __string_literal_value, dtype: DType, width: SIMDLength](
    a: SIMD[dtype, width], b: SIMD[dtype, width]
) -> SIMD[dtype, width]:
    """A C function of two arguments on every lane."""
    var result = SIMD[dtype, width]()
    for i in range(Int(width)):
        comptime if dtype == DType.float64:
            result[i] = __foreign_binary[name, Scalar[dtype]](a[i], b[i])
        else:
            result[i] = __foreign_binary[short, Float32](
                a[i].cast[DType.float32](), b[i].cast[DType.float32]()
            ).cast[dtype]()
    return result
