"""A part of `std.os`, at the path of the file that defines it in the 1.x library."""
from std.os.files import (
    SEEK_CUR, SEEK_END, SEEK_SET, abort, getuid, isatty, link, listdir, makedirs, mkdir, remove, removedirs, rmdir, sep,
    symlink, unlink,
)
