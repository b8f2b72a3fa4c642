"""`utils` of classic Mojo."""
from std.utils.index import IndexList, Index
from std.utils.static_tuple import StaticTuple
from std.classic.utils.loop import unroll

comptime StaticIntTuple = IndexList
comptime StringRef = StaticString
