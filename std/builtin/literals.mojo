"""Types of literals: exact compile-time values that adapt to where they are used."""
from std.collections.c_string import CStringSpan
from std.builtin.assertion import __trap
from std.builtin.slice import ContiguousSlice
from std.collections.string_slice import (
    StringSlice, StaticString, CodepointsIter, CodepointSliceIter, _ReversedSliceIterator, GraphemeSliceIter, _ReversedGraphemeIterator,
)
from std.format.template import _format, _template_problem


@__builtin("int-literal")
struct IntLiteral[value: __int_literal_value](TrivialRegisterPassable):
    """An integer literal of unbounded precision."""

    def __init__(out self):
        pass


@__builtin("float-literal")
struct FloatLiteral[value: __float_literal_value](TrivialRegisterPassable):
    """A float literal: an exact rational number, or none."""

    comptime nan = 0.0 / 0.0
    # Above what any type of floats has.
    comptime infinity = 1e6000
    comptime negative_infinity = -1e6000
    comptime negative_zero = -0.0

    def __init__(out self):
        pass

    def is_nan(self) -> Bool:
        """Whether it is no number."""
        var value = Float64(Self())
        return value != value

    def is_neg_zero(self) -> Bool:
        """Whether it is the zero that prints `-0.0`."""
        var value = Float64(Self())
        return value == 0.0 and 1.0 / value < 0.0


@__builtin("string-literal")
struct StringLiteral[value: __string_literal_value](TrivialRegisterPassable, Sized, Writable):
    """A string literal: static bytes, nothing at run time."""

    def __init__(out self):
        pass

    @__intrinsic("literal.string_length")
    def byte_length(self) -> Int:
        """The number of bytes of its UTF-8 text."""
        ...

    @__intrinsic("literal.string_pointer")
    def unsafe_ptr(self) -> Pointer[UInt8, ImmStaticOrigin]:
        """The address of its bytes; a zero byte stands behind them."""
        ...

    @always_inline
    def __len__(self) -> Int:
        return self.byte_length()

    def write_to(self, mut writer: Some[Writer]):
        """Writes the text that `print` shows."""
        writer.write_string(StringSlice(self))

    def write_repr_to(self, mut writer: Some[Writer]):
        """Writes the text that `repr` shows."""
        StringSlice(self).write_repr_to(writer)

    @always_inline
    def ptr(self) -> Pointer[UInt8, ImmStaticOrigin]:
        """The address of its bytes; a zero byte stands behind them."""
        return self.unsafe_ptr()

    @always_inline
    def as_c_string_span(self) -> CStringSpan[ImmStaticOrigin]:
        """The text for C functions."""
        return self.as_c_string_slice()

    @always_inline
    def as_c_string_slice(self) -> CStringSpan[ImmStaticOrigin]:
        """The text for C functions."""
        return CStringSpan(unsafe_from_ptr=self.unsafe_ptr().unsafe_bitcast[Int8]())

    # ---- views; everything else is asked of the `String` of the text

    @always_inline
    def _text(self) -> StaticString:
        return StringSlice(self)

    def format[*Ts: Writable](self, *args: *Ts) -> String:
        """The text with each `{}` or `{n}` replaced by a value, or with `!r` by its repr."""
        comptime problem = _template_problem(Self()._text(), args.__len__())
        comptime assert problem == "", problem
        try:
            return _format(self._text(), args)
        except error:
            _bad_template(error)

    def strip(self) -> StaticString:
        """Without white space at both ends."""
        return self._text().strip()

    def lstrip(self) -> StaticString:
        """Without white space at the start."""
        return self._text().lstrip()

    def rstrip(self) -> StaticString:
        """Without white space at the end."""
        return self._text().rstrip()

    def lstrip(self, chars: StringSlice[_]) -> StaticString:
        """Without any of these characters at the start."""
        return self._text().lstrip(chars)

    def rstrip(self, chars: StringSlice[_]) -> StaticString:
        """Without any of these characters at the end."""
        return self._text().rstrip(chars)

    def strip(self, chars: StringSlice[_]) -> StaticString:
        """Without any of these characters at both ends."""
        return self._text().strip(chars)

    def upper(self) -> String:
        """Letters in upper case."""
        return self._text().upper()

    def lower(self) -> String:
        """Letters in lower case."""
        return self._text().lower()

    def isupper(self) -> Bool:
        """Whether there are letters with case and all of them are in upper case."""
        return self._text().isupper()

    def islower(self) -> Bool:
        """Whether there are letters with case and all of them are in lower case."""
        return self._text().islower()

    def is_ascii_digit(self) -> Bool:
        """Whether there is text and all of it is ASCII digits."""
        return self._text().is_ascii_digit()

    def count_codepoints(self) -> Int:
        """The number of Unicode code points."""
        return self._text().count_codepoints()

    def count(self, substr: StringSlice[_]) -> Int:
        """How often a text occurs, without overlaps."""
        return self._text().count(substr)

    def find(self, substr: StringSlice[_], start: Int = 0) -> Int:
        """The byte position of the first occurrence from `start` on, or -1."""
        return self._text().find(substr, start)

    def rfind(self, substr: StringSlice[_], start: Int = 0) -> Int:
        """The byte position of the last occurrence that begins at `start` or later, or -1."""
        return self._text().rfind(substr, start)

    def startswith(self, prefix: StringSlice[_], start: Int = 0, end: Int = -1) -> Bool:
        """Whether the text from `start` to `end` begins with a prefix."""
        return self._text().startswith(prefix, start, end)

    def endswith(self, suffix: StringSlice[_], start: Int = 0, end: Int = -1) -> Bool:
        """Whether the text from `start` to `end` ends with a suffix."""
        return self._text().endswith(suffix, start, end)

    def ascii_ljust(self, width: Int, fillchar: StaticString = " ") -> String:
        """Filled up at the end to `width` bytes."""
        return self._text().ascii_ljust(width, fillchar)

    def ascii_rjust(self, width: Int, fillchar: StaticString = " ") -> String:
        """Filled up at the start to `width` bytes."""
        return self._text().ascii_rjust(width, fillchar)

    def ascii_center(self, width: Int, fillchar: StaticString = " ") -> String:
        """Filled up at both sides to `width` bytes."""
        return self._text().ascii_center(width, fillchar)

    def join[T: Writable & Copyable & Deinitable](self, elems: List[T]) -> String:
        """The parts, with this text between them."""
        return self._text().join(elems)

    def join[T: Writable](self, elems: Span[T, _]) -> String:
        """The parts, with this text between them."""
        return self._text().join(elems)

    def graphemes_reversed(self) -> _ReversedGraphemeIterator[ImmStaticOrigin]:
        """Iterates over the characters that a reader sees, last first."""
        return self._text().graphemes_reversed()

    def split(self, sep: StringSlice[_], maxsplit: Int = -1) -> List[StaticString]:
        """The parts between occurrences of `sep`."""
        return self._text().split(sep, maxsplit)

    def split(self, sep: NoneType = None, *, maxsplit: Int = -1) -> List[StaticString]:
        """The words between white space."""
        return self._text().split(maxsplit=maxsplit)

    @__call_location
    def __getitem__(self, *, byte: Int) -> StaticString:
        """The character that starts at a byte position."""
        return self._text()[byte=byte]

    @__call_location
    def __getitem__[I: Indexer, //](self, *, byte: I) -> StaticString:
        """The character that starts at a byte position."""
        return self[byte=byte.__index__()]

    @__call_location
    def __getitem__(self, *, byte: ContiguousSlice) -> StaticString:
        """The bytes from one position to another."""
        return self._text()[byte=byte]

    @__call_location
    def __getitem__(self, *, codepoint: Int) -> StaticString:
        """One code point."""
        return self._text()[codepoint=codepoint]

    @__call_location
    def __getitem__(self, *, codepoint: ContiguousSlice) -> StaticString:
        """The code points from one position to another."""
        return self._text()[codepoint=codepoint]

    @__call_location
    def __getitem__(self, *, grapheme: Int) -> StaticString:
        """One character that a reader sees."""
        return self._text()[grapheme=grapheme]

    def codepoints(self) -> CodepointsIter[ImmStaticOrigin]:
        """Iterates over the code points."""
        return self._text().codepoints()

    def codepoint_slices(self) -> CodepointSliceIter[ImmStaticOrigin]:
        """Iterates over the code points as views."""
        return self._text().codepoint_slices()

    def codepoint_slices_reversed(self) -> _ReversedSliceIterator[ImmStaticOrigin]:
        """Iterates over the code points as views, last first."""
        return self._text().codepoint_slices_reversed()

    def graphemes(self) -> GraphemeSliceIter[ImmStaticOrigin]:
        """Iterates over the characters that a reader sees."""
        return self._text().graphemes()

    def __iter__(ref self) -> GraphemeSliceIter[ImmStaticOrigin]:
        return self._text().graphemes()

    def __reversed__(self) -> _ReversedGraphemeIterator[ImmStaticOrigin]:
        return self._text().graphemes_reversed()

    def as_string_slice(self) -> StaticString:
        """A view of the text."""
        return self._text()

    def as_bytes(self) -> Span[UInt8, ImmStaticOrigin]:
        """The bytes."""
        return self._text().as_bytes()


@no_inline
def _bad_template(error: Error) -> Never:
    print("ABORT:", error)
    __trap()
