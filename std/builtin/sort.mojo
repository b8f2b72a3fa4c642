"""Sorting in place."""


def _sift_down[T: Comparable & Movable & Deinitable](data: Pointer[T, MutUntrackedOrigin], start: Int, count: Int):
    """Restores the heap below `start`."""
    var root = start
    while True:
        var child = 2 * root + 1
        if child >= count:
            return
        if child + 1 < count and data.unsafe_offset(child)[] < data.unsafe_offset(child + 1)[]:
            child += 1
        if not (data.unsafe_offset(root)[] < data.unsafe_offset(child)[]):
            return
        swap(data.unsafe_offset(root)[], data.unsafe_offset(child)[])
        root = child


def sort[T: Comparable & Movable & Deinitable](mut values: List[T]):
    """Sorts a list in ascending order: heap sort (Williams, 1964), O(n log n) without extra memory; not stable."""
    var count = len(values)
    var data = values._data
    var start = count // 2 - 1
    while start >= 0:
        _sift_down(data, start, count)
        start -= 1
    var end = count - 1
    while end > 0:
        swap(data.unsafe_offset(0)[], data.unsafe_offset(end)[])
        _sift_down(data, 0, end)
        end -= 1
