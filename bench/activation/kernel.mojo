# tanh and exp over 65536 floats, 60 times: a plain loop over lists.
from std.benchmark import keep
from std.math import exp, tanh
from std.time import perf_counter_ns

comptime N = 65536
comptime REPEATS = 60


@no_inline
def activate[kind: Int](mut to: List[Float32], source: List[Float32]):
    for i in range(len(to)):
        comptime if kind == 0:
            to[i] = tanh(source[i])
        else:
            to[i] = exp(source[i])


def main():
    var source = List[Float32](capacity=N)
    for i in range(N):
        source.append(Float32(i % 4096) * 0.001 - 2)
    var to = List[Float32](length=N, fill=0)
    comptime for kind in range(2):
        var best = Int.MAX
        for _ in range(7):
            var start = perf_counter_ns()
            for _ in range(REPEATS):
                activate[kind](to, source)
                keep(to.unsafe_ptr())
            best = min(best, Int(perf_counter_ns() - start))
        var total = Float64(0)
        for i in range(N):
            total += to[i].cast[DType.float64]()
        print("tanh" if kind == 0 else "exp", total, best)
