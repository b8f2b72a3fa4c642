"""Element types of SIMD vectors as values."""
from std.hash.hashable import Hasher
from std.utils.numerics import FPUtils


@__intrinsic("dtype.code")
def _code(value: DType) -> UInt8:
    ...


@__builtin("dtype")
struct DType(TrivialRegisterPassable, Equatable, Writable, Hashable):
    """An element type, e.g. `DType.float32`. The members `bool`, `int8`, … are known to the compiler."""

    @always_inline
    def __eq__(self, other: DType) -> Bool:
        return _code(self) == _code(other)

    @always_inline
    def __ne__(self, other: DType) -> Bool:
        return _code(self) != _code(other)

    @always_inline
    def is_floating_point(self) -> Bool:
        """Whether the type is a float."""
        return _code(self) >= 16 and _code(self) <= 21

    @always_inline
    def is_half_float(self) -> Bool:
        """Whether the type is a 16-bit float."""
        return _code(self) == 18 or _code(self) == 19

    @always_inline
    def is_float8(self) -> Bool:
        """Whether the type is an 8-bit float."""
        return _code(self) == 16 or _code(self) == 17

    @always_inline
    def is_integral(self) -> Bool:
        """Whether the type is an integer."""
        return (_code(self) >= 2 and _code(self) <= 15) or _code(self) == 22

    @always_inline
    def is_signed(self) -> Bool:
        """Whether the type has negative values."""
        return self.is_floating_point() or (self.is_integral() and (_code(self) & 1) == 0)

    @always_inline
    def is_unsigned(self) -> Bool:
        """Whether the type is an unsigned integer."""
        return self.is_integral() and (_code(self) & 1) == 1

    @always_inline
    def is_numeric(self) -> Bool:
        """Whether the type is a number; `bool` is none."""
        return self.is_integral() or self.is_floating_point()

    @staticmethod
    def mantissa_width[dtype: DType]() -> Int where dtype.is_floating_point():
        """The bits of a float's mantissa that are stored."""
        return FPUtils[dtype].mantissa_width()

    @staticmethod
    def exponent_width[dtype: DType]() -> Int where dtype.is_floating_point():
        """The bits of a float's exponent."""
        return FPUtils[dtype].exponent_width()

    @staticmethod
    def exponent_bias[dtype: DType]() -> Int where dtype.is_floating_point():
        """What the stored exponent of a float is larger by than the real one."""
        return FPUtils[dtype].exponent_bias()

    @staticmethod
    def max_exponent[dtype: DType]() -> Int where dtype.is_floating_point():
        """The exponent of infinity: one more than that of the largest finite float."""
        return FPUtils[dtype].max_exponent()

    def _name(self) -> StaticString:
        var code = _code(self)
        if code == 1:
            return "bool"
        if code == 2:
            return "int"
        if code == 3:
            return "uint"
        if code == 4:
            return "int8"
        if code == 5:
            return "uint8"
        if code == 6:
            return "int16"
        if code == 7:
            return "uint16"
        if code == 8:
            return "int32"
        if code == 9:
            return "uint32"
        if code == 10:
            return "int64"
        if code == 11:
            return "uint64"
        if code == 12:
            return "int128"
        if code == 13:
            return "uint128"
        if code == 14:
            return "int256"
        if code == 15:
            return "uint256"
        if code == 16:
            return "float8_e4m3fn"
        if code == 17:
            return "float8_e5m2"
        if code == 18:
            return "bfloat16"
        if code == 19:
            return "float16"
        if code == 20:
            return "float32"
        if code == 21:
            return "float64"
        if code == 22:
            return "index"
        return "invalid"

    def write_to(self, mut writer: Some[Writer]):
        """Writes the text that `print` shows."""
        writer.write_string(self._name())

    def write_repr_to(self, mut writer: Some[Writer]):
        """Writes the text that `repr` gives."""
        writer.write_string("DType.")
        writer.write_string(self._name())

    def __hash__[H: Hasher](self, mut hasher: H):
        hasher._update_with_simd(UInt64(_code(self)))
