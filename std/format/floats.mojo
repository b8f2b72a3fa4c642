"""Floats as text: the shortest digits that read back as the same value.

The digits come from Dragonbox (Jeon, "Dragonbox: A New Floating-Point Binary-to-Decimal Conversion Algorithm", 2020): one product with a power of
ten gives the end of the interval of numbers that round to the value, a division by 1000 (100 for `Float32`) tells whether it holds a shorter
number, and the parity of one more product which of two neighbours is nearer. Halfway between two decimals the upper one is printed.

`Float32` has one deliberate oddity. The official library takes the parities for it from the wrong table, so that one text in thirty ends in a neighbouring
digit, or has a digit too many. That is copied (`_official_parity`), because output is compared with official output, wherever the text reads back as the
value; where official text does not, the right one is printed. `Float16` and `BFloat16` print as the `Float32` of the same value.
"""
from std.builtin.simd import __bitcast
from std.format.powers_of_ten import _floor_log2_of_power_of_10, _power_of_ten
from std.memory.memory import stack_allocation
from std.memory.pointer import Pointer


def _write_float64(bits: UInt64, mut writer: Some[Writer]):
    var fraction = bits & 0xFFFFFFFFFFFFF
    _write_float[52, False]((bits >> 63) == 1, ((bits >> 52) & 0x7FF).cast[DType.int](), fraction, writer)


def _write_float32[is_widened: Bool](bits: UInt32, mut writer: Some[Writer]):
    """`is_widened` says that the value is one of a narrower type, to which any text near it reads back."""
    var fraction = (bits & 0x7FFFFF).cast[DType.uint64]()
    _write_float[23, is_widened]((bits >> 31) == 1, ((bits >> 23) & 0xFF).cast[DType.int](), fraction, writer)


def _write_float[fraction_bits: Int, is_widened: Bool](
    negative: Bool, biased: Int, fraction: UInt64, mut writer: Some[Writer]
):
    """Writes a float of the format with so many bits of fraction."""
    comptime BIAS = 1023 if fraction_bits == 52 else 127
    if biased == 2 * BIAS + 1:
        writer.write_string("nan" if fraction != 0 else ("-inf" if negative else "inf"))
        return
    if biased == 0 and fraction == 0:
        writer.write_string("-0.0" if negative else "0.0")
        return
    var decimal: _Decimal
    var exponent = max(biased, 1) - BIAS - fraction_bits
    var mantissa = fraction if biased == 0 else fraction | (UInt64(1) << UInt64(fraction_bits))
    if exponent <= 0 and exponent >= -fraction_bits and (mantissa >> UInt64(-exponent)) << UInt64(-exponent) == mantissa:
        # A whole number below the gaps: its own digits are the shortest.
        decimal = _without_zeros(mantissa >> UInt64(-exponent), 0)
    elif fraction == 0 and biased > 1:
        decimal = _shortest_of_power[fraction_bits](exponent)
    else:
        decimal = _shortest[fraction_bits, is_widened](mantissa * 2, exponent)
    _write_layout(negative, decimal, writer)


@fieldwise_init
struct _Decimal(TrivialRegisterPassable):
    """`digits * 10 ** exponent`."""

    var digits: UInt64
    var exponent: Int


def _without_zeros(digits: UInt64, exponent: Int) -> _Decimal:
    """The same number without zeros at the end."""
    var decimal = _Decimal(digits, exponent)
    while decimal.digits % 10 == 0:
        decimal.digits = decimal.digits // 10
        decimal.exponent += 1
    return decimal


@fieldwise_init
struct _Product(TrivialRegisterPassable):
    """What matters of a product that was scaled by a power of two: its whole part, that part's parity, whether nothing is behind it."""

    var whole: UInt64
    var is_odd: Bool
    var is_whole: Bool


@always_inline
def _floor_log10_of_power_of_2(exponent: Int) -> Int:
    return (exponent * 315653) >> 20


@always_inline
def _upper_half(value: UInt128) -> UInt64:
    return (value >> 64).cast[DType.uint64]()


@always_inline
def _short_power(power: UInt128) -> UInt64:
    """The first 64 bits, rounded up."""
    return _upper_half(power) + UInt64(1 if power.cast[DType.uint64]() != 0 else 0)


@always_inline
def _parity_of_long(factor: UInt64, power: UInt128, shift: UInt64) -> _Product:
    """Of `factor * 2 ** shift * power / 2 ** 192`, without the whole part."""
    var product = factor.cast[DType.uint128]() * power
    var high = _upper_half(product)
    var low = product.cast[DType.uint64]()
    return _Product(0, ((high >> (64 - shift)) & 1) != 0, ((high << shift) | (low >> (64 - shift))) == 0)


@always_inline
def _parity_of_short(factor: UInt64, power: UInt64, shift: UInt64) -> _Product:
    """Of `factor * 2 ** shift * power / 2 ** 96`, without the whole part."""
    var product = factor * power
    return _Product(0, ((product >> (64 - shift)) & 1) != 0, ((product >> (32 - shift)) & 0xFFFFFFFF) == 0)


@always_inline
def _official_parity(factor: UInt64, power_of_ten: Int, shift: UInt64) -> _Product:
    """What the official library gets for a `Float32`: its table for `Float64`, at the row of the table for `Float32`."""
    return _parity_of_long(factor, _power_of_ten(power_of_ten + 31 - 292), shift)


def _shortest[fraction_bits: Int, is_widened: Bool](doubled: UInt64, exponent: Int) -> _Decimal:
    """For `doubled / 2 * 2 ** exponent`, whose neighbours are equally far away."""
    comptime IS_LONG = fraction_bits == 52
    comptime KAPPA = 2 if IS_LONG else 1
    comptime SMALL = UInt64(100 if IS_LONG else 10)
    comptime LARGE = SMALL * 10
    var minus_k = _floor_log10_of_power_of_2(exponent) - KAPPA
    var shift = (exponent + _floor_log2_of_power_of_10(-minus_k)).cast[DType.uint64]()
    var power = _power_of_ten(-minus_k)
    var is_even = (doubled & 2) == 0
    # The interval of what rounds to the value ends at z, `width` above its begin x.
    var width: UInt64
    var z: _Product
    comptime if IS_LONG:
        width = _upper_half(power) >> (63 - shift)
        var end = ((doubled | 1) << shift).cast[DType.uint128]()
        var tail = (end * (power & 0xFFFFFFFFFFFFFFFF)) >> 64
        var product = end * (power >> 64) + tail
        z = _Product(_upper_half(product), False, product.cast[DType.uint64]() == 0)
    else:
        width = _short_power(power) >> (63 - shift)
        var product = ((doubled | 1) << shift).cast[DType.uint128]() * _short_power(power).cast[DType.uint128]()
        z = _Product(_upper_half(product), False, ((product >> 32) & 0xFFFFFFFF) == 0)
    var digits = z.whole // LARGE
    var rest = z.whole - digits * LARGE
    var is_shorter = rest < width
    if rest == 0 and z.is_whole and not is_even and not is_widened:
        # The end itself rounds to a neighbour.
        digits -= 1
        rest = LARGE
        is_shorter = False
    elif rest == width:
        comptime if IS_LONG:
            var x = _parity_of_long(doubled - 1, power, shift)
            is_shorter = x.is_odd or (x.is_whole and is_even)
        else:
            var x = _parity_of_short(doubled - 1, _short_power(power), shift)
            if is_widened or x.is_odd or (x.is_whole and is_even):
                x = _official_parity(doubled - 1, -minus_k, shift)
                is_shorter = x.is_odd or x.is_whole
    if is_shorter:
        return _without_zeros(digits, minus_k + KAPPA + 1)
    # The multiple of SMALL that is nearest to the value.
    var distance = rest - (width >> 1) + SMALL // 2
    var nearest = digits * 10 + distance // SMALL
    if distance % SMALL == 0:
        var is_odd = ((distance ^ (SMALL // 2)) & 1) != 0
        comptime if IS_LONG:
            if _parity_of_long(doubled, power, shift).is_odd != is_odd:
                nearest -= 1
        else:
            var below = _parity_of_short(doubled, _short_power(power), shift).is_odd != is_odd
            var official = _official_parity(doubled, -minus_k, shift).is_odd != is_odd
            if below != official:
                var place = (nearest - UInt64(Int(official))) * SMALL
                var is_end = place == z.whole and z.is_whole and not is_even
                if is_widened or (place <= z.whole and place + width > z.whole and not is_end):
                    below = official
            nearest -= UInt64(Int(below))
    return _Decimal(nearest, minus_k + KAPPA)


def _shortest_of_power[fraction_bits: Int](exponent: Int) -> _Decimal:
    """For `2 ** (exponent + fraction_bits)`, whose lower neighbour is nearer than the upper one."""
    comptime BITS = UInt64(fraction_bits)
    var minus_k = (exponent * 631305 - 261663) >> 21
    var shift = (exponent + _floor_log2_of_power_of_10(-minus_k)).cast[DType.uint64]()
    var power: UInt64
    comptime if fraction_bits == 52:
        power = _upper_half(_power_of_ten(-minus_k))
    else:
        power = _short_power(_power_of_ten(-minus_k))
    var begin = (power - (power >> (BITS + 2))) >> (63 - BITS - shift)
    var end = (power + (power >> (BITS + 1))) >> (63 - BITS - shift)
    # Only for these two is the begin itself a whole number.
    if exponent < 2 or exponent > 3:
        begin += 1
    var digits = end // 10
    if digits * 10 >= begin:
        return _without_zeros(digits, minus_k + 1)
    digits = ((power >> (62 - BITS - shift)) + 1) // 2
    return _Decimal(digits + UInt64(Int(digits < begin)), minus_k)


def _write_layout(negative: Bool, decimal: _Decimal, mut writer: Some[Writer]):
    """Lays the digits out as `1.5`, `0.001` or `1e+20`."""
    var digits = decimal.digits
    var exponent = decimal.exponent
    # Written from the right: at most a sign, 17 digits, a point, 16 zeros, an exponent.
    var text = stack_allocation[64, UInt8]()
    var first = 64
    var count = 1
    var bound = UInt64(10)
    while count < 19 and digits >= bound:
        count += 1
        bound = bound * 10
    # The value is `d.ddd * 10 ** point`.
    var point = exponent + count - 1
    var before: Int
    if point < -4 or point >= 16:
        var size = abs(point)
        for _ in range(3 if size >= 100 else 2):
            first -= 1
            text.unsafe_offset(first)[] = UInt8(48) + (size % 10).cast[DType.uint8]()
            size = size // 10
        first -= 2
        text.unsafe_offset(first)[] = 101
        text.unsafe_offset(first + 1)[] = UInt8(45) if point < 0 else UInt8(43)
        before = 1
    else:
        before = point + 1
        if before >= count:
            first -= 2
            text.unsafe_offset(first)[] = 46
            text.unsafe_offset(first + 1)[] = 48
            for _ in range(before - count):
                first -= 1
                text.unsafe_offset(first)[] = 48
    # The digits behind the point, the point, the digits before it.
    var left = count
    while left > 0:
        if left == before and left < count:
            first -= 1
            text.unsafe_offset(first)[] = 46
        first -= 1
        text.unsafe_offset(first)[] = UInt8(48) + (digits % 10).cast[DType.uint8]()
        digits = digits // 10
        left -= 1
    if before <= 0:
        for _ in range(-before):
            first -= 1
            text.unsafe_offset(first)[] = 48
        first -= 2
        text.unsafe_offset(first)[] = 48
        text.unsafe_offset(first + 1)[] = 46
    if negative:
        first -= 1
        text.unsafe_offset(first)[] = 45
    writer.write_string(StringSlice(unsafe_from_utf8_ptr=text.unsafe_offset(first), length=64 - first))
