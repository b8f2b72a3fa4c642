"""`collections` of 2024: `List` was imported from here."""
from std.collections.list import List
from std.collections.dict import Dict
from std.collections.optional import Optional
from std.classic.prelude import KeyElement
from std.collections.array import Array

comptime DynamicVector = List
comptime InlineArray = Array
