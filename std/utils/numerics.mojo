"""Limits and classes of numbers."""
from std.math.functions import inf, nan, isnan, isinf, isfinite
from std.math.floats import nextafter
from std.memory import bitcast
from std.sys.info import bit_width_of


def _mantissa_bits[dtype: DType]() -> Int:
    comptime if dtype == DType.float64:
        return 52
    elif dtype == DType.float32:
        return 23
    elif dtype == DType.float16:
        return 10
    elif dtype == DType.float8_e4m3fn:
        return 3
    elif dtype == DType.float8_e5m2:
        return 2
    else:
        return 7


def _integer_of[dtype: DType, signed: Bool]() -> DType:
    comptime bits = bit_width_of[Scalar[dtype]]()
    comptime if bits == 64:
        return DType.int64 if signed else DType.uint64
    elif bits == 32:
        return DType.int32 if signed else DType.uint32
    elif bits == 16:
        return DType.int16 if signed else DType.uint16
    else:
        return DType.int8 if signed else DType.uint8


struct FPUtils[dtype: DType] where dtype.is_floating_point():
    """The parts of a format of floating-point numbers: one bit of sign, then the exponent, then the mantissa."""

    comptime integral_type = _integer_of[Self.dtype, True]()
    """The signed integers of the same size."""
    comptime uint_type = _integer_of[Self.dtype, False]()
    """The unsigned integers of the same size."""

    @staticmethod
    @always_inline
    def mantissa_width() -> Int:
        """The bits of the mantissa that are stored."""
        return _mantissa_bits[Self.dtype]()

    @staticmethod
    @always_inline
    def exponent_width() -> Int:
        """The bits of the exponent."""
        return bit_width_of[Scalar[Self.dtype]]() - 1 - Self.mantissa_width()

    @staticmethod
    @always_inline
    def exponent_bias() -> Int:
        """What a stored exponent is larger by than the real one."""
        return (1 << (Self.exponent_width() - 1)) - 1

    @staticmethod
    @always_inline
    def max_exponent() -> Int:
        """The exponent of infinity: one more than that of the largest finite numbers."""
        return 1 << (Self.exponent_width() - 1)

    @staticmethod
    @always_inline
    def mantissa_mask() -> Int:
        """Ones where the mantissa is."""
        return (1 << Self.mantissa_width()) - 1

    @staticmethod
    @always_inline
    def sign_mask() -> Int:
        """A one where the sign is."""
        return 1 << (Self.exponent_width() + Self.mantissa_width())

    @staticmethod
    @always_inline
    def exponent_mask() -> Int:
        """Ones where the exponent is, and above the sign."""
        return ~(Self.sign_mask() | Self.mantissa_mask())

    @staticmethod
    @always_inline
    def exponent_mantissa_mask() -> Int:
        """Ones everywhere but at the sign."""
        return Self.exponent_mask() | Self.mantissa_mask()

    @staticmethod
    @always_inline
    def bitcast_to_integer(value: Scalar[Self.dtype]) -> Int:
        """The bits, as a signed number."""
        return Int(bitcast[Self.integral_type, 1](value))

    @staticmethod
    @always_inline
    def bitcast_to_uint(value: Scalar[Self.dtype]) -> Scalar[Self.uint_type]:
        """The bits."""
        return bitcast[Self.uint_type, 1](value)

    @staticmethod
    @always_inline
    def bitcast_from_integer(value: Int) -> Scalar[Self.dtype]:
        """The number with these bits."""
        return bitcast[Self.dtype, 1](Scalar[Self.integral_type](value))

    @staticmethod
    @always_inline
    def get_sign(value: Scalar[Self.dtype]) -> Bool:
        """Whether the sign is minus."""
        return (Self.bitcast_to_integer(value) & Self.sign_mask()) != 0

    @staticmethod
    @always_inline
    def set_sign(value: Scalar[Self.dtype], sign: Bool) -> Scalar[Self.dtype]:
        """The number with another sign; `True` is minus."""
        var bits = Self.bitcast_to_integer(value) & ~Self.sign_mask()
        return Self.bitcast_from_integer(bits | Self.sign_mask() if sign else bits)

    @staticmethod
    @always_inline
    def get_exponent(value: Scalar[Self.dtype]) -> Int:
        """The stored bits of the exponent."""
        return (Self.bitcast_to_integer(value) >> Self.mantissa_width()) & ((1 << Self.exponent_width()) - 1)

    @staticmethod
    @always_inline
    def get_exponent_biased(value: Scalar[Self.dtype]) -> Int:
        """The stored bits of the exponent."""
        return Self.get_exponent(value)

    @staticmethod
    @always_inline
    def set_exponent(value: Scalar[Self.dtype], exponent: Int) -> Scalar[Self.dtype]:
        """The number with other bits for the exponent."""
        var bits = Self.bitcast_to_integer(value) & ~Self.exponent_mask()
        return Self.bitcast_from_integer(bits | (exponent << Self.mantissa_width()) & Self.exponent_mask())

    @staticmethod
    @always_inline
    def get_mantissa(value: Scalar[Self.dtype]) -> Int:
        """The stored bits of the mantissa."""
        return Self.bitcast_to_integer(value) & Self.mantissa_mask()

    @staticmethod
    @always_inline
    def get_mantissa_uint(value: Scalar[Self.dtype]) -> Scalar[Self.uint_type]:
        """The stored bits of the mantissa."""
        return Scalar[Self.uint_type](Self.get_mantissa(value))

    @staticmethod
    @always_inline
    def set_mantissa(value: Scalar[Self.dtype], mantissa: Int) -> Scalar[Self.dtype]:
        """The number with other bits for the mantissa."""
        var bits = Self.bitcast_to_integer(value) & ~Self.mantissa_mask()
        return Self.bitcast_from_integer(bits | mantissa & Self.mantissa_mask())

    @staticmethod
    @always_inline
    def pack(sign: Bool, exponent: Int, mantissa: Int) -> Scalar[Self.dtype]:
        """The number with that sign and the stored bits of exponent and mantissa."""
        return Self.set_mantissa(Self.set_exponent(Self.set_sign(0, sign), exponent), mantissa)


@always_inline
def neg_inf[dtype: DType]() -> Scalar[dtype]:
    """Negative infinity."""
    return -inf[dtype]()


@always_inline
def max_finite[dtype: DType]() -> Scalar[dtype]:
    """The largest finite value."""
    return Scalar[dtype].MAX_FINITE


@always_inline
def min_finite[dtype: DType]() -> Scalar[dtype]:
    """The smallest finite value."""
    return Scalar[dtype].MIN_FINITE


@always_inline
def max_or_inf[dtype: DType]() -> Scalar[dtype]:
    """The largest value."""
    return Scalar[dtype].MAX


@always_inline
def min_or_neg_inf[dtype: DType]() -> Scalar[dtype]:
    """The smallest value."""
    return Scalar[dtype].MIN


def get_accum_type[dtype: DType, *, preferred_accum_type: DType = DType.float32]() -> DType:
    """The type in which sums of a type are made: `preferred_accum_type` for floats of up to 16 bits, else the type itself."""
    comptime if dtype == DType.float16 or dtype == DType.bfloat16:
        return preferred_accum_type
    else:
        return dtype
