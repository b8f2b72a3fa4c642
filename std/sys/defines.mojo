"""What the command line defined with `-D`."""


@__intrinsic("target.is_defined")
def __is_defined[name: __string_literal_value]() -> Bool:
    ...


@__intrinsic("target.define_int")
def __define_int[name: __string_literal_value]() -> Int:
    ...


@always_inline
def is_defined[name: __string_literal_value]() -> Bool:
    """Whether `-D name` was given."""
    return __is_defined[name]()


@always_inline
def get_defined_int[name: __string_literal_value, default: Int]() -> Int:
    """The integer of `-D name=…`, or `default`."""
    comptime if __is_defined[name]():
        return __define_int[name]()
    else:
        return default


@always_inline
def get_defined_int[name: __string_literal_value]() -> Int:
    """The integer of `-D name=…`, which must be given."""
    comptime assert __is_defined[name](), "get_defined_int: the command line must define the name with -D"
    return __define_int[name]()


@always_inline
def get_defined_bool[name: __string_literal_value]() -> Bool:
    """Whether the integer of `-D name=…`, which must be given, is not 0."""
    comptime assert __is_defined[name](), "get_defined_bool: the command line must define the name with -D"
    return __define_int[name]() != 0


@always_inline
def get_defined_string[name: __string_literal_value, default: StaticString]() -> StaticString:
    """`default`: Kiln cannot read a text of `-D name=…` yet."""
    comptime assert not __is_defined[name](), "get_defined_string: texts given by -D are not supported yet"
    return default


@always_inline
def get_defined_bool[name: __string_literal_value, default: Bool]() -> Bool:
    """Whether the integer of `-D name=…` is not 0, or `default`."""
    comptime if __is_defined[name]():
        return __define_int[name]() != 0
    else:
        return default
