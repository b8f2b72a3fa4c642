"""Sorting in place.

`sort` is an introsort: quicksort with the median of three (of nine in long runs) as pivot, insertion sort for short runs, heap sort where
quicksort degenerates, and one pass at the start that recognizes input that is in order or in reverse order already. Plain bytes such as
numbers are sorted by `sort_trivial` without branches that depend on comparisons. With `stable=True` it is a merge sort of
insertion-sorted runs.
"""
from std.builtin.simd import __size_of
from std.builtin.sort_trivial import _sort_trivial
from std.collections.list import __is_trivial_copy, __is_trivial_destroy
from std.memory.memory import unsafe_alloc

comptime _RUN = 20


@always_inline
def _natural_less[T: Comparable](a: T, b: T) -> Bool:
    return a < b


@always_inline
def _swap_at[T: Movable](data: Pointer[T, MutUntrackedOrigin], a: Int, b: Int):
    var saved = data.unsafe_offset(a).unsafe_take_pointee()
    data.unsafe_offset(a).unsafe_write_move_from(data.unsafe_offset(b))
    data.unsafe_offset(b).unsafe_write(saved^)


def _insertion_sort[T: Movable & Deinitable, F: def(T, T) -> Bool](
    data: Pointer[T, MutUntrackedOrigin], start: Int, end: Int, less: F
):
    """Sorts `start … end - 1`; stable."""
    for i in range(start + 1, end):
        if not less(data.unsafe_offset(i)[], data.unsafe_offset(i - 1)[]):
            continue
        var value = data.unsafe_offset(i).unsafe_take_pointee()
        var j = i
        while j > start and less(value, data.unsafe_offset(j - 1)[]):
            data.unsafe_offset(j).unsafe_write_move_from(data.unsafe_offset(j - 1))
            j -= 1
        data.unsafe_offset(j).unsafe_write(value^)


def _plain_insertion_sort[T: Movable & Deinitable, F: def(T, T) -> Bool](
    data: Pointer[T, MutUntrackedOrigin], count: Int, less: F
):
    """Takes every element out and puts it where it belongs among those before it; stable."""
    for i in range(1, count):
        var value = data.unsafe_offset(i).unsafe_take_pointee()
        var j = i
        while j > 0 and less(value, data.unsafe_offset(j - 1)[]):
            data.unsafe_offset(j).unsafe_write_move_from(data.unsafe_offset(j - 1))
            j -= 1
        data.unsafe_offset(j).unsafe_write(value^)


def _sift_down[T: Movable & Deinitable, F: def(T, T) -> Bool](
    data: Pointer[T, MutUntrackedOrigin], start: Int, count: Int, less: F
):
    """Restores the heap below `start`."""
    var root = start
    while True:
        var child = 2 * root + 1
        if child >= count:
            return
        if child + 1 < count and less(data.unsafe_offset(child)[], data.unsafe_offset(child + 1)[]):
            child += 1
        if not less(data.unsafe_offset(root)[], data.unsafe_offset(child)[]):
            return
        _swap_at(data, root, child)
        root = child


def _heap_sort[T: Movable & Deinitable, F: def(T, T) -> Bool](data: Pointer[T, MutUntrackedOrigin], count: Int, less: F):
    """Sorts the first `count` values (Williams, 1964)."""
    var start = count // 2 - 1
    while start >= 0:
        _sift_down(data, start, count, less)
        start -= 1
    var end = count - 1
    while end > 0:
        _swap_at(data, 0, end)
        _sift_down(data, 0, end, less)
        end -= 1


@always_inline
def _median_of_three[T: Movable & Deinitable, F: def(T, T) -> Bool](
    data: Pointer[T, MutUntrackedOrigin], a: Int, b: Int, c: Int, less: F
) -> Int:
    """The position of the middle one of three values."""
    if less(data.unsafe_offset(a)[], data.unsafe_offset(b)[]):
        if less(data.unsafe_offset(b)[], data.unsafe_offset(c)[]):
            return b
        return c if less(data.unsafe_offset(a)[], data.unsafe_offset(c)[]) else a
    if less(data.unsafe_offset(a)[], data.unsafe_offset(c)[]):
        return a
    return c if less(data.unsafe_offset(b)[], data.unsafe_offset(c)[]) else b


def _choose_pivot[T: Movable & Deinitable, F: def(T, T) -> Bool](
    data: Pointer[T, MutUntrackedOrigin], start: Int, end: Int, less: F
) -> Int:
    var middle = start + (end - start) // 2
    if end - start < 128:
        return _median_of_three(data, start, middle, end - 1, less)
    var step = (end - start) // 8
    var a = _median_of_three(data, start, start + step, start + 2 * step, less)
    var b = _median_of_three(data, middle - step, middle, middle + step, less)
    var c = _median_of_three(data, end - 1 - 2 * step, end - 1 - step, end - 1, less)
    return _median_of_three(data, a, b, c, less)


def _partition_range[T: Movable & Deinitable, F: def(T, T) -> Bool](
    data: Pointer[T, MutUntrackedOrigin], start: Int, end: Int, pivot: Int, less: F
) -> Int:
    """Moves smaller values before the pivot's final position and returns that position."""
    if pivot != start:
        _swap_at(data, start, pivot)
    var low = start + 1
    var high = end - 1
    while True:
        while low <= high and less(data.unsafe_offset(low)[], data.unsafe_offset(start)[]):
            low += 1
        while low <= high and less(data.unsafe_offset(start)[], data.unsafe_offset(high)[]):
            high -= 1
        if low >= high:
            break
        _swap_at(data, low, high)
        low += 1
        high -= 1
    if high != start:
        _swap_at(data, start, high)
    return high


def _quick_sort[T: Movable & Deinitable, F: def(T, T) -> Bool](
    data: Pointer[T, MutUntrackedOrigin], first: Int, last: Int, allowed: Int, less: F
):
    """Sorts `first … last - 1`; `allowed` is how many more unbalanced steps are tolerated."""
    var start = first
    var end = last
    var budget = allowed
    while end - start > _RUN:
        if budget == 0:
            _heap_sort(data.unsafe_offset(start), end - start, less)
            return
        var middle = _partition_range(data, start, end, _choose_pivot(data, start, end, less), less)
        if min(middle - start, end - middle - 1) < (end - start) // 8:
            budget -= 1
        # The shorter side by recursion, the longer one in this loop: the depth stays logarithmic.
        if middle - start < end - middle:
            _quick_sort(data, start, middle, budget, less)
            start = middle + 1
        else:
            _quick_sort(data, middle + 1, end, budget, less)
            end = middle
    _insertion_sort(data, start, end, less)


def _sorted_prefix[T: Movable & Deinitable, F: def(T, T) -> Bool](
    data: Pointer[T, MutUntrackedOrigin], count: Int, less: F
) -> Int:
    """The length of the longest ascending run at the start; a strictly descending one is turned round first."""
    if count < 2:
        return count
    var i = 2
    if less(data.unsafe_offset(1)[], data.unsafe_offset(0)[]):
        while i < count and less(data.unsafe_offset(i)[], data.unsafe_offset(i - 1)[]):
            i += 1
        var low = 0
        var high = i - 1
        while low < high:
            _swap_at(data, low, high)
            low += 1
            high -= 1
        return i
    while i < count and not less(data.unsafe_offset(i)[], data.unsafe_offset(i - 1)[]):
        i += 1
    return i


def _log2_floor(value: Int) -> Int:
    var result = 0
    var rest = value
    while rest > 1:
        rest = rest >> 1
        result += 1
    return result


def _merge[T: Movable & Deinitable, F: def(T, T) -> Bool](
    source: Pointer[T, MutUntrackedOrigin],
    target: Pointer[T, MutUntrackedOrigin],
    start: Int,
    middle: Int,
    end: Int,
    less: F,
):
    """Moves two neighbouring sorted runs of `source` to `target` as one."""
    var a = start
    var b = middle
    for i in range(start, end):
        if b >= end or (a < middle and not less(source.unsafe_offset(b)[], source.unsafe_offset(a)[])):
            target.unsafe_offset(i).unsafe_write_move_from(source.unsafe_offset(a))
            a += 1
        else:
            target.unsafe_offset(i).unsafe_write_move_from(source.unsafe_offset(b))
            b += 1


def _merge_sort[T: Movable & Deinitable, F: def(T, T) -> Bool](data: Pointer[T, MutUntrackedOrigin], count: Int, less: F):
    """Sorts `count` values; equal ones keep their order."""
    var start = 0
    while start < count:
        _insertion_sort(data, start, min(start + _RUN, count), less)
        start += _RUN
    if count <= _RUN:
        return
    var scratch = unsafe_alloc[T](count)
    var source = data
    var target = scratch
    var width = _RUN
    while width < count:
        start = 0
        while start < count:
            _merge(source, target, start, min(start + width, count), min(start + 2 * width, count), less)
            start += 2 * width
        var other = source
        source = target
        target = other
        width *= 2
    if source != data:
        for i in range(count):
            data.unsafe_offset(i).unsafe_write_move_from(scratch.unsafe_offset(i))
    scratch.unsafe_free()


def _sort_range[stable: Bool, T: Movable & Deinitable, F: def(T, T) -> Bool](
    data: Pointer[T, MutUntrackedOrigin], count: Int, less: F
):
    comptime if not (__is_trivial_copy[T]() and __is_trivial_destroy[T]() and __size_of[T]() <= 32):
        # Comparisons and moves may be observed: those of plain insertion.
        if count < 32:
            _plain_insertion_sort(data, count, less)
            return
    if _sorted_prefix(data, count, less) == count:
        return
    comptime if stable:
        _merge_sort(data, count, less)
    elif __is_trivial_copy[T]() and __is_trivial_destroy[T]() and __size_of[T]() <= 32:
        _sort_trivial(data, count, less)
    else:
        _quick_sort(data, 0, count, 2 * _log2_floor(count), less)


@always_inline
def sort[T: Comparable & Movable & Deinitable, //, *, stable: Bool = False](mut span: List[T]):
    """Sorts a list in ascending order. With `stable=True` equal elements keep their order."""
    _sort_range[stable](span._data, len(span), _natural_less[T])


@always_inline
def sort[T: Movable & Deinitable, F: def(T, T) -> Bool, //, *, stable: Bool = False](mut span: List[T], cmp_fn: F):
    """Sorts a list so that `cmp_fn` holds of no element and an earlier one."""
    _sort_range[stable](span._data, len(span), cmp_fn)


@always_inline
def sort[T: Comparable & Movable & Deinitable, n: Int, //, *, stable: Bool = False](mut span: Array[T, n]):
    """Sorts an array in ascending order."""
    _sort_range[stable](span._place(), n, _natural_less[T])


@always_inline
def sort[T: Movable & Deinitable, n: Int, F: def(T, T) -> Bool, //, *, stable: Bool = False](
    mut span: Array[T, n], cmp_fn: F
):
    """Sorts an array by a comparison."""
    _sort_range[stable](span._place(), n, cmp_fn)


@always_inline
def sort[T: Comparable & Movable & Deinitable, origin: Origin[mut=True], //, *, stable: Bool = False](
    span: Span[T, origin]
):
    """Sorts the elements of a span in ascending order."""
    _sort_range[stable](span.unsafe_ptr().unsafe_origin_cast[MutUntrackedOrigin](), len(span), _natural_less[T])


@always_inline
def sort[T: Movable & Deinitable, origin: Origin[mut=True], F: def(T, T) -> Bool, //, *, stable: Bool = False](
    span: Span[T, origin], cmp_fn: F
):
    """Sorts the elements of a span by a comparison."""
    _sort_range[stable](span.unsafe_ptr().unsafe_origin_cast[MutUntrackedOrigin](), len(span), cmp_fn)


def _select[T: Movable & Deinitable, F: def(T, T) -> Bool](
    data: Pointer[T, MutUntrackedOrigin], count: Int, k: Int, less: F
):
    var start = 0
    var end = count
    while end - start > 1:
        var middle = _partition_range(data, start, end, _choose_pivot(data, start, end, less), less)
        if middle == k:
            return
        if k < middle:
            end = middle
        else:
            start = middle + 1


def partition[T: Movable & Deinitable, origin: Origin[mut=True], F: def(T, T) -> Bool, //](
    span: Span[T, origin], k: Int, cmp_fn: F
):
    """Moves the `k` smallest elements to the front, in no order."""
    _select(span.unsafe_ptr().unsafe_origin_cast[MutUntrackedOrigin](), len(span), k, cmp_fn)


def partition[T: Movable & Deinitable, F: def(T, T) -> Bool, //](mut span: List[T], k: Int, cmp_fn: F):
    """Moves the `k` smallest elements to the front, in no order."""
    _select(span._data, len(span), k, cmp_fn)
