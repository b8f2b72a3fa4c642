"""Paths of files."""
from std.pathlib.path import Path, cwd, DIR_SEPARATOR
