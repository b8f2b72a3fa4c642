"""`BinaryHeap`: a priority queue."""


struct BinaryHeap[T: Comparable & Copyable & Deinitable](Copyable, Movable, Deinitable, Defaultable, Sized):
    """Gives back the largest element first. The elements are an implicit binary tree in a list; of equal elements none comes first by right.
    """

    var _items: List[Self.T]

    def __init__(out self):
        self._items = List[Self.T]()

    def __init__(out self, *, capacity: Int):
        """An empty heap with room for `capacity` elements."""
        self._items = List[Self.T](capacity=capacity)

    @always_inline
    def __len__(self) -> Int:
        return len(self._items)

    def push(mut self, var val: Self.T):
        """Adds a value. Logarithmic time."""
        self._items.append(val^)
        self._rise(len(self._items) - 1)

    def peek(ref self) -> ref[self._items[0]] Self.T:
        """The largest element. Ends the program if there is none."""
        debug_assert[assert_mode="safe"](len(self._items) > 0, "BinaryHeap.peek requires a non-empty heap.")
        return self._items[0]

    def pop(mut self) -> Self.T:
        """Removes the largest element and returns it. Ends the program if there is none. Logarithmic time."""
        debug_assert[assert_mode="safe"](len(self._items) > 0, "BinaryHeap.pop requires a non-empty heap.")
        var last = len(self._items) - 1
        self._items.swap_elements(0, last)
        var largest = self._items.pop()
        if last > 0:
            self._sink()
        return largest^

    def clear(mut self):
        """Removes all elements."""
        self._items.clear()

    def _rise(mut self, start: Int):
        """Moves an element up to below the first one that is not smaller."""
        var child = start
        while child > 0:
            var parent = (child - 1) // 2
            if self._items[child] <= self._items[parent]:
                return
            self._items.swap_elements(parent, child)
            child = parent

    def _sink(mut self):
        """Moves the first element all the way down along the larger children, the second of two equal ones, and then up to its place
        (I. Wegener: Bottom-up-Heapsort, 1993): most elements that come from the end belong near it."""
        var count = len(self._items)
        var parent = 0
        while 2 * parent + 1 < count:
            var child = 2 * parent + 1
            if child + 1 < count and self._items[child] <= self._items[child + 1]:
                child += 1
            self._items.swap_elements(parent, child)
            parent = child
        self._rise(parent)
