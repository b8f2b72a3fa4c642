"""Loops whose items run on several threads.

The items must be independent of each other, in any order: the compiler checks what the loop's closure does with what it
captured (`Concurrent` marks the formals that are checked), and an item must not wait for another, since a thread runs
several of them. Threads come from one pool for the process. A call from inside an item, or while another thread's call is at
work, runs all its items on its own thread. A trap in an item ends the process, as everywhere; on wasm the caller's own thread ends
when it waits for the item. Where there are no threads everything runs on the caller's: outside Linux, in a wasm module for any WASI
host, and in a page that may not share memory.
"""
from std.algorithm._pool import _MOST_RUNS, _has_threads, _processor_count, _run_job
from std.memory.pointer import Pointer, __pointer_from_int, __pointer_to_int


comptime _RUNS_EACH = 8
"""Runs for each thread: enough for balance, few enough that handing them out costs nothing."""


@__builtin("Concurrent")
trait Concurrent:
    """Marks a formal whose argument runs on several threads at once."""

    pass


def _thread_limit() -> Int:
    """The number of processors that are in use; 1 where there are no threads."""
    comptime if _has_threads():
        return _processor_count()
    else:
        return 1


struct _Items[F: def(Int) -> None](TrivialRegisterPassable):
    """The items of one call in contiguous runs, the first `longer` of them one longer than `base`."""

    var work: Pointer[Self.F, ImmUntrackedOrigin]
    var base: Int
    var longer: Int

    def __init__(out self, work: Pointer[Self.F, ImmUntrackedOrigin], items: Int, runs: Int):
        self.work = work
        self.base = items // runs
        self.longer = items % runs


def _run_items[F: def(Int) -> None](address: Int, run: Int):
    """Calls the items of a run."""
    var items = __pointer_from_int[Pointer[_Items[F], MutUntrackedOrigin]](address)[]
    var first = run * items.base + min(run, items.longer)
    var end = first + items.base + (1 if run < items.longer else 0)
    for i in range(first, end):
        items.work[](i)


def _distribute[F: def(Int) -> None](func: F, items: Int, runs: Int, threads: Int) -> Bool:
    """Gives the runs to the pool; False when that is at work already."""
    var work = Pointer(to=func).unsafe_origin_cast[ImmUntrackedOrigin]()
    var job = _Items[F](work, items, runs)
    var done = _run_job(_run_items[F], __pointer_to_int(Pointer(to=job)), runs, threads)
    _ = job
    return done


def parallelize[F: Concurrent & def(Int) -> None, //](func: F, num_work_items: Int, num_workers: Int):
    """Calls `func(i)` for each `i` below `num_work_items` on up to `num_workers` threads; returns when all are done. The items go out in
    short contiguous runs, so that a thread that is held up leaves its share to the others."""
    comptime if _has_threads():
        var threads = min(num_workers, _thread_limit())
        var runs = min(min(threads * _RUNS_EACH, num_work_items), _MOST_RUNS)
        if runs > 1 and threads > 1 and _distribute(func, num_work_items, runs, threads):
            return
    for i in range(num_work_items):
        func(i)


def parallelize[F: Concurrent & def(Int) -> None, //](func: F, num_work_items: Int):
    """Calls `func(i)` for each `i` below `num_work_items`, on as many threads as there are processors."""
    parallelize(func, num_work_items, _thread_limit())


def sync_parallelize[F: Concurrent & def(Int) -> None, //](func: F, num_work_items: Int):
    """Calls `func(i)` for each `i` below `num_work_items`, each as a task of its own."""
    parallelize(func, num_work_items, num_work_items)
