"""`BinaryHeap`: a priority queue."""


struct BinaryHeap[T: Comparable & Movable & Deinitable](Movable, Deinitable, Defaultable, Sized, Boolable):
    """Gives back the largest element first. The elements are an implicit binary tree in a list."""

    var _items: List[Self.T]

    def __init__(out self):
        self._items = List[Self.T]()

    def __init__(out self, *, capacity: Int):
        """An empty heap with room for `capacity` elements."""
        self._items = List[Self.T](capacity=capacity)

    @always_inline
    def __len__(self) -> Int:
        return len(self._items)

    @always_inline
    def __bool__(self) -> Bool:
        return len(self._items) > 0

    def push(mut self, var val: Self.T):
        """Adds a value."""
        self._items.append(val^)
        var child = len(self._items) - 1
        while child > 0:
            var parent = (child - 1) // 2
            if not (self._items[parent] < self._items[child]):
                return
            self._items.swap_elements(parent, child)
            child = parent

    def peek(ref self) -> Optional[Self.T] where conforms_to(Self.T, Copyable):
        """A copy of the largest element, if there is one."""
        if len(self._items) == 0:
            return Optional[Self.T]()
        return Optional[Self.T](self._items[0].copy())

    def pop(mut self) -> Optional[Self.T]:
        """Removes the largest element, if there is one."""
        var count = len(self._items)
        if count == 0:
            return Optional[Self.T]()
        self._items.swap_elements(0, count - 1)
        var value = self._items.pop()
        var root = 0
        while True:
            var child = 2 * root + 1
            if child >= count - 1:
                break
            if child + 1 < count - 1 and self._items[child] < self._items[child + 1]:
                child += 1
            if not (self._items[root] < self._items[child]):
                break
            self._items.swap_elements(root, child)
            root = child
        return Optional[Self.T](value^)

    def clear(mut self):
        """Removes all elements."""
        self._items.clear()
