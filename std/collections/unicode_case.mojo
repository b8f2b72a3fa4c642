"""Upper and lower case: the full mappings of Unicode without a language's own rules. The tables are searched by bisection."""
from std.collections.codepoint import Codepoint, _decode, _sequence_length
from std.collections.unicode_case_tables import _UPPER, _UPPER_EXPANSIONS, _LOWER, _LOWER_EXPANSIONS


def _digits(table: StaticString, at: Int, count: Int) -> UInt32:
    """A number of `count` hexadecimal digits in a table."""
    var value = UInt32(0)
    for i in range(at, at + count):
        var digit = table._byte(i).cast[DType.uint32]()
        value = (value << 4) | (digit - 48 if digit < 58 else digit - 87)
    return value


def _mapped(table: StaticString, value: UInt32) -> UInt32:
    """What a code point becomes by a table of ranges."""
    var low = 0
    var high = table.byte_length() // 16
    while low < high:
        var middle = (low + high) // 2
        if _digits(table, middle * 16 + 5, 5) < value:
            low = middle + 1
        else:
            high = middle
    if low * 16 >= table.byte_length():
        return value
    var start = _digits(table, low * 16, 5)
    if value < start or (value - start) % _digits(table, low * 16 + 15, 1) != 0:
        return value
    return _digits(table, low * 16 + 10, 5) + (value - start)


def _expansion(table: StaticString, value: UInt32) -> Int:
    """Where the expansion of a code point stands in a table, or -1."""
    var low = 0
    var high = table.byte_length() // 16
    while low < high:
        var middle = (low + high) // 2
        if _digits(table, middle * 16, 4) < value:
            low = middle + 1
        else:
            high = middle
    return low * 16 if low * 16 < table.byte_length() and _digits(table, low * 16, 4) == value else -1


def _map_case[to_upper: Bool](text: StringSlice[_]) -> String:
    """The text in upper or lower case. Linear time."""
    var result = String(capacity_bytes=text.byte_length())
    var i = 0
    while i < text.byte_length():
        var byte = text._byte(i)
        if byte < 0x80:
            comptime if to_upper:
                result._append_byte(byte - 32 if byte >= 97 and byte <= 122 else byte)
            else:
                result._append_byte(byte + 32 if byte >= 65 and byte <= 90 else byte)
            i += 1
            continue
        var length = min(_sequence_length(byte), text.byte_length() - i)
        var value = _decode(text.unsafe_ptr().unsafe_offset(i), length)
        i += length
        var expansions = _UPPER_EXPANSIONS if to_upper else _LOWER_EXPANSIONS
        var at = _expansion(expansions, value)
        if at < 0:
            result.append(Codepoint(unsafe_unchecked_codepoint=_mapped(_UPPER if to_upper else _LOWER, value)))
            continue
        for part in range(1, 4):
            var point = _digits(expansions, at + 4 * part, 4)
            if point != 0:
                result.append(Codepoint(unsafe_unchecked_codepoint=point))
    return result^


def _changes(value: UInt32, to_upper: Bool) -> Bool:
    """Whether the mapping to a case changes a code point."""
    if value < 0x80:
        return (value >= 97 and value <= 122) if to_upper else (value >= 65 and value <= 90)
    if _expansion(_UPPER_EXPANSIONS if to_upper else _LOWER_EXPANSIONS, value) >= 0:
        return True
    return _mapped(_UPPER if to_upper else _LOWER, value) != value


def _is_cased[upper: Bool](text: StringSlice[_]) -> Bool:
    """Whether some code points have this case and none only the other."""
    var found = False
    for point in text.codepoints():
        if _changes(point.to_u32(), not upper):
            found = True
        elif _changes(point.to_u32(), upper):
            return False
    return found
