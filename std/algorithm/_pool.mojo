"""The threads behind `parallelize`: one pool for the process, made at the first call that needs it.

A job is a number of runs. The caller publishes it as one word, the *ticket*, and starts at once to take runs itself; whoever
raises the ticket's count by one has taken a run. Helpers watch the ticket for at most `_SPIN` nanoseconds and then sleep. The
caller comes back when every run that somebody took is done, so it waits for nobody who has not begun.

The ticket, from its low bits: 12 runs taken, 12 runs in all, 10 helpers that may still join, 30 number of the job. One compare and
exchange therefore says that the job is still the one that was looked at. The other facts of a job stand in the pool from before
its ticket is published until its last run is done.
"""
from std.atomic.atomic import (
    __atomic_add, __atomic_compare_exchange, __atomic_exchange, __atomic_load, __atomic_store, __atomic_sub, _pause
)
from std.builtin.simd import __size_of
from std.memory.memory import __free, __keep_forever, __memory_set, unsafe_alloc
from std.memory.pointer import Pointer, __pointer_from_int, __pointer_to_int
from std.sys.info import CompilationTarget
from std.time import _nanoseconds

comptime _SPIN = 50000
comptime _MOST_RUNS = 4095
comptime _MOST_HELPERS = 1023
comptime _WASM_STACK = 4 << 20
"""Bytes of stack of a helper on wasm. The host's own stack for it is smaller, so that it ends first."""

comptime _FUTEX_WAIT_PRIVATE = 128
comptime _FUTEX_WAKE_PRIVATE = 129


@__intrinsic("memory.slot")
def __slot[Result: TrivialRegisterPassable, name: __string_literal_value]() -> Result:
    ...


@__intrinsic("foreign.call")
def __foreign_sysconf[name: __string_literal_value, Result: AnyType](what: Int32) -> Result:
    ...


@__intrinsic("foreign.call")
def __foreign_create[name: __string_literal_value, Result: AnyType](
    thread: Int, attributes: Int, start: def(Int) thin -> Int, argument: Int
) -> Result:
    ...


@__intrinsic("foreign.call")
def __foreign_detach[name: __string_literal_value, Result: AnyType](thread: Int) -> Result:
    ...


@__intrinsic("target.has_feature")
def __has_feature[name: __string_literal_value]() -> Bool:
    ...


@__intrinsic("foreign.call")
def __foreign_host[name: __string_literal_value, Result: AnyType]() -> Result:
    ...


@__intrinsic("foreign.call")
def __foreign_spawn[name: __string_literal_value, Result: AnyType](
    start: def(Int) thin -> Int, abandon: def(Int, Int) thin -> Int, pool: Int32, stack: Int32
) -> Result:
    ...


@__intrinsic("foreign.call")
def __foreign_cell[name: __string_literal_value, Result: AnyType](address: Int32, value: Int32) -> Result:
    ...


@__intrinsic("foreign.call")
def __foreign_signal_stack[name: __string_literal_value, Result: AnyType](stack: Int, old: Int) -> Result:
    ...


@__intrinsic("foreign.call")
def __foreign_futex[name: __string_literal_value, Result: AnyType](
    number: Int, address: Int, operation: Int, value: Int, timeout: Int
) -> Result:
    ...


comptime _Word = Pointer[UInt64, MutUntrackedOrigin]
comptime _Half = Pointer[Int32, MutUntrackedOrigin]


struct _Pool(TrivialRegisterPassable):
    """The pool's memory. What different threads write stands on different cache lines."""

    # ---- line 0
    var ticket: UInt64
    var _gap0: _Gap
    # ---- line 1: runs that are done, and whether the caller sleeps until that number is complete
    var done: Int32
    var caller_sleeps: Int32
    var _gap1: _Gap
    # ---- line 2: what sleeping helpers wait on, and how many there are
    var calls: Int32
    var sleepers: Int32
    var _gap2: _Gap
    # ---- line 3: facts of the job, and of the pool
    var run: def(Int, Int) thin -> None
    var data: Int
    var helpers: Int
    var processors: Int
    var is_busy: Int32
    # On wasm: a helper's run ended the program, and the host knows why.
    var failed: Int32


@fieldwise_init
struct _Gap(TrivialRegisterPassable):
    """Seven words that keep cache lines apart."""

    var a: Int
    var b: Int
    var c: Int
    var d: Int
    var e: Int
    var f: Int
    var g: Int


comptime _PoolPointer = Pointer[_Pool, MutUntrackedOrigin]


@always_inline
def _word(ref place: UInt64) -> _Word:
    return Pointer(to=place).unsafe_origin_cast[MutUntrackedOrigin]()


@always_inline
def _half(ref place: Int32) -> _Half:
    return Pointer(to=place).unsafe_origin_cast[MutUntrackedOrigin]()


@always_inline
def _has_threads() -> Bool:
    """Whether this target has threads. For wasm the command decides: a module for any WASI host has none."""
    comptime if CompilationTarget.is_wasm():
        return __has_feature["atomics"]()
    else:
        return CompilationTarget.is_linux()


def _futex(place: _Half, operation: Int, value: Int):
    """Sleeps while the place has the value, or wakes that many sleepers. May wake early."""
    comptime if CompilationTarget.is_wasm():
        # The host decides whether this thread may sleep: that of a page may not.
        var address = __pointer_to_int(place).cast[DType.int32]()
        if operation == _FUTEX_WAIT_PRIVATE:
            __foreign_cell["kiln.wait", NoneType](address, value.cast[DType.int32]())
        else:
            __foreign_cell["kiln.wake", NoneType](address, value.cast[DType.int32]())
        return
    comptime number = 98 if CompilationTarget.has_neon() else 202
    _ = __foreign_futex["syscall", Int](number, __pointer_to_int(place), operation, value, 0)


def _processor_count() -> Int:
    """The number of processors; the system is asked once."""
    var known = __slot[Pointer[UInt64, MutUntrackedOrigin], "kiln.processors"]()
    var count = Int(__atomic_load(known))
    if count == 0:
        comptime if CompilationTarget.is_wasm():
            count = Int(__foreign_host["kiln.processors", Int32]())
        else:
            # _SC_NPROCESSORS_ONLN of Linux.
            count = max(1, Int(__foreign_sysconf["sysconf", Int](84)))
        __atomic_store(known, UInt64(count))
    return count


@no_inline
def _make_pool() -> _PoolPointer:
    """The pool, without threads. Of two threads that make one, the first wins."""
    var slot = __slot[Pointer[UInt64, MutUntrackedOrigin], "kiln.pool"]()
    var address = __pointer_to_int(unsafe_alloc[_Pool](1, alignment=64))
    __keep_forever(address)
    __memory_set(__pointer_from_int[Pointer[UInt8, MutUntrackedOrigin]](address), 0, __size_of[_Pool]())
    var pool = __pointer_from_int[_PoolPointer](address)
    pool[].processors = _processor_count()
    var first = __atomic_compare_exchange(slot, 0, UInt64(address))
    if first != 0:
        __free(address)
        return __pointer_from_int[_PoolPointer](Int(first))
    return pool


@always_inline
def _pool() -> _PoolPointer:
    var address = __atomic_load(__slot[Pointer[UInt64, MutUntrackedOrigin], "kiln.pool"]())
    if address == 0:
        return _make_pool()
    return __pointer_from_int[_PoolPointer](Int(address))


def _add_helpers(pool: _PoolPointer, wanted: Int):
    """Starts threads until there are `wanted` helpers, or the system gives no more."""
    while pool[].helpers < min(wanted, _MOST_HELPERS):
        comptime if CompilationTarget.is_wasm():
            if not _add_wasm_helper(pool):
                return
            continue
        var thread = 0
        var failed = __foreign_create["pthread_create", Int32](
            __pointer_to_int(Pointer(to=thread)), 0, _help, __pointer_to_int(pool)
        )
        if failed != 0:
            return
        _ = __foreign_detach["pthread_detach", Int32](thread)
        pool[].helpers += 1


def _add_wasm_helper(pool: _PoolPointer) -> Bool:
    """Asks the host for a worker on the same memory, with a stack of its own."""
    var stack = __pointer_to_int(unsafe_alloc[UInt8](_WASM_STACK, alignment=16))
    var started = __foreign_spawn["kiln.spawn", Int32](
        _help, _abandon, __pointer_to_int(pool).cast[DType.int32](), (stack + _WASM_STACK).cast[DType.int32]()
    )
    if started == 0:
        __free(stack)
        return False
    __keep_forever(stack)
    pool[].helpers += 1
    return True


def _abandon(address: Int, stack: Int) -> Int:
    """For the host, after a trap: nobody takes further runs of the job, and the one that trapped counts as done. `stack` 0: a helper
    trapped. Otherwise the thread that calls this did and goes on at that stack address: if the job belongs to a frame that is gone then,
    waits until nobody works on it."""
    var pool = __pointer_from_int[_PoolPointer](address)
    if stack == 0:
        __atomic_store(_half(pool[].failed), 1)
    elif __atomic_load(_half(pool[].is_busy)) == 0 or pool[].data >= stack:
        return 0
    var ticket = __atomic_load(_word(pool[].ticket))
    while True:
        var closed = ticket - (ticket & 0xFFF) + ((ticket >> 12) & 0xFFF)
        var found = __atomic_compare_exchange(_word(pool[].ticket), ticket, closed)
        if found == ticket:
            break
        ticket = found
    var runs = Int((ticket >> 12) & 0xFFF)
    var over = runs - Int(ticket & 0xFFF) + 1
    var done = Int(__atomic_add(_half(pool[].done), over.cast[DType.int32]())) + over
    if stack == 0:
        if done >= runs:
            _futex(_half(pool[].done), _FUTEX_WAKE_PRIVATE, 1)
        return 0
    while done < runs:
        _futex(_half(pool[].done), _FUTEX_WAIT_PRIVATE, done)
        done = Int(__atomic_load(_half(pool[].done)))
    __atomic_store(_half(pool[].caller_sleeps), 0)
    __atomic_store(_half(pool[].failed), 0)
    __atomic_store(_half(pool[].is_busy), 0)
    return 0


@always_inline
def _take(pool: _PoolPointer, joins: Bool, job: UInt64) -> Int:
    """Takes a run of the job with that number (of any, if `joins`); -1 if there is none to take."""
    while True:
        var ticket = __atomic_load(_word(pool[].ticket))
        var taken = ticket & 0xFFF
        if taken >= (ticket >> 12) & 0xFFF:
            return -1
        var next = ticket + 1
        if joins:
            if (ticket >> 24) & 0x3FF == 0:
                return -1
            next -= 1 << 24
        elif ticket >> 34 != job:
            return -1
        if __atomic_compare_exchange(_word(pool[].ticket), ticket, next) == ticket:
            return Int(taken)


@always_inline
def _finish(pool: _PoolPointer, runs: Int):
    """Says that one more run is done; wakes the caller after the last one."""
    if Int(__atomic_add(_half(pool[].done), 1)) + 1 == runs:
        if __atomic_load(_half(pool[].caller_sleeps)) != 0:
            _futex(_half(pool[].done), _FUTEX_WAKE_PRIVATE, 1)


def _prepare_for_overflow():
    """Gives this thread a stack on which the handler of a stack overflow can run, as the main thread has."""
    var size = 65536
    var stack = __pointer_to_int(unsafe_alloc[UInt8](size, alignment=16))
    __keep_forever(stack)
    var description = Array[Int, 3](fill=0)
    description[0] = stack
    description[2] = size
    _ = __foreign_signal_stack["sigaltstack", Int32](__pointer_to_int(Pointer(to=description)), 0)
    _ = description


def _help(address: Int) -> Int:
    """What a helper does until the process ends."""
    comptime if not CompilationTarget.is_wasm():
        _prepare_for_overflow()
    var pool = __pointer_from_int[_PoolPointer](address)
    while True:
        var run = _take(pool, True, 0)
        if run >= 0:
            # The job cannot end before this run does.
            var ticket = __atomic_load(_word(pool[].ticket))
            var runs = Int((ticket >> 12) & 0xFFF)
            var job = ticket >> 34
            var work = pool[].run
            var data = pool[].data
            while run >= 0:
                work(data, run)
                _finish(pool, runs)
                run = _take(pool, False, job)
        _rest(pool)
    return 0


def _has_work(pool: _PoolPointer) -> Bool:
    var ticket = __atomic_load(_word(pool[].ticket))
    return ticket & 0xFFF < (ticket >> 12) & 0xFFF and (ticket >> 24) & 0x3FF != 0


def _rest(pool: _PoolPointer):
    """Returns when there may be work: watches for a while, then sleeps."""
    var end = 0
    while True:
        for _ in range(64):
            if _has_work(pool):
                return
            _pause()
        var now = _nanoseconds()
        if end == 0:
            end = now + _SPIN
        if now >= end:
            break
    var calls = __atomic_load(_half(pool[].calls))
    _ = __atomic_add(_half(pool[].sleepers), 1)
    # Who publishes after this look sees a sleeper, and changes `calls` before it wakes it.
    if not _has_work(pool):
        _futex(_half(pool[].calls), _FUTEX_WAIT_PRIVATE, Int(calls))
    _ = __atomic_sub(_half(pool[].sleepers), 1)


def _run_job(run: def(Int, Int) thin -> None, data: Int, runs: Int, threads: Int) -> Bool:
    """Calls `run(data, r)` for each `r` below `runs` (at most `_MOST_RUNS`) on up to `threads` threads. Returns False, and has done nothing, when
    the pool is at work already: for the caller of a nested or a concurrent call, who then does it all himself."""
    var pool = _pool()
    if __atomic_exchange(_half(pool[].is_busy), 1) != 0:
        return False
    var helpers = min(threads, pool[].processors) - 1
    if pool[].helpers < helpers:
        _add_helpers(pool, helpers)
    helpers = min(min(helpers, pool[].helpers), runs - 1)
    pool[].run = run
    pool[].data = data
    __atomic_store(_half(pool[].done), 0)
    var job = ((__atomic_load(_word(pool[].ticket)) >> 34) + 1) & 0x3FFFFFFF
    __atomic_store(_word(pool[].ticket), job << 34 | UInt64(helpers) << 24 | UInt64(runs) << 12)
    var sleepers = Int(__atomic_load(_half(pool[].sleepers)))
    var asleep = helpers - (pool[].helpers - sleepers)
    if sleepers > 0 and asleep > 0:
        _ = __atomic_add(_half(pool[].calls), 1)
        _futex(_half(pool[].calls), _FUTEX_WAKE_PRIVATE, asleep)
    var taken = _take(pool, False, job)
    while taken >= 0:
        run(data, taken)
        _ = __atomic_add(_half(pool[].done), 1)
        taken = _take(pool, False, job)
    _wait(pool, runs)
    var failed = __atomic_load(_half(pool[].failed))
    __atomic_store(_half(pool[].failed), 0)
    __atomic_store(_half(pool[].is_busy), 0)
    comptime if CompilationTarget.is_wasm():
        if failed != 0:
            # Ends this thread's work as the helper's ended: does not come back.
            __foreign_host["kiln.fail", NoneType]()
    return True


def _wait(pool: _PoolPointer, runs: Int):
    """Returns when all runs are done: watches for a while, then sleeps."""
    for _ in range(2000):
        if Int(__atomic_load(_half(pool[].done))) == runs:
            return
        _pause()
    __atomic_store(_half(pool[].caller_sleeps), 1)
    while True:
        var done = Int(__atomic_load(_half(pool[].done)))
        if done == runs:
            break
        _futex(_half(pool[].done), _FUTEX_WAIT_PRIVATE, done)
    __atomic_store(_half(pool[].caller_sleeps), 0)
