"""`sys.ffi`: calls of C functions, from where they were."""
from std.ffi import (
    external_call, c_char, c_uchar, c_short, c_ushort, c_int, c_uint, c_long, c_ulong, c_long_long, c_ulong_long, c_size_t, c_ssize_t,
    c_float, c_double, OwnedDLHandle,
)

comptime DLHandle = OwnedDLHandle
comptime C_char = c_char
