"""Numbers as text: exact and shortest.

Floats are printed with the fewest digits that read back as the same value. The digits come from the free-format algorithm of Steele and
White in Dragon4's integer form (Burger and Dybvig, "Printing Floating-Point Numbers Quickly and Accurately", 1996), on fixed-size big
integers, so no tables are needed.
"""
from std.builtin.simd import __bitcast
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
        return "Bool"
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
        _write_float32(__bitcast[to_dtype=DType.uint32, to_width=1](value.cast[DType.float32]()), writer)
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


def _write_float64(bits: UInt64, mut writer: Some[Writer]):
    var negative = (bits >> 63) == 1
    var biased = ((bits >> 52) & 0x7FF).cast[DType.int]()
    var fraction = bits & 0xFFFFFFFFFFFFF
    if biased == 0x7FF:
        _write_special(negative, fraction != 0, writer)
        return
    if biased == 0:
        _write_finite(negative, fraction, -1074, False, writer)
    else:
        _write_finite(negative, fraction | 0x10000000000000, biased - 1075, fraction == 0 and biased > 1, writer)


def _write_float32(bits: UInt32, mut writer: Some[Writer]):
    var negative = (bits >> 31) == 1
    var biased = ((bits >> 23) & 0xFF).cast[DType.int]()
    var fraction = (bits & 0x7FFFFF).cast[DType.uint64]()
    if biased == 0xFF:
        _write_special(negative, fraction != 0, writer)
        return
    if biased == 0:
        _write_finite(negative, fraction, -149, False, writer)
    else:
        _write_finite(negative, fraction | 0x800000, biased - 150, fraction == 0 and biased > 1, writer)


def _write_special(negative: Bool, is_nan: Bool, mut writer: Some[Writer]):
    if is_nan:
        writer.write_string("nan")
    elif negative:
        writer.write_string("-inf")
    else:
        writer.write_string("inf")


struct _BigInt(Movable, Deinitable):
    """A natural number of up to 40 words of 32 bits, on the stack."""

    var words: Pointer[UInt32, MutUntrackedOrigin]
    var count: Int

    def __init__(out self, words: Pointer[UInt32, MutUntrackedOrigin], value: UInt64):
        self.words = words
        self.count = 0
        var rest = value
        while rest != 0:
            words.unsafe_offset(self.count)[] = rest.cast[DType.uint32]()
            self.count += 1
            rest = rest >> 32

    def assign(mut self, other: Self):
        for i in range(other.count):
            self.words.unsafe_offset(i)[] = other.words.unsafe_offset(i)[]
        self.count = other.count

    def multiply(mut self, factor: UInt32):
        var carry = UInt64(0)
        for i in range(self.count):
            var product = self.words.unsafe_offset(i)[].cast[DType.uint64]() * factor.cast[DType.uint64]() + carry
            self.words.unsafe_offset(i)[] = product.cast[DType.uint32]()
            carry = product >> 32
        if carry != 0:
            self.words.unsafe_offset(self.count)[] = carry.cast[DType.uint32]()
            self.count += 1

    def shift_left(mut self, bits: Int):
        if self.count == 0:
            return
        var whole = bits // 32
        var part = UInt32(bits % 32)
        if whole > 0:
            var i = self.count - 1
            while i >= 0:
                self.words.unsafe_offset(i + whole)[] = self.words.unsafe_offset(i)[]
                i -= 1
            for j in range(whole):
                self.words.unsafe_offset(j)[] = 0
            self.count += whole
        if part != 0:
            self.multiply(UInt32(1) << part)

    def compare(self, other: Self) -> Int:
        """-1, 0 or 1."""
        if self.count != other.count:
            return -1 if self.count < other.count else 1
        var i = self.count - 1
        while i >= 0:
            var a = self.words.unsafe_offset(i)[]
            var b = other.words.unsafe_offset(i)[]
            if a != b:
                return -1 if a < b else 1
            i -= 1
        return 0

    def subtract(mut self, other: Self):
        """Takes away a number that is not larger."""
        var borrow = Int64(0)
        for i in range(self.count):
            var difference = self.words.unsafe_offset(i)[].cast[DType.int64]() - borrow
            if i < other.count:
                difference -= other.words.unsafe_offset(i)[].cast[DType.int64]()
            borrow = 0
            if difference < 0:
                difference += 0x100000000
                borrow = 1
            self.words.unsafe_offset(i)[] = difference.cast[DType.uint32]()
        while self.count > 0 and self.words.unsafe_offset(self.count - 1)[] == 0:
            self.count -= 1

    def add(mut self, other: Self):
        var carry = UInt64(0)
        var length = max(self.count, other.count)
        for i in range(length):
            var sum = carry
            if i < self.count:
                sum += self.words.unsafe_offset(i)[].cast[DType.uint64]()
            if i < other.count:
                sum += other.words.unsafe_offset(i)[].cast[DType.uint64]()
            self.words.unsafe_offset(i)[] = sum.cast[DType.uint32]()
            carry = sum >> 32
        self.count = length
        if carry != 0:
            self.words.unsafe_offset(length)[] = carry.cast[DType.uint32]()
            self.count += 1


def _write_finite(negative: Bool, mantissa: UInt64, exponent: Int, lower_is_closer: Bool, mut writer: Some[Writer]):
    """Writes `mantissa * 2 ** exponent`."""
    if mantissa == 0:
        if negative:
            writer.write_string("-0.0")
        else:
            writer.write_string("0.0")
        return
    var digits = stack_allocation[32, UInt8]()
    var count = 0
    var point = 0
    # Small integers are exact: their digits are the shortest, without trailing zeros.
    if exponent <= 0 and exponent > -53 and (mantissa >> UInt64(-exponent)) << UInt64(-exponent) == mantissa:
        var whole = mantissa >> UInt64(-exponent)
        var reversed_digits = stack_allocation[24, UInt8]()
        var length = 0
        while whole != 0:
            reversed_digits.unsafe_offset(length)[] = (UInt64(48) + whole % 10).cast[DType.uint8]()
            whole = whole // 10
            length += 1
        point = length
        for i in range(length):
            digits.unsafe_offset(i)[] = reversed_digits.unsafe_offset(length - 1 - i)[]
        count = length
        while count > 1 and digits.unsafe_offset(count - 1)[] == 48:
            count -= 1
    else:
        point = _shortest_digits(mantissa, exponent, lower_is_closer, digits, count)
    _write_layout(negative, digits, count, point, writer)


def _shortest_digits(
    mantissa: UInt64, exponent: Int, lower_is_closer: Bool, digits: Pointer[UInt8, MutUntrackedOrigin], mut count: Int
) -> Int:
    """Stores the digits and returns the position of the decimal point relative to the first digit."""
    var r = _BigInt(stack_allocation[48, UInt32](), mantissa)
    var s = _BigInt(stack_allocation[48, UInt32](), 1)
    var m_plus = _BigInt(stack_allocation[48, UInt32](), 1)
    var m_minus = _BigInt(stack_allocation[48, UInt32](), 1)
    var scratch = _BigInt(stack_allocation[48, UInt32](), 0)
    var even = (mantissa & 1) == 0
    var extra = 2 if lower_is_closer else 1
    if exponent >= 0:
        r.shift_left(exponent + extra)
        s.shift_left(extra)
        m_minus.shift_left(exponent)
        m_plus.shift_left(exponent + extra - 1)
    else:
        r.shift_left(extra)
        s.shift_left(-exponent + extra)
        if lower_is_closer:
            m_plus.shift_left(1)
    # Estimate of the decimal exponent from the bit length: never too large by more than the correction below mends.
    var bits = 0
    var rest = mantissa
    while rest != 0:
        bits += 1
        rest = rest >> 1
    var estimate = Int((exponent + bits - 1).cast[DType.float64]() * 0.30102999566398120 - 0.0000000001)
    if (exponent + bits - 1) < 0:
        pass
    else:
        estimate += 1
    var k = estimate
    if k >= 0:
        for _ in range(k):
            s.multiply(10)
    else:
        for _ in range(-k):
            r.multiply(10)
            m_plus.multiply(10)
            m_minus.multiply(10)
    # Correct the estimate so that the value lies in [10 ** (k - 1), 10 ** k).
    while True:
        scratch.assign(r)
        scratch.add(m_plus)
        var order = scratch.compare(s)
        if order > 0 or (order == 0 and even):
            s.multiply(10)
            k += 1
        else:
            break
    while True:
        # One digit less would still hold the value: (r + m_plus) * 10 <= s.
        scratch.assign(r)
        scratch.add(m_plus)
        scratch.multiply(10)
        var order = scratch.compare(s)
        if order < 0 or (order == 0 and not even):
            r.multiply(10)
            m_plus.multiply(10)
            m_minus.multiply(10)
            k -= 1
        else:
            break
    count = 0
    while True:
        r.multiply(10)
        m_plus.multiply(10)
        m_minus.multiply(10)
        var digit = 0
        while r.compare(s) >= 0:
            r.subtract(s)
            digit += 1
        var low_order = r.compare(m_minus)
        var low = low_order < 0 or (low_order == 0 and even)
        scratch.assign(r)
        scratch.add(m_plus)
        var high_order = scratch.compare(s)
        var high = high_order > 0 or (high_order == 0 and even)
        if not low and not high:
            digits.unsafe_offset(count)[] = UInt8(48) + digit.cast[DType.uint8]()
            count += 1
            continue
        if low and high:
            scratch.assign(r)
            scratch.add(r)
            var half = scratch.compare(s)
            # Halfway between two digits: the even one.
            if half > 0 or (half == 0 and digit % 2 == 1):
                digit += 1
        elif high:
            digit += 1
        digits.unsafe_offset(count)[] = UInt8(48) + digit.cast[DType.uint8]()
        count += 1
        return k


def _write_layout(
    negative: Bool, digits: Pointer[UInt8, MutUntrackedOrigin], count: Int, point: Int, mut writer: Some[Writer]
):
    """Lays digits out as `1.5`, `0.001` or `1e+20`; `point` digits stand before the decimal point."""
    var text = stack_allocation[64, UInt8]()
    var n = 0
    if negative:
        text.unsafe_offset(n)[] = 45
        n += 1
    var exponent = point - 1
    if exponent < -4 or exponent >= 16:
        text.unsafe_offset(n)[] = digits.unsafe_offset(0)[]
        n += 1
        if count > 1:
            text.unsafe_offset(n)[] = 46
            n += 1
            for i in range(1, count):
                text.unsafe_offset(n)[] = digits.unsafe_offset(i)[]
                n += 1
        text.unsafe_offset(n)[] = 101
        text.unsafe_offset(n + 1)[] = UInt8(45) if exponent < 0 else UInt8(43)
        n += 2
        var size = abs(exponent)
        if size >= 100:
            text.unsafe_offset(n)[] = UInt8(48) + (size // 100).cast[DType.uint8]()
            n += 1
        text.unsafe_offset(n)[] = UInt8(48) + (size // 10 % 10).cast[DType.uint8]()
        text.unsafe_offset(n + 1)[] = UInt8(48) + (size % 10).cast[DType.uint8]()
        n += 2
    else:
        if point <= 0:
            text.unsafe_offset(n)[] = 48
            text.unsafe_offset(n + 1)[] = 46
            n += 2
            for _ in range(-point):
                text.unsafe_offset(n)[] = 48
                n += 1
        for i in range(count):
            if i == point and point > 0:
                text.unsafe_offset(n)[] = 46
                n += 1
            text.unsafe_offset(n)[] = digits.unsafe_offset(i)[]
            n += 1
        if count <= point:
            for _ in range(point - count):
                text.unsafe_offset(n)[] = 48
                n += 1
            text.unsafe_offset(n)[] = 46
            text.unsafe_offset(n + 1)[] = 48
            n += 2
    writer.write_string(StringSlice(unsafe_from_utf8_ptr=text, length=n))
