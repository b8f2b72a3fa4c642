# One reduction over any number of tensors of any element types. Each call is one specialization in which the loop over the tensors
# and the calls of the reducer are gone: a straight line of vector operations is left.

comptime LANES = 4
comptime Wide = SIMD[DType.float64, LANES]


trait TensorLike:
    """What the reduction asks of a tensor."""

    def widened(self) -> Wide:
        ...


@fieldwise_init
struct Tensor[dtype: DType](TensorLike):
    """A row of numbers of one type."""

    var data: SIMD[Self.dtype, LANES]

    def widened(self) -> Wide:
        return self.data.cast[DType.float64]()


def multi_tensor_reduce[*Ts: TensorLike, reducer: def(Wide, Wide) thin -> Wide](*tensors: *Ts) -> Wide:
    """Combines the tensors lane by lane, from left to right."""
    var result = tensors[0].widened()
    comptime for i in range(1, tensors.__len__()):
        # `tensors[i]` has another type in each round: the round is checked once and compiled for each.
        result = reducer(result, tensors[i].widened())
    return result


def add(a: Wide, b: Wide) -> Wide:
    return a + b


def larger(a: Wide, b: Wide) -> Wide:
    return max(a, b)


def main():
    var bytes = Tensor(SIMD[DType.int8, LANES](1, 2, 3, 4))
    var floats = Tensor(SIMD[DType.float32, LANES](0.5, 0.25, 0.125, 1.0))
    var doubles = Tensor(SIMD[DType.float64, LANES](10, 20, 30, 40))
    print(multi_tensor_reduce[reducer=add](bytes, floats))
    print(multi_tensor_reduce[reducer=larger](bytes, floats, doubles))
    print(multi_tensor_reduce[reducer=add](bytes, floats, doubles, bytes, floats, doubles, bytes))

# output:
#   [1.5, 2.25, 3.125, 5.0]
#   [10.0, 20.0, 30.0, 40.0]
#   [24.0, 46.5, 69.25, 94.0]
