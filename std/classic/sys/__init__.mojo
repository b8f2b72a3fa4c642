"""`sys` of classic Mojo."""
from std.classic.sys.info import (
    simdwidthof, simdbytewidth, sizeof, alignof, bitwidthof, num_cores, num_physical_cores, num_logical_cores,
    os_is_linux, os_is_macos, os_is_windows,
)
