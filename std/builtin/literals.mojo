"""Types of literals: exact compile-time values that adapt to where they are used."""
from std.builtin.assertion import __trap
from std.collections.string_slice import (
    StringSlice, StaticString, _CodepointIterator, _CodepointSliceIterator, _ReversedSliceIterator, _GraphemeIterator,
)
from std.format.template import _format


@__builtin("int-literal")
struct IntLiteral[value: __int_literal_value](TrivialRegisterPassable):
    """An integer literal of unbounded precision."""

    def __init__(out self):
        pass


@__builtin("float-literal")
struct FloatLiteral[value: __float_literal_value](TrivialRegisterPassable):
    """A float literal: an exact rational number."""

    def __init__(out self):
        pass


@__builtin("string-literal")
struct StringLiteral[value: __string_literal_value](TrivialRegisterPassable, Sized, Writable):
    """A string literal: static bytes, nothing at run time."""

    def __init__(out self):
        pass

    @__intrinsic("literal.string_length")
    def byte_length(self) -> Int:
        ...

    @__intrinsic("literal.string_pointer")
    def unsafe_ptr(self) -> Pointer[UInt8, StaticOrigin]:
        ...

    @always_inline
    def __len__(self) -> Int:
        return self.byte_length()

    def write_to(self, mut writer: Some[Writer]):
        writer.write_string(StringSlice(self))

    def write_repr_to(self, mut writer: Some[Writer]):
        StringSlice(self).write_repr_to(writer)

    # ---- views; everything else is asked of the `String` of the text

    @always_inline
    def _text(self) -> StaticString:
        return StringSlice(self)

    def format[*Ts: Writable](self, *values: *Ts) -> String:
        """The text with each `{}` or `{n}` replaced by a value, or with `!r` by its repr."""
        try:
            return _format(self._text(), values)
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

    def split(self, separator: StringSlice[_], maxsplit: Int = -1) -> List[StaticString]:
        """The parts between occurrences of `separator`."""
        return self._text().split(separator, maxsplit)

    def split(self, *, maxsplit: Int = -1) -> List[StaticString]:
        """The words between white space."""
        return self._text().split(maxsplit=maxsplit)

    def removeprefix(self, prefix: StringSlice[_]) -> StaticString:
        """Without a prefix, if it is there."""
        return self._text().removeprefix(prefix)

    def removesuffix(self, suffix: StringSlice[_]) -> StaticString:
        """Without a suffix, if it is there."""
        return self._text().removesuffix(suffix)

    def codepoints(self) -> _CodepointIterator[StaticOrigin]:
        """Iterates over the code points."""
        return self._text().codepoints()

    def codepoint_slices(self) -> _CodepointSliceIterator[StaticOrigin]:
        """Iterates over the code points as views."""
        return self._text().codepoint_slices()

    def codepoint_slices_reversed(self) -> _ReversedSliceIterator[StaticOrigin]:
        """Iterates over the code points as views, last first."""
        return self._text().codepoint_slices_reversed()

    def graphemes(self) -> _GraphemeIterator[StaticOrigin]:
        """Iterates over the characters that a reader sees."""
        return self._text().graphemes()

    def __iter__(ref self) -> _GraphemeIterator[StaticOrigin]:
        return self._text().graphemes()

    def as_bytes(self) -> Span[UInt8, StaticOrigin]:
        """The bytes."""
        return self._text().as_bytes()

    def as_string_slice(self) -> StaticString:
        """The text as a view."""
        return self._text()


@no_inline
def _bad_template(error: Error) -> Never:
    print("ABORT:", error)
    __trap()
