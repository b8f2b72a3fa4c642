"""`utils.static_tuple`."""
from std.utils.static_tuple import StaticTuple
from std.utils.index import IndexList

comptime StaticIntTuple = IndexList
