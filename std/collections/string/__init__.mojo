"""Text: owned `String`, and functions of code points. All text is UTF-8."""
from std.builtin.literals import StringLiteral
from std.builtin.traits import _PythonValue
from std.collections.c_string import CStringSpan
from std.collections.codepoint import Codepoint, _decode, _sequence_length, _is_space, _is_valid_utf8, _valid_sequence
from std.collections.string_slice import (
    StringSlice, StringSpan, StaticString, ImmStringSlice, ImmStringSpan, CodepointsIter, CodepointSliceIter, _ReversedSliceIterator,
    GraphemeSliceIter, _hex_digit, _ReversedGraphemeIterator, GraphemeIndicesIter, BytesIter,
)
from std.collections.text_numbers import atol, atof, hex, bin, oct, _parse_int, _parse_float
from std.builtin.simd import __is_compile_time
from std.builtin.slice import ContiguousSlice, _check_slice
from std.format.template import _format
from std.hash.hashable import Hasher
from std.memory.memory import unsafe_alloc, __memory_copy, __free
from std.memory.pointer import Pointer, __null_pointer, __pointer_to_int, __cast_pointer
from std.os.path_like import PathLike


# Bytes that a text in the string itself may have.
comptime _INLINE = 23


@__builtin("string")
struct String(
    ImplicitlyCopyable, Movable, Deinitable, Defaultable, Boolable, Equatable, Comparable, Hashable, KeyElement, Writable, Writer,
    PathLike
):
    """Owned text: always valid UTF-8, changed in place. Appending takes amortized constant time a byte.

    It has one of three forms, which `_capacity` tells apart. 0: the bytes of a literal, shared until the text is changed. Positive: a block of
    that size. Negative: up to 23 bytes in the string itself, with the length in the low bits of the last byte. In compile-time code
    there is no third form, so that pointers are pointers there.
    """

    comptime INLINE_CAPACITY = _INLINE
    comptime ASCII_LOWERCASE = StaticString("abcdefghijklmnopqrstuvwxyz")
    comptime ASCII_UPPERCASE = StaticString("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    comptime ASCII_LETTERS = StaticString("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    comptime DIGITS = StaticString("0123456789")
    comptime HEX_DIGITS = StaticString("0123456789abcdefABCDEF")
    comptime OCT_DIGITS = StaticString("01234567")
    comptime PUNCTUATION = StaticString("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
    comptime PRINTABLE = StaticString(
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~ \t\n\r\x0b\x0c"
    )
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

    @implicit
    def __init__(out self, text: StaticString):
        """A copy of a text that is there for the whole run; other slices are converted explicitly."""
        self = Self()
        self.write_string(text)

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

    def __init__(out self, *, from_utf8: Span[UInt8, _]) raises:
        """The text that these bytes are in UTF-8. Raises where they are not valid UTF-8."""
        if not _is_valid_utf8(from_utf8.unsafe_ptr(), len(from_utf8)):
            raise Error("StringSpan: buffer is not valid UTF-8")
        self = String(unsafe_from_utf8=from_utf8)

    def __init__(out self, *, from_utf8_lossy: Span[UInt8, _]):
        """The text that these bytes are in UTF-8, with U+FFFD for what is not valid. Linear time."""
        self = String(capacity_bytes=len(from_utf8_lossy))
        var data = from_utf8_lossy.unsafe_ptr()
        var i = 0
        while i < len(from_utf8_lossy):
            var width = _valid_sequence(data.unsafe_offset(i), len(from_utf8_lossy) - i)
            if width > 0:
                self.write_string(StringSlice(unsafe_from_utf8_ptr=data.unsafe_offset(i), length=width))
                i += width
            else:
                self.write_string("\uFFFD")
                i -= width

    def __init__(out self, *, unsafe_uninit_length: Int):
        """Text of so many bytes, to be written before they are read."""
        self = String()
        self.reserve_bytes(unsafe_uninit_length)
        self._set_length(unsafe_uninit_length)

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

    def __init__[*Ts: Writable](out self, *parts: *Ts, sep: StringSlice[_], end: StaticString = ""):
        """Concatenates what the parts print, with `sep` between them and `end` at the end."""
        self = String()
        comptime for i in range(parts.__len__()):
            comptime if i > 0:
                self.write_string(sep)
            parts[i].write_to(self)
        self.write_string(end)

    def __init__[*Ts: Writable](out self, *parts: *Ts, end: StaticString):
        """Concatenates what the parts print, with `end` at the end."""
        self = String()
        comptime for i in range(parts.__len__()):
            parts[i].write_to(self)
        self.write_string(end)

    def __init__[T: _PythonValue](out self, *, py: T) raises:
        """The text of a Python object, as Python's `str` gives it."""
        self = py._to_string()

    def __init__(out self, *, copy: Self):
        self._data = copy._data
        self._length = copy._length
        self._capacity = 0
        if copy._capacity < 0:
            __memory_copy(self._own_bytes(), copy._own_bytes(), _INLINE + 1)
        elif copy._capacity > 0:
            self._data = __null_pointer[Pointer[UInt8, MutUntrackedOrigin]]()
            self._length = 0
            self.write_string(copy._view())

    @always_inline
    def __deinit__(deinit self):
        if self._capacity > 0:
            __free(__pointer_to_int(self._data))

    # ---- the three forms

    @always_inline
    def _own_bytes(self) -> Pointer[UInt8, MutUntrackedOrigin]:
        return Pointer(to=self).unsafe_bitcast[UInt8]().unsafe_origin_cast[MutUntrackedOrigin]()

    @always_inline
    def _bytes(self) -> Pointer[UInt8, MutUntrackedOrigin]:
        """Where the text stands."""
        return self._own_bytes() if self._capacity < 0 else self._data

    @always_inline
    def byte_length(self) -> Int:
        """The number of bytes."""
        return ((self._capacity >> 56) & 31) if self._capacity < 0 else self._length

    @always_inline
    def _set_length(mut self, length: Int):
        """Sets the length to one that there is room for."""
        if self._capacity < 0:
            self._capacity = (self._capacity & ((1 << 56) - 1)) | ((length | 128) << 56)
        else:
            self._length = length

    # ---- growing

    @always_inline
    def reserve_bytes(mut self, new_capacity_bytes: Int):
        """Makes room for at least `new_capacity_bytes` bytes, in memory of its own."""
        if new_capacity_bytes > (_INLINE if self._capacity < 0 else self._capacity):
            self._grow(new_capacity_bytes)

    @no_inline
    def _grow(mut self, capacity: Int):
        var length = self.byte_length()
        var old = self._bytes()
        if self._capacity == 0 and capacity <= _INLINE and not __is_compile_time():
            self._capacity = (length | 128) << 56
            __memory_copy(self._own_bytes(), old, length)
            return
        var room = max(capacity, max(16, (0 if self._capacity < 0 else self._capacity) * 2))
        var data = unsafe_alloc[UInt8](room)
        __memory_copy(data, old, length)
        if self._capacity > 0:
            __free(__pointer_to_int(self._data))
        self._data = data
        self._length = length
        self._capacity = room

    def write_string(mut self, string: StringSlice[_]):
        """Appends text."""
        var added = string.byte_length()
        if added == 0:
            return
        var length = self.byte_length()
        self.reserve_bytes(length + added)
        __memory_copy(self._bytes().unsafe_offset(length), string.unsafe_ptr(), added)
        self._set_length(length + added)

    @always_inline
    def _append_byte(mut self, byte: UInt8):
        var length = self.byte_length()
        self.reserve_bytes(length + 1)
        self._bytes().unsafe_offset(length)[] = byte
        self._set_length(length + 1)

    def append(mut self, codepoint: Codepoint):
        """Appends one character."""
        codepoint.write_to(self)

    def __iadd__(mut self, other: StringSlice[_]):
        self.write_string(other)

    def resize(mut self, *, unsafe_uninit_length: Int):
        """Makes the text so many bytes long: cuts it, or adds bytes that are to be written before they are read."""
        self.reserve_bytes(unsafe_uninit_length)
        self._set_length(unsafe_uninit_length)

    @__call_location
    def resize(mut self, length: Int, fill_byte: UInt8 = 0):
        """Makes the text `length` bytes long: cuts it, or adds `fill_byte`."""
        var old = self.byte_length()
        _check_slice(0, length, max(old, length))
        if length > old:
            self.reserve_bytes(length)
            for i in range(old, length):
                self._bytes().unsafe_offset(i)[] = fill_byte
        self._set_length(length)

    # ---- as a view

    @always_inline
    def _view(self) -> StringSlice[origin_of(self)]:
        """The text as a view."""
        return StringSlice[origin_of(self)](
            unsafe_from_utf8_ptr=self._bytes().unsafe_origin_cast[origin_of(self)](), length=self.byte_length()
        )

    @always_inline
    def capacity_bytes(self) -> Int:
        """Bytes that the text can have without new memory."""
        return _INLINE if self._capacity < 0 else self._capacity

    @always_inline
    def unsafe_ptr(ref self) -> Pointer[UInt8, origin_of(self)]:
        """A pointer to the first element; it is valid until the value is changed."""
        return self._bytes().unsafe_origin_cast[origin_of(self)]()

    @always_inline
    def as_c_string_slice(mut self) -> CStringSpan[origin_of(self)]:
        """The text for C functions. Today's name is `as_c_string_span`."""
        return self.as_c_string_span()

    def as_c_string_span(mut self) -> CStringSpan[origin_of(self)]:
        """The text with a zero byte after it, for C functions. Valid until the text is changed."""
        var length = self.byte_length()
        self.reserve_bytes(length + 1)
        self._bytes().unsafe_offset(length)[] = 0
        return CStringSpan(unsafe_from_ptr=self._bytes().unsafe_bitcast[Int8]().unsafe_origin_cast[origin_of(self)]())

    @always_inline
    def __bool__(self) -> Bool:
        return self.byte_length() > 0

    def count_codepoints(self) -> Int:
        """The number of Unicode code points."""
        return self._view().count_codepoints()

    def count_graphemes(self) -> Int:
        """The number of characters that a reader sees."""
        return self._view().count_graphemes()

    def __eq__(self, other: Self) -> Bool:
        return self._view() == other._view()

    def __eq__(self, other: StringSlice[_]) -> Bool:
        return self._view() == other

    def __ne__(self, other: Self) -> Bool:
        return not (self._view() == other._view())

    def __ne__(self, other: StringSlice[_]) -> Bool:
        return not (self._view() == other)

    def __lt__(self, other: Self) -> Bool:
        return self._view() < other._view()

    def __lt__(self, other: StringSlice[_]) -> Bool:
        return self._view() < other

    def __le__(self, other: Self) -> Bool:
        return not (other._view() < self._view())

    def __le__(self, other: StringSlice[_]) -> Bool:
        return not (other < self._view())

    def __gt__(self, other: Self) -> Bool:
        return other._view() < self._view()

    def __gt__(self, other: StringSlice[_]) -> Bool:
        return other < self._view()

    def __ge__(self, other: Self) -> Bool:
        return not (self._view() < other._view())

    def __ge__(self, other: StringSlice[_]) -> Bool:
        return not (self._view() < other)

    def __add__(self, other: StringSlice[_]) -> String:
        return self._view() + other

    def __radd__(self, other: StringSlice[_]) -> String:
        return other + self._view()

    def __mul__(self, count: Int) -> String:
        return self._view() * count

    def __imul__(mut self, count: Int):
        self = self * count

    def __contains__(self, needle: StringSlice[_]) -> Bool:
        return needle in self._view()

    @__call_location
    def __getitem__(self, *, byte: Int) -> StringSlice[origin_of(self)]:
        return self._view()[byte=byte]

    @__call_location
    def __getitem__[I: Indexer, //](self, *, byte: I) -> StringSlice[origin_of(self)]:
        """The character that starts at a byte position."""
        return self[byte=byte.__index__()]

    @__call_location
    def __getitem__(self, *, byte: ContiguousSlice) -> StringSlice[origin_of(self)]:
        return self._view()[byte=byte]

    @__call_location
    def __getitem__(self, *, codepoint: Int) -> StringSlice[origin_of(self)]:
        return self._view()[codepoint=codepoint]

    @__call_location
    def __getitem__[I: Indexer, //](self, *, codepoint: I) -> StringSlice[origin_of(self)]:
        """One code point."""
        return self[codepoint=codepoint.__index__()]

    @__call_location
    def __getitem__(self, *, codepoint: ContiguousSlice) -> StringSlice[origin_of(self)]:
        return self._view()[codepoint=codepoint]

    @__call_location
    def __getitem__(self, *, grapheme: Int) -> StringSlice[origin_of(self)]:
        return self._view()[grapheme=grapheme]

    @__call_location
    def __getitem__[I: Indexer, //](self, *, grapheme: I) -> StringSlice[origin_of(self)]:
        """One character that a reader sees."""
        return self[grapheme=grapheme.__index__()]

    @__call_location
    def __getitem__(self, *, grapheme: ContiguousSlice) -> StringSlice[origin_of(self)]:
        return self._view()[grapheme=grapheme]

    def find(self, substr: StringSlice[_], start: Int = 0) -> Int:
        """The byte position of the first occurrence from `start` on, or -1."""
        return self._view().find(substr, start)

    def rfind(self, substr: StringSlice[_], start: Int = 0) -> Int:
        """The byte position of the last occurrence from `start` on, or -1."""
        return self._view().rfind(substr, start)

    def count(self, substr: StringSlice[_]) -> Int:
        """How often a text occurs, without overlaps."""
        return self._view().count(substr)

    def startswith(self, prefix: StringSlice[_], start: Int = 0, end: Int = -1) -> Bool:
        """Whether the text from `start` to `end` begins with a prefix."""
        return self._view().startswith(prefix, start, end)

    def endswith(self, suffix: StringSlice[_], start: Int = 0, end: Int = -1) -> Bool:
        """Whether the text from `start` to `end` ends with a suffix."""
        return self._view().endswith(suffix, start, end)

    def strip(self) -> StringSlice[origin_of(self)]:
        """Without white space at both ends."""
        return self._view().strip()

    def strip(self, chars: StringSlice[_]) -> StringSlice[origin_of(self)]:
        """Without any of these characters at both ends."""
        return self._view().strip(chars)

    def lstrip(self) -> StringSlice[origin_of(self)]:
        """Without white space at the start."""
        return self._view().lstrip()

    def lstrip(self, chars: StringSlice[_]) -> StringSlice[origin_of(self)]:
        """Without any of these characters at the start."""
        return self._view().lstrip(chars)

    def rstrip(self) -> StringSlice[origin_of(self)]:
        """Without white space at the end."""
        return self._view().rstrip()

    def rstrip(self, chars: StringSlice[_]) -> StringSlice[origin_of(self)]:
        """Without any of these characters at the end."""
        return self._view().rstrip(chars)

    def removeprefix(self, prefix: StringSlice[_]) -> StringSlice[origin_of(self)]:
        """Without a prefix, if it is there."""
        return self._view().removeprefix(prefix)

    def removesuffix(self, suffix: StringSlice[_]) -> StringSlice[origin_of(self)]:
        """Without a suffix, if it is there."""
        return self._view().removesuffix(suffix)

    def split(self, sep: StringSlice[_], maxsplit: Int = -1) -> List[StringSlice[origin_of(self)]]:
        """The parts between occurrences of `sep`."""
        return self._view().split(sep, maxsplit)

    def split(self, sep: NoneType = None, *, maxsplit: Int = -1) -> List[StringSlice[origin_of(self)]]:
        """The words between white space."""
        return self._view().split(maxsplit=maxsplit)

    def splitlines(self, keepends: Bool = False) -> List[StringSlice[origin_of(self)]]:
        """The lines, with their ends if `keepends`."""
        return self._view().splitlines(keepends)

    def upper(self) -> String:
        """Letters in upper case."""
        return self._view().upper()

    def lower(self) -> String:
        """Letters in lower case."""
        return self._view().lower()

    def replace(self, old: StringSlice[_], new: StringSlice[_]) -> String:
        """Every occurrence of `old` replaced."""
        return self._view().replace(old, new)

    def join[T: Writable & Copyable & Deinitable](self, elems: List[T]) -> String:
        """The parts, with this text between them."""
        return self._view().join(elems)

    def join[T: Writable](self, elems: Span[T, _]) -> String:
        """The parts, with this text between them."""
        return self._view().join(elems)

    def format[*Ts: Writable](self, *args: *Ts) raises -> String:
        """The text with each `{}` or `{n}` replaced by a value, or with `!r` by its repr."""
        return _format(self._view(), args)

    def ascii_ljust(self, width: Int, fillchar: StaticString = " ") -> String:
        """Filled up at the end to `width` bytes."""
        return self._view().ascii_ljust(width, fillchar)

    def ascii_rjust(self, width: Int, fillchar: StaticString = " ") -> String:
        """Filled up at the start to `width` bytes."""
        return self._view().ascii_rjust(width, fillchar)

    def ascii_center(self, width: Int, fillchar: StaticString = " ") -> String:
        """Filled up at both sides to `width` bytes."""
        return self._view().ascii_center(width, fillchar)

    def isupper(self) -> Bool:
        """Whether there are ASCII letters and all are in upper case."""
        return self._view().isupper()

    def islower(self) -> Bool:
        """Whether there are ASCII letters and all are in lower case."""
        return self._view().islower()

    def is_ascii_digit(self) -> Bool:
        """Whether there is text and all of it is ASCII digits."""
        return self._view().is_ascii_digit()

    def is_ascii_printable(self) -> Bool:
        """Whether all characters are printable ASCII."""
        return self._view().is_ascii_printable()

    def is_ascii_whitespace(self) -> Bool:
        """Whether there is text and all of it is white space."""
        return self._view().is_ascii_whitespace()

    def codepoints(self) -> CodepointsIter[origin_of(self)]:
        """Iterates over the code points."""
        return self._view().codepoints()

    def codepoint_slices(self) -> CodepointSliceIter[origin_of(self)]:
        """Iterates over the code points as views."""
        return self._view().codepoint_slices()

    def codepoint_slices_reversed(self) -> _ReversedSliceIterator[origin_of(self)]:
        """Iterates over the code points as views, last first."""
        return self._view().codepoint_slices_reversed()

    def graphemes(self) -> GraphemeSliceIter[origin_of(self)]:
        """Iterates over the characters that a reader sees."""
        return self._view().graphemes()

    def __iter__(self) -> GraphemeSliceIter[origin_of(self)]:
        return self._view().graphemes()

    def bytes(self) -> BytesIter[origin_of(self)]:
        """Iterates over the bytes."""
        return self._view().bytes()

    def __reversed__(self) -> _ReversedGraphemeIterator[origin_of(self)]:
        return self._view().graphemes_reversed()

    def as_bytes(self) -> Span[UInt8, origin_of(self)]:
        """The bytes."""
        return self._view().as_bytes()

    def graphemes_reversed(self) -> _ReversedGraphemeIterator[origin_of(self)]:
        """Iterates over the characters that a reader sees, last first."""
        return self._view().graphemes_reversed()

    def grapheme_indices(self) -> GraphemeIndicesIter[origin_of(self)]:
        """Pairs of a byte position and the character that a reader sees there."""
        return self._view().grapheme_indices()

    def split_at_grapheme(self, n: Int) -> Tuple[StringSlice[origin_of(self)], StringSlice[origin_of(self)]]:
        """The first `n` characters that a reader sees, and the rest."""
        return self._view().split_at_grapheme(n)

    def isspace(self) -> Bool:
        """Today's name is `is_ascii_whitespace`."""
        return self._view().isspace()

    def reserve(mut self, new_capacity_bytes: Int):
        """Today's name is `reserve_bytes`."""
        self.reserve_bytes(new_capacity_bytes)

    def capacity(self) -> Int:
        """Today's name is `capacity_bytes`."""
        return _INLINE if self._capacity < 0 else self._capacity

    def unsafe_ptr_mut(mut self) -> Pointer[UInt8, origin_of(self)]:
        """A pointer to the bytes, which are made the text's own first, so that they may be written."""
        self._own()
        return self._bytes().unsafe_origin_cast[origin_of(self)]()

    def unsafe_as_bytes_mut(mut self) -> Span[UInt8, origin_of(self)]:
        """The bytes, to be changed in place. They must stay valid UTF-8."""
        self._own()
        return Span[UInt8, origin_of(self)](ptr=self._bytes().unsafe_origin_cast[origin_of(self)](), length=self.byte_length())

    def _own(mut self):
        if self._capacity == 0 and self._length > 0:
            self.reserve_bytes(self._length)

    def write_to(self, mut writer: Some[Writer]):
        """Writes the text that `print` shows."""
        writer.write_string(self._view())

    def write_repr_to(self, mut writer: Some[Writer]):
        """Writes the text that `repr` gives."""
        self._view().write_repr_to(writer)

    def __hash__[H: Hasher](self, mut hasher: H):
        self._view().__hash__(hasher)

    def __fspath__(self) -> String:
        """The text as the name of a file."""
        return self

    # ---- numbers

    def __int__(self) raises -> Int:
        return _parse_int(self._view(), 10)

    def __float__(self) raises -> Float64:
        return _parse_float(self._view())


def chr(c: Int) -> String:
    """The character with a code point."""
    return String(Codepoint(unsafe_unchecked_codepoint=c.cast[DType.uint32]()))


def ord(s: StringSlice[_]) -> Int:
    """The code point of the first character."""
    return Int(Codepoint.ord(s))


def ascii(value: StringSlice[_]) -> String:
    """The text in quotes, other than ASCII characters escaped."""
    var quote = UInt8(34) if "'" in value else UInt8(39)
    var result = String()
    result._append_byte(quote)
    for i in range(value.byte_length()):
        var byte = value._byte(i)
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
