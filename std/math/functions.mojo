"""Elementary functions.

`Float32` and smaller types, single or in vectors, and vectors of `Float64` are computed by vector code (`kernels.mojo`), no more
than 2 units in the last place off. A single `Float64` goes through the C library.
"""
from std.builtin.simd import __bitcast, __copysign, __sqrt
from std.math.by_lane import _by_lane, _by_lane_pair
from std.math.kernels import _erf_f32, _exp2_f32, _exp_f32, _log10_f32, _log2_f32, _tanh_f32, _log_f32
from std.math.kernels_f64 import _exp2_f64, _exp_f64, _log_f64, _tanh_f64
from std.math.tanh_table import _tanh_by_table
from std.sys.info import CompilationTarget

comptime pi = 3.1415926535897932384626433832795028841971693993751058209749445923
comptime e = 2.7182818284590452353602874713526624977572470936999595749669676277
comptime tau = 6.2831853071795864769252867665590057683943387987502116419498891846


@__intrinsic("foreign.call")
def __foreign_binary[name: __string_literal_value, Result: AnyType](a: Float64, b: Float64) -> Result:
    ...


@__intrinsic("process.is_strict")
def __is_strict() -> Bool:
    ...


@__intrinsic("simd.iota")
def __iota[dtype: DType, width: SIMDLength]() -> SIMD[dtype, width]:
    ...


@always_inline
def sqrt[dtype: DType, width: SIMDLength, //](x: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """The square root: exactly rounded, of whole numbers rounded down; 0 for negative whole numbers."""
    comptime if dtype.is_floating_point():
        return __sqrt(x)
    else:
        comptime assert dtype.is_integral(), "sqrt needs numbers"
        var result = SIMD[dtype, width]()
        for i in range(Int(width)):
            result[i] = _whole_sqrt(Int(x[i])).cast[dtype]()
        return result


def sqrt(x: Int) -> Int:
    """The square root rounded down; 0 for negative values."""
    return _whole_sqrt(x)


def _whole_sqrt(x: Int) -> Int:
    """Newton's method from above."""
    if x <= 0:
        return 0
    var root = Int(x.cast[DType.float64]().__pow__(0.5)) + 1
    while root > x // root:
        root = (root + x // root) // 2
    return root


@always_inline
def rsqrt[dtype: DType, width: SIMDLength, //](x: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """The reciprocal of the square root."""
    return SIMD[dtype, width](1) / __sqrt(x)


@always_inline
def exp[dtype: DType, width: SIMDLength, //](x: SIMD[dtype, width]) -> SIMD[dtype, width] where dtype.is_floating_point():
    """e to the power of the value."""
    comptime if dtype != DType.float64:
        return _exp_f32(x.cast[DType.float32]()).cast[dtype]()
    elif Int(width) > 1:
        return _exp_f64(x.cast[DType.float64]()).cast[dtype]()
    else:
        return _by_lane["exp", "expf"](x)


trait _Expable:
    """A type with an exponential function of its own."""

    def __exp__(self) -> Self:
        """e to the power of the value."""
        ...


@always_inline
def exp[T: _Expable](x: T) -> T:
    """e to the power of the value."""
    return x.__exp__()


@always_inline
def exp2[dtype: DType, width: SIMDLength, //](x: SIMD[dtype, width]) -> SIMD[dtype, width] where dtype.is_floating_point():
    """2 to the power of the value."""
    comptime if dtype != DType.float64:
        return _exp2_f32(x.cast[DType.float32]()).cast[dtype]()
    elif Int(width) > 1:
        return _exp2_f64(x.cast[DType.float64]()).cast[dtype]()
    else:
        return _by_lane["exp2", "exp2f"](x)


@always_inline
def log[dtype: DType, width: SIMDLength, //](x: SIMD[dtype, width]) -> SIMD[dtype, width] where dtype.is_floating_point():
    """The natural logarithm."""
    comptime if dtype != DType.float64 and Int(width) == 1:
        # The better result costs a single x little.
        return _log_f64(x.cast[DType.float64]()).cast[dtype]()
    elif dtype != DType.float64:
        return _log_f32(x.cast[DType.float32]()).cast[dtype]()
    elif Int(width) > 1:
        return _log_f64(x.cast[DType.float64]()).cast[dtype]()
    else:
        return _by_lane["log", "logf"](x)


@always_inline
def log2[dtype: DType, width: SIMDLength, //](x: SIMD[dtype, width]) -> SIMD[dtype, width] where dtype.is_floating_point():
    """The logarithm to base 2."""
    comptime if dtype != DType.float64:
        return _log2_f32(x.cast[DType.float32]()).cast[dtype]()
    else:
        return _by_lane["log2", "log2f"](x)


@always_inline
def log10[dtype: DType, width: SIMDLength, //](x: SIMD[dtype, width]) -> SIMD[dtype, width] where dtype.is_floating_point():
    """The logarithm to base 10."""
    comptime if dtype != DType.float64:
        return _log10_f32(x.cast[DType.float32]()).cast[dtype]()
    else:
        return _by_lane["log10", "log10f"](x)


@always_inline
def tanh[dtype: DType, width: SIMDLength, //](x: SIMD[dtype, width]) -> SIMD[dtype, width] where dtype.is_floating_point():
    """The hyperbolic tangent."""
    comptime if dtype != DType.float64:
        # Programs that must give the same bits everywhere use one kernel everywhere.
        comptime if CompilationTarget.has_avx512f() and Int(width) % 16 == 0:
            if not __is_strict():
                return _tanh_by_table(x.cast[DType.float32]()).cast[dtype]()
        return _tanh_f32(x.cast[DType.float32]()).cast[dtype]()
    elif Int(width) > 1:
        return _tanh_f64(x.cast[DType.float64]()).cast[dtype]()
    else:
        return _by_lane["tanh", "tanhf"](x)


@always_inline
def erf[dtype: DType, width: SIMDLength, //](x: SIMD[dtype, width]) -> SIMD[dtype, width] where dtype.is_floating_point():
    """The error function."""
    comptime if dtype != DType.float64:
        return _erf_f32(x.cast[DType.float32]()).cast[dtype]()
    else:
        return _by_lane["erf", "erff"](x)


def atan2[dtype: DType, width: SIMDLength, //](y: SIMD[dtype, width], x: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """The angle of the point (x, y)."""
    var result = SIMD[dtype, width]()
    for i in range(Int(width)):
        result[i] = __foreign_binary["atan2", Float64](
            y[i].cast[DType.float64](), x[i].cast[DType.float64]()
        ).cast[dtype]()
    return result


def hypot[dtype: DType, width: SIMDLength, //](arg0: SIMD[dtype, width], arg1: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """The length of the vector (a, b)."""
    var result = SIMD[dtype, width]()
    for i in range(Int(width)):
        result[i] = __foreign_binary["hypot", Float64](
            arg0[i].cast[DType.float64](), arg1[i].cast[DType.float64]()
        ).cast[dtype]()
    return result


@always_inline
def fma[dtype: DType, width: SIMDLength, //](
    a: SIMD[dtype, width], b: SIMD[dtype, width], c: SIMD[dtype, width]
) -> SIMD[dtype, width]:
    """`a * b + c` with one rounding."""
    return a.fma(b, c)


@always_inline
def copysign[dtype: DType, width: SIMDLength, //](
    magnitude: SIMD[dtype, width], sign: SIMD[dtype, width]
) -> SIMD[dtype, width]:
    """The first value with the sign of the second."""
    comptime if dtype.is_floating_point():
        return __copysign(magnitude, sign)
    else:
        return sign.lt(SIMD[dtype, width](0)).select(-abs(magnitude), abs(magnitude))


@always_inline
def isnan[dtype: DType, width: SIMDLength, //](val: SIMD[dtype, width]) -> SIMD[DType.bool, width]:
    """Whether lanes are not numbers."""
    return val.ne(val)


@always_inline
def isinf[dtype: DType, width: SIMDLength, //](val: SIMD[dtype, width]) -> SIMD[DType.bool, width]:
    """Whether lanes are infinite."""
    comptime if not dtype.is_floating_point():
        return SIMD[DType.bool, width](fill=False)
    return abs(val).eq(inf[dtype]())


@always_inline
def isfinite[dtype: DType, width: SIMDLength, //](val: SIMD[dtype, width]) -> SIMD[DType.bool, width]:
    """Whether lanes are neither infinite nor NaN."""
    return (val - val).eq(SIMD[dtype, width](0))


@always_inline
def inf[dtype: DType]() -> Scalar[dtype]:
    """Positive infinity."""
    return Scalar[dtype](1) / Scalar[dtype](0)


@always_inline
def nan[dtype: DType]() -> Scalar[dtype]:
    """Not a number."""
    return Scalar[dtype](0) / Scalar[dtype](0)


@always_inline
def iota[dtype: DType, width: SIMDLength](offset: Scalar[dtype] = 0) -> SIMD[dtype, width]:
    """`offset, offset + 1, …`."""
    return __iota[dtype, width]() + SIMD[dtype, width](offset)


def iota[dtype: DType, //](buff: Pointer[mut=True, Scalar[dtype], _], len: Int, offset: Int = 0):
    """Fills `len` numbers with `offset, offset + 1, …`."""
    for i in range(len):
        buff.unsafe_offset(i)[] = Scalar[dtype](offset + i)


def iota[dtype: DType, //](span: Span[mut=True, Scalar[dtype], _], offset: Int = 0):
    """Fills a span with `offset, offset + 1, …`."""
    iota(span.unsafe_ptr(), len(span), offset)


def iota[dtype: DType, //](mut list: List[Scalar[dtype]], offset: Int = 0):
    """Fills a list with `offset, offset + 1, …`."""
    iota(Span(list), offset)
