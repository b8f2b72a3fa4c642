"""`ComplexSIMD`: vectors of complex numbers."""
from std.builtin.simd import __sqrt
from std.math import exp, sin, cos
from std.math.functions import _Expable

comptime ComplexScalar[dtype: DType] = ComplexSIMD[dtype, 1]
comptime ComplexFloat32 = ComplexSIMD[DType.float32, 1]
comptime ComplexFloat64 = ComplexSIMD[DType.float64, 1]


struct ComplexSIMD[dtype: DType, length: SIMDLength](
    TrivialRegisterPassable, Equatable, Writable, _Expable where dtype.is_floating_point()
):
    """Real and imaginary parts, each a vector."""

    comptime element_type = SIMD[Self.dtype, Self.length]
    var re: SIMD[Self.dtype, Self.length]
    var im: SIMD[Self.dtype, Self.length]

    @always_inline
    def __init__(out self, re: SIMD[Self.dtype, Self.length], im: SIMD[Self.dtype, Self.length] = SIMD[Self.dtype, Self.length](0)):
        self.re = re
        self.im = im

    @always_inline
    def __init__(out self, *, from_interleaved: SIMD[Self.dtype, 2 * Self.length]):
        """From real and imaginary parts in turn."""
        self.re = SIMD[Self.dtype, Self.length]()
        self.im = SIMD[Self.dtype, Self.length]()
        comptime for i in range(Int(Self.length)):
            self.re[i] = from_interleaved[2 * i]
            self.im[i] = from_interleaved[2 * i + 1]

    @always_inline
    def __init__(out self, *, from_deinterleaved: SIMD[Self.dtype, 2 * Self.length]):
        """From all real parts, followed by all imaginary ones."""
        self.re = SIMD[Self.dtype, Self.length]()
        self.im = SIMD[Self.dtype, Self.length]()
        comptime for i in range(Int(Self.length)):
            self.re[i] = from_deinterleaved[i]
            self.im[i] = from_deinterleaved[Int(Self.length) + i]

    @always_inline
    def __add__(self, other: Self) -> Self:
        return Self(self.re + other.re, self.im + other.im)

    @always_inline
    def __sub__(self, other: Self) -> Self:
        return Self(self.re - other.re, self.im - other.im)

    @always_inline
    def __mul__(self, other: Self) -> Self:
        return Self(self.re * other.re - self.im * other.im, self.re * other.im + self.im * other.re)

    @always_inline
    def __mul__(self, factor: SIMD[Self.dtype, Self.length]) -> Self:
        return Self(self.re * factor, self.im * factor)

    @always_inline
    def __rmul__(self, factor: SIMD[Self.dtype, Self.length]) -> Self:
        return Self(self.re * factor, self.im * factor)

    @always_inline
    def __truediv__(self, other: Self) -> Self:
        var scale = other.squared_norm()
        return Self(
            (self.re * other.re + self.im * other.im) / scale, (self.im * other.re - self.re * other.im) / scale
        )

    @always_inline
    def __neg__(self) -> Self:
        return Self(-self.re, -self.im)

    @always_inline
    def __iadd__(mut self, other: Self):
        self = self + other

    @always_inline
    def __isub__(mut self, other: Self):
        self = self - other

    @always_inline
    def __imul__(mut self, other: Self):
        self = self * other

    @always_inline
    def __itruediv__(mut self, other: Self):
        self = self / other

    @always_inline
    def __eq__(self, other: Self) -> Bool:
        return self.re == other.re and self.im == other.im

    @always_inline
    def norm(self) -> SIMD[Self.dtype, Self.length]:
        """The absolute value."""
        return __sqrt(self.squared_norm())

    @always_inline
    def squared_norm(self) -> SIMD[Self.dtype, Self.length]:
        """The square of the absolute value."""
        return self.re * self.re + self.im * self.im

    @always_inline
    def fma(self, b: Self, c: Self) -> Self:
        """`self * b + c`, with fused operations."""
        return Self(
            self.re.fma(b.re, -(self.im.fma(b.im, -c.re))),
            self.re.fma(b.im, self.im.fma(b.re, c.im)),
        )

    @always_inline
    def squared_add(self, c: Self) -> Self:
        """`self * self + c`."""
        return Self(
            self.re.fma(self.re, self.im.fma(-self.im, c.re)), self.re.fma(self.im + self.im, c.im)
        )

    @always_inline
    def conj(self) -> Self:
        """The number with the imaginary part negated."""
        return Self(self.re, -self.im)

    @always_inline
    def __abs__(self) -> SIMD[Self.dtype, Self.length]:
        return self.norm()

    def __exp__(self) -> Self where Self.dtype.is_floating_point():
        """The exponential function."""
        var scale = exp(self.re)
        return Self(scale * cos(self.im), scale * sin(self.im))

    def write_to(self, mut writer: Some[Writer]):
        """Writes the text that `print` shows: a number without an imaginary part is written as a real one."""
        comptime if Int(Self.length) > 1:
            writer.write_string("[")
        for i in range(Int(Self.length)):
            if i > 0:
                writer.write_string(", ")
            self.re[i].write_to(writer)
            if self.im[i] != 0:
                writer.write_string(" + ")
                self.im[i].write_to(writer)
                writer.write_string("i")
        comptime if Int(Self.length) > 1:
            writer.write_string("]")

    def write_repr_to(self, mut writer: Some[Writer]):
        """Writes the text that `repr` gives."""
        writer.write("ComplexSIMD[", Self.dtype, ", ", Int(Self.length), "](", self, ")")


@always_inline
def abs(x: ComplexSIMD) -> SIMD[x.dtype, x.length]:
    """The absolute value."""
    return x.norm()
