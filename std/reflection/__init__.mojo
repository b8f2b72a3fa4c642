"""Reflection: types, their fields and source positions as compile-time values."""
from std.reflection.function import ReflectedFn, reflect_fn
from std.reflection.functions import get_function_name, get_linkage_name
from std.reflection.location import SourceLocation, call_location, source_location
from std.reflection.reflect import Reflected, reflect
