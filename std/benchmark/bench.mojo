"""`Bench`: several measured functions and one table of what they took."""
from std.benchmark.run import Batch, Report
from std.pathlib import Path
from std.time import perf_counter_ns


@fieldwise_init
struct BenchMetric(ImplicitlyCopyable, Equatable, Writable, Deinitable):
    """What a benchmark does in large numbers."""

    var code: Int
    """Which metric it is."""
    var name: String
    """Its name."""
    var unit: String
    """The unit of its rate."""

    comptime elements = BenchMetric(0, "throughput", "GElems/s")
    """Elements worked on."""
    comptime bytes = BenchMetric(1, "DataMovement", "GB/s")
    """Bytes moved."""
    comptime flops = BenchMetric(2, "Arithmetic", "GFLOPS/s")
    """Operations on floats."""
    comptime theoretical_flops = BenchMetric(3, "TheoreticalArithmetic", "GFLOPS/s")
    """Operations on floats that a better program would need."""

    def __eq__(self, other: Self) -> Bool:
        return self.code == other.code

    def check_name(self, alt_name: String) -> Bool:
        """Whether the metric has that name, in upper or lower case."""
        return self.name.lower() == alt_name.lower()

    comptime DEFAULTS: List[BenchMetric] = [Self.elements, Self.bytes, Self.flops]
    """The metrics that `ThroughputMeasure` knows by name."""

    def write_to(self, mut writer: Some[Writer]):
        """Writes name and unit."""
        writer.write(self.name, " (", self.unit, ")")

    def write_repr_to(self, mut writer: Some[Writer]):
        """Writes the text that `repr` gives."""
        writer.write("BenchMetric(code=", self.code, ", name=", repr(self.name), ", unit=", repr(self.unit), ")")


@fieldwise_init
struct ThroughputMeasure(ImplicitlyCopyable, Writable, Deinitable):
    """How much of a metric one call of a benchmark does."""

    var metric: BenchMetric
    """What is counted."""
    var value: Int
    """How much."""

    def __init__(out self, name: String, value: Int, reference: List[BenchMetric] = materialize[BenchMetric.DEFAULTS]()) raises:
        """A metric by name, in upper or lower case. Raises if `reference` has no such metric."""
        for metric in reference:
            if metric.check_name(name):
                self.metric = metric
                self.value = value
                return
        var line = String("\n", String("-") * 80)
        var text = String(line, line, "\nCouldn't match metric [", name, "]\n")
        text += "Available throughput metrics (case-insensitive) in the list:"
        for metric in reference:
            text.write("\n    metric: [", metric.name.lower(), "]")
        text.write(line, line, "\n[ERROR]: metric [", name, "] is NOT supported!\n")
        raise Error(text)

    def compute(self, elapsed_sec: Float64) -> Float64:
        """The rate, in units of 10**9 a second."""
        return Float64(self.value) * 1e-9 / elapsed_sec

    def write_to(self, mut writer: Some[Writer]):
        """Writes the metric."""
        self.metric.write_to(writer)

    def write_repr_to(self, mut writer: Some[Writer]):
        """Writes the text that `repr` gives."""
        writer.write("ThroughputMeasure(metric=", repr(self.metric), ", value=", self.value, ")")


@fieldwise_init
struct BenchId(Copyable, Equatable, Hashable, Writable, Deinitable):
    """The name of a benchmark, and of the input that it ran with."""

    var func_name: String
    """The name of the function."""
    var input_id: Optional[String]
    """The name of the input."""

    def __init__(out self, func_name: String):
        """A benchmark without input."""
        self.func_name = func_name
        self.input_id = None

    def __init__(out self, func_name: String, input_id: String):
        """A benchmark with an input."""
        self.func_name = func_name
        self.input_id = input_id

    def _label(self) -> String:
        """The name, and after a slash the input."""
        return String(self.func_name, "/input_id:", self.input_id.value()) if self.input_id else self.func_name


@fieldwise_init
struct Mode(TrivialRegisterPassable, Equatable):
    """What `Bench` does with the functions it is given."""

    var value: Int
    """Which mode it is."""

    comptime Benchmark = Mode(0)
    """They are measured."""
    comptime Test = Mode(1)
    """They are called once."""

    def __eq__(self, other: Self) -> Bool:
        return self.value == other.value


@fieldwise_init
struct Format(TrivialRegisterPassable, Equatable, Writable):
    """How results are written."""

    var value: StaticString
    """The name of the format."""

    comptime csv = Format("csv")
    """Values with commas between them."""
    comptime tabular = Format("tabular")
    """Aligned values with commas between them."""
    comptime table = Format("table")
    """A table."""

    def __eq__(self, other: Self) -> Bool:
        return self.value == other.value

    def write_to(self, mut writer: Some[Writer]):
        """Writes the name."""
        writer.write(self.value)

    def write_repr_to(self, mut writer: Some[Writer]):
        """Writes the text that `repr` gives."""
        writer.write("Format(", repr(self.value), ")")


struct BenchConfig(Copyable, Deinitable):
    """How long `Bench` measures, and what it writes."""

    var out_file: Optional[Path]
    """The file that `dump_report` writes too."""
    var min_runtime_secs: Float64
    """At least so many seconds for a benchmark."""
    var max_runtime_secs: Float64
    """At most so many seconds for a benchmark, when a call has ended."""
    var num_warmup_iters: Int
    """Calls before measuring begins."""
    var max_batch_size: Int
    """At most so many calls are timed together; 0: as many as it takes."""
    var max_iters: Int
    """At most so many calls."""
    var num_repetitions: Int
    """How often a benchmark is measured."""
    var format: Format
    """How results are printed."""
    var out_file_format: Format
    """How results are written to the file."""
    var show_progress: Bool
    """Whether the name of each benchmark is printed before it runs."""
    var flush_denormals: Bool
    """Has no effect."""
    var verbose_timing: Bool
    """Whether results tell the shortest, average and longest time of a call, and the time of all."""
    var verbose_metric_names: Bool
    """Has no effect: metrics are always named."""

    def __init__(
        out self,
        out_file: Optional[Path] = None,
        min_runtime_secs: Float64 = 0.0,
        max_runtime_secs: Float64 = 1.0,
        num_warmup_iters: Int = 10,
        max_batch_size: Int = 0,
        max_iters: Int = 1000,
        num_repetitions: Int = 1,
        flush_denormals: Bool = True,
    ) raises:
        """The usual values, but those given."""
        self.out_file = out_file
        self.min_runtime_secs = min_runtime_secs
        self.max_runtime_secs = max_runtime_secs
        self.num_warmup_iters = num_warmup_iters
        self.max_batch_size = max_batch_size
        self.max_iters = max_iters
        self.num_repetitions = num_repetitions
        self.format = Format.table
        self.out_file_format = Format.csv
        self.show_progress = True
        self.flush_denormals = flush_denormals
        self.verbose_timing = False
        self.verbose_metric_names = True


@fieldwise_init
struct BenchmarkInfo(Copyable, Deinitable):
    """A result."""

    var name: String
    """The name of the benchmark."""
    var result: Report
    """What was measured."""
    var measures: List[ThroughputMeasure]
    """What a call does."""


struct Bencher(Deinitable):
    """What a benchmark calls the measured part through, as often as it is told."""

    var num_iters: Int
    """How many calls are to be made."""
    var elapsed: Int
    """The nanoseconds that they took."""

    def __init__(out self, num_iters: Int, elapsed: Int = 0):
        """For so many calls."""
        self.num_iters = num_iters
        self.elapsed = elapsed

    def iter[IterFn: def() -> None](mut self, f: IterFn):
        """Measures a function."""
        var start = perf_counter_ns()
        for _ in range(self.num_iters):
            f()
        self.elapsed = Int(perf_counter_ns() - start)

    def iter[IterFn: def() raises -> None](mut self, f: IterFn) raises:
        """Measures a function. Raises what it raises."""
        var start = perf_counter_ns()
        for _ in range(self.num_iters):
            f()
        self.elapsed = Int(perf_counter_ns() - start)

    def iter_preproc[T: AnyType, //, IterFn: def(mut T) -> None, PreprocFn: def(mut T) -> None](
        mut self, mut state: T, iter_fn: IterFn, preproc_fn: PreprocFn
    ):
        """Measures a function of a state that another one prepares before each call; the latter is not measured."""
        for _ in range(self.num_iters):
            preproc_fn(state)
            var start = perf_counter_ns()
            iter_fn(state)
            self.elapsed += Int(perf_counter_ns() - start)

    def iter_custom[FuncType: def(Int) -> Int](mut self, func: FuncType):
        """Takes the nanoseconds that a function says its so many calls took."""
        self.elapsed = func(self.num_iters)


struct Bench(Deinitable, Writable):
    """Measures functions and keeps the results."""

    var config: BenchConfig
    """How long it measures."""
    var mode: Mode
    """What it does with functions."""
    var info_vec: List[BenchmarkInfo]
    """The results."""

    def __init__(out self, config: Optional[BenchConfig] = None, mode: Mode = Mode.Benchmark) raises:
        """No results yet."""
        if config:
            self.config = config.value().copy()
        else:
            self.config = BenchConfig()
        self.mode = mode
        self.info_vec = []

    def bench_function[FuncType: def() raises -> None](
        mut self,
        func: FuncType,
        bench_id: BenchId,
        measures: List[ThroughputMeasure] = List[ThroughputMeasure](),
        fixed_iterations: Optional[Int] = None,
    ) raises:
        """Measures a function. Raises what it raises."""

        def measured(mut bencher: Bencher) raises {imm func}:
            bencher.iter(func)

        self.bench_function(measured, bench_id, measures, fixed_iterations)

    def bench_function[FuncType: def(mut Bencher) raises -> None](
        mut self,
        func: FuncType,
        bench_id: BenchId,
        measures: List[ThroughputMeasure] = List[ThroughputMeasure](),
        fixed_iterations: Optional[Int] = None,
    ) raises:
        """Measures what a function hands to its `Bencher`, as often as the configuration or `fixed_iterations` says. Raises what it raises."""
        for _ in range(self.config.num_repetitions):
            if self.mode == Mode.Test:
                var once = Bencher(1)
                func(once)
                continue
            if self.config.show_progress:
                print("Running", bench_id._label())
            var report = Report()
            var warm = Bencher(self.config.num_warmup_iters)
            func(warm)
            report.warmup_duration = warm.elapsed
            var done = 0
            var spent = 0
            var count = 1
            if fixed_iterations:
                var bencher = Bencher(fixed_iterations.value())
                func(bencher)
                report.runs.append(Batch(bencher.elapsed, bencher.num_iters, True))
                done = self.config.max_iters
            while done < self.config.max_iters and Float64(spent) < self.config.max_runtime_secs * 1e9:
                count = min(count, self.config.max_iters - done)
                if self.config.max_batch_size > 0:
                    count = min(count, self.config.max_batch_size)
                var bencher = Bencher(count)
                func(bencher)
                report.runs.append(Batch(bencher.elapsed, count, True))
                spent += bencher.elapsed
                done += count
                count *= 2
            self.info_vec.append(BenchmarkInfo(bench_id._label(), report^, measures.copy()))

    def bench_with_input[T: AnyType, FuncType: def(mut Bencher, T) raises -> None](
        mut self, func: FuncType, bench_id: BenchId, input: T, measures: List[ThroughputMeasure] = List[ThroughputMeasure]()
    ) raises:
        """Measures what a function hands to its `Bencher`, with an input for it."""

        def with_input(mut bencher: Bencher) raises {imm func, imm input}:
            func(bencher, input)

        self.bench_function(with_input, bench_id, measures)

    def dump_report(mut self) raises:
        """Prints the results, and writes them to the file of the configuration."""
        print(self._text(self.config.format), end="")
        if self.config.out_file:
            self.config.out_file.value().write_text(self._text(self.config.out_file_format))

    def _rows(self) -> List[List[String]]:
        """The cells of the table: a column for each metric that some benchmark has."""
        var metrics = List[BenchMetric]()
        for ref info in self.info_vec:
            for measure in info.measures:
                if measure.metric not in metrics:
                    metrics.append(measure.metric)
        var rows: List[List[String]] = [["name", "met (ms)", "iters"]]
        for metric in metrics:
            rows[0].append(String(metric))
        var verbose = self.config.verbose_timing
        if verbose:
            for head in ["min (ms)", "mean (ms)", "max (ms)", "duration (ms)"]:
                rows[0].append(head)
        for ref info in self.info_vec:
            var row: List[String] = [info.name, String(info.result.mean("ms")), String(info.result.iters())]
            for metric in metrics:
                var rate = String("N/A")
                for measure in info.measures:
                    if measure.metric == metric:
                        rate = String(measure.compute(info.result.mean("s")))
                row.append(rate)
            if verbose:
                ref result = info.result
                for time in [result.min("ms"), result.mean("ms"), result.max("ms"), result.duration("ms")]:
                    row.append(String(time))
            rows.append(row^)
        return rows^

    def _text(self, format: Format) -> String:
        """The results, one to a line; tables have a line of dashes under the heads of their columns."""
        var rows = self._rows()
        var is_table = format == Format.table
        var widths = List[Int](length=len(rows[0]), fill=0)
        if format != Format.csv:
            for ref row in rows:
                for i in range(len(row)):
                    widths[i] = max(widths[i], row[i].count_codepoints())
        if is_table:
            var dashes = List[String]()
            for width in widths:
                dashes.append(String("-") * width)
            rows.insert(1, dashes^)
        var text = String()
        for ref row in rows:
            if is_table:
                text += "| "
            for i in range(len(row)):
                if i > 0:
                    text += " | " if is_table else (", " if format == Format.tabular else ",")
                text += row[i].ascii_ljust(widths[i])
            text += " |\n" if is_table else "\n"
        return text^

    def write_to(self, mut writer: Some[Writer]):
        """Writes the results."""
        writer.write(self._text(self.config.format))
