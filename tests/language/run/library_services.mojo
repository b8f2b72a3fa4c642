# Measuring, logging, time, and the other small services of the library.
# output:
#   Running work
#   Running work_of/input_id:50
#   2 work work_of/input_id:50 20
#   4 True True True True
#   DataMovement (GB/s) BenchId(func_name=a, input_id=b) True
#   Running add
#   Running half
#   2 5
#   True True True
#   4 0.5 500.0 2.0
#   [log] careful 1 2.5
#   [log] failed: reason
#   True
#   True True True True
#   True
from std.benchmark import Batch, Bench, BenchConfig, BenchId, BenchMetric, Bencher, QuickBench, Report, ThroughputMeasure, Unit, black_box, keep, run
from std.documentation import doc_hidden
from std.logger import Level, Logger
from std.runtime import parallelism_level
from std.time import monotonic, perf_counter, perf_counter_ns, time_function


def work(mut bencher: Bencher) raises:
    def call() {}:
        var total = 0
        for i in range(10):
            total += i * i
        keep(total)

    bencher.iter(call)


def work_of(mut bencher: Bencher, n: Int) raises:
    def call() {imm n}:
        keep(black_box(n) * 2)

    bencher.iter(call)


def add(a: Int, b: Int) -> Int:
    return a + b


def half() -> Float64:
    return 0.5


def nothing():
    pass


@doc_hidden
def measured() raises:
    var bench = Bench(BenchConfig(max_iters=20, num_warmup_iters=1))
    bench.bench_function(work, BenchId("work"), [ThroughputMeasure(BenchMetric.elements, 10)])
    bench.bench_with_input(work_of, BenchId("work_of", "50"), 50)
    print(len(bench.info_vec), bench.info_vec[0].name, bench.info_vec[1].name, bench.info_vec[0].result.iters())
    var table = String(bench).splitlines()
    print(len(table), table[0].startswith("| name"), table[1].startswith("| ---"), "throughput (GElems/s)" in table[0], "N/A" in table[3])
    print(BenchMetric.bytes, BenchId("a", "b"), BenchMetric.flops.check_name("arithmetic"))
    var quick = QuickBench()
    quick.m.config.max_iters = 5
    quick.run(add, 1, 2, bench_id=BenchId("add"))
    quick.run(half, bench_id=BenchId("half"))
    print(len(quick.m.info_vec), quick.m.info_vec[1].result.iters())
    var report = run(nothing, max_iters=7, min_runtime_secs=0.0)
    print(report.iters() >= 1, report.mean(Unit.ns) >= 0, report.min() <= report.max())
    var made = Report()
    made.runs.append(Batch(2_000_000_000, 4, True))
    print(made.iters(), made.mean(), made.mean(Unit.ms), made.duration())


def logged():
    var log = Logger[Level.WARNING](prefix="[log] ")
    log.debug("hidden")
    log.info("hidden")
    log.warning("careful", 1, 2.5)
    log.error("failed:", "reason")
    print(Level.INFO < Level.ERROR)


def timed():
    var start = perf_counter_ns()
    print(perf_counter_ns() >= start, perf_counter() >= 0, monotonic() > 0, time_function(nothing) >= 0)
    print(parallelism_level() >= 1)


def main() raises:
    measured()
    logged()
    timed()
