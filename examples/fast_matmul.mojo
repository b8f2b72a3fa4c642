# A Float32 matrix product that keeps the multiply-add units of one core busy, and then those of all cores.
#
# Three ideas, each a few lines:
#   1. A tile of the result, ROWS x VECTORS registers, stays in registers while k runs: every value that is loaded is used many times.
#   2. Both operands are copied ("packed"), so that the tile reads what lies together: rows a power of two apart throw each other out of
#      the first cache.
#   3. k is cut into slabs and rows into blocks, so that what is packed of `a` stays in the second cache. What is packed of `b` does not
#      fit; while a strip of it is in use, the next one is fetched.
from std.algorithm import parallelize
from std.benchmark import keep
from std.memory import unsafe_memcpy, unsafe_memset_zero
from std.memory.alloc import unsafe_alloc
from std.sys import num_physical_cores, simd_width_of
from std.sys.intrinsics import PrefetchOptions, prefetch
from std.time import perf_counter_ns

comptime Floats = Pointer[Float32, MutUntrackedOrigin]
comptime WIDTH = simd_width_of[DType.float32]()
comptime Vector = SIMD[DType.float32, WIDTH]

comptime VECTORS = 2
comptime COLUMNS = VECTORS * WIDTH
"""Columns of a tile."""
comptime ROWS = 13 if WIDTH == 16 else 6
"""Rows of a tile: ROWS * VECTORS sums, VECTORS loads and one broadcast must fit into the registers."""
comptime SLAB = 1024
"""Steps of k for which the operands are packed."""
comptime STRIDE = SLAB + WIDTH
"""Distance of two packed rows of `a`: not a power of two."""
comptime STRIPS = 10
comptime BLOCK = ROWS * STRIPS
"""Rows of `a` that are packed at a time, half a megabyte with 13 rows a tile."""
comptime AHEAD = (COLUMNS + STRIPS - 1) // STRIPS
"""Values of the next strip of `b` that each step fetches: with the last tile of a block, all are there."""


def multiply_tile[adds: Bool](packed_a: Floats, packed_b: Floats, next_b: Floats, c: Floats, columns: Int, steps: Int):
    """The product of ROWS packed rows of `a` and a packed strip of `b` (COLUMNS wide) becomes a tile of `c`, or is added to it. On the way
    AHEAD * steps values of the next strip of `b` come into the second cache, from `next_b` on."""
    var sums = Array[Vector, ROWS * VECTORS](fill=0)
    var a = packed_a
    var b = packed_b
    for k in range(steps):
        prefetch[PrefetchOptions().medium_locality()](next_b.unsafe_offset(k * AHEAD))
        # A vector of `b` serves all rows, so both stay in registers; a value of `a` is needed for one row only. The other way round
        # all ROWS values would stay, and there are no registers left for the sums.
        var right = Array[Vector, VECTORS](fill=0)
        comptime for v in range(VECTORS):
            right[v] = b.unsafe_load[width=WIDTH](v * WIDTH)
        comptime for r in range(ROWS):
            var left = Vector(a[unsafe_offset=r * STRIDE])
            comptime for v in range(VECTORS):
                sums[r * VECTORS + v] += left * right[v]
        a = a.unsafe_offset(1)
        b = b.unsafe_offset(COLUMNS)
    comptime for r in range(ROWS):
        comptime for v in range(VECTORS):
            var place = c.unsafe_offset(r * columns + v * WIDTH)
            var sum = sums[r * VECTORS + v]
            comptime if adds:
                sum += place.unsafe_load[width=WIDTH](0)
            place.unsafe_store(0, sum)


def pack_a(packed: Floats, a: Floats, rows: Int, depth: Int, first_row: Int, first_step: Int, steps: Int):
    """A block of rows, STRIDE apart; rows that do not exist are 0."""
    for r in range(BLOCK):
        var row = packed.unsafe_offset(r * STRIDE)
        if first_row + r < rows:
            unsafe_memcpy(dest=row, src=a.unsafe_offset((first_row + r) * depth + first_step), count=steps)
        else:
            unsafe_memset_zero(row, steps)


def pack_b(packed: Floats, b: Floats, columns: Int, first_step: Int, steps: Int, start: Int, end: Int):
    """The rows from `start` to `end` of a slab go into strips of COLUMNS columns, each by k."""
    for k in range(start, end):
        var row = b.unsafe_offset((first_step + k) * columns)
        for column in range(0, columns, COLUMNS):
            comptime for v in range(VECTORS):
                packed.unsafe_store(column * steps + k * COLUMNS + v * WIDTH, row.unsafe_load[width=WIDTH](column + v * WIDTH))


def matmul(c: Floats, a: Floats, b: Floats, rows: Int, columns: Int, depth: Int, workers: Int):
    """`c = a * b`, row-major. `columns` is a multiple of COLUMNS, `depth` at least 1; `c` has room for BLOCK more rows."""
    var packed_b = unsafe_alloc[Float32](SLAB * columns)
    var blocks = (rows + BLOCK - 1) // BLOCK
    for first_step in range(0, depth, SLAB):
        var steps = min(SLAB, depth - first_step)

        comptime PIECE = 32

        def pack_rows(piece: Int) {imm}:
            pack_b(packed_b, b, columns, first_step, steps, piece * PIECE, min(piece * PIECE + PIECE, steps))

        parallelize(pack_rows, (steps + PIECE - 1) // PIECE, workers)

        def multiply_block(block: Int) {imm}:
            var packed_a = unsafe_alloc[Float32](STRIDE * BLOCK)
            var first_row = block * BLOCK
            pack_a(packed_a, a, rows, depth, first_row, first_step, steps)
            var strips = (min(BLOCK, rows - first_row) + ROWS - 1) // ROWS
            for column in range(0, columns, COLUMNS):
                for strip in range(strips):
                    var left = packed_a.unsafe_offset(strip * ROWS * STRIDE)
                    var right = packed_b.unsafe_offset(column * steps)
                    var next = right.unsafe_offset((COLUMNS + strip * AHEAD) * steps)
                    var tile = c.unsafe_offset((first_row + strip * ROWS) * columns + column)
                    if first_step == 0:
                        multiply_tile[adds=False](left, right, next, tile, columns, steps)
                    else:
                        multiply_tile[adds=True](left, right, next, tile, columns, steps)
            packed_a.unsafe_free()

        parallelize(multiply_block, blocks, workers)
    packed_b.unsafe_free()


def main():
    comptime N = 1024
    var a = unsafe_alloc[Float32](N * N)
    var b = unsafe_alloc[Float32](N * N)
    var c = unsafe_alloc[Float32]((N + BLOCK) * N)
    for i in range(N * N):
        a[unsafe_offset=i] = Float32(i * i % 7 - 3)
        b[unsafe_offset=i] = Float32(i * i % 11 - 5)
    for workers in [1, num_physical_cores()]:
        var best = Int.MAX
        for _ in range(20):
            var start = perf_counter_ns()
            matmul(c, a, b, N, N, N, workers)
            keep(c)
            best = min(best, Int(perf_counter_ns() - start))
        var wrong = 0
        for i in range(0, N, 33):
            for j in range(0, N, 17):
                var sum = Float32(0)
                for k in range(N):
                    sum += a[unsafe_offset=i * N + k] * b[unsafe_offset=k * N + j]
                if c[unsafe_offset=i * N + j] != sum:
                    wrong += 1
        print(workers, "threads:", wrong, "wrong,", Int(2.0 * N * N * N / Float64(best)), "GFLOP/s")
