"""Paths of files: as text, and questions about what they name."""
from std.os.path.path import (
    exists, lexists, isfile, isdir, islink, getsize, join, basename, dirname, split, split_extension, splitroot, is_absolute,
    expanduser, expandvars, realpath,
)
