"""Reflection: types, their fields and source positions as compile-time values."""
from std.reflection.location import SourceLocation, call_location, source_location
from std.reflection.reflect import Reflected, reflect
