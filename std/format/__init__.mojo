"""Writing values as text."""
from std.format.writable import Writable, Writer
