"""`benchmark` of classic Mojo, which took the measured function in brackets and times in nanoseconds."""
import std.benchmark
from std.benchmark import Report, Unit, keep


def run[function: def() capturing -> None](
    num_warmup: Int = 2, max_iters: Int = 100_000, min_time_ns: Int = 500_000_000, max_time_ns: Int = 1_000_000_000
) -> Report:
    """Calls a function in growing batches until they took `min_time_ns` together."""
    return std.benchmark.run(
        function, num_warmup, max_iters, Float64(min_time_ns) / 1e9, Float64(max_time_ns) / 1e9
    )


struct Benchmark(Copyable, Deinitable):
    """Times a function: `Benchmark().run[f]()` gives the nanoseconds of a call."""

    var num_warmup: Int
    var max_iters: Int
    var min_time_ns: Int
    var max_time_ns: Int

    def __init__(
        out self,
        num_warmup: Int = 2,
        max_iters: Int = 100_000,
        min_time_ns: Int = 500_000_000,
        max_time_ns: Int = 1_000_000_000,
    ):
        self.num_warmup = num_warmup
        self.max_iters = max_iters
        self.min_time_ns = min_time_ns
        self.max_time_ns = max_time_ns

    def run[function: def() capturing -> None](self) -> Int:
        """The nanoseconds of a call, on the average."""
        var report = run[function](self.num_warmup, self.max_iters, self.min_time_ns, self.max_time_ns)
        return Int(report.mean("ns"))
