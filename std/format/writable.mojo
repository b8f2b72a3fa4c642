"""Text output: what writes itself, and where to."""


@__builtin("Writer")
trait Writer:
    """A sink for text."""

    def write_string(mut self, text: StringSlice[_]):
        ...

    def write[*Ts: Writable](mut self, *values: *Ts):
        """Writes values one after the other."""
        comptime for i in range(values.__len__()):
            values[i].write_to(self)


@__builtin("Writable")
trait Writable:
    """A type that can be printed."""

    def write_to(self, mut writer: Some[Writer]):
        ...

    def write_repr_to(self, mut writer: Some[Writer]):
        self.write_to(writer)


def repr[T: Writable](value: T) -> String:
    """The text that names the value's type and quotes strings."""
    var text = String()
    value.write_repr_to(text)
    return text^
