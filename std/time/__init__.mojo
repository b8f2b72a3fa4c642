"""Clocks."""
from std.io.file_descriptor import _flush_output
from std.memory.memory import stack_allocation
from std.memory.pointer import Pointer, __pointer_to_int


@__intrinsic("foreign.call")
def __foreign_clock[name: __string_literal_value, Result: AnyType](clock: Int32, address: Int) -> Result:
    ...


def _nanoseconds() -> Int:
    # struct timespec: seconds and nanoseconds, 64 bits each; clock 1 is monotonic.
    var cells = stack_allocation[2, Int]()
    cells.unsafe_offset(0)[] = 0
    cells.unsafe_offset(1)[] = 0
    _ = __foreign_clock["clock_gettime", Int32](1, __pointer_to_int(cells))
    return cells.unsafe_offset(0)[] * 1000000000 + cells.unsafe_offset(1)[]


def perf_counter_ns() -> Int:
    """Nanoseconds on a clock that never goes back."""
    return _nanoseconds()


def perf_counter() -> Float64:
    """Seconds on a clock that never goes back."""
    return Float64(_nanoseconds()) / 1000000000.0


def global_perf_counter_ns() -> UInt64:
    """Nanoseconds on a clock that never goes back and that all threads share."""
    return UInt64(_nanoseconds())


def monotonic() -> Int:
    """Nanoseconds on a clock that never goes back."""
    return _nanoseconds()


def now() -> Int:
    """Nanoseconds on a clock that never goes back (classic name)."""
    return _nanoseconds()


@__intrinsic("foreign.call")
def __foreign_sleep[name: __string_literal_value, Result: AnyType](wanted: Int, left: Int) -> Result:
    ...


def sleep(sec: Float64):
    """Waits for at least so many seconds."""
    _flush_output()
    var cells = stack_allocation[2, Int]()
    cells.unsafe_offset(0)[] = Int(sec)
    cells.unsafe_offset(1)[] = Int((sec - Float64(Int(sec))) * 1000000000.0)
    _ = __foreign_sleep["nanosleep", Int32](__pointer_to_int(cells), 0)


def sleep(sec: Int):
    """Waits for at least so many seconds."""
    sleep(Float64(sec))


def time_function[F: def() -> None, //](func: F) -> Int:
    """Nanoseconds that a call takes."""
    var start = _nanoseconds()
    func()
    return _nanoseconds() - start


def time_function[F: def() raises -> None, //](func: F) raises -> Int:
    """Nanoseconds that a call takes."""
    var start = _nanoseconds()
    func()
    return _nanoseconds() - start
