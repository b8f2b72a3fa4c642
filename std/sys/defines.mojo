"""What the command line defined with `-D`: a name, or a name and a text that is read as one of several types."""


@__intrinsic("target.is_defined")
def __is_defined[name: __string_literal_value]() -> Bool:
    ...


@__intrinsic("target.is_defined_as_text")
def __is_defined_as_text[name: __string_literal_value]() -> Bool:
    ...


@__intrinsic("target.define_pointer")
def __define_pointer[name: __string_literal_value]() -> Pointer[UInt8, ImmStaticOrigin]:
    ...


@__intrinsic("target.define_length")
def __define_length[name: __string_literal_value]() -> Int:
    ...


@always_inline
def is_defined[name: __string_literal_value]() -> Bool:
    """Whether `-D name` or `-D name=…` was given."""
    return __is_defined[name]()


@always_inline
def get_defined_int[name: __string_literal_value]() -> Int:
    """The integer of `-D name=…`, which must be given."""
    comptime assert __is_defined[name](), "get_defined_int: the command line must define the name with -D"
    comptime value = _integer(_text[name]())
    comptime assert Bool(value), "get_defined_int: what -D gives the name is not an integer"
    return comptime (value.value())


@always_inline
def get_defined_int[name: __string_literal_value, default: Int]() -> Int:
    """The integer of `-D name=…`, or `default`."""
    comptime if __is_defined[name]():
        return get_defined_int[name]()
    else:
        return default


@always_inline
def get_defined_bool[name: __string_literal_value]() -> Bool:
    """Whether the text of `-D name=…`, which must be given, is `true`, `1` or `on`, in letters of any case."""
    comptime assert __is_defined[name](), "get_defined_bool: the command line must define the name with -D"
    return comptime (_is_true(get_defined_string[name]()))


@always_inline
def get_defined_bool[name: __string_literal_value, default: Bool]() -> Bool:
    """Whether the text of `-D name=…` is `true`, `1` or `on`, in letters of any case; or `default`."""
    comptime if __is_defined[name]():
        return get_defined_bool[name]()
    else:
        return default


@always_inline
def get_defined_string[name: __string_literal_value]() -> StaticString:
    """The text of `-D name=…`, which must be given."""
    comptime assert __is_defined[name](), "get_defined_string: the command line must define the name with -D"
    comptime assert __is_defined_as_text[name](), "get_defined_string: -D gives the name no text; write -D NAME=TEXT"
    return _text[name]()


@always_inline
def get_defined_string[name: __string_literal_value, default: StaticString]() -> StaticString:
    """The text of `-D name=…`, or `default`."""
    comptime if __is_defined[name]():
        return get_defined_string[name]()
    else:
        return default


@always_inline
def get_defined_dtype[name: __string_literal_value, default: DType]() -> DType:
    """The `DType` that `-D name=…` names, as `float32` does; or `default`."""
    comptime if __is_defined[name]():
        comptime dtype = _dtype(get_defined_string[name]())
        comptime assert dtype != DType.invalid, "get_defined_dtype: what -D gives the name is not a DType"
        return dtype
    else:
        return default


def _text[name: __string_literal_value]() -> StaticString:
    return StaticString(unsafe_from_utf8_ptr=__define_pointer[name](), length=__define_length[name]())


def _integer(text: StaticString) -> Optional[Int]:
    """A decimal integer, with a sign or without."""
    var digits = text.as_bytes()
    var first = 1 if text.startswith("-") or text.startswith("+") else 0
    if first == len(digits):
        return None
    var value = 0
    for i in range(first, len(digits)):
        var digit = Int(digits[i]) - ord("0")
        if digit < 0 or digit > 9:
            return None
        value = value * 10 + digit
    return -value if text.startswith("-") else value


def _is_true(text: StaticString) -> Bool:
    var lower = text.lower()
    return lower == "true" or lower == "1" or lower == "on"


def _dtype(text: StaticString) -> DType:
    for dtype in [
        DType.bool, DType.int, DType.uint, DType.int8, DType.uint8, DType.int16, DType.uint16, DType.int32, DType.uint32, DType.int64, DType.uint64,
        DType.int128, DType.uint128, DType.int256, DType.uint256, DType.bfloat16, DType.float16, DType.float32, DType.float64,
    ]:
        if dtype._name() == text:
            return dtype
    return DType.invalid
