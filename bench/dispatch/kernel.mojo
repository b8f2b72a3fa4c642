# What a parallel loop costs: 1000 loops of two empty tasks, and a loop of coarse tasks on one and on two threads.
from std.benchmark import keep
from std.memory.alloc import unsafe_alloc
from std.time import perf_counter_ns
from max.algorithm import parallelize


@no_inline
def chew(seed: Int) -> Float64:
    var state = UInt64(seed) + 1
    var sum = Float64(0)
    for _ in range(200000):
        state = state * 6364136223846793005 + 1442695040888963407
        sum += (state >> 40).cast[DType.float64]() * 1e-6
    return sum


def main():
    var results = unsafe_alloc[Float64](64)

    def nothing(i: Int) {imm results}:
        results[unsafe_offset=i * 8] = Float64(i)

    var best = Int.MAX
    for _ in range(7):
        var start = perf_counter_ns()
        for _ in range(1000):
            parallelize(nothing, 2, 2)
            keep(results)
        best = min(best, Int(perf_counter_ns() - start))
    print("empty1000", results[unsafe_offset=8], best)

    def task(i: Int) {imm results}:
        results[unsafe_offset=i] = chew(i)

    for threads in [1, 2]:
        best = Int.MAX
        for _ in range(5):
            var start = perf_counter_ns()
            parallelize(task, 64, threads)
            keep(results)
            best = min(best, Int(perf_counter_ns() - start))
        var sum = Float64(0)
        for i in range(64):
            sum += results[unsafe_offset=i]
        print("one" if threads == 1 else "two", sum, best)
    results.unsafe_free()
