"""Text: owned `String`, the view `StringSlice`, code points, and numbers read from text. All text is UTF-8."""
from std.builtin.assertion import _check_index
from std.builtin.literals import StringLiteral
from std.memory.memory import unsafe_alloc, stack_allocation, __memory_copy, __memory_compare, __free
from std.memory.pointer import Pointer, __null_pointer, __pointer_to_int, __cast_pointer
from std.builtin.simd import __bitcast

comptime StaticString = StringSlice[StaticOrigin]
comptime StringSpan = StringSlice
comptime ImmStringSlice = StringSlice[mut=False, ...]


struct StringSlice[mut: Bool, //, origin: Origin[mut=mut]](
    TrivialRegisterPassable, Boolable, Equatable, Comparable, Hashable, KeyElement, Writable
):
    """A view of text that somebody else owns."""

    var _data: Pointer[UInt8, Self.origin]
    var _length: Int

    @always_inline
    @implicit
    def __init__[value: __string_literal_value, //](
        out self: StringSlice[StaticOrigin], literal: StringLiteral[value]
    ):
        self._data = literal.unsafe_ptr()
        self._length = literal.byte_length()

    @always_inline
    @implicit
    def __init__(out self, ref[Self.origin] text: String):
        self._data = text._data.unsafe_origin_cast[Self.origin]()
        self._length = text._length

    @always_inline
    def __init__(out self, *, unsafe_from_utf8_ptr: Pointer[UInt8, _], length: Int):
        self._data = unsafe_from_utf8_ptr.unsafe_origin_cast[Self.origin]()
        self._length = length

    @always_inline
    def byte_length(self) -> Int:
        return self._length

    @always_inline
    def unsafe_ptr(self) -> Pointer[UInt8, Self.origin]:
        return self._data

    @always_inline
    def _byte(self, index: Int) -> UInt8:
        return self._data.unsafe_offset(index)[]

    @always_inline
    def __bool__(self) -> Bool:
        return self._length > 0

    def __eq__(self, other: StringSlice[_]) -> Bool:
        if self._length != other._length:
            return False
        return __memory_compare(self._data, other._data, self._length) == 0

    def __ne__(self, other: StringSlice[_]) -> Bool:
        return not (self == other)

    def __lt__(self, other: StringSlice[_]) -> Bool:
        var order = __memory_compare(self._data, other._data, min(self._length, other._length))
        return order < 0 or (order == 0 and self._length < other._length)

    def count_codepoints(self) -> Int:
        """The number of Unicode code points."""
        var result = 0
        for i in range(self._length):
            if (self._byte(i) & 0xC0) != 0x80:
                result += 1
        return result

    @__call_location
    def __getitem__(self, *, byte: Int) -> StringSlice[Self.origin]:
        """The character that starts at a byte position."""
        _check_index(byte, self._length)
        return StringSlice[Self.origin](
            unsafe_from_utf8_ptr=self._data.unsafe_offset(byte), length=_sequence_length(self._byte(byte))
        )

    def find(self, needle: StringSlice[_], start: Int = 0) -> Int:
        """The byte position of the first occurrence from `start` on, or -1."""
        var last = self._length - needle._length
        var i = start
        while i <= last:
            if __memory_compare(self._data.unsafe_offset(i), needle._data, needle._length) == 0:
                return i
            i += 1
        return -1

    def rfind(self, needle: StringSlice[_]) -> Int:
        """The byte position of the last occurrence, or -1."""
        var i = self._length - needle._length
        while i >= 0:
            if __memory_compare(self._data.unsafe_offset(i), needle._data, needle._length) == 0:
                return i
            i -= 1
        return -1

    def __contains__(self, needle: StringSlice[_]) -> Bool:
        return self.find(needle) >= 0

    def startswith(self, prefix: StringSlice[_]) -> Bool:
        if prefix._length > self._length:
            return False
        return __memory_compare(self._data, prefix._data, prefix._length) == 0

    def endswith(self, suffix: StringSlice[_]) -> Bool:
        if suffix._length > self._length:
            return False
        return (
            __memory_compare(self._data.unsafe_offset(self._length - suffix._length), suffix._data, suffix._length) == 0
        )

    def _part(self, start: Int, end: Int) -> StringSlice[Self.origin]:
        return StringSlice[Self.origin](unsafe_from_utf8_ptr=self._data.unsafe_offset(start), length=end - start)

    def lstrip(self) -> StringSlice[Self.origin]:
        """Without white space at the start."""
        var start = 0
        while start < self._length and _is_space(self._byte(start)):
            start += 1
        return self._part(start, self._length)

    def rstrip(self) -> StringSlice[Self.origin]:
        """Without white space at the end."""
        var end = self._length
        while end > 0 and _is_space(self._byte(end - 1)):
            end -= 1
        return self._part(0, end)

    def strip(self) -> StringSlice[Self.origin]:
        """Without white space at both ends."""
        return self.lstrip().rstrip()

    def split(self, separator: StringSlice[_]) -> List[StringSlice[Self.origin]]:
        """The parts between occurrences of `separator`."""
        var parts = List[StringSlice[Self.origin]]()
        var start = 0
        while True:
            var next = self.find(separator, start)
            if next < 0 or separator._length == 0:
                parts.append(self._part(start, self._length))
                return parts^
            parts.append(self._part(start, next))
            start = next + separator._length

    def split(self) -> List[StringSlice[Self.origin]]:
        """The words between white space."""
        var parts = List[StringSlice[Self.origin]]()
        var i = 0
        while True:
            while i < self._length and _is_space(self._byte(i)):
                i += 1
            if i >= self._length:
                return parts^
            var start = i
            while i < self._length and not _is_space(self._byte(i)):
                i += 1
            parts.append(self._part(start, i))

    def upper(self) -> String:
        """ASCII letters in upper case."""
        var text = String()
        text.reserve_bytes(self._length)
        for i in range(self._length):
            var byte = self._byte(i)
            if byte >= 97 and byte <= 122:
                byte -= 32
            text._append_byte(byte)
        return text^

    def lower(self) -> String:
        """ASCII letters in lower case."""
        var text = String()
        text.reserve_bytes(self._length)
        for i in range(self._length):
            var byte = self._byte(i)
            if byte >= 65 and byte <= 90:
                byte += 32
            text._append_byte(byte)
        return text^

    def replace(self, old: StringSlice[_], new: StringSlice[_]) -> String:
        """Every occurrence of `old` replaced."""
        var text = String()
        var start = 0
        while True:
            var next = self.find(old, start)
            if next < 0 or old._length == 0:
                text.write_string(self._part(start, self._length))
                return text^
            text.write_string(self._part(start, next))
            text.write_string(new)
            start = next + old._length

    def join[T: Writable & Copyable & Deinitable](self, parts: List[T]) -> String:
        """The parts, with this text between them."""
        var text = String()
        for i in range(len(parts)):
            if i > 0:
                text.write_string(self)
            parts[i].write_to(text)
        return text^

    def __add__(self, other: StringSlice[_]) -> String:
        var text = String()
        text.reserve_bytes(self._length + other._length)
        text.write_string(self)
        text.write_string(other)
        return text^

    def __mul__(self, count: Int) -> String:
        var text = String()
        for _ in range(count):
            text.write_string(self)
        return text^

    def codepoints(self) -> _CodepointIterator[Self.origin]:
        """Iterates over the code points."""
        return _CodepointIterator[Self.origin](self._data, self._length)

    def __iter__(ref self) -> _CharacterIterator[Self.origin]:
        return _CharacterIterator[Self.origin](self._data, self._length)

    def codepoint_slices(self) -> _CharacterIterator[Self.origin]:
        """Iterates over the characters as views."""
        return _CharacterIterator[Self.origin](self._data, self._length)

    def as_bytes(self) -> Span[UInt8, Self.origin]:
        """The bytes."""
        return Span[UInt8, Self.origin](ptr=self._data, length=self._length)

    def write_to(self, mut writer: Some[Writer]):
        writer.write_string(self)

    def write_repr_to(self, mut writer: Some[Writer]):
        writer.write_string("'")
        var start = 0
        for i in range(self._length):
            var byte = self._byte(i)
            if byte >= 32 and byte != 127 and byte != 39 and byte != 92:
                continue
            writer.write_string(self._part(start, i))
            start = i + 1
            if byte == 10:
                writer.write_string("\\n")
            elif byte == 9:
                writer.write_string("\\t")
            elif byte == 13:
                writer.write_string("\\r")
            elif byte == 39:
                writer.write_string("\\'")
            elif byte == 92:
                writer.write_string("\\\\")
            else:
                writer.write_string("\\x")
                _write_hex_digit(byte >> 4, writer)
                _write_hex_digit(byte & 15, writer)
        writer.write_string(self._part(start, self._length))
        writer.write_string("'")

    def __hash__[H: Hasher](self, mut hasher: H):
        var i = 0
        while i + 8 <= self._length:
            hasher.update(__bitcast[to_dtype=DType.uint64, to_width=1](self._data.unsafe_load[width=8](i)))
            i += 8
        var rest = self._length.cast[DType.uint64]()
        while i < self._length:
            rest = (rest << 8) | self._byte(i).cast[DType.uint64]()
            i += 1
        hasher.update(rest)


def _write_hex_digit(value: UInt8, mut writer: Some[Writer]):
    var digit = Codepoint(UInt32(48) + value.cast[DType.uint32]() if value < 10 else UInt32(87) + value.cast[DType.uint32]())
    digit.write_to(writer)


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


struct _CodepointIterator[mut: Bool, //, origin: Origin[mut=mut]](TrivialRegisterPassable, Iterator):
    comptime Element = Codepoint
    var _data: Pointer[UInt8, Self.origin]
    var _left: Int

    @always_inline
    def __init__(out self, data: Pointer[UInt8, Self.origin], left: Int):
        self._data = data
        self._left = left

    @always_inline
    def __iter__(ref self) -> Self:
        return self

    @always_inline
    def __has_next__(self) -> Bool:
        return self._left > 0

    def __next__(mut self) -> Codepoint:
        var length = _sequence_length(self._data[])
        var value = Codepoint(_decode(self._data, length))
        self._data = self._data.unsafe_offset(length)
        self._left -= length
        return value


struct _CharacterIterator[mut: Bool, //, origin: Origin[mut=mut]](TrivialRegisterPassable, Iterator):
    comptime Element = StringSlice[Self.origin]
    var _data: Pointer[UInt8, Self.origin]
    var _left: Int

    @always_inline
    def __init__(out self, data: Pointer[UInt8, Self.origin], left: Int):
        self._data = data
        self._left = left

    @always_inline
    def __iter__(ref self) -> Self:
        return self

    @always_inline
    def __has_next__(self) -> Bool:
        return self._left > 0

    def __next__(mut self) -> StringSlice[Self.origin]:
        var length = min(_sequence_length(self._data[]), self._left)
        var value = StringSlice[Self.origin](unsafe_from_utf8_ptr=self._data, length=length)
        self._data = self._data.unsafe_offset(length)
        self._left -= length
        return value


def _decode(data: Pointer[UInt8, _], length: Int) -> UInt32:
    """The code point of a UTF-8 sequence."""
    var first = data[].cast[DType.uint32]()
    if length == 1:
        return first
    var value = first & (UInt32(0x7F) >> UInt32(length))
    for i in range(1, length):
        value = (value << 6) | (data.unsafe_offset(i)[].cast[DType.uint32]() & 0x3F)
    return value


struct Codepoint(TrivialRegisterPassable, Equatable, Comparable, Writable, Hashable, Intable):
    """A Unicode code point."""

    var _value: UInt32

    @always_inline
    def __init__(out self, value: UInt32):
        self._value = value

    @always_inline
    def to_u32(self) -> UInt32:
        return self._value

    @always_inline
    def __int__(self) -> Int:
        return self._value.cast[DType.int]()

    @always_inline
    def __eq__(self, other: Codepoint) -> Bool:
        return self._value == other._value

    @always_inline
    def __lt__(self, other: Codepoint) -> Bool:
        return self._value < other._value

    def __hash__[H: Hasher](self, mut hasher: H):
        hasher.update(self._value.cast[DType.uint64]())

    def write_to(self, mut writer: Some[Writer]):
        var bytes = stack_allocation[4, UInt8]()
        var value = self._value
        var length = 1
        if value < 0x80:
            bytes.unsafe_offset(0)[] = value.cast[DType.uint8]()
        elif value < 0x800:
            length = 2
            bytes.unsafe_offset(0)[] = (0xC0 | (value >> 6)).cast[DType.uint8]()
        elif value < 0x10000:
            length = 3
            bytes.unsafe_offset(0)[] = (0xE0 | (value >> 12)).cast[DType.uint8]()
        else:
            length = 4
            bytes.unsafe_offset(0)[] = (0xF0 | (value >> 18)).cast[DType.uint8]()
        for i in range(1, length):
            bytes.unsafe_offset(i)[] = (0x80 | ((value >> UInt32(6 * (length - 1 - i))) & 0x3F)).cast[DType.uint8]()
        writer.write_string(StringSlice(unsafe_from_utf8_ptr=bytes, length=length))


@__builtin("string")
struct String(
    ImplicitlyCopyable, Movable, Deinitable, Defaultable, Boolable, Equatable, Comparable, Hashable, KeyElement, Writable, Writer
):
    """Owned text. A string made from a literal shares the literal's bytes (capacity 0) until it is changed."""

    var _data: Pointer[UInt8, MutUntrackedOrigin]
    var _length: Int
    var _capacity: Int

    # ---- construction

    @always_inline
    def __init__(out self):
        self._data = __null_pointer[Pointer[UInt8, MutUntrackedOrigin]]()
        self._length = 0
        self._capacity = 0

    @always_inline
    @implicit
    def __init__[value: __string_literal_value, //](out self, literal: StringLiteral[value]):
        self._data = __cast_pointer[To=Pointer[UInt8, MutUntrackedOrigin]](literal.unsafe_ptr())
        self._length = literal.byte_length()
        self._capacity = 0

    def __init__(out self, text: StringSlice[_]):
        """Copies the text of a view."""
        self = String()
        self.write_string(text)

    def __init__[*Ts: Writable](out self, *parts: *Ts):
        """Concatenates what the parts print."""
        self = String()
        comptime for i in range(parts.__len__()):
            parts[i].write_to(self)

    def __init__(out self, *, copy: Self):
        self._length = copy._length
        self._capacity = 0
        if copy._capacity == 0:
            self._data = copy._data
        else:
            self._data = unsafe_alloc[UInt8](copy._length)
            self._capacity = copy._length
            __memory_copy(self._data, copy._data, copy._length)
            if copy._length == 0:
                self._capacity = 0
                __free(__pointer_to_int(self._data))

    @always_inline
    def __deinit__(deinit self):
        if self._capacity > 0:
            __free(__pointer_to_int(self._data))

    # ---- growing

    def reserve_bytes(mut self, capacity: Int):
        """Makes room for at least `capacity` bytes, in memory of its own."""
        if capacity <= self._capacity:
            return
        var room = max(capacity, max(16, self._capacity * 2))
        var data = unsafe_alloc[UInt8](room)
        __memory_copy(data, self._data, self._length)
        if self._capacity > 0:
            __free(__pointer_to_int(self._data))
        self._data = data
        self._capacity = room

    def write_string(mut self, text: StringSlice[_]):
        """Appends text."""
        var length = text.byte_length()
        if length == 0:
            return
        self.reserve_bytes(self._length + length)
        __memory_copy(self._data.unsafe_offset(self._length), text.unsafe_ptr(), length)
        self._length += length

    def _append_byte(mut self, byte: UInt8):
        self.reserve_bytes(self._length + 1)
        self._data.unsafe_offset(self._length)[] = byte
        self._length += 1

    def append(mut self, codepoint: Codepoint):
        """Appends one character."""
        codepoint.write_to(self)

    def __iadd__(mut self, other: StringSlice[_]):
        self.write_string(other)

    # ---- as a view

    @always_inline
    def as_string_slice(ref self) -> StringSlice[origin_of(self)]:
        """The text as a view."""
        return StringSlice[origin_of(self)](unsafe_from_utf8_ptr=self._data, length=self._length)

    @always_inline
    def byte_length(self) -> Int:
        return self._length

    @always_inline
    def unsafe_ptr(ref self) -> Pointer[UInt8, origin_of(self)]:
        return self._data.unsafe_origin_cast[origin_of(self)]()

    @always_inline
    def __bool__(self) -> Bool:
        return self._length > 0

    def count_codepoints(self) -> Int:
        return self.as_string_slice().count_codepoints()

    def __eq__(self, other: Self) -> Bool:
        return self.as_string_slice() == other.as_string_slice()

    def __eq__(self, other: StringSlice[_]) -> Bool:
        return self.as_string_slice() == other

    def __ne__(self, other: Self) -> Bool:
        return not (self == other)

    def __ne__(self, other: StringSlice[_]) -> Bool:
        return not (self.as_string_slice() == other)

    def __lt__(self, other: Self) -> Bool:
        return self.as_string_slice() < other.as_string_slice()

    def __add__(self, other: StringSlice[_]) -> String:
        return self.as_string_slice() + other

    def __radd__(self, other: StringSlice[_]) -> String:
        return other + self.as_string_slice()

    def __mul__(self, count: Int) -> String:
        return self.as_string_slice() * count

    def __contains__(self, needle: StringSlice[_]) -> Bool:
        return needle in self.as_string_slice()

    @__call_location
    def __getitem__(ref self, *, byte: Int) -> StringSlice[origin_of(self)]:
        return self.as_string_slice()[byte=byte]

    def find(self, needle: StringSlice[_], start: Int = 0) -> Int:
        return self.as_string_slice().find(needle, start)

    def rfind(self, needle: StringSlice[_]) -> Int:
        return self.as_string_slice().rfind(needle)

    def startswith(self, prefix: StringSlice[_]) -> Bool:
        return self.as_string_slice().startswith(prefix)

    def endswith(self, suffix: StringSlice[_]) -> Bool:
        return self.as_string_slice().endswith(suffix)

    def strip(ref self) -> StringSlice[origin_of(self)]:
        return self.as_string_slice().strip()

    def lstrip(ref self) -> StringSlice[origin_of(self)]:
        return self.as_string_slice().lstrip()

    def rstrip(ref self) -> StringSlice[origin_of(self)]:
        return self.as_string_slice().rstrip()

    def split(ref self, separator: StringSlice[_]) -> List[StringSlice[origin_of(self)]]:
        return self.as_string_slice().split(separator)

    def split(ref self) -> List[StringSlice[origin_of(self)]]:
        return self.as_string_slice().split()

    def upper(self) -> String:
        return self.as_string_slice().upper()

    def lower(self) -> String:
        return self.as_string_slice().lower()

    def replace(self, old: StringSlice[_], new: StringSlice[_]) -> String:
        return self.as_string_slice().replace(old, new)

    def join[T: Writable & Copyable & Deinitable](self, parts: List[T]) -> String:
        return self.as_string_slice().join(parts)

    def codepoints(ref self) -> _CodepointIterator[origin_of(self)]:
        return self.as_string_slice().codepoints()

    def codepoint_slices(ref self) -> _CharacterIterator[origin_of(self)]:
        return self.as_string_slice().codepoint_slices()

    def __iter__(ref self) -> _CharacterIterator[origin_of(self)]:
        return self.as_string_slice().codepoint_slices()

    def as_bytes(ref self) -> Span[UInt8, origin_of(self)]:
        return self.as_string_slice().as_bytes()

    def write_to(self, mut writer: Some[Writer]):
        writer.write_string(self.as_string_slice())

    def write_repr_to(self, mut writer: Some[Writer]):
        self.as_string_slice().write_repr_to(writer)

    def __hash__[H: Hasher](self, mut hasher: H):
        self.as_string_slice().__hash__(hasher)


def chr(value: Int) -> String:
    """The character with a code point."""
    return String(Codepoint(value.cast[DType.uint32]()))


def ord(text: StringSlice[_]) -> Int:
    """The code point of the first character."""
    return _decode(text.unsafe_ptr(), _sequence_length(text._byte(0))).cast[DType.int]()


def atol(text: StringSlice[_], base: Int = 10) raises -> Int:
    """Reads an integer; base 0 takes it from the prefix `0x`, `0o` or `0b`."""
    return _parse_int(text, base)


def atof(text: StringSlice[_]) raises -> Float64:
    """Reads a float."""
    return _parse_float(text)


def _parse_int(text: StringSlice[_], base: Int) raises -> Int:
    var trimmed = text.strip()
    var i = 0
    var negative = False
    if trimmed.byte_length() > 0 and (trimmed._byte(0) == 45 or trimmed._byte(0) == 43):
        negative = trimmed._byte(0) == 45
        i = 1
    var radix = base
    if trimmed.byte_length() > i + 2 and trimmed._byte(i) == 48 and (base == 0 or base == 16 or base == 8 or base == 2):
        var mark = trimmed._byte(i + 1) | 32
        var named = 16 if mark == 120 else (8 if mark == 111 else (2 if mark == 98 else 0))
        if named != 0 and (base == 0 or base == named):
            radix = named
            i += 2
    if radix == 0:
        radix = 10
    var value = 0
    var digits = 0
    while i < trimmed.byte_length():
        var byte = trimmed._byte(i).cast[DType.int]()
        i += 1
        if byte == 95 and digits > 0:
            continue
        var digit = 99
        if byte >= 48 and byte <= 57:
            digit = byte - 48
        elif byte >= 97 and byte <= 122:
            digit = byte - 87
        elif byte >= 65 and byte <= 90:
            digit = byte - 55
        if digit >= radix:
            digits = 0
            break
        value = value * radix + digit
        digits += 1
    if digits == 0:
        raise Error("String is not convertible to integer with base ", base, ": '", text, "'")
    return -value if negative else value


@__intrinsic("foreign.call")
def __foreign_strtod[name: __string_literal_value, Result: AnyType](address: Int, end: Int) -> Result:
    ...


def _parse_float(text: StringSlice[_]) raises -> Float64:
    var copy = String(text.strip())
    copy._append_byte(0)
    var stop = stack_allocation[1, Int]()
    stop[] = 0
    var start = __pointer_to_int(copy._data)
    var value = __foreign_strtod["strtod", Float64](start, __pointer_to_int(stop))
    if copy._length == 1 or stop[] != start + copy._length - 1:
        raise Error("String is not convertible to float: '", text, "'")
    return value


def _digits(value: Int, radix: Int, prefix: StringSlice[_]) -> String:
    var text = String()
    var rest = value.cast[DType.uint64]()
    if value < 0:
        text.write_string("-")
        rest = UInt64(0) - rest
    text.write_string(prefix)
    var reversed_digits = List[UInt8]()
    while True:
        var digit = (rest % radix.cast[DType.uint64]()).cast[DType.uint8]()
        reversed_digits.append(digit + (UInt8(48) if digit < 10 else UInt8(87)))
        rest = rest // radix.cast[DType.uint64]()
        if rest == 0:
            break
    for i in range(len(reversed_digits)):
        text._append_byte(reversed_digits[len(reversed_digits) - 1 - i])
    return text^


def hex(value: Int, prefix: StaticString = "0x") -> String:
    """Hexadecimal digits."""
    return _digits(value, 16, prefix)


def bin(value: Int, prefix: StaticString = "0b") -> String:
    """Binary digits."""
    return _digits(value, 2, prefix)


def oct(value: Int, prefix: StaticString = "0o") -> String:
    """Octal digits."""
    return _digits(value, 8, prefix)


def ascii(text: StringSlice[_]) -> String:
    """The text in quotes, as `repr` gives it."""
    return repr(text)
