"""Loops whose items run on several threads.

The items must be independent of each other, in any order: the compiler checks what the loop's closure does with what it
captured (`Concurrent` marks the formals that are checked), and an item must not wait for another, since a thread runs
several of them. On targets without threads everything runs on the caller's.
"""
from std.memory.memory import stack_allocation, unsafe_alloc
from std.memory.pointer import Pointer, __pointer_from_int, __pointer_to_int
from std.sys import __is_wasm


@__builtin("Concurrent")
trait Concurrent:
    """Marks a formal whose argument runs on several threads at once."""

    pass


@__intrinsic("foreign.call")
def __foreign_sysconf[name: __string_literal_value, Result: AnyType](what: Int32) -> Result:
    ...


@__intrinsic("foreign.call")
def __foreign_create[name: __string_literal_value, Result: AnyType](
    thread: Int, attributes: Int, start: def(Int) thin -> Int, argument: Int
) -> Result:
    ...


@__intrinsic("foreign.call")
def __foreign_join[name: __string_literal_value, Result: AnyType](thread: Int, result: Int) -> Result:
    ...


def _thread_limit() -> Int:
    """The number of processors that are in use; 1 where there are no threads."""
    comptime if __is_wasm():
        return 1
    else:
        # _SC_NPROCESSORS_ONLN of Linux.
        return max(1, Int(__foreign_sysconf["sysconf", Int](84)))


struct _Run[F: def(Int) -> None](TrivialRegisterPassable):
    """What one thread does: `count` items from `first` on."""

    var work: Pointer[Self.F, ImmUntrackedOrigin]
    var first: Int
    var count: Int
    var thread: Int

    def __init__(out self, work: Pointer[Self.F, ImmUntrackedOrigin], first: Int, count: Int):
        self.work = work
        self.first = first
        self.count = count
        self.thread = 0


def _run_items[F: def(Int) -> None](address: Int) -> Int:
    """The start function of a thread, as C sees it."""
    var run = __pointer_from_int[Pointer[_Run[F], MutUntrackedOrigin]](address)
    var first = run[].first
    var end = first + run[].count
    for i in range(first, end):
        run[].work[](i)
    return 0


def _distribute[F: def(Int) -> None](work: Pointer[F, ImmUntrackedOrigin], items: Int, workers: Int):
    """Contiguous runs of items, the first `items % workers` of them one longer; the caller takes the first run."""
    var base = items // workers
    var longer = items % workers
    var runs = unsafe_alloc[_Run[F]](workers)
    for t in range(workers):
        var first = t * base + min(t, longer)
        var count = base + 1 if t < longer else base
        runs.unsafe_offset(t).unsafe_write(_Run[F](work, first, count))
    for t in range(1, workers):
        var run = runs.unsafe_offset(t)
        var failed = __foreign_create["pthread_create", Int32](
            __pointer_to_int(Pointer(to=run[].thread)), 0, _run_items[F], __pointer_to_int(run)
        )
        if failed != 0:
            # No thread to be had: the work is done all the same.
            _ = _run_items[F](__pointer_to_int(run))
            run[].count = 0
    _ = _run_items[F](__pointer_to_int(runs))
    for t in range(1, workers):
        var run = runs.unsafe_offset(t)
        if run[].count > 0:
            _ = __foreign_join["pthread_join", Int32](run[].thread, 0)
    runs.unsafe_free()


def parallelize[F: Concurrent & def(Int) -> None, //](func: F, num_work_items: Int, num_workers: Int):
    """Calls `func(i)` for each `i` below `num_work_items`, on up to `num_workers` threads; returns when all are done."""
    var workers = min(num_workers, num_work_items)
    comptime if __is_wasm():
        workers = 1
    if workers > 1 and _thread_limit() == 1:
        workers = 1
    if workers <= 1:
        for i in range(num_work_items):
            func(i)
        return
    var work = Pointer(to=func).unsafe_origin_cast[ImmUntrackedOrigin]()
    _distribute[F](work, num_work_items, workers)
    _ = func


def parallelize[F: Concurrent & def(Int) -> None, //](func: F, num_work_items: Int):
    """Calls `func(i)` for each `i` below `num_work_items`, on as many threads as there are processors."""
    parallelize(func, num_work_items, _thread_limit())


def sync_parallelize[F: Concurrent & def(Int) -> None, //](func: F, num_work_items: Int):
    """Calls `func(i)` for each `i` below `num_work_items`, each as a task of its own."""
    parallelize(func, num_work_items, num_work_items)
