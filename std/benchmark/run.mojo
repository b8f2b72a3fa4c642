"""`run`: how long a call takes."""
from std.time import perf_counter_ns


struct Unit:
    """Units of time, as `Report` takes them."""

    comptime ns: StaticString = "ns"
    comptime us: StaticString = "us"
    comptime ms: StaticString = "ms"
    comptime s: StaticString = "s"


def _per_second(unit: StringSlice[_]) -> Float64:
    if unit == "ns":
        return 1e9
    if unit == "us":
        return 1e6
    if unit == "ms":
        return 1e3
    return 1.0


@fieldwise_init
struct Batch(ImplicitlyCopyable, Movable, Deinitable, Writable):
    """Calls that were timed together."""

    # Nanoseconds of all of them.
    var duration: Int
    var iterations: Int
    # Whether the number of calls had settled.
    var _is_significant: Bool

    def mean(self, unit: StaticString = Unit.s) -> Float64:
        """The time of one call."""
        return Float64(self.duration) / Float64(max(self.iterations, 1)) / 1e9 * _per_second(unit)

    def write_to(self, mut writer: Some[Writer]):
        """Writes the text that `print` shows."""
        writer.write("Batch(duration=", self.duration, "ns, iterations=", self.iterations, ", significant=", self._is_significant, ")")

    def write_repr_to(self, mut writer: Some[Writer]):
        """Writes the text that `repr` gives."""
        writer.write("Batch(duration=", self.duration, ", iterations=", self.iterations)
        writer.write(", _is_significant=", self._is_significant, ")")


struct Report(Copyable, Movable, Deinitable, Defaultable):
    """What `run` measured. Batches that are not significant count for nothing."""

    var warmup_duration: Int
    var runs: List[Batch]

    def __init__(out self):
        self.warmup_duration = 0
        self.runs = List[Batch]()

    def __init__(out self, warmup_duration: Int, var runs: List[Batch]):
        """A report of batches."""
        self.warmup_duration = warmup_duration
        self.runs = runs^

    def iters(self) -> Int:
        """The number of timed calls."""
        var sum = 0
        for batch in self.runs:
            if batch._is_significant:
                sum += batch.iterations
        return sum

    def duration(self, unit: StaticString = Unit.s) -> Float64:
        """The time of all timed calls."""
        var sum = 0
        for batch in self.runs:
            if batch._is_significant:
                sum += batch.duration
        return Float64(sum) / 1e9 * _per_second(unit)

    def mean(self, unit: StaticString = Unit.s) -> Float64:
        """The average time of a call."""
        return self.duration(unit) / Float64(max(self.iters(), 1))

    def min(self, unit: StaticString = Unit.s) -> Float64:
        """The time of a call in the fastest batch."""
        var result = Float64.MAX
        for batch in self.runs:
            if batch._is_significant:
                result = min(result, batch.mean(unit))
        return result if result < Float64.MAX else 0.0

    def max(self, unit: StaticString = Unit.s) -> Float64:
        """The time of a call in the slowest batch."""
        var result = Float64(0)
        for batch in self.runs:
            if batch._is_significant:
                result = max(result, batch.mean(unit))
        return result

    def as_string(self, unit: StaticString = Unit.s) -> String:
        """The report as text."""
        var line = String("-") * 80
        var text = String(line, "\n", "Benchmark Report (", unit, ")\n", line, "\n")
        text.write("Mean: ", self.mean(unit), "\n", "Total: ", self.duration(unit), "\n", "Iters: ", self.iters(), "\n")
        text.write("Warmup Total: ", Float64(self.warmup_duration) / 1e9 * _per_second(unit), "\n")
        text.write("Fastest Mean: ", self.min(unit), "\n", "Slowest Mean: ", self.max(unit), "\n")
        return text^

    def print(self, unit: StaticString = Unit.s):
        """Prints the report."""
        print(self.as_string(unit))

    def print_full(self, unit: StaticString = Unit.s):
        """Prints the report, and every batch."""
        var text = self.as_string(unit)
        for i in range(len(self.runs)):
            ref batch = self.runs[i]
            var duration = Float64(batch.duration) / 1e9 * _per_second(unit)
            text.write("\nBatch: ", i + 1, "\nIterations: ", batch.iterations, "\nMean: ", batch.mean(unit))
            text.write("\nDuration: ", duration, "\n")
        print(text)


def _timed[F: def() raises -> None, //](function: F, count: Int) raises -> Int:
    var start = perf_counter_ns()
    for _ in range(count):
        function()
    return Int(perf_counter_ns() - start)


def run[F: def() -> None, //](
    f: F,
    num_warmup_iters: Int = 1,
    max_iters: Int = 1_000_000_000,
    min_runtime_secs: Float64 = 0.1,
    max_runtime_secs: Float64 = 60,
    max_batch_size: Int = 0,
) -> Report:
    """Calls a function in growing batches until they took `min_runtime_secs` together."""
    var report = Report()
    try:
        def once() raises {imm f}:
            f()
        report = run(once, num_warmup_iters, max_iters, min_runtime_secs, max_runtime_secs, max_batch_size)
    except:
        pass
    return report^


def run[F: def() raises -> None, //](
    f: F,
    num_warmup_iters: Int = 1,
    max_iters: Int = 1_000_000_000,
    min_runtime_secs: Float64 = 0.1,
    max_runtime_secs: Float64 = 60,
    max_batch_size: Int = 0,
) raises -> Report:
    """Calls a function in growing batches until they took `min_runtime_secs` together. Raises what the function raises."""
    var report = Report()
    report.warmup_duration = _timed(f, num_warmup_iters)
    var spent = 0
    var done = 0
    var count = 1
    while done < max_iters and Float64(spent) < max_runtime_secs * 1e9 and (done == 0 or Float64(spent) < min_runtime_secs * 1e9):
        count = min(count, max_iters - done)
        if max_batch_size > 0:
            count = min(count, max_batch_size)
        var time = _timed(f, count)
        report.runs.append(Batch(time, count, True))
        spent += time
        done += count
        count *= 2
    return report^
