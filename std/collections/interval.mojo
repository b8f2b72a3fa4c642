"""Intervals, and the question which of many meet a given one."""
from std.collections.list import List


struct Interval[T: Comparable & ImplicitlyCopyable & Deinitable](
    ImplicitlyCopyable, Movable, Deinitable, Boolable, Sized where conforms_to(T, Intable), Equatable, Comparable, Writable where conforms_to(T, Writable)
):
    """The values from `start` up to `end`, exclusive."""

    var start: Self.T
    var end: Self.T

    def __init__(out self, start: Self.T, end: Self.T):
        self.start = start
        self.end = end

    @implicit
    def __init__(out self, bounds: Tuple[Self.T, Self.T]):
        self.start = bounds[0]
        self.end = bounds[1]

    def overlaps(self, other: Self) -> Bool:
        """Whether the intervals have a value in common."""
        return other.start < self.end and self.start < other.end

    def union(self, other: Self) -> Self:
        """The smallest interval that holds both."""
        return Self(
            other.start if other.start < self.start else self.start, other.end if self.end < other.end else self.end
        )

    def intersection(self, other: Self) -> Self:
        """What both have in common."""
        return Self(
            other.start if self.start < other.start else self.start, other.end if other.end < self.end else self.end
        )

    def __contains__(self, value: Self.T) -> Bool:
        return not (value < self.start) and value < self.end

    def __contains__(self, other: Self) -> Bool:
        return not (other.start < self.start) and not (self.end < other.end)

    def __bool__(self) -> Bool:
        return self.start < self.end

    def __len__(self) -> Int where conforms_to(Self.T, Intable):
        return self.end.__int__() - self.start.__int__()

    def __eq__(self, other: Self) -> Bool:
        return self.start == other.start and self.end == other.end

    def __lt__(self, other: Self) -> Bool:
        return self.start < other.start or (self.start == other.start and self.end < other.end)

    def write_to(self, mut writer: Some[Writer]) where conforms_to(Self.T, Writable):
        """Writes the text that `print` shows."""
        writer.write_string("(")
        self.start.write_to(writer)
        writer.write_string(", ")
        self.end.write_to(writer)
        writer.write_string(")")


@fieldwise_init
struct _Node[T: Comparable & ImplicitlyCopyable & Deinitable, U: Copyable & Deinitable](Copyable, Movable, Deinitable):
    """An interval with its value; `last` is the largest end below this node, children are positions or -1."""

    var interval: Interval[Self.T]
    var value: Self.U
    var last: Self.T
    var left: Int
    var right: Int
    # For the heap order that keeps the tree shallow.
    var priority: UInt64


struct IntervalTree[T: Comparable & ImplicitlyCopyable & Deinitable, U: Copyable & Deinitable](Movable, Deinitable, Defaultable):
    """Values at intervals: a treap in order of the starts, each node with the largest end below it (Cormen et al., interval trees).
    Adding takes logarithmic time on average, `search` as well, plus the number of hits."""

    var _nodes: List[_Node[Self.T, Self.U]]
    var _root: Int
    var _seed: UInt64

    def __init__(out self):
        self._nodes = List[_Node[Self.T, Self.U]]()
        self._root = -1
        self._seed = 0x9E3779B97F4A7C15

    def __len__(self) -> Int:
        return len(self._nodes)

    def insert(mut self, interval: Interval[Self.T], var value: Self.U):
        """Adds a value at an interval."""
        self._seed = self._seed * 6364136223846793005 + 1442695040888963407
        self._nodes.append(_Node[Self.T, Self.U](interval, value^, interval.end, -1, -1, self._seed >> 16))
        self._root = self._insert(self._root, len(self._nodes) - 1)

    def insert(mut self, interval: Tuple[Self.T, Self.T], var value: Self.U):
        """Adds a value at an interval."""
        self.insert(Interval[Self.T](interval), value^)

    def _insert(mut self, at: Int, node: Int) -> Int:
        if at < 0:
            return node
        var top = at
        if self._nodes[node].interval < self._nodes[at].interval:
            var child = self._insert(self._nodes[at].left, node)
            self._nodes[at].left = child
            if self._nodes[child].priority > self._nodes[at].priority:
                self._nodes[at].left = self._nodes[child].right
                self._nodes[child].right = at
                top = child
        else:
            var child = self._insert(self._nodes[at].right, node)
            self._nodes[at].right = child
            if self._nodes[child].priority > self._nodes[at].priority:
                self._nodes[at].right = self._nodes[child].left
                self._nodes[child].left = at
                top = child
        if top != at:
            self._measure(at)
        self._measure(top)
        return top

    def _measure(mut self, at: Int):
        var last = self._nodes[at].interval.end
        var left = self._nodes[at].left
        var right = self._nodes[at].right
        if left >= 0 and last < self._nodes[left].last:
            last = self._nodes[left].last
        if right >= 0 and last < self._nodes[right].last:
            last = self._nodes[right].last
        self._nodes[at].last = last

    def search(self, interval: Interval[Self.T]) -> List[Self.U]:
        """The values at all intervals that have something in common with this one."""
        var found = List[Self.U]()
        self._search(self._root, interval, found)
        return found^

    def search(self, interval: Tuple[Self.T, Self.T]) -> List[Self.U]:
        """The values at all intervals that have something in common with this one."""
        return self.search(Interval[Self.T](interval))

    def _search(self, at: Int, interval: Interval[Self.T], mut found: List[Self.U]):
        if at < 0 or not (interval.start < self._nodes[at].last):
            return
        if self._nodes[at].interval.overlaps(interval):
            found.append(self._nodes[at].value.copy())
        self._search(self._nodes[at].left, interval, found)
        if self._nodes[at].interval.start < interval.end:
            self._search(self._nodes[at].right, interval, found)

    def depth(self) -> Int:
        """The number of levels of the tree."""
        return self._depth(self._root)

    def _depth(self, at: Int) -> Int:
        if at < 0:
            return 0
        return 1 + max(self._depth(self._nodes[at].left), self._depth(self._nodes[at].right))
