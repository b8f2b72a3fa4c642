"""`time` of classic Mojo."""
from std.time import perf_counter_ns


def now() -> Int:
    """Nanoseconds on a clock that never goes back."""
    return Int(perf_counter_ns())


def time_function[func: def() capturing -> None]() -> Int:
    """Nanoseconds that a call takes."""
    var start = now()
    func()
    return now() - start
