# y = a * x + y over 8192 floats, 20000 times: over checked lists, and over pointers with explicit vectors.
from std.algorithm import vectorize
from std.benchmark import keep
from std.sys import simd_width_of
from std.time import perf_counter_ns

comptime N = 8192
comptime REPEATS = 20000
comptime WIDTH = simd_width_of[DType.float32]()


@no_inline
def over_lists(mut y: List[Float32], x: List[Float32], a: Float32):
    for i in range(len(y)):
        y[i] = a * x[i] + y[i]


@no_inline
def over_vectors(mut y: List[Float32], x: List[Float32], a: Float32):
    var to = y.unsafe_ptr()
    var source = x.unsafe_ptr()

    def step[width: Int](i: Int) {imm}:
        to.unsafe_store(i, source.unsafe_load[width=width](i) * a + to.unsafe_load[width=width](i))

    vectorize[WIDTH, unroll_factor=4](len(y), step)


def main():
    comptime for variant in range(2):
        var best = Int.MAX
        var total = Float64(0)
        for _ in range(5):
            var x = List[Float32](capacity=N)
            var y = List[Float32](capacity=N)
            for i in range(N):
                x.append(Float32(i % 32) * 0.03125)
                y.append(Float32(i % 8))
            var start = perf_counter_ns()
            for _ in range(REPEATS):
                comptime if variant == 0:
                    over_lists(y, x, 0.0001220703125)
                else:
                    over_vectors(y, x, 0.0001220703125)
                keep(y.unsafe_ptr())
            best = min(best, Int(perf_counter_ns() - start))
            total = 0
            for i in range(N):
                total += y[i].cast[DType.float64]()
        print("lists" if variant == 0 else "vectors", total, best)
