"""Locks that wait by spinning."""
from std.atomic import Atomic, SharedMutable
from std.atomic.atomic import _pause


struct SpinWaiter(Defaultable, Deinitable):
    """Short waits of a thread that looks again and again."""

    def __init__(out self):
        """A waiter."""
        pass

    def wait(self):
        """Waits for some processor cycles."""
        _pause()


struct BlockingSpinLock(Defaultable, Movable, Deinitable, SharedMutable):
    """A lock with an owner: 0 when it is free."""

    var _owner: Atomic[Int64]

    def __init__(out self):
        self._owner = Atomic[Int64](0)

    def lock(mut self, owner: Int):
        """Waits until the lock is free and takes it."""
        var expected = Int64(0)
        while not self._owner.compare_exchange(expected, Int64(owner + 1)):
            expected = 0
            _pause()

    def unlock(mut self, owner: Int) -> Bool:
        """Gives the lock back; False when somebody else has it."""
        var expected = Int64(owner + 1)
        return self._owner.compare_exchange(expected, 0)


struct BlockingScopedLock(Movable, Deinitable):
    """Holds a lock in a `with`."""

    var _lock: Pointer[BlockingSpinLock, MutUntrackedOrigin]

    def __init__(out self, mut lock: BlockingSpinLock):
        self._lock = Pointer(to=lock).unsafe_origin_cast[MutUntrackedOrigin]()

    def __enter__(mut self):
        self._lock[].lock(1)

    def __exit__(mut self):
        _ = self._lock[].unlock(1)
