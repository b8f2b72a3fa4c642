"""Elementary functions. Transcendental ones go through the C library, lane by lane, in double precision."""
from std.builtin.simd import __sqrt, __bitcast

comptime pi = 3.1415926535897932384626433832795028841971693993751058209749445923
comptime e = 2.7182818284590452353602874713526624977572470936999595749669676277
comptime tau = 6.2831853071795864769252867665590057683943387987502116419498891846


@__intrinsic("foreign.call")
def __foreign_unary[name: __string_literal_value, Result: AnyType](value: Float64) -> Result:
    ...


@__intrinsic("foreign.call")
def __foreign_binary[name: __string_literal_value, Result: AnyType](a: Float64, b: Float64) -> Result:
    ...


@__intrinsic("simd.iota")
def __iota[dtype: DType, width: SIMDLength]() -> SIMD[dtype, width]:
    ...


@__intrinsic("float.copysign")
def __copysign[dtype: DType, width: SIMDLength](a: SIMD[dtype, width], b: SIMD[dtype, width]) -> SIMD[dtype, width]:
    ...


@always_inline
def sqrt[dtype: DType, width: SIMDLength, //](value: SIMD[dtype, width]) -> SIMD[dtype, width] where dtype.is_floating_point():
    """The square root, exactly rounded."""
    return __sqrt(value)


@always_inline
def rsqrt[dtype: DType, width: SIMDLength, //](value: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """The reciprocal of the square root."""
    return SIMD[dtype, width](1) / __sqrt(value)


def exp[dtype: DType, width: SIMDLength, //](value: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """e to the power of the value."""
    var result = SIMD[dtype, width]()
    for i in range(Int(width)):
        result[i] = __foreign_unary["exp", Float64](value[i].cast[DType.float64]()).cast[dtype]()
    return result


def exp2[dtype: DType, width: SIMDLength, //](value: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """2 to the power of the value."""
    var result = SIMD[dtype, width]()
    for i in range(Int(width)):
        result[i] = __foreign_unary["exp2", Float64](value[i].cast[DType.float64]()).cast[dtype]()
    return result


def log[dtype: DType, width: SIMDLength, //](value: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """The natural logarithm."""
    var result = SIMD[dtype, width]()
    for i in range(Int(width)):
        result[i] = __foreign_unary["log", Float64](value[i].cast[DType.float64]()).cast[dtype]()
    return result


def log2[dtype: DType, width: SIMDLength, //](value: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """The logarithm to base 2."""
    var result = SIMD[dtype, width]()
    for i in range(Int(width)):
        result[i] = __foreign_unary["log2", Float64](value[i].cast[DType.float64]()).cast[dtype]()
    return result


def log10[dtype: DType, width: SIMDLength, //](value: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """The logarithm to base 10."""
    var result = SIMD[dtype, width]()
    for i in range(Int(width)):
        result[i] = __foreign_unary["log10", Float64](value[i].cast[DType.float64]()).cast[dtype]()
    return result


def sin[dtype: DType, width: SIMDLength, //](value: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """The sine."""
    var result = SIMD[dtype, width]()
    for i in range(Int(width)):
        result[i] = __foreign_unary["sin", Float64](value[i].cast[DType.float64]()).cast[dtype]()
    return result


def cos[dtype: DType, width: SIMDLength, //](value: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """The cosine."""
    var result = SIMD[dtype, width]()
    for i in range(Int(width)):
        result[i] = __foreign_unary["cos", Float64](value[i].cast[DType.float64]()).cast[dtype]()
    return result


def tan[dtype: DType, width: SIMDLength, //](value: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """The tangent."""
    var result = SIMD[dtype, width]()
    for i in range(Int(width)):
        result[i] = __foreign_unary["tan", Float64](value[i].cast[DType.float64]()).cast[dtype]()
    return result


def tanh[dtype: DType, width: SIMDLength, //](value: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """The hyperbolic tangent."""
    var result = SIMD[dtype, width]()
    for i in range(Int(width)):
        result[i] = __foreign_unary["tanh", Float64](value[i].cast[DType.float64]()).cast[dtype]()
    return result


def erf[dtype: DType, width: SIMDLength, //](value: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """The error function."""
    var result = SIMD[dtype, width]()
    for i in range(Int(width)):
        result[i] = __foreign_unary["erf", Float64](value[i].cast[DType.float64]()).cast[dtype]()
    return result


def atan2[dtype: DType, width: SIMDLength, //](y: SIMD[dtype, width], x: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """The angle of the point (x, y)."""
    var result = SIMD[dtype, width]()
    for i in range(Int(width)):
        result[i] = __foreign_binary["atan2", Float64](
            y[i].cast[DType.float64](), x[i].cast[DType.float64]()
        ).cast[dtype]()
    return result


def hypot[dtype: DType, width: SIMDLength, //](a: SIMD[dtype, width], b: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """The length of the vector (a, b)."""
    var result = SIMD[dtype, width]()
    for i in range(Int(width)):
        result[i] = __foreign_binary["hypot", Float64](
            a[i].cast[DType.float64](), b[i].cast[DType.float64]()
        ).cast[dtype]()
    return result


@always_inline
def floor[dtype: DType, width: SIMDLength, //](value: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """Rounds down."""
    return value.__floor__()


@always_inline
def ceil[dtype: DType, width: SIMDLength, //](value: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """Rounds up."""
    return value.__ceil__()


@always_inline
def trunc[dtype: DType, width: SIMDLength, //](value: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """Rounds toward zero."""
    return value.__trunc__()


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
    return __copysign(magnitude, sign)


@always_inline
def isnan[dtype: DType, width: SIMDLength, //](value: SIMD[dtype, width]) -> SIMD[DType.bool, width]:
    """Whether lanes are not numbers."""
    return value.ne(value)


@always_inline
def isinf[dtype: DType, width: SIMDLength, //](value: SIMD[dtype, width]) -> SIMD[DType.bool, width]:
    """Whether lanes are infinite."""
    return abs(value).eq(inf[dtype]())


@always_inline
def isfinite[dtype: DType, width: SIMDLength, //](value: SIMD[dtype, width]) -> SIMD[DType.bool, width]:
    """Whether lanes are neither infinite nor NaN."""
    return (value - value).eq(SIMD[dtype, width](0))


@always_inline
def inf[dtype: DType]() -> Scalar[dtype]:
    """Positive infinity."""
    return Scalar[dtype](1) / Scalar[dtype](0)


@always_inline
def nan[dtype: DType]() -> Scalar[dtype]:
    """Not a number."""
    return Scalar[dtype](0) / Scalar[dtype](0)


@always_inline
def iota[dtype: DType, width: SIMDLength](start: Scalar[dtype] = 0) -> SIMD[dtype, width]:
    """`start, start + 1, …`."""
    return __iota[dtype, width]() + SIMD[dtype, width](start)


@always_inline
def ceildiv(a: Int, b: Int) -> Int:
    """The quotient rounded up."""
    return -((-a) // b)


@always_inline
def align_up(value: Int, alignment: Int) -> Int:
    """The next multiple of `alignment`."""
    return ceildiv(value, alignment) * alignment


@always_inline
def align_down(value: Int, alignment: Int) -> Int:
    """The previous multiple of `alignment`."""
    return value // alignment * alignment


def gcd(a: Int, b: Int) -> Int:
    """The greatest common divisor."""
    var x = abs(a)
    var y = abs(b)
    while y != 0:
        var rest = x % y
        x = y
        y = rest
    return x


def lcm(a: Int, b: Int) -> Int:
    """The least common multiple."""
    if a == 0 or b == 0:
        return 0
    return abs(a // gcd(a, b) * b)


def factorial(n: Int) -> Int:
    """`1 * 2 * … * n`, wrapping."""
    var result = 1
    for i in range(2, n + 1):
        result *= i
    return result
