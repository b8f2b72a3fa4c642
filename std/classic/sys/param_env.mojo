"""`sys.param_env`: what `-D` defines, under the older names."""
from std.sys.defines import is_defined, get_defined_int, get_defined_string, get_defined_bool


@always_inline
def env_get_int[name: __string_literal_value, default: Int]() -> Int:
    """The number that `-D name=…` gives, or `default`."""
    return get_defined_int[name, default]()


@always_inline
def env_get_string[name: __string_literal_value, default: StaticString]() -> StaticString:
    """The text that `-D name=…` gives, or `default`."""
    return get_defined_string[name, default]()


@always_inline
def env_get_bool[name: __string_literal_value, default: Bool]() -> Bool:
    """What `-D name=True` or `=False` gives, or `default`."""
    return get_defined_bool[name, default]()
