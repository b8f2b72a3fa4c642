"""Base64 and base16 (RFC 4648)."""

comptime _ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def _letter(index: Int) -> UInt8:
    return StaticString(_ALPHABET)._byte(index)


def b64encode(input_bytes: Span[UInt8, _]) -> String:
    """Bytes in base64, with `=` at the end where it is not full."""
    var text = String(capacity_bytes=(len(input_bytes) + 2) // 3 * 4)
    var i = 0
    while i < len(input_bytes):
        var left = len(input_bytes) - i
        var word = input_bytes.unsafe_get(i).cast[DType.int]() << 16
        if left > 1:
            word |= input_bytes.unsafe_get(i + 1).cast[DType.int]() << 8
        if left > 2:
            word |= input_bytes.unsafe_get(i + 2).cast[DType.int]()
        text._append_byte(_letter((word >> 18) & 63))
        text._append_byte(_letter((word >> 12) & 63))
        text._append_byte(_letter((word >> 6) & 63) if left > 1 else UInt8(61))
        text._append_byte(_letter(word & 63) if left > 2 else UInt8(61))
        i += 3
    return text^


def b64encode(input_string: StringSlice[_]) -> String:
    """The bytes of a text in base64."""
    return b64encode(input_string.as_bytes())


def _value_of(letter: UInt8) -> Int:
    """The six bits that a letter stands for, or -1."""
    var code = letter.cast[DType.int]()
    if code >= 65 and code <= 90:
        return code - 65
    if code >= 97 and code <= 122:
        return code - 71
    if code >= 48 and code <= 57:
        return code + 4
    if code == 43:
        return 62
    if code == 47:
        return 63
    return -1


def b64decode(str: StringSlice[_]) raises -> List[UInt8]:
    """The bytes that a text in base64 stands for; white space does not count."""
    var text = String(capacity_bytes=str.byte_length())
    for part in str.split():
        text.write_string(part)
    return _decoded(text)


def _decoded(str: StringSlice[_]) raises -> List[UInt8]:
    var length = str.byte_length()
    if length % 4 != 0:
        raise Error("ValueError: Input length '", length, "' (ignoring whitespace) must be divisible by 4")
    var result = List[UInt8](capacity=length // 4 * 3)
    var word = 0
    var bits = 0
    var padding = 0
    for i in range(length):
        var letter = str._byte(i)
        if letter == 61 and i >= length - 2:
            padding += 1
            continue
        var value = _value_of(letter)
        if value < 0 or padding > 0:
            raise Error("ValueError: Unexpected character '", str[byte=i], "' encountered")
        word = (word << 6) | value
        bits += 6
        if bits >= 8:
            bits -= 8
            result.append(((word >> bits) & 255).cast[DType.uint8]())
    return result^


def b16encode(str: StringSlice[_]) -> String:
    """The bytes of a text in hexadecimal digits."""
    var result = String(capacity_bytes=2 * str.byte_length())
    for i in range(str.byte_length()):
        for shift in range(4, -1, -4):
            var digit = (str._byte(i) >> UInt8(shift)) & 15
            result._append_byte(digit + (UInt8(48) if digit < 10 else UInt8(55)))
    return result^


def b16decode(str: StringSlice[_]) raises -> List[UInt8]:
    """The bytes that hexadecimal digits stand for."""
    if str.byte_length() % 2 != 0:
        raise Error("ValueError: Input length '", str.byte_length(), "' must be divisible by 2")
    var result = List[UInt8](capacity=str.byte_length() // 2)
    for i in range(0, str.byte_length(), 2):
        result.append(_hex_value(str, i) * 16 + _hex_value(str, i + 1))
    return result^


def _hex_value(text: StringSlice[_], index: Int) raises -> UInt8:
    var letter = text._byte(index)
    if letter >= 48 and letter <= 57:
        return letter - 48
    var upper = letter & 0xDF
    if upper >= 65 and upper <= 70:
        return upper - 55
    raise Error("ValueError: Unexpected character '", text[byte=index], "' encountered")
