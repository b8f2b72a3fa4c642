"""Text: owned `String`, and functions of code points. All text is UTF-8."""
from std.builtin.literals import StringLiteral
from std.builtin.traits import _PythonValue
from std.collections.codepoint import Codepoint, _decode, _sequence_length, _is_space
from std.collections.string_slice import (
    StringSlice, StringSpan, StaticString, ImmStringSlice, _CodepointIterator, _CodepointSliceIterator, _ReversedSliceIterator,
    _GraphemeIterator, _hex_digit,
)
from std.collections.text_numbers import atol, atof, hex, bin, oct, _parse_int, _parse_float
from std.format.template import _format
from std.memory.memory import unsafe_alloc, __memory_copy, __free
from std.memory.pointer import Pointer, __null_pointer, __pointer_to_int, __cast_pointer
from std.os.path_like import PathLike


@__builtin("string")
struct String(
    ImplicitlyCopyable, Movable, Deinitable, Defaultable, Boolable, Equatable, Comparable, Hashable, KeyElement, Writable, Writer,
    PathLike
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

    def __init__(out self, *, capacity_bytes: Int):
        """Empty text with room for `capacity_bytes` bytes."""
        self = String()
        self.reserve_bytes(capacity_bytes)

    def __init__(out self, *, unsafe_from_utf8: Span[UInt8, _]):
        """The text that these bytes are in UTF-8."""
        self = String()
        self.write_string(StringSlice(unsafe_from_utf8_ptr=unsafe_from_utf8.unsafe_ptr(), length=len(unsafe_from_utf8)))

    def __init__(out self, *, from_utf8_lossy: Span[UInt8, _]):
        """The text that these bytes are in UTF-8."""
        self = String()
        self.write_string(StringSlice(unsafe_from_utf8_ptr=from_utf8_lossy.unsafe_ptr(), length=len(from_utf8_lossy)))

    def __init__(out self, *, unsafe_from_utf8_ptr: Pointer[UInt8, _]):
        """The text up to the first zero byte."""
        var length = 0
        while unsafe_from_utf8_ptr.unsafe_offset(length)[] != 0:
            length += 1
        self = String()
        self.write_string(StringSlice(unsafe_from_utf8_ptr=unsafe_from_utf8_ptr, length=length))

    def __init__[*Ts: Writable](out self, *parts: *Ts):
        """Concatenates what the parts print."""
        self = String()
        comptime for i in range(parts.__len__()):
            parts[i].write_to(self)

    def __init__[T: _PythonValue](out self, *, py: T) raises:
        """The text of a Python object, as Python's `str` gives it."""
        self = py._to_string()

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

    def clear(mut self):
        """Removes all text."""
        self._length = 0
        if self._capacity == 0:
            self._data = __null_pointer[Pointer[UInt8, MutUntrackedOrigin]]()

    def resize(mut self, length: Int, fill: UInt8 = 0):
        """Makes the text `length` bytes long: cuts it, or adds `fill`."""
        if length < self._length:
            self._length = length
            return
        self.reserve_bytes(length)
        while self._length < length:
            self._append_byte(fill)

    # ---- as a view

    @always_inline
    def as_string_slice(self) -> StringSlice[origin_of(self)]:
        """The text as a view."""
        return StringSlice[origin_of(self)](
            unsafe_from_utf8_ptr=self._data.unsafe_origin_cast[origin_of(self)](), length=self._length
        )

    @always_inline
    def byte_length(self) -> Int:
        """The number of bytes."""
        return self._length

    @always_inline
    def capacity_bytes(self) -> Int:
        """Bytes that the text can have without new memory."""
        return self._capacity

    @always_inline
    def unsafe_ptr(ref self) -> Pointer[UInt8, origin_of(self)]:
        return self._data.unsafe_origin_cast[origin_of(self)]()

    def as_c_string_slice(mut self) -> StringSlice[origin_of(self)]:
        """The text with a zero byte after it, which is not counted."""
        self.reserve_bytes(self._length + 1)
        self._data.unsafe_offset(self._length)[] = 0
        return StringSlice[origin_of(self)](
            unsafe_from_utf8_ptr=self._data.unsafe_origin_cast[origin_of(self)](), length=self._length
        )

    @always_inline
    def __bool__(self) -> Bool:
        return self._length > 0

    def count_codepoints(self) -> Int:
        """The number of Unicode code points."""
        return self.as_string_slice().count_codepoints()

    def count_graphemes(self) -> Int:
        """The number of characters that a reader sees."""
        return self.as_string_slice().count_graphemes()

    def __eq__(self, other: Self) -> Bool:
        return self.as_string_slice() == other.as_string_slice()

    def __eq__(self, other: StringSlice[_]) -> Bool:
        return self.as_string_slice() == other

    def __ne__(self, other: Self) -> Bool:
        return not (self.as_string_slice() == other.as_string_slice())

    def __ne__(self, other: StringSlice[_]) -> Bool:
        return not (self.as_string_slice() == other)

    def __lt__(self, other: Self) -> Bool:
        return self.as_string_slice() < other.as_string_slice()

    def __lt__(self, other: StringSlice[_]) -> Bool:
        return self.as_string_slice() < other

    def __le__(self, other: Self) -> Bool:
        return not (other.as_string_slice() < self.as_string_slice())

    def __le__(self, other: StringSlice[_]) -> Bool:
        return not (other < self.as_string_slice())

    def __gt__(self, other: Self) -> Bool:
        return other.as_string_slice() < self.as_string_slice()

    def __gt__(self, other: StringSlice[_]) -> Bool:
        return other < self.as_string_slice()

    def __ge__(self, other: Self) -> Bool:
        return not (self.as_string_slice() < other.as_string_slice())

    def __ge__(self, other: StringSlice[_]) -> Bool:
        return not (self.as_string_slice() < other)

    def __add__(self, other: StringSlice[_]) -> String:
        return self.as_string_slice() + other

    def __radd__(self, other: StringSlice[_]) -> String:
        return other + self.as_string_slice()

    def __mul__(self, count: Int) -> String:
        return self.as_string_slice() * count

    def __imul__(mut self, count: Int):
        self = self * count

    def __contains__(self, needle: StringSlice[_]) -> Bool:
        return needle in self.as_string_slice()

    @__call_location
    def __getitem__(self, *, byte: Int) -> StringSlice[origin_of(self)]:
        return self.as_string_slice()[byte=byte]

    @__call_location
    def __getitem__(self, *, byte: ContiguousSlice) -> StringSlice[origin_of(self)]:
        return self.as_string_slice()[byte=byte]

    @__call_location
    def __getitem__(self, *, codepoint: Int) -> StringSlice[origin_of(self)]:
        return self.as_string_slice()[codepoint=codepoint]

    @__call_location
    def __getitem__(self, *, codepoint: ContiguousSlice) -> StringSlice[origin_of(self)]:
        return self.as_string_slice()[codepoint=codepoint]

    @__call_location
    def __getitem__(self, *, grapheme: Int) -> StringSlice[origin_of(self)]:
        return self.as_string_slice()[grapheme=grapheme]

    @__call_location
    def __getitem__(self, *, grapheme: ContiguousSlice) -> StringSlice[origin_of(self)]:
        return self.as_string_slice()[grapheme=grapheme]

    def find(self, needle: StringSlice[_], start: Int = 0) -> Int:
        """The byte position of the first occurrence from `start` on, or -1."""
        return self.as_string_slice().find(needle, start)

    def rfind(self, needle: StringSlice[_], start: Int = 0) -> Int:
        """The byte position of the last occurrence from `start` on, or -1."""
        return self.as_string_slice().rfind(needle, start)

    def count(self, needle: StringSlice[_]) -> Int:
        """How often a text occurs, without overlaps."""
        return self.as_string_slice().count(needle)

    def startswith(self, prefix: StringSlice[_], start: Int = 0, end: Int = -1) -> Bool:
        """Whether the text from `start` to `end` begins with a prefix."""
        return self.as_string_slice().startswith(prefix, start, end)

    def endswith(self, suffix: StringSlice[_], start: Int = 0, end: Int = -1) -> Bool:
        """Whether the text from `start` to `end` ends with a suffix."""
        return self.as_string_slice().endswith(suffix, start, end)

    def strip(self) -> StringSlice[origin_of(self)]:
        """Without white space at both ends."""
        return self.as_string_slice().strip()

    def strip(self, characters: StringSlice[_]) -> StringSlice[origin_of(self)]:
        """Without any of these characters at both ends."""
        return self.as_string_slice().strip(characters)

    def lstrip(self) -> StringSlice[origin_of(self)]:
        """Without white space at the start."""
        return self.as_string_slice().lstrip()

    def lstrip(self, characters: StringSlice[_]) -> StringSlice[origin_of(self)]:
        """Without any of these characters at the start."""
        return self.as_string_slice().lstrip(characters)

    def rstrip(self) -> StringSlice[origin_of(self)]:
        """Without white space at the end."""
        return self.as_string_slice().rstrip()

    def rstrip(self, characters: StringSlice[_]) -> StringSlice[origin_of(self)]:
        """Without any of these characters at the end."""
        return self.as_string_slice().rstrip(characters)

    def removeprefix(self, prefix: StringSlice[_]) -> StringSlice[origin_of(self)]:
        """Without a prefix, if it is there."""
        return self.as_string_slice().removeprefix(prefix)

    def removesuffix(self, suffix: StringSlice[_]) -> StringSlice[origin_of(self)]:
        """Without a suffix, if it is there."""
        return self.as_string_slice().removesuffix(suffix)

    def split(self, separator: StringSlice[_], maxsplit: Int = -1) -> List[StringSlice[origin_of(self)]]:
        """The parts between occurrences of `separator`."""
        return self.as_string_slice().split(separator, maxsplit)

    def split(self, *, maxsplit: Int = -1) -> List[StringSlice[origin_of(self)]]:
        """The words between white space."""
        return self.as_string_slice().split(maxsplit=maxsplit)

    def splitlines(self, keepends: Bool = False) -> List[StringSlice[origin_of(self)]]:
        """The lines, with their ends if `keepends`."""
        return self.as_string_slice().splitlines(keepends)

    def upper(self) -> String:
        """Letters in upper case."""
        return self.as_string_slice().upper()

    def lower(self) -> String:
        """Letters in lower case."""
        return self.as_string_slice().lower()

    def replace(self, old: StringSlice[_], new: StringSlice[_]) -> String:
        """Every occurrence of `old` replaced."""
        return self.as_string_slice().replace(old, new)

    def join[T: Writable & Copyable & Deinitable](self, parts: List[T]) -> String:
        """The parts, with this text between them."""
        return self.as_string_slice().join(parts)

    def join[T: Writable](self, parts: Span[T, _]) -> String:
        """The parts, with this text between them."""
        return self.as_string_slice().join(parts)

    def join[*Ts: Writable](self, *parts: *Ts) -> String:
        """What the parts print, with this text between them."""
        var text = String()
        comptime for i in range(parts.__len__()):
            comptime if i > 0:
                text.write_string(self.as_string_slice())
            parts[i].write_to(text)
        return text^

    def format[*Ts: Writable](self, *values: *Ts) raises -> String:
        """The text with each `{}` or `{n}` replaced by a value, or with `!r` by its repr."""
        return _format(self.as_string_slice(), values)

    def ascii_ljust(self, width: Int, fill: StaticString = " ") -> String:
        """Filled up at the end to `width` bytes."""
        return self.as_string_slice().ascii_ljust(width, fill)

    def ascii_rjust(self, width: Int, fill: StaticString = " ") -> String:
        """Filled up at the start to `width` bytes."""
        return self.as_string_slice().ascii_rjust(width, fill)

    def ascii_center(self, width: Int, fill: StaticString = " ") -> String:
        """Filled up at both sides to `width` bytes."""
        return self.as_string_slice().ascii_center(width, fill)

    def isupper(self) -> Bool:
        """Whether there are ASCII letters and all are in upper case."""
        return self.as_string_slice().isupper()

    def islower(self) -> Bool:
        """Whether there are ASCII letters and all are in lower case."""
        return self.as_string_slice().islower()

    def is_ascii_digit(self) -> Bool:
        """Whether there is text and all of it is ASCII digits."""
        return self.as_string_slice().is_ascii_digit()

    def is_ascii_printable(self) -> Bool:
        """Whether all characters are printable ASCII."""
        return self.as_string_slice().is_ascii_printable()

    def is_ascii_whitespace(self) -> Bool:
        """Whether there is text and all of it is white space."""
        return self.as_string_slice().is_ascii_whitespace()

    def codepoints(self) -> _CodepointIterator[origin_of(self)]:
        """Iterates over the code points."""
        return self.as_string_slice().codepoints()

    def codepoint_slices(self) -> _CodepointSliceIterator[origin_of(self)]:
        """Iterates over the code points as views."""
        return self.as_string_slice().codepoint_slices()

    def codepoint_slices_reversed(self) -> _ReversedSliceIterator[origin_of(self)]:
        """Iterates over the code points as views, last first."""
        return self.as_string_slice().codepoint_slices_reversed()

    def graphemes(self) -> _GraphemeIterator[origin_of(self)]:
        """Iterates over the characters that a reader sees."""
        return self.as_string_slice().graphemes()

    def __iter__(self) -> _GraphemeIterator[origin_of(self)]:
        return self.as_string_slice().graphemes()

    def bytes(self) -> Span[UInt8, origin_of(self)]:
        """The bytes, to iterate over."""
        return self.as_string_slice().as_bytes()

    def as_bytes(self) -> Span[UInt8, origin_of(self)]:
        """The bytes."""
        return self.as_string_slice().as_bytes()

    def write_to(self, mut writer: Some[Writer]):
        writer.write_string(self.as_string_slice())

    def write_repr_to(self, mut writer: Some[Writer]):
        self.as_string_slice().write_repr_to(writer)

    def __hash__[H: Hasher](self, mut hasher: H):
        self.as_string_slice().__hash__(hasher)

    def __fspath__(self) -> String:
        """The text as the name of a file."""
        return self

    # ---- numbers

    def __int__(self) raises -> Int:
        return _parse_int(self.as_string_slice(), 10)

    def __float__(self) raises -> Float64:
        return _parse_float(self.as_string_slice())


def chr(value: Int) -> String:
    """The character with a code point."""
    return String(Codepoint(unsafe_unchecked_codepoint=value.cast[DType.uint32]()))


def ord(text: StringSlice[_]) -> Int:
    """The code point of the first character."""
    return Int(Codepoint.ord(text))


def ascii(text: StringSlice[_]) -> String:
    """The text in quotes, other than ASCII characters escaped."""
    var quote = UInt8(34) if "'" in text else UInt8(39)
    var result = String()
    result._append_byte(quote)
    for i in range(text.byte_length()):
        var byte = text._byte(i)
        if byte == 10:
            result += "\\n"
        elif byte == 9:
            result += "\\t"
        elif byte == 13:
            result += "\\r"
        elif byte == 92:
            result += "\\\\"
        elif byte < 32 or byte > 126:
            result += "\\x"
            result._append_byte(_hex_digit(byte >> 4))
            result._append_byte(_hex_digit(byte & 15))
        else:
            result._append_byte(byte)
    result._append_byte(quote)
    return result^
