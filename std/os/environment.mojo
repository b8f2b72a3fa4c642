"""Environment variables."""
from std.ffi.external import external_call
from std.io._system import _address, _environment


def getenv(var name: String, default: String = "") -> String:
    """The value of a variable, or `default` where it is not set."""
    var value = _environment(name^)
    return value.value() if value else default


def setenv(var name: String, var value: String, overwrite: Bool = True) -> Bool:
    """Sets a variable, unless it is set and `overwrite` is false; whether that worked."""
    var status = external_call["setenv", Int32](_address(name), _address(value), Int32(1) if overwrite else Int32(0))
    _ = name^
    _ = value^
    return status == 0


def unsetenv(var name: String) -> Bool:
    """Removes a variable; whether that worked."""
    var status = external_call["unsetenv", Int32](_address(name))
    _ = name^
    return status == 0
