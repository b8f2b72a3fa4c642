"""Calls of C functions."""
from std.ffi.external import (
    external_call, c_char, c_uchar, c_short, c_ushort, c_int, c_uint, c_long, c_ulong, c_long_long, c_ulong_long, c_size_t, c_ssize_t,
    c_float, c_double, c_pid_t, MAX_PATH,
)
from std.collections.c_string import CStringSpan, CStringSlice
from std.ffi.unsafe_union import UnsafeUnion
from std.ffi.errno import ErrNo, get_errno, set_errno
from std.ffi.dynamic_library import OwnedDLHandle, RTLD, DEFAULT_RTLD, _DLHandle
