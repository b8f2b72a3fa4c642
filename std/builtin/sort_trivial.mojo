"""Sorting of values that are plain bytes, without branches that depend on comparisons.

The scheme is that of Rust's ipnsort (Voultapher and Wittwer, 2024), itself a pattern-defeating quicksort (Peters, 2021): a cyclic
Lomuto partition that moves one gap through the data, runs of up to 32 values sorted by networks and merged from both ends at
once, values equal to an earlier pivot set aside, heap sort after too many unbalanced steps. Comparisons may be inconsistent, as those
of NaN are: then a merge notices that it took a value twice, and the run is sorted by insertion instead.
"""
from std.builtin.sort import _choose_pivot, _heap_sort, _insertion_sort, _log2_floor, _swap_at
from std.memory.memory import __memory_copy, stack_allocation
from std.builtin.simd import __size_of

comptime _SMALL = 32

# Networks with the fewest exchanges known (Dobbelaere, "List of sorting networks"): pairs of positions.
comptime _NINE: Array[Int, 50] = [
    0, 3, 1, 7, 2, 5, 4, 8, 0, 7, 2, 4, 3, 8, 5, 6, 0, 2, 1, 3, 4, 5, 7, 8, 1, 4, 3, 6, 5, 7, 0, 1, 2, 4, 3, 5, 6, 8, 2, 3, 4, 5, 6, 7,
    1, 2, 3, 4, 5, 6,
]
comptime _THIRTEEN: Array[Int, 90] = [
    0, 12, 1, 10, 2, 9, 3, 7, 5, 11, 6, 8, 1, 6, 2, 3, 4, 11, 7, 9, 8, 10, 0, 4, 1, 2, 3, 6, 7, 8, 9, 10, 11, 12, 4, 6, 5, 9, 8, 11,
    10, 12, 0, 5, 3, 8, 4, 7, 6, 11, 9, 10, 0, 1, 2, 5, 6, 9, 7, 8, 10, 11, 1, 3, 2, 4, 5, 6, 9, 10, 1, 2, 3, 4, 5, 7, 6, 8, 2, 3, 4, 5,
    6, 7, 8, 9, 3, 4, 5, 6,
]


@always_inline
def _place[T: Movable & Deinitable](to: Pointer[T, MutUntrackedOrigin], source: Pointer[T, MutUntrackedOrigin]):
    to.unsafe_write_move_from(source)


@always_inline
def _sort_four[T: Movable & Deinitable, F: def(T, T) -> Bool](
    v: Pointer[T, MutUntrackedOrigin], into: Pointer[T, MutUntrackedOrigin], less: F
):
    """Five comparisons, whose results only choose addresses; stable."""
    var first = less(v.unsafe_offset(1)[], v[])
    var second = less(v.unsafe_offset(3)[], v.unsafe_offset(2)[])
    var a = v.unsafe_offset(1 if first else 0)
    var b = v.unsafe_offset(0 if first else 1)
    var c = v.unsafe_offset(3 if second else 2)
    var d = v.unsafe_offset(2 if second else 3)
    var low_right = less(c[], a[])
    var high_left = less(d[], b[])
    var lowest = c if low_right else a
    var highest = b if high_left else d
    var left = a if low_right else (c if high_left else b)
    var right = d if high_left else (b if low_right else c)
    var crossed = less(right[], left[])
    _place(into, lowest)
    _place(into.unsafe_offset(1), right if crossed else left)
    _place(into.unsafe_offset(2), left if crossed else right)
    _place(into.unsafe_offset(3), highest)


@always_inline
def _merge_both_ends[T: Movable & Deinitable, F: def(T, T) -> Bool](
    v: Pointer[T, MutUntrackedOrigin], count: Int, into: Pointer[T, MutUntrackedOrigin], less: F
) -> Bool:
    """Merges two sorted halves from the front and from the back; stable. False if the comparisons contradicted each other."""
    var half = count // 2
    var left = v
    var right = v.unsafe_offset(half)
    var left_end = v.unsafe_offset(half - 1)
    var right_end = v.unsafe_offset(count - 1)
    for i in range(half):
        var from_right = less(right[], left[])
        _place(into.unsafe_offset(i), right if from_right else left)
        right = right.unsafe_offset(Int(from_right))
        left = left.unsafe_offset(1 - Int(from_right))
        var from_left = less(right_end[], left_end[])
        _place(into.unsafe_offset(count - 1 - i), left_end if from_left else right_end)
        left_end = left_end.unsafe_offset(-Int(from_left))
        right_end = right_end.unsafe_offset(Int(from_left) - 1)
    if count % 2 != 0:
        var in_left = Int(left) <= Int(left_end)
        _place(into.unsafe_offset(half), left if in_left else right)
        left = left.unsafe_offset(Int(in_left))
        right = right.unsafe_offset(1 - Int(in_left))
    return left == left_end.unsafe_offset(1) and right == right_end.unsafe_offset(1)


@always_inline
def _copy[T: Movable & Deinitable](to: Pointer[T, MutUntrackedOrigin], source: Pointer[T, MutUntrackedOrigin], count: Int):
    __memory_copy(to, source, count * __size_of[T]())


@always_inline
def _order_pair[T: Movable & Deinitable, F: def(T, T) -> Bool](
    a: Pointer[T, MutUntrackedOrigin], b: Pointer[T, MutUntrackedOrigin], less: F
):
    """The smaller of two values to `a`, the other one to `b`."""
    var exchange = less(b[], a[])
    var waiting = stack_allocation[1, T]().unsafe_origin_cast[MutUntrackedOrigin]()
    _place(waiting, a if exchange else b)
    _place(a, b if exchange else a)
    _place(b, waiting)


@no_inline
def _network[T: Movable & Deinitable, F: def(T, T) -> Bool, n: Int, //, pairs: Array[Int, n]](
    v: Pointer[T, MutUntrackedOrigin], less: F
):
    """Sorts as many values as the pairs name."""
    comptime for i in range(n // 2):
        comptime a = pairs[2 * i]
        comptime b = pairs[2 * i + 1]
        _order_pair(v.unsafe_offset(a), v.unsafe_offset(b), less)


def _sort_tiny[T: Movable & Deinitable, F: def(T, T) -> Bool](v: Pointer[T, MutUntrackedOrigin], count: Int, less: F):
    """Sorts up to 18 values: the first of them by a network, the rest by insertion."""
    var sorted = 1
    if count >= 13:
        _network[_THIRTEEN](v, less)
        sorted = 13
    elif count >= 9:
        _network[_NINE](v, less)
        sorted = 9
    for i in range(sorted, count):
        var value = v.unsafe_offset(i).unsafe_take_pointee()
        var j = i
        while j > 0 and less(value, v.unsafe_offset(j - 1)[]):
            _place(v.unsafe_offset(j), v.unsafe_offset(j - 1))
            j -= 1
        v.unsafe_offset(j).unsafe_write(value^)


def _sort_small_words[T: Movable & Deinitable, F: def(T, T) -> Bool](v: Pointer[T, MutUntrackedOrigin], count: Int, less: F):
    """Sorts up to 32 values that fit a register."""
    if count < 18:
        _sort_tiny(v, count, less)
        return
    var half = count // 2
    _sort_tiny(v, half, less)
    _sort_tiny(v.unsafe_offset(half), count - half, less)
    var scratch = stack_allocation[_SMALL, T]().unsafe_origin_cast[MutUntrackedOrigin]()
    if _merge_both_ends(v, count, scratch, less):
        _copy(v, scratch, count)
    else:
        _insertion_sort(v, 0, count, less)


def _sort_small[T: Movable & Deinitable, F: def(T, T) -> Bool](v: Pointer[T, MutUntrackedOrigin], count: Int, less: F):
    """Sorts up to 32 values."""
    if count < 2:
        return
    var scratch = stack_allocation[_SMALL + 16, T]().unsafe_origin_cast[MutUntrackedOrigin]()
    var half = count // 2
    var sorted = 1
    if count >= 16:
        sorted = 8
        var pair = scratch.unsafe_offset(_SMALL)
        for part in range(2):
            var start = 0 if part == 0 else half
            _sort_four(v.unsafe_offset(start), pair, less)
            _sort_four(v.unsafe_offset(start + 4), pair.unsafe_offset(4), less)
            if not _merge_both_ends(pair, 8, scratch.unsafe_offset(start), less):
                _copy(scratch.unsafe_offset(start), pair, 8)
    elif count >= 8:
        sorted = 4
        _sort_four(v, scratch, less)
        _sort_four(v.unsafe_offset(half), scratch.unsafe_offset(half), less)
    else:
        _place(scratch, v)
        _place(scratch.unsafe_offset(half), v.unsafe_offset(half))
    for part in range(2):
        var start = 0 if part == 0 else half
        var end = half if part == 0 else count
        for i in range(start + sorted, end):
            # Into its place among those before it.
            var value = v.unsafe_offset(i).unsafe_take_pointee()
            var j = i
            while j > start and less(value, scratch.unsafe_offset(j - 1)[]):
                _place(scratch.unsafe_offset(j), scratch.unsafe_offset(j - 1))
                j -= 1
            scratch.unsafe_offset(j).unsafe_write(value^)
    if not _merge_both_ends(scratch, count, v, less):
        _copy(v, scratch, count)
        _insertion_sort(v, 0, count, less)


@always_inline
def _partition_cyclic[T: Movable & Deinitable, F: def(T, T) -> Bool, //, or_equal: Bool](
    v: Pointer[T, MutUntrackedOrigin], count: Int, pivot: Int, less: F
) -> Int:
    """Moves the values below the pivot (with `or_equal`, those not above it) to the front and the pivot behind them: its position."""
    if pivot != 0:
        _swap_at(v, 0, pivot)
    var base = v.unsafe_offset(1)
    var last = count - 1
    var below = 0
    # The first value waits outside; its place is the gap, into which each step moves a value, opening a gap where that was.
    var waiting = stack_allocation[1, T]().unsafe_origin_cast[MutUntrackedOrigin]()
    _place(waiting, base)
    var gap = base
    for i in range(1, last):
        var value = base.unsafe_offset(i)
        var is_below: Bool
        comptime if or_equal:
            is_below = not less(v[], value[])
        else:
            is_below = less(value[], v[])
        var border = base.unsafe_offset(below)
        _place(gap, border)
        _place(border, value)
        gap = value
        below += Int(is_below)
    var is_below: Bool
    comptime if or_equal:
        is_below = not less(v[], waiting[])
    else:
        is_below = less(waiting[], v[])
    var border = base.unsafe_offset(below)
    _place(gap, border)
    _place(border, waiting)
    below += Int(is_below)
    if below != 0:
        _swap_at(v, 0, below)
    return below


def _quick_sort_trivial[T: Movable & Deinitable, F: def(T, T) -> Bool](
    data: Pointer[T, MutUntrackedOrigin],
    size: Int,
    allowed: Int,
    ancestor: Pointer[T, MutUntrackedOrigin],
    has_ancestor: Bool,
    less: F,
):
    """Sorts `size` values, none of which is below the one that `ancestor` points to, a pivot of before."""
    var v = data
    var count = size
    var budget = allowed
    var before = ancestor
    var has_before = has_ancestor
    while count > _SMALL:
        if budget == 0:
            _heap_sort(v, count, less)
            return
        budget -= 1
        var pivot = _choose_pivot(v, 0, count, less)
        if has_before and not less(before[], v.unsafe_offset(pivot)[]):
            # The pivot is the smallest value: those equal to it are done.
            var equal = _partition_cyclic[or_equal=True](v, count, pivot, less)
            v = v.unsafe_offset(equal + 1)
            count -= equal + 1
            has_before = False
            continue
        var middle = _partition_cyclic[or_equal=False](v, count, pivot, less)
        _quick_sort_trivial(v, middle, budget, before, has_before, less)
        before = v.unsafe_offset(middle)
        has_before = True
        v = v.unsafe_offset(middle + 1)
        count -= middle + 1
    comptime if __size_of[T]() <= 8:
        _sort_small_words(v, count, less)
    else:
        _sort_small(v, count, less)


def _sort_trivial[T: Movable & Deinitable, F: def(T, T) -> Bool](data: Pointer[T, MutUntrackedOrigin], count: Int, less: F):
    """Sorts values that can be moved and forgotten as bytes."""
    _quick_sort_trivial(data, count, 2 * _log2_floor(count), data, False, less)
