"""`collections.list`."""
from std.collections.list import List

comptime DynamicVector = List
