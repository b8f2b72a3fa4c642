"""The product of a matrix and a vector, for every format of weights, on any number of threads."""
from max.algorithm import parallelize
from .lanes import Floats, untracked
from .weights import Weights

comptime ROWS = 4
"""Rows at a time: each has a sum of its own, so that no addition waits for the one before, and they share what is read of the vector."""
comptime BLOCK = 16 * ROWS
"""Rows that go to a thread together."""


def for_each_product[
    W: Weights, F: def[count: Int](Int, SIMD[DType.float32, count]) -> None, //
](weights: W, x: W.Input, use: F, workers: Int = 1):
    """Calls `use(row, products)` for runs of rows, each row once: what is done with a product is fused with its computation.

    Threads share the rows, never a sum, so that the results do not depend on their number. `use` must not touch what belongs to other rows.
    """

    def multiply_block(block: Int) {imm}:
        var row = block * BLOCK
        var end = min(row + BLOCK, weights.rows())
        while row + ROWS <= end:
            use[ROWS](row, weights.dot[ROWS](row, x))
            row += ROWS
        while row < end:
            use[1](row, weights.dot[1](row, x))
            row += 1

    parallelize(multiply_block, (weights.rows() + BLOCK - 1) // BLOCK, workers)


def multiply[W: Weights, //](result: Span[mut=True, Float32, _], weights: W, x: W.Input, workers: Int = 1):
    """`result = weights * x`."""
    var place = untracked(result.unsafe_ptr())

    def store[count: Int](row: Int, products: SIMD[DType.float32, count]) {imm place}:
        place.unsafe_store(row, products)

    for_each_product(weights, x, store, workers)


def multiply_add[W: Weights, //](result: Span[mut=True, Float32, _], weights: W, x: W.Input, workers: Int = 1):
    """`result += weights * x`: a layer and its residual connection in one."""
    var place = untracked(result.unsafe_ptr())

    def add[count: Int](row: Int, products: SIMD[DType.float32, count]) {imm place}:
        place.unsafe_store(row, place.unsafe_load[width=count](row) + products)

    for_each_product(weights, x, add, workers)


def multiply_gated[
    W: Weights, F: def[width: SIMDLength](SIMD[DType.float32, width]) -> SIMD[DType.float32, width], //
](result: Span[mut=True, Float32, _], gate: W, up: W, x: W.Input, activation: F, workers: Int = 1):
    """`result = activation(gate * x) * (up * x)`: the first half of a gated feed-forward layer, without an intermediate vector."""
    var place = untracked(result.unsafe_ptr())

    def combine[count: Int](row: Int, products: SIMD[DType.float32, count]) {imm}:
        place.unsafe_store(row, activation[count](products) * up.dot[count](row, x))

    for_each_product(gate, x, combine, workers)
