"""The default error type."""


@__builtin("error")
struct Error(ImplicitlyCopyable, Deinitable, Writable):
    """An error with a message."""

    var _message: String

    @implicit
    def __init__[text: __string_literal_value, //](out self, value: StringLiteral[text]):
        self._message = String(value)

    @implicit
    def __init__(out self, var value: String):
        self._message = value^

    def __init__[*Ts: Writable](out self, *parts: *Ts):
        """Concatenates what the parts print."""
        var text = String()
        comptime for i in range(parts.__len__()):
            parts[i].write_to(text)
        self._message = text^

    def get_stack_trace(self) -> Optional[String]:
        """The calls that led to the error as text, if they were recorded: they are not."""
        return None

    def write_to(self, mut writer: Some[Writer]):
        """Writes the text that `print` shows."""
        self._message.write_to(writer)

    def write_repr_to(self, mut writer: Some[Writer]):
        """Writes the text that `repr` shows."""
        writer.write_string("Error(")
        self._message.write_repr_to(writer)
        writer.write_string(")")
