"""Numbers as text. Floats are in `floats.mojo`."""
from std.builtin.simd import __bitcast
from std.format.floats import _write_float32, _write_float64
from std.memory.memory import stack_allocation
from std.memory.pointer import Pointer


def scalar_name(dtype: DType) -> StaticString:
    """The name of the scalar type, as `repr` prints it."""
    if dtype == DType.int:
        return "Int"
    if dtype == DType.uint:
        return "UInt"
    if dtype == DType.int8:
        return "Int8"
    if dtype == DType.int16:
        return "Int16"
    if dtype == DType.int32:
        return "Int32"
    if dtype == DType.int64:
        return "Int64"
    if dtype == DType.uint8:
        return "UInt8"
    if dtype == DType.uint16:
        return "UInt16"
    if dtype == DType.uint32:
        return "UInt32"
    if dtype == DType.uint64:
        return "UInt64"
    if dtype == DType.float16:
        return "Float16"
    if dtype == DType.bfloat16:
        return "BFloat16"
    if dtype == DType.float32:
        return "Float32"
    if dtype == DType.float64:
        return "Float64"
    if dtype == DType.bool:
        return "SIMD[DType.bool, 1]"
    if dtype == DType.int128:
        return "Int128"
    if dtype == DType.uint128:
        return "UInt128"
    if dtype == DType.int256:
        return "Int256"
    if dtype == DType.uint256:
        return "UInt256"
    return "Scalar"


def write_scalar[dtype: DType](value: Scalar[dtype], mut writer: Some[Writer]):
    """Writes one number."""
    comptime if dtype == DType.bool:
        if Bool(value):
            writer.write_string("True")
        else:
            writer.write_string("False")
    elif dtype == DType.float64:
        _write_float64(__bitcast[to_dtype=DType.uint64, to_width=1](value), writer)
    elif dtype.is_floating_point():
        _write_float32[dtype != DType.float32](__bitcast[to_dtype=DType.uint32, to_width=1](value.cast[DType.float32]()), writer)
    elif dtype == DType.int128 or dtype == DType.uint128 or dtype == DType.int256 or dtype == DType.uint256:
        _write_wide(value, writer)
    elif dtype.is_unsigned():
        _write_unsigned(value.cast[DType.uint64](), False, writer)
    else:
        var wide = value.cast[DType.int64]()
        if wide < 0:
            _write_unsigned(UInt64(0) - wide.cast[DType.uint64](), True, writer)
        else:
            _write_unsigned(wide.cast[DType.uint64](), False, writer)


def _write_unsigned(magnitude: UInt64, negative: Bool, mut writer: Some[Writer]):
    """Writes a 64-bit integer in decimal."""
    var digits = stack_allocation[24, UInt8]()
    var position = 24
    var rest = magnitude
    while True:
        position -= 1
        digits.unsafe_offset(position)[] = (UInt64(48) + rest % 10).cast[DType.uint8]()
        rest = rest // 10
        if rest == 0:
            break
    if negative:
        position -= 1
        digits.unsafe_offset(position)[] = 45
    writer.write_string(StringSlice(unsafe_from_utf8_ptr=digits.unsafe_offset(position), length=24 - position))


def _write_wide[dtype: DType](value: Scalar[dtype], mut writer: Some[Writer]):
    """Writes an integer of more than 64 bits."""
    var digits = stack_allocation[80, UInt8]()
    var position = 80
    var rest = value
    var negative = False
    comptime if dtype.is_signed():
        negative = rest < 0
    while True:
        position -= 1
        var digit = (rest % 10).cast[DType.int]()
        rest = rest // 10
        if negative and digit > 0:
            digit = 10 - digit
            rest = rest + 1
        digits.unsafe_offset(position)[] = UInt8(48) + digit.cast[DType.uint8]()
        if rest == 0:
            break
    if negative:
        position -= 1
        digits.unsafe_offset(position)[] = 45
    writer.write_string(StringSlice(unsafe_from_utf8_ptr=digits.unsafe_offset(position), length=80 - position))
