"""Matrices of weights in any number format, behind one trait.

`Weights` says what a product of a matrix and a vector needs to know: how to bring the vector into the form that suits the format (once for
each product), and the products of a few rows with it. `multiply` (in `matvec.mojo`), and whatever is written on top of it, is generic
over the trait and is compiled for each format.

Here are the formats of plain floats, `Float32`, `Float16`, `BFloat16`; those of small integers are in `quantized.mojo`.
"""
from std.sys.intrinsics import prefetch
from .lanes import LANES, Vector
from .tensor import Tensor, View


trait VectorInput(Movable, Deinitable):
    """A vector in the form in which a format of weights takes it. It has its memory from the start: `load` allocates nothing."""

    def load(mut self, values: Span[Float32, _]):
        """Takes the values of a vector of that size."""
        ...


trait Weights(ImplicitlyCopyable, Movable, Deinitable):
    """A matrix in some number format. It is a view: copying it copies no numbers."""

    comptime Input: VectorInput

    def rows(self) -> Int:
        """The number of rows: of results of a product."""
        ...

    def columns(self) -> Int:
        """The number of columns: of elements of the vector."""
        ...

    def input(self) -> Self.Input:
        """Room for a vector that such a matrix is multiplied with."""
        ...

    def dot[count: Int](self, row: Int, x: Self.Input) -> SIMD[DType.float32, count]:
        """The products of `count` rows, from `row` on, with a vector. Their sums have a fixed order."""
        ...

    def read_row(self, row: Int, target: Span[mut=True, Float32, _]):
        """A row as floats: how an embedding is looked up."""
        ...


struct FloatInput(VectorInput):
    """A vector as it is."""

    var values: Tensor[DType.float32, 1]

    def __init__(out self, size: Int):
        """Room for vectors of this size."""
        self.values = Tensor[DType.float32, 1](size)

    @always_inline
    def load(mut self, values: Span[Float32, _]):
        self.values.span().copy_from(values)


struct FloatWeights[mut: Bool, //, dtype: DType, origin: Origin[mut=mut]](Weights):
    """Rows of floats, one after the other. What is narrower than `Float32` is widened as it is read."""

    comptime Input = FloatInput

    var _data: Pointer[Scalar[Self.dtype], Self.origin]
    var _rows: Int
    var _columns: Int

    def __init__(out self, data: Pointer[Scalar[Self.dtype], Self.origin], rows: Int, columns: Int):
        """The matrix that begins at an address."""
        self._data = data
        self._rows = rows
        self._columns = columns

    def __init__(out self, matrix: View[Self.dtype, 2, Self.origin]):
        """The elements of a tensor; its rows must lie without gaps."""
        self._data = matrix.span().unsafe_ptr()
        self._rows = matrix.shape[0]
        self._columns = matrix.shape[1]

    @always_inline
    def rows(self) -> Int:
        return self._rows

    @always_inline
    def columns(self) -> Int:
        return self._columns

    def span(self) -> Span[Scalar[Self.dtype], Self.origin]:
        """All elements, by row."""
        return Span[Scalar[Self.dtype], Self.origin](unsafe_ptr=self._data, length=self._rows * self._columns)

    def input(self) -> Self.Input:
        return FloatInput(self._columns)

    def dot[count: Int](self, row: Int, x: Self.Input) -> SIMD[DType.float32, count]:
        var weights = self._data.unsafe_offset(row * self._columns)
        var values = x.values.unsafe_ptr()
        var sums = Array[Vector, count](fill=0)
        var whole = self._columns - self._columns % LANES
        for k in range(0, whole, LANES):
            var right = values.unsafe_load[width=LANES](k)
            comptime for r in range(count):
                var left = weights.unsafe_load[width=LANES](r * self._columns + k)
                # Some rows further on, in the order of memory, which is what a product waits for.
                prefetch(weights.unsafe_offset(2 * count * self._columns + count * k + r * LANES))
                sums[r] += left.cast[DType.float32]() * right
        var result = SIMD[DType.float32, count](0)
        comptime for r in range(count):
            result[r] = sums[r].reduce_add()
        for k in range(whole, self._columns):
            comptime for r in range(count):
                result[r] += weights[unsafe_offset=r * self._columns + k].cast[DType.float32]() * values[unsafe_offset=k]
        return result

    def read_row(self, row: Int, target: Span[mut=True, Float32, _]):
        var source = self._data.unsafe_offset(row * self._columns)
        for k in range(self._columns):
            target[k] = source[unsafe_offset=k].cast[DType.float32]()
