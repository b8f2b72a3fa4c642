"""Products over any kind of numbers: whatever adds and multiplies, a library's or a user's own (complex, dual, fixed-point, saturating, …).

A kind of numbers says in which kind its products are summed, so that small integers lose nothing: see `Number`. Every call through the
traits is inlined, and loops over numbers that are machine numbers inside are vector code. The kernels in `matmul.mojo` know more
about floats and are several times as fast for them.
"""
from max.algorithm import parallelize
from std.math import ceildiv

comptime ROWS = 4
"""Rows of the result that are computed together: what is read of the right operand serves them all."""


trait Additive(ImplicitlyCopyable, Deinitable):
    """Numbers that can be summed."""

    @staticmethod
    def zero() -> Self:
        """Where a sum starts."""
        ...

    def plus(self, other: Self) -> Self:
        ...


trait Numeric(ImplicitlyCopyable, Deinitable):
    """Numbers that can be multiplied; their products are summed as `Sum`."""

    comptime Sum: Additive

    def times(self, other: Self) -> Self.Sum:
        ...


@fieldwise_init
struct Number[dtype: DType, sum: DType = dtype](Additive, Numeric, TrivialRegisterPassable):
    """A scalar whose products are summed in another format: `Number[DType.int8, DType.int32]`, `Number[DType.bfloat16, DType.float32]`."""

    comptime Sum = Number[Self.sum]

    var value: Scalar[Self.dtype]

    @staticmethod
    def zero() -> Self:
        return Self(0)

    def plus(self, other: Self) -> Self:
        return Self(self.value + other.value)

    def times(self, other: Self) -> Self.Sum:
        return Self.Sum(self.value.cast[Self.sum]() * other.value.cast[Self.sum]())


def generic_dot[T: Numeric, //](a: Span[T, _], b: Span[T, _]) -> T.Sum:
    """The sum of the products of elements at the same place, in order; both have the same length."""
    debug_assert(len(a) == len(b), "vectors of a dot product have the same length")
    var left = a.unsafe_ptr()
    var right = b.unsafe_ptr()
    var result = T.Sum.zero()
    for i in range(len(a)):
        result = result.plus(left[unsafe_offset=i].times(right[unsafe_offset=i]))
    return result


def generic_matmul[T: Numeric, //](
    a: Span[T, _], b: Span[T, _], *, into: Span[mut=True, T.Sum, _], depth: Int, columns: Int, workers: Int = 1
):
    """`into = a * b`: `a` has rows of `depth` numbers, `b` has `depth` rows of `columns`, `into` has rows of `columns`, one after the
    other. Each element is summed in order, so that threads, which share rows, do not change it."""
    var rows = len(into) // columns if columns > 0 else 0
    debug_assert(len(a) == rows * depth and len(b) == depth * columns, "shapes of a product")
    var left = a.unsafe_ptr()
    var right = b.unsafe_ptr()
    var target = into.unsafe_ptr().unsafe_origin_cast[MutUntrackedOrigin]()

    def multiply_rows[count: Int](first: Int) {imm}:
        var place = target.unsafe_offset(first * columns)
        for i in range(count * columns):
            place.unsafe_offset(i).unsafe_write(T.Sum.zero())
        for k in range(depth):
            var row = right.unsafe_offset(k * columns)
            for column in range(columns):
                var factor = row[unsafe_offset=column]
                comptime for r in range(count):
                    var at = r * columns + column
                    var product = left[unsafe_offset=(first + r) * depth + k].times(factor)
                    place[unsafe_offset=at] = place[unsafe_offset=at].plus(product)

    def multiply_block(block: Int) {imm}:
        var row = block * ROWS
        if row + ROWS <= rows:
            multiply_rows[ROWS](row)
        else:
            while row < rows:
                multiply_rows[1](row)
                row += 1

    parallelize(multiply_block, ceildiv(rows, ROWS), workers)
