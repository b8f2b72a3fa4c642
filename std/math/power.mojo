"""Powers of floats, with the digits of the 1.x library: repeated multiplication where the exponent is whole, else
`exp(exponent * log(base))`."""
from std.math.kernels import _exp_f32, _log_f32
from std.math.kernels_f64 import _exp_f64, _log_f64


@__intrinsic("foreign.call")
def __foreign_pow[name: __string_literal_value, Result: AnyType](base: Float64, exponent: Float64) -> Result:
    ...


def _float_pow[dtype: DType, width: SIMDLength](base: SIMD[dtype, width], exponent: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """`base ** exponent` lane by lane."""
    var result = SIMD[dtype, width]()
    for i in range(Int(width)):
        comptime if dtype == DType.float64:
            result[i] = _scalar_pow(base[i].cast[DType.float64](), exponent[i].cast[DType.float64]()).cast[dtype]()
        else:
            result[i] = _scalar_pow(base[i].cast[DType.float32](), exponent[i].cast[DType.float32]()).cast[dtype]()
    return result


def _scalar_pow[dtype: DType](base: Scalar[dtype], exponent: Scalar[dtype]) -> Scalar[dtype]:
    if abs(exponent) < 2147483520:
        var whole = exponent.cast[DType.int32]()
        if whole.cast[dtype]() == exponent:
            return _whole_power(base, whole)
        if base > 0:
            comptime if dtype == DType.float64:
                return _exp_f64(exponent.cast[DType.float64]() * _log_f64(base.cast[DType.float64]())).cast[dtype]()
            else:
                return _exp_f32(exponent.cast[DType.float32]() * _log_f32(base.cast[DType.float32]())).cast[dtype]()
    return __foreign_pow["pow", Float64](base.cast[DType.float64](), exponent.cast[DType.float64]()).cast[dtype]()


def _whole_power[dtype: DType](base: Scalar[dtype], exponent: Int32) -> Scalar[dtype]:
    """Repeated squaring; a negative exponent inverts the result."""
    var result = Scalar[dtype](1)
    var square = base
    var rest = abs(exponent)
    while rest > 0:
        if rest & 1:
            result *= square
        square *= square
        rest >>= 1
    return 1 / result if exponent < 0 else result
