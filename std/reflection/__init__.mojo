"""Positions in the source. `reflect` itself is known to the compiler."""
from std.reflection.location import source_location, call_location, SourceLocation
