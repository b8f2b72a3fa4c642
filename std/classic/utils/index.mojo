"""`utils.index`."""
from std.utils.index import IndexList, Index

comptime StaticIntTuple = IndexList
