"""Rounding: the traits of types that can be rounded, and the functions that call them."""


trait Floorable:
    """A type that `floor` takes."""

    def __floor__(self) -> Self:
        """The largest whole value that is not above this one."""
        ...


trait Ceilable:
    """A type that `ceil` takes."""

    def __ceil__(self) -> Self:
        """The smallest whole value that is not below this one."""
        ...


trait Truncable:
    """A type that `trunc` takes."""

    def __trunc__(self) -> Self:
        """The whole part."""
        ...


trait CeilDivable:
    """A type that `ceildiv` takes."""

    def __ceildiv__(self, denominator: Self) -> Self:
        """The quotient, rounded up."""
        ...


trait CeilDivableRaising:
    """A type that `ceildiv` takes, whose division may fail."""

    def __ceildiv__(self, denominator: Self) raises -> Self:
        """The quotient, rounded up. Raises what the division raises."""
        ...


__extension SIMD(Floorable, Ceilable, Truncable, CeilDivable):
    @always_inline
    def __ceildiv__(self, denominator: Self) -> Self:
        """The quotients, rounded up."""
        comptime if Self.dtype.is_unsigned():
            return self // denominator + (self % denominator).ne(Self(0)).cast[Self.dtype]()
        elif Self.dtype.is_floating_point():
            return (self / denominator).__ceil__()
        else:
            return -((-self) // denominator)


@always_inline
def floor[T: Floorable, //](value: T) -> T:
    """Rounds down."""
    return value.__floor__()


@always_inline
def ceil[T: Ceilable, //](value: T) -> T:
    """Rounds up."""
    return value.__ceil__()


@always_inline
def trunc[T: Truncable, //](value: T) -> T:
    """Rounds toward zero."""
    return value.__trunc__()


@always_inline
def ceildiv[T: CeilDivable, //](numerator: T, denominator: T) -> T:
    """The quotient, rounded up."""
    return numerator.__ceildiv__(denominator)


@always_inline
def ceildiv[T: CeilDivableRaising, //](numerator: T, denominator: T) raises -> T:
    """The quotient, rounded up. Raises what the division raises."""
    return numerator.__ceildiv__(denominator)
