"""What t-strings are: values that print, and that `String(…)` makes a text of."""


@__builtin("t-string")
struct TString[*Ts: Writable & Movable & Deinitable](Movable, Writable):
    """The value of a t-string: its texts and the values between them. What a place holds is read when the text is written, all else was
    computed before. It is no `String`: `String(t"…")` makes one of it."""

    var _parts: Tuple[*Self.Ts]

    @always_inline
    def __init__(out self, *, var _parts: Tuple[*Self.Ts]):
        self._parts = _parts^

    def write_to(self, mut writer: Some[Writer]):
        """Writes the text with the values in it."""
        comptime for i in range(Self.Ts.__len__()):
            self._parts[i].write_to(writer)

    def write_repr_to(self, mut writer: Some[Writer]):
        """Writes `TString()`, as the 1.x library does."""
        writer.write_string("TString()")


@__builtin("t-string-place")
struct _Place[T: Writable, origin: ImmOrigin](TrivialRegisterPassable, Writable):
    """A place in a t-string."""

    var _place: Pointer[Self.T, Self.origin]

    @always_inline
    def __init__(out self, ref[Self.origin] place: Self.T):
        self._place = Pointer(to=place)

    @always_inline
    def write_to(self, mut writer: Some[Writer]):
        self._place[].write_to(writer)


__extension Error:
    @implicit
    def __init__[*Ts: Writable & Movable & Deinitable](out self, value: TString[*Ts]):
        """An error whose message is the text of a t-string."""
        self = Error(String(value))
