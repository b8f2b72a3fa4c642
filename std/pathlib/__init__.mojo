"""Paths as values."""
from std.pathlib.path import Path, cwd
