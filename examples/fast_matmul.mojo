# A Float32 matrix product that keeps the multiply-add units of one core busy, and then those of all cores.
#
# Three ideas, each a few lines:
#   1. A tile of the result, ROWS x VECTORS registers, stays in registers while k runs: every value that is loaded is used many times.
#   2. Both operands are copied ("packed") into the order in which the tile reads them, so that all loads are sequential.
#   3. k is cut into slabs and rows into blocks, so that what is packed stays in the caches.
from std.algorithm import parallelize
from std.benchmark import keep
from std.memory.alloc import unsafe_alloc
from std.sys import num_physical_cores, simd_width_of
from std.time import perf_counter_ns

comptime Floats = Pointer[Float32, MutUntrackedOrigin]
comptime WIDTH = simd_width_of[DType.float32]()
comptime Vector = SIMD[DType.float32, WIDTH]

comptime VECTORS = 2
comptime COLUMNS = VECTORS * WIDTH
"""Columns of a tile."""
comptime ROWS = 14 if WIDTH == 16 else 6
"""Rows of a tile: ROWS * VECTORS sums, VECTORS loads and one broadcast must fit into the registers."""
comptime SLAB = 512
"""Steps of k for which the operands are packed."""
comptime BLOCK = ROWS * 9
"""Rows of `a` that are packed at a time."""


def multiply_tile[adds: Bool](packed_a: Floats, packed_b: Floats, c: Floats, columns: Int, steps: Int):
    """The product of a packed strip of `a` (ROWS high) and one of `b` (COLUMNS wide) becomes a tile of `c`, or is added to it."""
    var sums = Array[Vector, ROWS * VECTORS](fill=0)
    var a = packed_a
    var b = packed_b
    for _ in range(steps):
        # A vector of `b` serves all rows, so both stay in registers; a value of `a` is needed for one row only. The other way round
        # all ROWS values would stay, and there are no registers left for the sums.
        var right = Array[Vector, VECTORS](fill=0)
        comptime for v in range(VECTORS):
            right[v] = b.unsafe_load[width=WIDTH](v * WIDTH)
        comptime for r in range(ROWS):
            var left = Vector(a[unsafe_offset=r])
            comptime for v in range(VECTORS):
                sums[r * VECTORS + v] += left * right[v]
        a = a.unsafe_offset(ROWS)
        b = b.unsafe_offset(COLUMNS)
    comptime for r in range(ROWS):
        comptime for v in range(VECTORS):
            var place = c.unsafe_offset(r * columns + v * WIDTH)
            var sum = sums[r * VECTORS + v]
            comptime if adds:
                sum += place.unsafe_load[width=WIDTH](0)
            place.unsafe_store(0, sum)


def pack_a(packed: Floats, a: Floats, rows: Int, depth: Int, first_row: Int, first_step: Int, steps: Int):
    """Strips of ROWS rows, one after the other, each by k; rows that do not exist are 0."""
    var at = 0
    for row in range(first_row, min(first_row + BLOCK, rows), ROWS):
        for k in range(steps):
            comptime for r in range(ROWS):
                packed[unsafe_offset=at + r] = a[unsafe_offset=(row + r) * depth + first_step + k] if row + r < rows else Float32(0)
            at += ROWS


def pack_b(packed: Floats, b: Floats, columns: Int, column: Int, first_step: Int, steps: Int):
    """A strip of COLUMNS columns, by k."""
    for k in range(steps):
        comptime for v in range(VECTORS):
            packed.unsafe_store(k * COLUMNS + v * WIDTH, b.unsafe_load[width=WIDTH]((first_step + k) * columns + column + v * WIDTH))


def matmul(c: Floats, a: Floats, b: Floats, rows: Int, columns: Int, depth: Int, workers: Int):
    """`c = a * b`, row-major. `columns` is a multiple of COLUMNS, `depth` at least 1; `c` has room for BLOCK more rows."""
    var packed_b = unsafe_alloc[Float32](SLAB * columns)
    var blocks = (rows + BLOCK - 1) // BLOCK
    for first_step in range(0, depth, SLAB):
        var steps = min(SLAB, depth - first_step)

        def pack_strip(strip: Int) {imm}:
            var column = strip * COLUMNS
            pack_b(packed_b.unsafe_offset(column * steps), b, columns, column, first_step, steps)

        parallelize(pack_strip, columns // COLUMNS, workers)

        def multiply_block(block: Int) {imm}:
            var packed_a = unsafe_alloc[Float32](SLAB * BLOCK)
            var first_row = block * BLOCK
            pack_a(packed_a, a, rows, depth, first_row, first_step, steps)
            var strips = (min(BLOCK, rows - first_row) + ROWS - 1) // ROWS
            for column in range(0, columns, COLUMNS):
                for strip in range(strips):
                    var left = packed_a.unsafe_offset(strip * ROWS * steps)
                    var right = packed_b.unsafe_offset(column * steps)
                    var tile = c.unsafe_offset((first_row + strip * ROWS) * columns + column)
                    if first_step == 0:
                        multiply_tile[adds=False](left, right, tile, columns, steps)
                    else:
                        multiply_tile[adds=True](left, right, tile, columns, steps)
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
