"""Parallel loops that combine results, or give each task a part of a list."""
from std.algorithm.parallelize import Concurrent, parallelize
from std.memory.memory import unsafe_alloc
from std.memory.pointer import Pointer
from std.memory.span import Span

comptime _PARTS = 64
"""How many partial results there are at most. Fixed, so that a result does not depend on the number of processors."""


def parallel_reduce[
    T: ImplicitlyCopyable & Deinitable, F: Concurrent & def(Int) -> T, C: Concurrent & def(T, T) -> T, //
](num_work_items: Int, identity: T, func: F, combine: C) -> T:
    """Combines `func(i)` of each `i` below `num_work_items`, on as many threads as there are processors. `combine` is associative, and
    `identity` changes nothing in it. The order of the items is kept; how they are bracketed depends on their number alone, so that a sum of
    floats is the same on every machine."""
    var parts = min(num_work_items, _PARTS)
    if parts <= 0:
        return identity
    var results = unsafe_alloc[T](parts)
    var base = num_work_items // parts
    var longer = num_work_items % parts

    def part(index: Int) {imm}:
        var first = index * base + min(index, longer)
        var end = first + base + (1 if index < longer else 0)
        var result = func(first)
        for i in range(first + 1, end):
            result = combine(result, func(i))
        results.unsafe_offset(index).unsafe_write(result)

    parallelize(part, parts)
    var total = identity
    for index in range(parts):
        total = combine(total, results.unsafe_offset(index)[])
        results.unsafe_offset(index).unsafe_deinit_pointee()
    results.unsafe_free()
    return total


def parallelize_chunks[
    T: Copyable & Deinitable, o: Origin[mut=True], F: Concurrent & def(Int, Span[T, o]) -> None, //
](elements: Span[T, o], chunk_size: Int, func: F):
    """Calls `func(index, chunk)` for each run of `chunk_size` elements, the last one shorter if need be, on as many threads as there are
    processors. The chunks share no element, so a task may change its own."""
    var size = max(chunk_size, 1)

    def task(index: Int) {imm}:
        var first = index * size
        func(index, elements[first : min(first + size, len(elements))])

    parallelize(task, (len(elements) + size - 1) // size)
