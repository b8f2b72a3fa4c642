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
comptime ROWS = 12 if WIDTH == 16 else 6
"""Rows of a tile: ROWS * VECTORS sums, VECTORS loads and one broadcast must fit into the registers."""
comptime SLAB = 384
"""Steps of k for which the operands are packed."""
comptime BLOCK = ROWS * 20
"""Rows of `a` that are packed at a time."""


def multiply_tile(packed_a: Floats, packed_b: Floats, c: Floats, columns: Int, steps: Int):
    """Adds the product of a packed strip of `a` (ROWS high) and one of `b` (COLUMNS wide) to a tile of `c`."""
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
                sums[r * VECTORS + v] = left.fma(right[v], sums[r * VECTORS + v])
        a = a.unsafe_offset(ROWS)
        b = b.unsafe_offset(COLUMNS)
    comptime for r in range(ROWS):
        comptime for v in range(VECTORS):
            var place = c.unsafe_offset(r * columns + v * WIDTH)
            place.unsafe_store(0, place.unsafe_load[width=WIDTH](0) + sums[r * VECTORS + v])


def pack_a(packed: Floats, a: Floats, rows: Int, depth: Int, first_row: Int, first_step: Int, steps: Int):
    """Strips of ROWS rows, one after the other, each by k; rows that do not exist are 0."""
    var at = 0
    for row in range(first_row, min(first_row + BLOCK, rows), ROWS):
        for k in range(steps):
            comptime for r in range(ROWS):
                packed[unsafe_offset=at + r] = a[unsafe_offset=(row + r) * depth + first_step + k] if row + r < rows else Float32(0)
            at += ROWS


def pack_b(packed: Floats, b: Floats, columns: Int, first_step: Int, steps: Int):
    """Strips of COLUMNS columns, one after the other, each by k."""
    var at = 0
    for column in range(0, columns, COLUMNS):
        for k in range(steps):
            comptime for v in range(VECTORS):
                packed.unsafe_store(at + v * WIDTH, b.unsafe_load[width=WIDTH]((first_step + k) * columns + column + v * WIDTH))
            at += COLUMNS


def matmul(c: Floats, a: Floats, b: Floats, rows: Int, columns: Int, depth: Int, workers: Int):
    """`c = a * b`, row-major. `columns` is a multiple of COLUMNS; `c` has room for BLOCK more rows."""
    for i in range(rows * columns):
        c[unsafe_offset=i] = 0
    var packed_b = unsafe_alloc[Float32](SLAB * columns)
    var blocks = (rows + BLOCK - 1) // BLOCK
    for first_step in range(0, depth, SLAB):
        var steps = min(SLAB, depth - first_step)
        pack_b(packed_b, b, columns, first_step, steps)

        def multiply_block(block: Int) {imm}:
            var packed_a = unsafe_alloc[Float32](SLAB * BLOCK)
            var first_row = block * BLOCK
            pack_a(packed_a, a, rows, depth, first_row, first_step, steps)
            var strips = (min(BLOCK, rows - first_row) + ROWS - 1) // ROWS
            for column in range(0, columns, COLUMNS):
                for strip in range(strips):
                    multiply_tile(
                        packed_a.unsafe_offset(strip * ROWS * steps),
                        packed_b.unsafe_offset(column * steps),
                        c.unsafe_offset((first_row + strip * ROWS) * columns + column),
                        columns,
                        steps,
                    )
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
