"""Calls of C functions by name, and names of C's number types on 64-bit systems other than Windows."""
from std.io.file_descriptor import _flush_output

comptime c_char = Int8
comptime c_uchar = UInt8
comptime c_short = Int16
comptime c_ushort = UInt16
comptime c_int = Int32
comptime c_uint = UInt32
comptime c_long = Int64
comptime c_ulong = UInt64
comptime c_long_long = Int64
comptime c_ulong_long = UInt64
comptime c_size_t = UInt
comptime c_ssize_t = Int
comptime c_float = Float32
comptime c_double = Float64
comptime c_pid_t = Int32

# The most bytes of a path, its zero byte included.
comptime MAX_PATH = 4096


@__intrinsic("foreign.call")
def __foreign_call[
    callee: __string_literal_value, return_type: TrivialRegisterPassable, *Ts: TrivialRegisterPassable
](*args: *Ts) -> return_type:
    ...


@__intrinsic("foreign.call")
def __named_foreign_call[
    callee: StaticString, return_type: TrivialRegisterPassable, *Ts: TrivialRegisterPassable
](*args: *Ts) -> return_type:
    ...


@always_inline
def external_call[
    callee: __string_literal_value, return_type: TrivialRegisterPassable = NoneType, *Ts: TrivialRegisterPassable
](*args: *Ts) -> return_type:
    """Calls a C function with the arguments as they are. What was printed before is written before: the function may print, start a
    process or end this one."""
    _flush_output()
    return __foreign_call[callee, return_type](*args)


@always_inline
def external_call[
    callee: StaticString, return_type: TrivialRegisterPassable = NoneType, *Ts: TrivialRegisterPassable
](*args: *Ts) -> return_type:
    """Calls a C function whose name is a compile-time value."""
    _flush_output()
    return __named_foreign_call[callee, return_type](*args)
