"""`StringSlice`: a view of text that somebody else owns. All text is UTF-8."""
from std.builtin.assertion import _check_boundary, _check_index
from std.builtin.slice import ContiguousSlice, _check_slice
from std.builtin.literals import StringLiteral
from std.collections.c_string import CStringSpan
from std.hash.hashable import Hasher
from std.collections.codepoint import Codepoint, _decode, _sequence_length, _is_space, _character_length, _is_valid_utf8
from std.collections.string_iterators import (
    CodepointsIter, CodepointSliceIter, _ReversedSliceIterator, GraphemeSliceIter, _ReversedGraphemeIterator,
    GraphemeIndicesIter, BytesIter,
)
from std.collections.unicode_case import _map_case, _is_cased
from std.format.template import _format
from std.collections.text_numbers import _parse_int, _parse_float
from std.collections.text_search import _equal_bytes, _find, _spaces, _space_width
from std.memory.memory import __memory_compare, __product
from std.memory.pointer import Pointer, __null_pointer
from std.os.path_like import PathLike

comptime StaticString = StringSpan[ImmStaticOrigin]
comptime StringSlice = StringSpan
comptime ImmStringSlice = StringSpan[mut=False, ...]
comptime ImmStringSpan = StringSpan[mut=False, ...]


struct StringSpan[mut: Bool, //, origin: Origin[mut=mut]](
    TrivialRegisterPassable, Boolable, Defaultable, Equatable, Comparable, Hashable, KeyElement, IntableRaising, Writable, PathLike
):
    """A view of text that somebody else owns: a pointer and a number of bytes, always whole UTF-8 sequences.

    Comparison is by bytes. Taking parts costs nothing; functions that make new text return a `String`. Positions count bytes, except where a
    keyword (`codepoint=`, `grapheme=`) says otherwise; those scan the text from its start.
    """

    comptime Immutable = StringSpan[ImmOrigin(Self.origin)]

    var _data: Pointer[UInt8, Self.origin]
    var _length: Int

    # ---- construction

    @always_inline
    @implicit
    def __init__[value: __string_literal_value, //](
        out self: StringSpan[ImmStaticOrigin], literal: StringLiteral[value]
    ):
        self._data = literal.unsafe_ptr()
        self._length = literal.byte_length()

    @always_inline
    def __init__(out self):
        """Empty text."""
        self._data = __null_pointer[Pointer[UInt8, Self.origin]]()
        self._length = 0

    def __init__(out self, *, from_utf8: Span[UInt8, Self.origin]) raises:
        """The text that these bytes are in UTF-8. Raises where they are not valid UTF-8."""
        if not _is_valid_utf8(from_utf8.unsafe_ptr(), len(from_utf8)):
            raise Error("StringSpan: buffer is not valid UTF-8")
        self._data = from_utf8.unsafe_ptr()
        self._length = len(from_utf8)

    @always_inline
    @implicit
    def __init__(out self, ref[Self.origin] text: String):
        self._data = text._bytes().unsafe_origin_cast[Self.origin]()
        self._length = text.byte_length()

    @always_inline
    def __init__(out self, *, unsafe_from_utf8_ptr: Pointer[UInt8, Self.origin], length: Int):
        self._data = unsafe_from_utf8_ptr.unsafe_origin_cast[Self.origin]()
        self._length = length

    @always_inline
    def __init__(out self, *, unsafe_from_utf8: Span[UInt8, Self.origin]):
        self._data = unsafe_from_utf8.unsafe_ptr()
        self._length = len(unsafe_from_utf8)

    # ---- length and bytes

    @always_inline
    def byte_length(self) -> Int:
        """The number of bytes."""
        return self._length

    @always_inline
    def unsafe_ptr(self) -> Pointer[UInt8, Self.origin]:
        """A pointer to the first element; it is valid until the value is changed."""
        return self._data

    @always_inline
    def _byte(self, index: Int) -> UInt8:
        return self._data.unsafe_offset(index)[]

    @always_inline
    def __bool__(self) -> Bool:
        return self._length > 0

    @always_inline
    def as_bytes(self) -> Span[UInt8, Self.origin]:
        """The bytes."""
        return Span[UInt8, Self.origin](ptr=self._data, length=self._length)

    @always_inline
    def bytes(self) -> BytesIter[Self.origin]:
        """Iterates over the bytes."""
        return BytesIter[Self.origin](self._data, self._length)

    def count_codepoints(self) -> Int:
        """The number of Unicode code points."""
        var result = 0
        for i in range(self._length):
            if (self._byte(i) & 0xC0) != 0x80:
                result += 1
        return result

    def count_graphemes(self) -> Int:
        """The number of characters that a reader sees."""
        var result = 0
        var at = 0
        while at < self._length:
            at += _character_length(self._data.unsafe_offset(at), self._length - at)
            result += 1
        return result

    # ---- comparison

    def __eq__(self, other: Self) -> Bool:
        return self._length == other._length and _equal_bytes(self._data, other._data, self._length)

    def __eq__(self, other: StringSlice[_]) -> Bool:
        if self._length != other._length:
            return False
        return _equal_bytes(self._data, other._data, self._length)

    def __ne__(self, other: StringSlice[_]) -> Bool:
        return not (self == other)

    def __lt__(self, other: StringSlice[_]) -> Bool:
        var order = __memory_compare(self._data, other._data, min(self._length, other._length))
        return order < 0 or (order == 0 and self._length < other._length)

    def __le__(self, other: StringSlice[_]) -> Bool:
        return not (other < self)

    def __gt__(self, other: StringSlice[_]) -> Bool:
        return other < self

    def __ge__(self, other: StringSlice[_]) -> Bool:
        return not (self < other)

    # ---- parts

    @always_inline
    def _part(self, start: Int, end: Int) -> StringSlice[Self.origin]:
        return StringSlice[Self.origin](unsafe_from_utf8_ptr=self._data.unsafe_offset(start), length=end - start)

    @__call_location
    def __getitem__(self, *, byte: Int) -> StringSlice[Self.origin]:
        """The character that starts at a byte position."""
        _check_index(byte, self._length)
        _check_boundary(self.is_codepoint_boundary(byte), byte)
        return self._part(byte, min(byte + _sequence_length(self._byte(byte)), self._length))

    @__call_location
    def __getitem__[I: Indexer, //](self, *, byte: I) -> StringSlice[Self.origin]:
        """The character that starts at a byte position."""
        return self[byte=byte.__index__()]

    @__call_location
    def __getitem__(self, *, byte: ContiguousSlice) -> StringSlice[Self.origin]:
        """The bytes from one position to another; both must be beginnings of code points, or the end."""
        var start = byte.lower()
        var end = byte.upper(self._length)
        _check_slice(start, end, self._length)
        _check_boundary(self.is_codepoint_boundary(start), start)
        _check_boundary(self.is_codepoint_boundary(end), end)
        return self._part(start, end)

    def _codepoint_offset(self, index: Int) -> Int:
        """The byte position of a code point; beyond the end where there are not as many."""
        var at = 0
        var left = index
        while at < self._length and left > 0:
            at += _sequence_length(self._byte(at))
            left -= 1
        return at if left == 0 else self._length + 1

    @__call_location
    def __getitem__(self, *, codepoint: Int) -> StringSlice[Self.origin]:
        """One code point."""
        var start = self._codepoint_offset(codepoint) if codepoint >= 0 else self._length
        if start >= self._length:
            _check_index(codepoint, self.count_codepoints())
        return self._part(start, min(start + _sequence_length(self._byte(start)), self._length))

    @__call_location
    def __getitem__[I: Indexer, //](self, *, codepoint: I) -> StringSlice[Self.origin]:
        """One code point."""
        return self[codepoint=codepoint.__index__()]

    @__call_location
    def __getitem__(self, *, codepoint: ContiguousSlice) -> StringSlice[Self.origin]:
        """The code points from one position to another."""
        var count = self.count_codepoints()
        var start = codepoint.lower()
        var end = codepoint.upper(count)
        _check_slice(start, end, count)
        return self._part(self._codepoint_offset(start), self._codepoint_offset(end))

    def _grapheme_offset(self, index: Int) -> Int:
        var at = 0
        var left = index
        while at < self._length and left > 0:
            at += _character_length(self._data.unsafe_offset(at), self._length - at)
            left -= 1
        return at if left == 0 else self._length + 1

    @__call_location
    def __getitem__(self, *, grapheme: Int) -> StringSlice[Self.origin]:
        """One character that a reader sees."""
        var start = self._grapheme_offset(grapheme) if grapheme >= 0 else self._length
        if start >= self._length:
            _check_index(grapheme, self.count_graphemes())
        return self._part(start, start + _character_length(self._data.unsafe_offset(start), self._length - start))

    @__call_location
    def __getitem__[I: Indexer, //](self, *, grapheme: I) -> StringSlice[Self.origin]:
        """One character that a reader sees."""
        return self[grapheme=grapheme.__index__()]

    @__call_location
    def __getitem__(self, *, grapheme: ContiguousSlice) -> StringSlice[Self.origin]:
        """Characters from one position to another."""
        var count = self.count_graphemes()
        var start = grapheme.lower()
        var end = grapheme.upper(count)
        _check_slice(start, end, count)
        return self._part(self._grapheme_offset(start), self._grapheme_offset(end))

    # ---- search

    def _is_at(self, position: Int, needle: StringSlice[_]) -> Bool:
        """Whether `needle` stands at a position from which it fits."""
        return __memory_compare(self._data.unsafe_offset(position), needle._data, needle._length) == 0

    def _find_from(self, start: Int, needle: StringSlice[_]) -> Int:
        """The first occurrence of a needle that is not empty from `start` on, or -1."""
        return _find(self._data, self._length, start, needle._data, needle._length)

    def find(self, substr: StringSlice[_], start: Int = 0) -> Int:
        """The byte position of the first occurrence from `start` on, or -1. A negative `start` counts from the end; an empty needle is at 0."""
        if substr._length == 0:
            return 0
        return self._find_from(start if start >= 0 else max(start + self._length, 0), substr)

    def rfind(self, substr: StringSlice[_], start: Int = 0) -> Int:
        """The byte position of the last occurrence that begins at `start` or later, or -1. An empty needle is at the end."""
        if substr._length == 0:
            return self._length
        var first = start if start >= 0 else max(start + self._length, 0)
        var i = self._length - substr._length
        while i >= first:
            if self._is_at(i, substr):
                return i
            i -= 1
        return -1

    def __contains__(self, needle: StringSlice[_]) -> Bool:
        return self.find(needle) >= 0

    def count(self, substr: StringSlice[_]) -> Int:
        """How often a text occurs, without overlaps; an empty one at every byte and at the end."""
        if substr._length == 0:
            return self._length + 1
        var result = 0
        var at = self._find_from(0, substr)
        while at >= 0:
            result += 1
            at = self._find_from(at + substr._length, substr)
        return result

    def startswith(self, prefix: StringSlice[_], start: Int = 0, end: Int = -1) -> Bool:
        """Whether the text from `start` to `end` begins with a prefix."""
        var limit = self._length if end < 0 else min(end, self._length)
        if start + prefix._length > limit:
            return False
        return self._is_at(start, prefix)

    def endswith(self, suffix: StringSlice[_], start: Int = 0, end: Int = -1) -> Bool:
        """Whether the text from `start` to `end` ends with a suffix."""
        var limit = self._length if end < 0 else min(end, self._length)
        if start + suffix._length > limit:
            return False
        return self._is_at(limit - suffix._length, suffix)

    def removeprefix(self, prefix: StringSlice[_]) -> StringSlice[Self.origin]:
        """Without a prefix, if it is there."""
        return self._part(prefix._length, self._length) if self.startswith(prefix) else self

    def removesuffix(self, suffix: StringSlice[_]) -> StringSlice[Self.origin]:
        """Without a suffix, if it is there."""
        return self._part(0, self._length - suffix._length) if self.endswith(suffix) else self

    # ---- stripping and splitting

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

    def lstrip(self, chars: StringSlice[_]) -> StringSlice[Self.origin]:
        """Without any of these characters at the start."""
        var start = 0
        while start < self._length:
            var length = _sequence_length(self._byte(start))
            if self._part(start, min(start + length, self._length)) not in chars:
                break
            start += length
        return self._part(start, self._length)

    def rstrip(self, chars: StringSlice[_]) -> StringSlice[Self.origin]:
        """Without any of these characters at the end."""
        var end = self._length
        while end > 0:
            var start = end - 1
            while start > 0 and (self._byte(start) & 0xC0) == 0x80:
                start -= 1
            if self._part(start, end) not in chars:
                break
            end = start
        return self._part(0, end)

    def strip(self, chars: StringSlice[_]) -> StringSlice[Self.origin]:
        """Without any of these characters at both ends."""
        return self.lstrip(chars).rstrip(chars)

    def split(self, sep: StringSlice[_], maxsplit: Int = -1) -> List[StringSlice[Self.origin]]:
        """The parts between occurrences of `sep`, at most `maxsplit + 1` unless that is negative. An empty `sep` stands around each code
        point. Linear time."""
        var parts = List[StringSlice[Self.origin]]()
        var start = 0
        var left = maxsplit
        var width = sep._length
        if width == 0:
            while left != 0 and start <= self._length:
                parts.append(self._part(0 if start == 0 else start - self._width_before(start), start))
                left -= 1
                if start == self._length:
                    start += 1
                    break
                start += min(_sequence_length(self._byte(start)), self._length - start)
            var rest = 0 if left == maxsplit else min(start - self._width_before(min(start, self._length)), self._length)
            parts.append(self._part(self._length if start > self._length else rest, self._length))
            return parts^
        while left != 0:
            var at = self._find_from(start, sep)
            if at < 0:
                break
            parts.append(self._part(start, at))
            start = at + width
            left -= 1
        parts.append(self._part(start, self._length))
        return parts^

    def _width_before(self, position: Int) -> Int:
        """Bytes of the code point that ends at a position, 0 at the start."""
        var start = position
        while start > 0:
            start -= 1
            if (self._byte(start) & 0xC0) != 0x80:
                break
        return position - start

    def split(self, sep: NoneType = None, *, maxsplit: Int = -1) -> List[StringSlice[Self.origin]]:
        """The words between white space, at most `maxsplit + 1` unless that is negative. Linear time."""
        var parts = List[StringSlice[Self.origin]]()
        var i = 0
        var left = maxsplit
        while True:
            i += _spaces(self._data.unsafe_offset(i), self._length - i)
            if i >= self._length:
                return parts^
            if left == 0:
                parts.append(self._part(i, self._length))
                return parts^
            var start = i
            while i < self._length and _space_width(self._data.unsafe_offset(i), self._length - i) == 0:
                i += 1
            parts.append(self._part(start, i))
            left -= 1

    def splitlines(self, keepends: Bool = False) -> List[StringSlice[Self.origin]]:
        """The lines, with their ends if `keepends`."""
        var lines = List[StringSlice[Self.origin]]()
        var start = 0
        var i = 0
        while i < self._length:
            var byte = self._byte(i)
            var width = 0
            if byte == 13 and i + 1 < self._length and self._byte(i + 1) == 10:
                width = 2
            elif (byte >= 10 and byte <= 13) or (byte >= 28 and byte <= 30):
                width = 1
            elif byte == 0xC2 and i + 1 < self._length and self._byte(i + 1) == 0x85:
                width = 2
            elif byte == 0xE2 and i + 2 < self._length and self._byte(i + 1) == 0x80 and (self._byte(i + 2) & 0xFE) == 0xA8:
                width = 3
            if width == 0:
                i += 1
                continue
            lines.append(self._part(start, i + width if keepends else i))
            i += width
            start = i
        if start < self._length:
            lines.append(self._part(start, self._length))
        return lines^

    # ---- new text

    def upper(self) -> String:
        """Letters in upper case, by the full mapping of Unicode: `ß` becomes `SS`. Linear time."""
        return _map_case[True](self)

    def lower(self) -> String:
        """Letters in lower case, by the full mapping of Unicode. Linear time."""
        return _map_case[False](self)

    def replace(self, old: StringSlice[_], new: StringSlice[_]) -> String:
        """Every occurrence of `old` replaced, from left to right. An empty `old` stands before each code point. Linear time."""
        var text = String(capacity_bytes=self._length)
        if old._length == 0:
            for part in self.codepoint_slices():
                text.write_string(new)
                text.write_string(part)
            return text^
        var start = 0
        while True:
            var at = self._find_from(start, old)
            if at < 0:
                text.write_string(self._part(start, self._length))
                return text^
            text.write_string(self._part(start, at))
            text.write_string(new)
            start = at + old._length

    def join[T: Writable & Copyable & Deinitable](self, elems: List[T]) -> String:
        """The parts, with this text between them."""
        var text = String()
        for i in range(len(elems)):
            if i > 0:
                text.write_string(self)
            elems[i].write_to(text)
        return text^

    def join[T: Writable](self, elems: Span[T, _]) -> String:
        """The parts, with this text between them."""
        var text = String()
        for i in range(len(elems)):
            if i > 0:
                text.write_string(self)
            elems[i].write_to(text)
        return text^

    def format[*Ts: Writable](self, *args: *Ts) raises -> String:
        """The text with each `{}` or `{n}` replaced by a value, or with `!r` by its repr."""
        return _format(self, args)

    def _pad(self, left: Int, right: Int, fill: StringSlice[_]) -> String:
        var text = String()
        text.reserve_bytes(max(left, right, self._length))
        for _ in range(left):
            text.write_string(fill)
        text.write_string(self)
        for _ in range(right):
            text.write_string(fill)
        return text^

    def ascii_ljust(self, width: Int, fillchar: StaticString = " ") -> String:
        """Filled up at the end to `width` bytes."""
        return self._pad(0, width - self._length, fillchar)

    def ascii_rjust(self, width: Int, fillchar: StaticString = " ") -> String:
        """Filled up at the start to `width` bytes."""
        return self._pad(width - self._length, 0, fillchar)

    def ascii_center(self, width: Int, fillchar: StaticString = " ") -> String:
        """Filled up at both sides to `width` bytes."""
        var missing = max(width - self._length, 0)
        return self._pad(missing // 2, missing - missing // 2, fillchar)

    def __radd__(self, other: StringSlice[_]) -> String:
        return other + self

    def as_c_string_slice(self: StaticString) -> CStringSpan[ImmStaticOrigin]:
        """The text for C functions. Today's name is `as_c_string_span`."""
        return self.as_c_string_span()

    def as_c_string_span(self: StaticString) -> CStringSpan[ImmStaticOrigin]:
        """The text for C functions. Literals end with a zero byte, other text may not."""
        return CStringSpan(unsafe_from_ptr=self.unsafe_ptr().unsafe_bitcast[Int8]())

    def __add__(self, other: StringSlice[_]) -> String:
        var text = String()
        text.reserve_bytes(self._length + other._length)
        text.write_string(self)
        text.write_string(other)
        return text^

    def __mul__(self, count: Int) -> String:
        var text = String()
        text.reserve_bytes(__product(self._length, max(count, 0)))
        for _ in range(count):
            text.write_string(self)
        return text^

    # ---- tests

    def isupper(self) -> Bool:
        """Whether there are letters with case and all of them are in upper case."""
        return _is_cased[True](self)

    def islower(self) -> Bool:
        """Whether there are letters with case and all of them are in lower case."""
        return _is_cased[False](self)

    def is_ascii_digit(self) -> Bool:
        """Whether there is text and all of it is ASCII digits."""
        for i in range(self._length):
            if self._byte(i) < 48 or self._byte(i) > 57:
                return False
        return self._length > 0

    def is_ascii_printable(self) -> Bool:
        """Whether all characters are printable ASCII."""
        for i in range(self._length):
            if self._byte(i) < 32 or self._byte(i) > 126:
                return False
        return True

    def is_ascii_whitespace(self) -> Bool:
        """Whether there is text and all of it is white space."""
        for i in range(self._length):
            if not _is_space(self._byte(i)):
                return False
        return self._length > 0

    # ---- iteration

    @always_inline
    def codepoints(self) -> CodepointsIter[Self.origin]:
        """Iterates over the code points."""
        return CodepointsIter[Self.origin](self._data, self._length)

    @always_inline
    def codepoint_slices(self) -> CodepointSliceIter[Self.origin]:
        """Iterates over the code points as views."""
        return CodepointSliceIter[Self.origin](self._data, self._length)

    @always_inline
    def codepoint_slices_reversed(self) -> _ReversedSliceIterator[Self.origin]:
        """Iterates over the code points as views, last first."""
        return _ReversedSliceIterator[Self.origin](self._data, self._length)

    @always_inline
    def graphemes(self) -> GraphemeSliceIter[Self.origin]:
        """Iterates over the characters that a reader sees."""
        return GraphemeSliceIter[Self.origin](self._data, self._length)

    @always_inline
    def __iter__(ref self) -> GraphemeSliceIter[Self.origin]:
        return GraphemeSliceIter[Self.origin](self._data, self._length)

    @always_inline
    def __reversed__(self) -> _ReversedGraphemeIterator[Self.origin]:
        return _ReversedGraphemeIterator[Self.origin](self._data, self._length)

    @always_inline
    def graphemes_reversed(self) -> _ReversedGraphemeIterator[Self.origin]:
        """Iterates over the characters that a reader sees, last first. Each step scans from the line's start."""
        return _ReversedGraphemeIterator[Self.origin](self._data, self._length)

    @always_inline
    def grapheme_indices(self) -> GraphemeIndicesIter[Self.origin]:
        """Pairs of a byte position and the character that a reader sees there."""
        return GraphemeIndicesIter[Self.origin](self._data, self._length)

    def split_at_grapheme(self, n: Int) -> Tuple[StringSlice[Self.origin], StringSlice[Self.origin]]:
        """The first `n` characters that a reader sees (all, if there are fewer), and the rest."""
        var at = 0
        var left = n
        while left > 0 and at < self._length:
            at += _character_length(self._data.unsafe_offset(at), self._length - at)
            left -= 1
        return (self._part(0, at), self._part(at, self._length))

    def isspace(self) -> Bool:
        """Whether there is text and all of it is white space. Today's name is `is_ascii_whitespace`."""
        return self._length > 0 and _spaces(self._data, self._length) == self._length

    def isnewline(self) -> Bool:
        """Whether there is text and all of it is line ends."""
        for line in self.splitlines():
            if line._length > 0:
                return False
        return self._length > 0

    def is_codepoint_boundary(self, index: Int) -> Bool:
        """Whether a code point begins at this byte position, or the text ends there."""
        if index >= self._length:
            return index == self._length
        return (self._byte(index) & 0xC0) != 0x80

    @always_inline
    def as_imm(self) -> Self.Immutable:
        """The same view, for reading only."""
        return Self.Immutable(
            unsafe_from_utf8_ptr=self._data.unsafe_origin_cast[ImmOrigin(Self.origin)](), length=self._length
        )

    # ---- numbers

    def __int__(self) raises -> Int:
        return _parse_int(self, 10)

    def __float__(self) raises -> Float64:
        return _parse_float(self)

    # ---- text and hashing

    def __fspath__(self) -> String:
        """The text as the name of a file."""
        return String(self)

    def write_to(self, mut writer: Some[Writer]):
        """Writes the text that `print` shows."""
        writer.write_string(self)

    def write_repr_to(self, mut writer: Some[Writer]):
        """Writes the text that `repr` gives."""
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
        hasher.update(self.as_bytes().as_imm())


@always_inline
def _hex_digit(value: UInt8) -> UInt8:
    return value + (UInt8(48) if value < 10 else UInt8(87))


def _write_hex_digit(value: UInt8, mut writer: Some[Writer]):
    Codepoint(_hex_digit(value)).write_to(writer)
