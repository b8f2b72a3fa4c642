"""What t-strings are: values that print, and that `String(…)` makes a text of."""


@__builtin("t-string")
struct TString(Movable, Writable):
    """The value of a t-string. It prints as its text, and is no `String`: `String(t"…")` makes one of it."""

    var _text: String

    @always_inline
    def __init__(out self, *, var _text: String):
        self._text = _text^

    def write_to(self, mut writer: Some[Writer]):
        """Writes the text with the values in it."""
        writer.write_string(self._text)

    def write_repr_to(self, mut writer: Some[Writer]):
        """Writes `TString()`, as the 1.x library does."""
        writer.write_string("TString()")


__extension String:
    @always_inline
    def __init__(out self, value: TString):
        """The text of a t-string."""
        self = value._text.copy()


__extension Error:
    @implicit
    def __init__(out self, value: TString):
        """An error whose message is the text of a t-string."""
        self = Error(value._text.copy())
