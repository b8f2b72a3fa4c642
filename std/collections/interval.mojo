"""Intervals, and the question which of many meet a given one."""
from std.collections.list import List
from std.format.writable import _write_type_name


trait IntervalElement(Comparable, ImplicitlyCopyable, Deinitable, Intable, Writable):
    """A type whose intervals have a length: the difference of two values, as an integer."""

    def __sub__(self, rhs: Self) -> Self:
        """How far two values are apart."""
        ...


__extension SIMD(IntervalElement):
    pass


struct Interval[T: Comparable & ImplicitlyCopyable & Deinitable](
    ImplicitlyCopyable, Movable, Deinitable, Boolable, Sized where conforms_to(T, IntervalElement), Equatable, Comparable, Writable where conforms_to(T, Writable)
):
    """The values from `start` up to `end`, exclusive."""

    var start: Self.T
    var end: Self.T

    def __init__(out self, start: Self.T, end: Self.T):
        self.start = start
        self.end = end

    def __init__(out self, interval: Tuple[Self.T, Self.T], /):
        """From its two bounds."""
        self.start = interval[0]
        self.end = interval[1]

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

    def __len__(self) -> Int where conforms_to(Self.T, IntervalElement):
        """The distance of the bounds, as an integer."""
        return (self.end - self.start).__int__()

    def __eq__(self, other: Self) -> Bool:
        return self.start == other.start and self.end == other.end

    def __lt__(self, other: Self) -> Bool:
        """Whether this interval starts before the other."""
        return self.start < other.start

    def __le__(self, other: Self) -> Bool:
        """Whether this interval does not start after the other."""
        return self.start <= other.start

    def __gt__(self, other: Self) -> Bool:
        """Whether this interval ends after the other: not the same as `other < self`."""
        return self.end > other.end

    def __ge__(self, other: Self) -> Bool:
        """Whether this interval does not end before the other."""
        return self.end >= other.end

    def write_repr_to(self, mut writer: Some[Writer]) where conforms_to(Self.T, Writable):
        """Writes the text that `repr` gives."""
        _write_type_name[Self](writer)
        writer.write_string("(start=")
        self.start.write_repr_to(writer)
        writer.write_string(", end=")
        self.end.write_repr_to(writer)
        writer.write_string(")")

    def write_to(self, mut writer: Some[Writer]) where conforms_to(Self.T, Writable):
        """Writes the text that `print` shows."""
        writer.write_string("(")
        self.start.write_to(writer)
        writer.write_string(", ")
        self.end.write_to(writer)
        writer.write_string(")")


@fieldwise_init
struct _Node[T: Comparable & ImplicitlyCopyable & Deinitable, U: Copyable & Deinitable](Copyable, Movable, Deinitable):
    """An interval with its value; `last` is the largest end below this node. The other nodes are positions, or -1."""

    var interval: Interval[Self.T]
    var value: Self.U
    var last: Self.T
    var parent: Int
    var left: Int
    var right: Int
    var red: Bool


struct IntervalTree[T: Comparable & ImplicitlyCopyable & Deinitable, U: Copyable & Deinitable](
    Movable, Deinitable, Defaultable, Writable where conforms_to(T, Writable) and conforms_to(U, Writable)
):
    """Values at intervals: a red-black tree in order of the starts, each node with the largest end below it (Cormen et al., interval trees).
    Adding takes logarithmic time, `search` as well, plus the number of hits."""

    var _nodes: List[_Node[Self.T, Self.U]]
    var _root: Int

    def __init__(out self):
        self._nodes = List[_Node[Self.T, Self.U]]()
        self._root = -1

    def insert(mut self, interval: Tuple[Self.T, Self.T], var value: Self.U):
        """Adds a value at an interval."""
        self.insert(Interval[Self.T](interval), value^)

    def insert(mut self, interval: Interval[Self.T], var value: Self.U):
        """Adds a value at an interval."""
        var parent = -1
        var at = self._root
        while at >= 0:
            parent = at
            if self._nodes[at].last < interval.end:
                self._nodes[at].last = interval.end
            at = self._nodes[at].left if interval < self._nodes[at].interval else self._nodes[at].right
        var node = len(self._nodes)
        self._nodes.append(_Node[Self.T, Self.U](interval, value^, interval.end, parent, -1, -1, True))
        if parent < 0:
            self._root = node
        elif interval < self._nodes[parent].interval:
            self._nodes[parent].left = node
        else:
            self._nodes[parent].right = node
        self._balance(node)

    def _balance(mut self, added: Int):
        """Restores the colours from a new red node upwards."""
        var node = added
        while node != self._root and self._nodes[self._nodes[node].parent].red:
            var parent = self._nodes[node].parent
            var top = self._nodes[parent].parent
            var on_left = self._nodes[top].left == parent
            var uncle = self._nodes[top].right if on_left else self._nodes[top].left
            if uncle >= 0 and self._nodes[uncle].red:
                self._nodes[parent].red = False
                self._nodes[uncle].red = False
                self._nodes[top].red = True
                node = top
                continue
            if on_left == (self._nodes[parent].right == node):
                node = parent
                self._rotate(node, on_left)
            parent = self._nodes[node].parent
            self._nodes[parent].red = False
            self._nodes[top].red = True
            self._rotate(top, not on_left)
        self._nodes[self._root].red = False

    def _rotate(mut self, at: Int, to_left: Bool):
        """Puts the right child (or, the other way round, the left one) in the place of a node, which becomes its child."""
        var child = self._nodes[at].right if to_left else self._nodes[at].left
        var inner = self._nodes[child].left if to_left else self._nodes[child].right
        if to_left:
            self._nodes[at].right = inner
            self._nodes[child].left = at
        else:
            self._nodes[at].left = inner
            self._nodes[child].right = at
        if inner >= 0:
            self._nodes[inner].parent = at
        var parent = self._nodes[at].parent
        self._nodes[child].parent = parent
        self._nodes[at].parent = child
        if parent < 0:
            self._root = child
        elif self._nodes[parent].left == at:
            self._nodes[parent].left = child
        else:
            self._nodes[parent].right = child
        self._measure(at)
        self._measure(child)

    def _measure(mut self, at: Int):
        var last = self._nodes[at].interval.end
        var left = self._nodes[at].left
        var right = self._nodes[at].right
        if left >= 0 and last < self._nodes[left].last:
            last = self._nodes[left].last
        if right >= 0 and last < self._nodes[right].last:
            last = self._nodes[right].last
        self._nodes[at].last = last

    def search(self, interval: Tuple[Self.T, Self.T]) raises -> List[Self.U]:
        """The values at all intervals that have something in common with this one."""
        return self.search(Interval[Self.T](interval))

    def search(self, interval: Interval[Self.T]) raises -> List[Self.U]:
        """The values at all intervals that have something in common with this one: of each node before those below it, right before left."""
        var found = List[Self.U]()
        self._search(self._root, interval, found)
        return found^

    def _search(self, at: Int, interval: Interval[Self.T], mut found: List[Self.U]):
        if at < 0 or not (interval.start < self._nodes[at].last):
            return
        if self._nodes[at].interval.overlaps(interval):
            found.append(self._nodes[at].value.copy())
        if self._nodes[at].interval.start < interval.end:
            self._search(self._nodes[at].right, interval, found)
        self._search(self._nodes[at].left, interval, found)

    def depth(self) -> Int:
        """The number of levels of the tree."""
        return self._depth(self._root)

    def _depth(self, at: Int) -> Int:
        if at < 0:
            return 0
        return 1 + max(self._depth(self._nodes[at].left), self._depth(self._nodes[at].right))

    def write_to(self, mut writer: Some[Writer]) where conforms_to(Self.T, Writable) and conforms_to(Self.U, Writable):
        """Draws the tree, a line for each node."""
        self._draw(self._root, "", True, writer)

    def write_repr_to(self, mut writer: Some[Writer]) where conforms_to(Self.T, Writable) and conforms_to(Self.U, Writable):
        """Writes the text that `repr` gives."""
        _write_type_name[Self](writer)
        writer.write_string("(")
        self.write_to(writer)
        writer.write_string(")")

    def _draw(
        self, at: Int, indent: String, right: Bool, mut writer: Some[Writer]
    ) where conforms_to(Self.T, Writable) and conforms_to(Self.U, Writable):
        if at < 0:
            return
        ref node = self._nodes[at]
        writer.write_string(indent)
        writer.write_string("├─" if right else "└─")
        node.interval.write_to(writer)
        writer.write_string("=")
        node.value.write_to(writer)
        writer.write_string("\n")
        var below = indent + ("  " if right else "| ")
        self._draw(node.left, below, False, writer)
        self._draw(node.right, below, True, writer)
