"""Division of integers that are not negative, as unsigned numbers."""


@always_inline
def ufloordiv(a: Int, b: Int) -> Int:
    """The quotient, rounded down."""
    return Int(UInt(a) // UInt(b))


@always_inline
def umod[dtype: DType, width: SIMDLength, //](a: SIMD[dtype, width], b: SIMD[dtype, width]) -> SIMD[dtype, width]:
    """The remainder."""
    return a % b


@always_inline
def udivmod(a: Int, b: Int) -> Tuple[Int, Int]:
    """The quotient, rounded down, and the remainder."""
    return (ufloordiv(a, b), Int(UInt(a) % UInt(b)))


@always_inline
def udiv_unchecked(a: Int, b: Int) -> Int:
    """The quotient, rounded down; `b` must not be 0."""
    return ufloordiv(a, b)


@always_inline
def udivmod_unchecked(a: Int, b: Int) -> Tuple[Int, Int]:
    """The quotient, rounded down, and the remainder; `b` must not be 0."""
    return udivmod(a, b)


@always_inline
def uceildiv(numerator: Int, denominator: Int) -> Int:
    """The quotient, rounded up."""
    return ufloordiv(numerator + denominator - 1, denominator)


@always_inline
def ualign_up(value: Int, alignment: Int) -> Int:
    """The smallest multiple of `alignment` that is not below the value."""
    return uceildiv(value, alignment) * alignment


@always_inline
def ualign_down(value: Int, alignment: Int) -> Int:
    """The largest multiple of `alignment` that is not above the value."""
    return ufloordiv(value, alignment) * alignment
