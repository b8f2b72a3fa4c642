"""Small general types."""
from std.utils.variant import Variant
from std.utils.index import IndexList, Index, product
from std.utils.static_tuple import StaticTuple
from std.utils.lock import BlockingSpinLock, BlockingScopedLock, SpinWaiter
