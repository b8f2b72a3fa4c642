"""Reductions over any number of tensors of any number formats in one call: the tensors are a variadic pack, and each is read once."""
from std.math import sqrt
from .lanes import LANES, Vector
from .tensor import Tensor, View


trait Numbers:
    """Numbers that can be read as floats."""

    def sum_of[F: def[width: SIMDLength](SIMD[DType.float32, width]) -> SIMD[DType.float32, width], //](self, term: F) -> Float32:
        """The sum of `term(x)` for each number."""
        ...


@fieldwise_init
struct AsNumbers[mut: Bool, //, dtype: DType, origin: Origin[mut=mut]](ImplicitlyCopyable, Movable, Numbers):
    """The elements of a span, whatever their format."""

    var values: Span[Scalar[Self.dtype], Self.origin]

    def sum_of[F: def[width: SIMDLength](SIMD[DType.float32, width]) -> SIMD[DType.float32, width], //](self, term: F) -> Float32:
        var data = self.values.unsafe_ptr()
        var size = len(self.values)
        var sums = Vector(0)
        var whole = size - size % LANES
        for i in range(0, whole, LANES):
            sums += term[LANES](data.unsafe_load[width=LANES](i).cast[DType.float32]())
        var result = sums.reduce_add()
        for i in range(whole, size):
            result += term[1](data[unsafe_offset=i].cast[DType.float32]())
        return result


def sum_over[
    F: def[width: SIMDLength](SIMD[DType.float32, width]) -> SIMD[DType.float32, width], //, *Ts: Numbers
](term: F, *tensors: *Ts) -> Float32:
    """The sum of `term(x)` for each number of every tensor."""
    var result = Float32(0)
    comptime for i in range(tensors.__len__()):
        result += tensors[i].sum_of(term)
    return result


@always_inline
def square[width: SIMDLength](x: SIMD[DType.float32, width]) -> SIMD[DType.float32, width]:
    return x * x


def norm[*Ts: Numbers](*tensors: *Ts) -> Float32:
    """The length of all tensors taken together as one vector: what gradients are clipped by."""
    var result = Float32(0)
    comptime for i in range(tensors.__len__()):
        result += tensors[i].sum_of(square)
    return sqrt(result)
