"""`sys` of classic Mojo."""
from std.classic.sys.info import (
    simdwidthof, simdbytewidth, sizeof, alignof, bitwidthof, num_cores, num_physical_cores, num_logical_cores,
    os_is_linux, os_is_macos, os_is_windows, simdbitwidth, is_x86, has_sse4, has_avx, has_avx2, has_avx512f, has_vnni, has_neon,
    is_apple_m1,
)
from std.classic.sys.param_env import is_defined, env_get_int, env_get_string, env_get_bool
from std.classic.sys.ffi import external_call, DLHandle
