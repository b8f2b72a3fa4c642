# 512 x 512 Float32 matrix product: three plain loops over lists with the inner one along rows, and the tiles of examples/fast_matmul.mojo
# in short.
from std.benchmark import keep
from std.memory.alloc import unsafe_alloc
from std.sys import simd_width_of
from std.time import perf_counter_ns

comptime N = 512
comptime WIDTH = simd_width_of[DType.float32]()
comptime Floats = Pointer[Float32, MutUntrackedOrigin]
comptime ROWS = 8
comptime VECTORS = 2


@no_inline
def plain(mut c: List[Float32], a: List[Float32], b: List[Float32]):
    for i in range(N * N):
        c[i] = 0
    for i in range(N):
        for k in range(N):
            var left = a[i * N + k]
            for j in range(N):
                c[i * N + j] += left * b[k * N + j]


@no_inline
def tiled(c: Floats, a: Floats, b: Floats, packed: Floats):
    for column in range(0, N, WIDTH * VECTORS):
        for k in range(N):
            comptime for v in range(VECTORS):
                packed.unsafe_store((k * VECTORS + v) * WIDTH, b.unsafe_load[width=WIDTH](k * N + column + v * WIDTH))
        for row in range(0, N, ROWS):
            var sums = Array[SIMD[DType.float32, WIDTH], ROWS * VECTORS](fill=0)
            for k in range(N):
                comptime for v in range(VECTORS):
                    var right = packed.unsafe_load[width=WIDTH]((k * VECTORS + v) * WIDTH)
                    comptime for r in range(ROWS):
                        var left = SIMD[DType.float32, WIDTH](a[unsafe_offset=(row + r) * N + k])
                        sums[r * VECTORS + v] = left.fma(right, sums[r * VECTORS + v])
            comptime for r in range(ROWS):
                comptime for v in range(VECTORS):
                    c.unsafe_store((row + r) * N + column + v * WIDTH, sums[r * VECTORS + v])


def main():
    var a = List[Float32](capacity=N * N)
    var b = List[Float32](capacity=N * N)
    for i in range(N * N):
        a.append(Float32(i % 7 - 3))
        b.append(Float32(i % 11 - 5) * 0.5)
    var c = List[Float32](length=N * N, fill=0)
    var packed = unsafe_alloc[Float32](N * WIDTH * VECTORS)
    comptime for kind in range(2):
        var best = Int.MAX
        for _ in range(8):
            var start = perf_counter_ns()
            comptime if kind == 0:
                plain(c, a, b)
            else:
                tiled(
                    c.unsafe_ptr().unsafe_origin_cast[MutUntrackedOrigin](),
                    a.unsafe_ptr().unsafe_origin_cast[MutUntrackedOrigin](),
                    b.unsafe_ptr().unsafe_origin_cast[MutUntrackedOrigin](),
                    packed,
                )
            keep(c.unsafe_ptr())
            best = min(best, Int(perf_counter_ns() - start))
        var total = Float64(0)
        for i in range(N * N):
            total += abs(c[i]).cast[DType.float64]()
        print("plain" if kind == 0 else "tiled", total, best)
    packed.unsafe_free()
