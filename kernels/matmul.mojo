"""The product of two matrices, of any shape and strides.

Three ideas, as in `examples/fast_matmul.mojo`: a tile of the result stays in registers while `k` runs; both operands are copied ("packed") into
the order in which the tile reads them, which also makes transposed views cost nothing; `k` is cut into slabs and rows into blocks, so
that what is packed stays in the caches. Where a matrix ends inside a tile, the packed operands have zeros.
"""
from max.algorithm import parallelize
from std.math import ceildiv
from std.sys import simd_width_of
from .lanes import Floats, LANES, Vector, untracked
from .tensor import Tensor, View

comptime REGISTERS = LANES // simd_width_of[DType.float32]()
"""How many registers of the processor a `Vector` takes."""
comptime VECTORS = 2 if REGISTERS <= 1 else 1
comptime COLUMNS = VECTORS * LANES
"""Columns of a tile."""
comptime ROWS = 12 if REGISTERS <= 1 else 6 if REGISTERS == 2 else 3
"""Rows of a tile: its sums and what is read for them must fit into the registers."""
comptime SLAB = 384
"""Steps of `k` for which the operands are packed."""
comptime BLOCK = ROWS * 20
"""Rows of the left operand that are packed at a time."""


@always_inline
def multiply_tile[
    rows: Int, vectors: Int
](
    mut sums: Array[Vector, rows * vectors],
    left: Pointer[Float32, _],
    left_row: Int,
    left_step: Int,
    right: Pointer[Float32, _],
    right_step: Int,
    steps: Int,
):
    """Adds to a tile of sums the product of `rows` rows and `vectors` vectors of columns. A step of `k` reads one element of each row of
    `left`, and `vectors` vectors of `right`, which all lie the given numbers of elements apart."""
    var a = left
    var b = right
    for _ in range(steps):
        var columns = Array[Vector, vectors](fill=0)
        comptime for v in range(vectors):
            columns[v] = b.unsafe_load[width=LANES](v * LANES)
        # By rows: of the left operand, one element at a time is in a register.
        comptime for r in range(rows):
            var element = Vector(a[unsafe_offset=r * left_row])
            comptime for v in range(vectors):
                sums[r * vectors + v] += element * columns[v]
        a = a.unsafe_offset(left_step)
        b = b.unsafe_offset(right_step)


@always_inline
def no_change[width: Int](row: Int, column: Int, values: SIMD[DType.float32, width]) -> SIMD[DType.float32, width]:
    """The end of a product that is nothing but a product."""
    return values


def matmul[
    F: def[width: Int](Int, Int, SIMD[DType.float32, width]) -> SIMD[DType.float32, width], dtype: DType, //
](
    result: View[mut=True, DType.float32, 2, _],
    a: View[dtype, 2, _],
    b: View[dtype, 2, _],
    finish: F,
    *,
    accumulate: Bool = False,
    workers: Int = 1,
):
    """`result = finish(row, column, a * b)`: what comes after the product, a bias, an activation, is done while its values are in registers.

    Operands may have any strides, so that `b.transposed()` costs nothing, and narrower floats than `Float32`; the rows of `result` lie without
    gaps inside. With `accumulate`, the product is added to what `result` holds. Threads share blocks of rows, never a sum.
    """
    var rows = result.shape[0]
    var columns = result.shape[1]
    var depth = a.shape[1]
    debug_assert(a.shape[0] == rows and b.shape[1] == columns and b.shape[0] == depth, "shapes of a product")
    var target = untracked(result.unsafe_ptr())
    var stride = result.strides[0]
    var strips = ceildiv(columns, COLUMNS)
    if depth == 0:
        for row in range(rows):
            for column in range(columns):
                var place = target.unsafe_offset(row * stride + column)
                place[] = finish[1](row, column, place[] if accumulate else Float32(0))
        return
    var packed_b = Tensor[DType.float32, 1](min(SLAB, depth) * strips * COLUMNS)
    for first_step in range(0, depth, SLAB):
        var steps = min(SLAB, depth - first_step)
        var adds = accumulate or first_step > 0
        var is_last = first_step + steps == depth
        _pack_columns(packed_b, b.part[0](first_step, first_step + steps))
        var right = untracked(packed_b.unsafe_ptr())

        def multiply_block(block: Int) {imm}:
            var first_row = block * BLOCK
            var end_row = min(first_row + BLOCK, rows)
            var packed_a = Tensor[DType.float32, 1](steps * ceildiv(end_row - first_row, ROWS) * ROWS)
            _pack_rows(packed_a, a.part[0](first_row, end_row).part[1](first_step, first_step + steps))
            var left = packed_a.unsafe_ptr()
            for strip in range(strips):
                for row in range(first_row, end_row, ROWS):
                    var sums = Array[Vector, ROWS * VECTORS](fill=0)
                    multiply_tile[ROWS, VECTORS](
                        sums,
                        left.unsafe_offset((row - first_row) * steps),
                        1,
                        ROWS,
                        right.unsafe_offset(strip * COLUMNS * steps),
                        COLUMNS,
                        steps,
                    )
                    _store_tile(
                        target.unsafe_offset(row * stride + strip * COLUMNS),
                        stride,
                        sums,
                        row,
                        strip * COLUMNS,
                        end_row - row,
                        columns - strip * COLUMNS,
                        adds,
                        is_last,
                        finish,
                    )
            _ = packed_a

        parallelize(multiply_block, ceildiv(rows, BLOCK), workers)
    _ = packed_b


def matmul[dtype: DType, //](
    result: View[mut=True, DType.float32, 2, _],
    a: View[dtype, 2, _],
    b: View[dtype, 2, _],
    *,
    accumulate: Bool = False,
    workers: Int = 1,
):
    """`result = a * b`, or with `accumulate`, `result += a * b`."""
    matmul(result, a, b, no_change, accumulate=accumulate, workers=workers)


@always_inline
def _store_tile[
    F: def[width: Int](Int, Int, SIMD[DType.float32, width]) -> SIMD[DType.float32, width], //
](
    target: Floats,
    stride: Int,
    sums: Array[Vector, ROWS * VECTORS],
    row: Int,
    column: Int,
    rows: Int,
    columns: Int,
    adds: Bool,
    is_last: Bool,
    finish: F,
):
    """Writes the `rows` rows and `columns` columns of a tile that exist."""
    comptime for r in range(ROWS):
        if r < rows:
            comptime for v in range(VECTORS):
                var place = target.unsafe_offset(r * stride + v * LANES)
                var values = sums[r * VECTORS + v]
                if (v + 1) * LANES <= columns:
                    if adds:
                        values += place.unsafe_load[width=LANES](0)
                    place.unsafe_store(0, finish[LANES](row + r, column + v * LANES, values) if is_last else values)
                else:
                    for lane in range(columns - v * LANES):
                        var value = values[lane] + (place[unsafe_offset=lane] if adds else Float32(0))
                        if is_last:
                            value = finish[1](row + r, column + v * LANES + lane, value)
                        place[unsafe_offset=lane] = value


def _pack_rows[dtype: DType, //](mut packed: Tensor[DType.float32, 1], a: View[dtype, 2, _]):
    """Strips of `ROWS` rows, one after the other, each by `k`."""
    var place = packed.unsafe_ptr()
    var source = a.unsafe_ptr()
    for first in range(0, a.shape[0], ROWS):
        var rows = min(ROWS, a.shape[0] - first)
        for k in range(a.shape[1]):
            var column = source.unsafe_offset(first * a.strides[0] + k * a.strides[1])
            if rows == ROWS:
                comptime for r in range(ROWS):
                    place[unsafe_offset=r] = column[unsafe_offset=r * a.strides[0]].cast[DType.float32]()
            else:
                for r in range(ROWS):
                    place[unsafe_offset=r] = 0
                for r in range(rows):
                    place[unsafe_offset=r] = column[unsafe_offset=r * a.strides[0]].cast[DType.float32]()
            place = place.unsafe_offset(ROWS)


def _pack_columns[dtype: DType, //](mut packed: Tensor[DType.float32, 1], b: View[dtype, 2, _]):
    """Strips of `COLUMNS` columns, one after the other, each by `k`."""
    var place = packed.unsafe_ptr()
    var source = b.unsafe_ptr()
    for first in range(0, b.shape[1], COLUMNS):
        var columns = min(COLUMNS, b.shape[1] - first)
        for k in range(b.shape[0]):
            var row = source.unsafe_offset(k * b.strides[0] + first * b.strides[1])
            if columns == COLUMNS and b.strides[1] == 1:
                place.unsafe_store(0, row.unsafe_load[width=COLUMNS](0).cast[DType.float32]())
            else:
                for c in range(columns, COLUMNS):
                    place[unsafe_offset=c] = 0
                for c in range(columns):
                    place[unsafe_offset=c] = row[unsafe_offset=c * b.strides[1]].cast[DType.float32]()
            place = place.unsafe_offset(COLUMNS)
