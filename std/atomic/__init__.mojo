"""Values that several threads may change."""
from std.atomic.atomic import Atomic, Ordering, fence
from std.atomic.sharing import NotShared, SharedMutable
