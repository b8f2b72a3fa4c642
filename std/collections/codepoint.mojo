"""Code points, their UTF-8 form, and where the characters that a reader sees begin."""
from std.hash.hashable import Hasher
from std.memory.memory import stack_allocation


struct Codepoint(TrivialRegisterPassable, Equatable, Comparable, Writable, Hashable, KeyElement, Intable):
    """A Unicode code point."""

    var _value: UInt32

    @always_inline
    def __init__(out self, codepoint: UInt8):
        """One of the first 256 code points."""
        self._value = codepoint.cast[DType.uint32]()

    @always_inline
    def __init__(out self, *, unsafe_unchecked_codepoint: UInt32):
        self._value = unsafe_unchecked_codepoint

    @always_inline
    def __init__(out self, text: StringSlice[_]):
        """The first code point of a text."""
        self = Codepoint.ord(text)

    @staticmethod
    def from_u32(codepoint: UInt32) -> Optional[Codepoint]:
        """The code point of this number, if there is one."""
        if codepoint > 0x10FFFF or (codepoint >= 0xD800 and codepoint <= 0xDFFF):
            return Optional[Codepoint]()
        return Optional[Codepoint](Codepoint(unsafe_unchecked_codepoint=codepoint))

    @staticmethod
    def ord(string: StringSlice[_]) -> Codepoint:
        """The first code point of a text."""
        return Codepoint(unsafe_unchecked_codepoint=_decode(string.unsafe_ptr(), _sequence_length(string._byte(0))))

    @staticmethod
    def unsafe_decode_utf8_codepoint(s: Span[UInt8, _]) -> Tuple[Codepoint, Int]:
        """The code point that valid UTF-8 begins with, and how many bytes it takes."""
        var length = _sequence_length(s.unsafe_ptr()[])
        return (Codepoint(unsafe_unchecked_codepoint=_decode(s.unsafe_ptr(), length)), length)

    def unsafe_write_utf8(self, ptr: Pointer[UInt8, _]) -> Int:
        """Writes the UTF-8 form, up to 4 bytes, and returns how many there were."""
        var text = String(self)
        for i in range(text.byte_length()):
            ptr.unsafe_offset(i).unsafe_origin_cast[MutUntrackedOrigin]()[] = text.as_bytes()[i]
        return text.byte_length()

    @always_inline
    def to_u32(self) -> UInt32:
        """The number."""
        return self._value

    @always_inline
    def __int__(self) -> Int:
        return self._value.cast[DType.int]()

    @always_inline
    def __eq__(self, other: Codepoint) -> Bool:
        return self._value == other._value

    @always_inline
    def __ne__(self, other: Codepoint) -> Bool:
        return self._value != other._value

    @always_inline
    def __lt__(self, other: Codepoint) -> Bool:
        return self._value < other._value

    def __hash__[H: Hasher](self, mut hasher: H):
        hasher._update_with_simd(self._value.cast[DType.uint64]())

    @always_inline
    def is_ascii(self) -> Bool:
        """Whether the code point is below 128."""
        return self._value < 128

    @always_inline
    def is_ascii_digit(self) -> Bool:
        """Whether it is one of 0 to 9."""
        return self._value >= 48 and self._value <= 57

    @always_inline
    def is_ascii_upper(self) -> Bool:
        """Whether it is one of A to Z."""
        return self._value >= 65 and self._value <= 90

    @always_inline
    def is_ascii_lower(self) -> Bool:
        """Whether it is one of a to z."""
        return self._value >= 97 and self._value <= 122

    @always_inline
    def is_ascii_printable(self) -> Bool:
        """Whether it is a printable ASCII character, the space included."""
        return self._value >= 32 and self._value <= 126

    @always_inline
    def is_posix_space(self) -> Bool:
        """Whether it is white space as POSIX has it."""
        return self._value == 32 or (self._value >= 9 and self._value <= 13) or (self._value >= 28 and self._value <= 30)

    @always_inline
    def is_python_space(self) -> Bool:
        """Whether it is white space or a line end as Python's `split` has it."""
        return self.is_posix_space() or self._value == 31 or self._value == 0x85 or self._value == 0x2028 or self._value == 0x2029

    def utf8_byte_length(self) -> Int:
        """Bytes of the UTF-8 form."""
        if self._value < 0x80:
            return 1
        if self._value < 0x800:
            return 2
        if self._value < 0x10000:
            return 3
        return 4

    def write_to(self, mut w: Some[Writer]):
        """Writes the text that `print` shows."""
        var bytes = stack_allocation[4, UInt8]()
        var value = self._value
        var length = self.utf8_byte_length()
        if length == 1:
            bytes.unsafe_offset(0)[] = value.cast[DType.uint8]()
        elif length == 2:
            bytes.unsafe_offset(0)[] = (0xC0 | (value >> 6)).cast[DType.uint8]()
        elif length == 3:
            bytes.unsafe_offset(0)[] = (0xE0 | (value >> 12)).cast[DType.uint8]()
        else:
            bytes.unsafe_offset(0)[] = (0xF0 | (value >> 18)).cast[DType.uint8]()
        for i in range(1, length):
            bytes.unsafe_offset(i)[] = (0x80 | ((value >> UInt32(6 * (length - 1 - i))) & 0x3F)).cast[DType.uint8]()
        w.write_string(StringSlice(unsafe_from_utf8_ptr=bytes, length=length))

    def write_repr_to(self, mut writer: Some[Writer]):
        """Writes the text that `repr` gives."""
        writer.write_string("Codepoint(")
        self._value.write_to(writer)
        writer.write_string(")")


@always_inline
def _is_space(byte: UInt8) -> Bool:
    return byte == 32 or (byte >= 9 and byte <= 13) or (byte >= 28 and byte <= 30)


@always_inline
def _sequence_length(first: UInt8) -> Int:
    """Bytes of the UTF-8 sequence that starts with `first`."""
    if first < 0x80:
        return 1
    if first < 0xE0:
        return 2
    if first < 0xF0:
        return 3
    return 4


def _decode(data: Pointer[UInt8, _], length: Int) -> UInt32:
    """The code point of a UTF-8 sequence."""
    var first = data[].cast[DType.uint32]()
    if length == 1:
        return first
    var value = first & (UInt32(0x7F) >> UInt32(length))
    for i in range(1, length):
        value = (value << 6) | (data.unsafe_offset(i)[].cast[DType.uint32]() & 0x3F)
    return value


def _valid_sequence(data: Pointer[UInt8, _], left: Int) -> Int:
    """Bytes of the UTF-8 sequence that stands at a place, or what can be skipped there, negated, if it is not a valid one: the longest part
    that could have begun a valid one, as Unicode recommends."""
    var first = data[]
    if first < 0x80:
        return 1
    if first < 0xC2 or first > 0xF4:
        return -1
    var length = _sequence_length(first)
    var low = UInt8(0x80)
    var high = UInt8(0xBF)
    if first == 0xE0:
        low = 0xA0
    elif first == 0xED:
        high = 0x9F
    elif first == 0xF0:
        low = 0x90
    elif first == 0xF4:
        high = 0x8F
    for i in range(1, length):
        if i >= left or data.unsafe_offset(i)[] < low or data.unsafe_offset(i)[] > high:
            return -i
        low = 0x80
        high = 0xBF
    return length


def _is_valid_utf8(data: Pointer[UInt8, _], length: Int) -> Bool:
    """Whether bytes are UTF-8: no overlong form, no surrogate, nothing above U+10FFFF."""
    var i = 0
    while i < length:
        var width = _valid_sequence(data.unsafe_offset(i), length - i)
        if width < 0:
            return False
        i += width
    return True


def _extends_character(value: UInt32) -> Bool:
    """Whether a code point belongs to the character before it: combining marks, variation selectors, skin tones, the joiner."""
    if value < 0x300:
        return False
    if value <= 0x36F:
        return True
    return (
        (value >= 0x483 and value <= 0x489)
        or (value >= 0x591 and value <= 0x5BD)
        or (value >= 0x610 and value <= 0x61A)
        or (value >= 0x64B and value <= 0x65F)
        or (value >= 0x93A and value <= 0x94D and value != 0x93D)
        or (value >= 0x1AB0 and value <= 0x1AFF)
        or (value >= 0x1DC0 and value <= 0x1DFF)
        or value == 0x200C
        or value == 0x200D
        or (value >= 0x20D0 and value <= 0x20FF)
        or (value >= 0x3099 and value <= 0x309A)
        or (value >= 0xFE00 and value <= 0xFE0F)
        or (value >= 0xFE20 and value <= 0xFE2F)
        or (value >= 0x1F3FB and value <= 0x1F3FF)
        or (value >= 0xE0020 and value <= 0xE007F)
        or (value >= 0xE0100 and value <= 0xE01EF)
    )


def _character_length(data: Pointer[UInt8, _], left: Int) -> Int:
    """Bytes of the first grapheme cluster. The rules of Unicode Annex 29 that text meets most: marks stay with their letter, joined
    emoji and pairs of regional indicators are one character, and so is CR LF."""
    var first_length = min(_sequence_length(data[]), left)
    var first = _decode(data, first_length)
    var length = first_length
    if length >= left:
        return length
    if first == 13 and data.unsafe_offset(1)[] == 10:
        return 2
    if first < 32:
        return length
    var next_byte = data.unsafe_offset(length)[]
    if next_byte < 0x80:
        return length
    if first >= 0x1F1E6 and first <= 0x1F1FF:
        var pair_length = min(_sequence_length(next_byte), left - length)
        var second = _decode(data.unsafe_offset(length), pair_length)
        if second >= 0x1F1E6 and second <= 0x1F1FF:
            length += pair_length
    var joined = False
    while length < left:
        var step = min(_sequence_length(data.unsafe_offset(length)[]), left - length)
        var value = _decode(data.unsafe_offset(length), step)
        if _extends_character(value):
            joined = value == 0x200D
        elif joined and value >= 0x2190:
            joined = False
        else:
            return length
        length += step
    return length
