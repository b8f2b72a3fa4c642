"""Containers."""
from std.collections.list import List
from std.collections.optional import Optional
from std.collections.array import Array
from std.collections.dict import Dict
