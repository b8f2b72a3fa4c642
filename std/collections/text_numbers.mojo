"""Numbers read from text, and integers written in other bases."""
from std.builtin.simd import __bitcast, __size_of
from std.format.big_natural import _BigInt
from std.format.powers_of_ten import _floor_log2_of_power_of_10, _power_of_ten
from std.memory.memory import stack_allocation


@__intrinsic("simd.ctlz")
def __leading_zeros(value: UInt64) -> UInt64:
    ...


def atol(str_slice: StringSlice[_], base: Int = 10) raises -> Int:
    """Reads an integer; base 0 takes it from the prefix `0x`, `0o` or `0b`. Raises for other text, and for a base that is neither 0 nor 2 to 36."""
    return _parse_int(str_slice, base)


def atof(str_slice: StringSlice[_]) raises -> Float64:
    """Reads a float."""
    return _parse_float(str_slice)


def _parse_int(text: StringSlice[_], base: Int) raises -> Int:
    if base != 0 and (base < 2 or base > 36):
        raise Error("Base must be >= 2 and <= 36, or 0.")
    var trimmed = text.strip()
    var i = 0
    var negative = False
    if trimmed.byte_length() > 0 and (trimmed._byte(0) == 45 or trimmed._byte(0) == 43):
        negative = trimmed._byte(0) == 45
        i = 1
    var radix = base
    var prefixed = False
    if trimmed.byte_length() > i + 2 and trimmed._byte(i) == 48 and (base == 0 or base == 16 or base == 8 or base == 2):
        var mark = trimmed._byte(i + 1) | 32
        var named = 16 if mark == 120 else (8 if mark == 111 else (2 if mark == 98 else 0))
        if named != 0 and (base == 0 or base == named):
            radix = named
            i += 2
            prefixed = True
    # As in source text, a decimal number does not begin with 0.
    var is_zero = base == 0 and not prefixed and trimmed.byte_length() > i + 1 and trimmed._byte(i) == 48
    if radix == 0:
        radix = 10
    # One underscore may stand after a prefix and between digits.
    var may_join = prefixed
    # The magnitude is built up as a negative number, which has room for the smallest integer too.
    var value = 0
    var digits = 0
    var overflow = False
    while i < trimmed.byte_length():
        var byte = trimmed._byte(i).cast[DType.int]()
        i += 1
        if byte == 95 and may_join and i < trimmed.byte_length():
            may_join = False
            continue
        may_join = True
        var digit = 99
        if byte >= 48 and byte <= 57:
            digit = byte - 48
        elif byte >= 97 and byte <= 122:
            digit = byte - 87
        elif byte >= 65 and byte <= 90:
            digit = byte - 55
        if digit >= radix or (is_zero and digit != 0):
            digits = 0
            break
        var next = value * radix - digit
        if next > value or (next + digit) // radix != value:
            overflow = True
        value = next
        digits += 1
    if digits == 0:
        raise Error("String is not convertible to integer with base ", base, ": '", text, "'")
    if overflow or (not negative and value == Int.MIN):
        raise Error(
            "String is not convertible to integer with base ",
            base,
            ": '",
            text,
            "' String expresses an integer too large to store in Int.",
        )
    return value if negative else -value


@no_inline
def _not_a_float(text: StringSlice[_], trimmed: StringSlice[_]) -> Error:
    """Says what is wrong with a number; its sign is not looked at."""
    if text.byte_length() == 0 or text == ".":
        return Error("String is not convertible to float: '", text, "'")
    var is_signed = trimmed.byte_length() > 0 and (trimmed._byte(0) == 43 or trimmed._byte(0) == 45)
    var number = trimmed._part(1 if is_signed else 0, trimmed.byte_length())
    var last = number.byte_length() - 1
    var problem = String()
    if last < 0 or not _starts_number(number._byte(0)):
        problem.write("The first character of '", number, "' should be a digit or dot to convert it to a float.")
    elif not _starts_number(number._byte(last)):
        problem.write("The last character of '", number, "' should be a digit or dot to convert it to a float.")
    else:
        problem.write("Invalid character(s) in the number: '", number, "'")
    return Error("String is not convertible to float: '", text, "'. ", problem)


@always_inline
def _starts_number(byte: UInt8) -> Bool:
    return (byte >= 48 and byte <= 57) or byte == 46


def _equals_ignoring_case(text: StringSlice[_], start: Int, word: StaticString) -> Bool:
    if text.byte_length() - start != word.byte_length():
        return False
    for i in range(word.byte_length()):
        if (text._byte(start + i) | 32) != word._byte(i):
            return False
    return True


comptime _KEPT_DIGITS = 780


def _parse_float(text: StringSlice[_]) raises -> Float64:
    """Reads a decimal float, rounded to nearest."""
    var trimmed = text.strip()
    var length = trimmed.byte_length()
    var i = 0
    var negative = False
    if length > 0 and (trimmed._byte(0) == 45 or trimmed._byte(0) == 43):
        negative = trimmed._byte(0) == 45
        i = 1
    if _equals_ignoring_case(trimmed, i, "inf") or _equals_ignoring_case(trimmed, i, "infinity"):
        return -Float64.MAX if negative else Float64.MAX
    if length > 0 and (trimmed._byte(length - 1) | 32) == 102:
        # As in C, an `f` may end a number.
        length -= 1
        trimmed = trimmed._part(0, length)
    if _equals_ignoring_case(trimmed, i, "nan"):
        return Float64(0) / Float64(0)
    # Digits without leading zeros; those after the last kept one only say whether anything is left.
    var digits = stack_allocation[784, UInt8]()
    var count = 0
    var exponent = 0
    var seen_digit = False
    var seen_dot = False
    var rest_not_zero = False
    while i < length:
        var byte = trimmed._byte(i)
        if byte == 46 and not seen_dot:
            seen_dot = True
        elif byte >= 48 and byte <= 57:
            seen_digit = True
            if count == 0 and byte == 48:
                if seen_dot:
                    exponent -= 1
            elif count < _KEPT_DIGITS:
                digits.unsafe_offset(count)[] = byte - 48
                count += 1
                if seen_dot:
                    exponent -= 1
            else:
                rest_not_zero = rest_not_zero or byte != 48
                if not seen_dot:
                    exponent += 1
        else:
            break
        i += 1
    if not seen_digit:
        raise _not_a_float(text, trimmed)
    if i < length and (trimmed._byte(i) | 32) == 101:
        i += 1
        var exponent_negative = False
        if i < length and (trimmed._byte(i) == 45 or trimmed._byte(i) == 43):
            exponent_negative = trimmed._byte(i) == 45
            i += 1
        var written = 0
        var exponent_digits = 0
        while i < length and trimmed._byte(i) >= 48 and trimmed._byte(i) <= 57:
            if written < 100000:
                written = written * 10 + (trimmed._byte(i) - 48).cast[DType.int]()
            exponent_digits += 1
            i += 1
        if exponent_digits == 0:
            raise _not_a_float(text, trimmed)
        exponent += -written if exponent_negative else written
    if i < length:
        raise _not_a_float(text, trimmed)
    while count > 0 and digits.unsafe_offset(count - 1)[] == 0 and not rest_not_zero:
        count -= 1
        exponent += 1
    if rest_not_zero:
        digits.unsafe_offset(count)[] = 1
        count += 1
        exponent -= 1
    var magnitude = _decimal_to_float(digits, count, exponent)
    return -magnitude if negative else magnitude


def _decimal_to_float(digits: Pointer[UInt8, MutUntrackedOrigin], count: Int, exponent: Int) -> Float64:
    """`digits * 10 ** exponent`, rounded to nearest, ties to even."""
    if count == 0 or exponent + count < -330:
        return 0.0
    if exponent + count > 310:
        return Float64.MAX
    if count <= 15 and exponent >= -22 and exponent <= 22:
        # Both factors are exact, so that one operation rounds once.
        var whole = Int64(0)
        for i in range(count):
            whole = whole * 10 + digits.unsafe_offset(i)[].cast[DType.int64]()
        var power = Float64(1)
        for _ in range(abs(exponent)):
            power = power * 10
        if exponent < 0:
            return whole.cast[DType.float64]() / power
        return whole.cast[DType.float64]() * power
    if count <= 19 and exponent >= -330 and exponent <= 308:
        var near = _product_to_float(digits, count, exponent)
        if near >= 0:
            return near
    return _exact_decimal_to_float(digits, count, exponent)


def _product_to_float(digits: Pointer[UInt8, MutUntrackedOrigin], count: Int, exponent: Int) -> Float64:
    """The rounded product with a power of ten of 128 bits, after Lemire ("Number Parsing at a Gigabyte per Second", 2021); -1 where its bits
    do not decide, or the result is not a normal number."""
    var whole = UInt64(0)
    for i in range(count):
        whole = whole * 10 + digits.unsafe_offset(i)[].cast[DType.uint64]()
    var zeros = __leading_zeros(whole)
    var factor = (whole << zeros).cast[DType.uint128]()
    var power = _power_of_ten(exponent)
    var low = factor * (power & 0xFFFFFFFFFFFFFFFF)
    var product = factor * (power >> 64) + (low >> 64)
    var high = (product >> 64).cast[DType.uint64]()
    var behind = product.cast[DType.uint64]()
    var is_exact = exponent >= 0 and exponent <= 55
    # The power is at most one unit too large, and so is `behind`.
    if not is_exact and (behind == 0 or behind == 0xFFFFFFFFFFFFFFFF):
        return -1
    var spare = UInt64(10) + (high >> 63)
    var mantissa = high >> spare
    var rest = high & ((UInt64(1) << spare) - 1)
    var half = UInt64(1) << (spare - 1)
    var anything = behind != 0 or low.cast[DType.uint64]() != 0
    var scale = _floor_log2_of_power_of_10(exponent) - 63 + 64 - Int(zeros) + Int(spare)
    if rest > half or (rest == half and (anything or (mantissa & 1) == 1)):
        mantissa += 1
        if mantissa >> 53 != 0:
            mantissa = mantissa >> 1
            scale += 1
    var biased = scale + 1075
    if biased < 1 or biased > 2046:
        return -1
    return __bitcast[to_dtype=DType.float64, to_width=1]((biased.cast[DType.uint64]() << 52) | (mantissa & 0xFFFFFFFFFFFFF))


def _bit_length(number: _BigInt) -> Int:
    if number.count == 0:
        return 0
    var top = number.words.unsafe_offset(number.count - 1)[]
    var bits = 0
    while top != 0:
        top = top >> 1
        bits += 1
    return 32 * (number.count - 1) + bits


def _exact_decimal_to_float(digits: Pointer[UInt8, MutUntrackedOrigin], count: Int, exponent: Int) -> Float64:
    """Divides big integers bit by bit: the quotient has the bits of the result, the remainder decides the rounding."""
    var numerator = _BigInt(stack_allocation[192, UInt32](), 0)
    var denominator = _BigInt(stack_allocation[192, UInt32](), 1)
    var one_digit = _BigInt(stack_allocation[2, UInt32](), 0)
    for i in range(count):
        numerator.multiply(10)
        var digit = digits.unsafe_offset(i)[].cast[DType.uint32]()
        if digit != 0:
            one_digit.words.unsafe_offset(0)[] = digit
            one_digit.count = 1
            numerator.add(one_digit)
    for _ in range(abs(exponent)):
        if exponent > 0:
            numerator.multiply(10)
        else:
            denominator.multiply(10)
    # Scale to numerator / denominator in [1, 2) with `value = quotient * 2 ** scale`.
    var scale = _bit_length(numerator) - _bit_length(denominator)
    if scale > 0:
        denominator.shift_left(scale)
    elif scale < 0:
        numerator.shift_left(-scale)
    if numerator.compare(denominator) < 0:
        numerator.shift_left(1)
        scale -= 1
    if scale > 1023:
        return Float64.MAX
    var bits = 53
    if scale < -1022:
        bits = 53 - (-1022 - scale)
        if bits < 0:
            return 0.0
    var mantissa = UInt64(0)
    for i in range(bits):
        if i > 0:
            numerator.shift_left(1)
        mantissa = mantissa << 1
        if numerator.compare(denominator) >= 0:
            numerator.subtract(denominator)
            mantissa = mantissa | 1
    # The remainder against half a unit in the last place.
    if bits > 0:
        numerator.shift_left(1)
    var order = numerator.compare(denominator)
    if order > 0 or (order == 0 and (mantissa & 1) == 1):
        mantissa += 1
    var biased = max(scale, -1022) + 1022
    # Adding the mantissa with its hidden bit raises the exponent by one, and a carry does the same.
    var image = (biased.cast[DType.uint64]() << 52) + mantissa
    if scale < -1022:
        image = mantissa
    return __bitcast[to_dtype=DType.float64, to_width=1](image)


def _digits[dtype: DType](value: Scalar[dtype], bits_per_digit: Int, prefix: StringSlice[_]) -> String:
    """A minus for negative numbers, the prefix, and the digits of the magnitude in base 2, 8 or 16."""
    comptime WIDE = DType.uint256 if __size_of[Scalar[dtype]]() > 8 else DType.uint64
    var text = String()
    var rest = value.cast[WIDE]()
    comptime if dtype.is_signed():
        if value < 0:
            text.write_string("-")
            rest = Scalar[WIDE](0) - rest
    text.write_string(prefix)
    var places = stack_allocation[256, UInt8]()
    var position = 256
    var mask = UInt8((1 << bits_per_digit) - 1)
    while True:
        var digit = rest.cast[DType.uint8]() & mask
        position -= 1
        places.unsafe_offset(position)[] = digit + (UInt8(48) if digit < 10 else UInt8(87))
        rest = rest >> bits_per_digit.cast[WIDE]()
        if rest == 0:
            break
    text.write_string(StringSlice(unsafe_from_utf8_ptr=places.unsafe_offset(position), length=256 - position))
    return text^


def hex(value: Scalar, /, *, prefix: StaticString = "0x") -> String:
    """Hexadecimal digits after a prefix; a negative number has a minus before it."""
    return _digits(value, 4, prefix)


def hex(value: Bool, /, *, prefix: StaticString = "0x") -> String:
    """The digit of a truth value after a prefix."""
    return _digits(UInt8(value), 4, prefix)


def hex[T: Intable, //](value: T, /, *, prefix: StaticString = "0x") -> String:
    """Hexadecimal digits of what `__int__` gives."""
    return _digits(value.__int__(), 4, prefix)


def bin(num: Scalar, /, *, prefix: StaticString = "0b") -> String:
    """Binary digits after a prefix; a negative number has a minus before it."""
    return _digits(num, 1, prefix)


def bin(b: Bool, /, *, prefix: StaticString = "0b") -> String:
    """The digit of a truth value after a prefix."""
    return _digits(UInt8(b), 1, prefix)


def bin[T: Intable, //](num: T, /, *, prefix: StaticString = "0b") -> String:
    """Binary digits of what `__int__` gives."""
    return _digits(num.__int__(), 1, prefix)


def oct(value: Scalar, /, *, prefix: StaticString = "0o") -> String:
    """Octal digits after a prefix; a negative number has a minus before it."""
    return _digits(value, 3, prefix)


def oct(value: Bool, /, *, prefix: StaticString = "0o") -> String:
    """The digit of a truth value after a prefix."""
    return _digits(UInt8(value), 3, prefix)


def oct[T: Intable, //](value: T, /, *, prefix: StaticString = "0o") -> String:
    """Octal digits of what `__int__` gives."""
    return _digits(value.__int__(), 3, prefix)
