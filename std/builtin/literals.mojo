"""Types of literals: exact compile-time values that adapt to where they are used."""


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
