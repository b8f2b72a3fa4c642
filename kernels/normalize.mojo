"""Softmax and the two normalizations of layers, each in as few passes over the vector as there are."""
from std.math import exp, sqrt
from .lanes import LANES, Vector


@always_inline
def _sum_terms[F: def[width: Int](Int) -> SIMD[DType.float32, width], //](size: Int, term: F) -> Float32:
    """The sum of `term(i)` for each `i` below `size`: `term` is asked for whole vectors, then for what is left."""
    var sums = Vector(0)
    var whole = size - size % LANES
    for i in range(0, whole, LANES):
        sums += term[LANES](i)
    var result = sums.reduce_add()
    for i in range(whole, size):
        result += term[1](i)
    return result


def softmax(values: Span[mut=True, Float32, _]):
    """`exp(x) / sum(exp(x))` in place. The largest value and the sum come from one pass: a larger value than those so far rescales the
    sum ("online" softmax), each lane for itself."""
    var data = values.unsafe_ptr()
    var size = len(values)
    var whole = size - size % LANES
    var largest = Vector(Float32.MIN_FINITE)
    var sums = Vector(0)
    for i in range(0, whole, LANES):
        var x = data.unsafe_load[width=LANES](i)
        var higher = max(largest, x)
        sums = sums * exp(largest - higher) + exp(x - higher)
        largest = higher
    var top = largest.reduce_max()
    for i in range(whole, size):
        top = max(top, data[unsafe_offset=i])
    var total = (sums * exp(largest - top)).reduce_add()
    for i in range(whole, size):
        total += exp(data[unsafe_offset=i] - top)
    var scale = 1 / total
    for i in range(0, whole, LANES):
        data.unsafe_store(i, exp(data.unsafe_load[width=LANES](i) - top) * scale)
    for i in range(whole, size):
        data[unsafe_offset=i] = exp(data[unsafe_offset=i] - top) * scale


def rms_norm(
    result: Span[mut=True, Float32, _], x: Span[Float32, _], weight: Span[Float32, _], epsilon: Float32 = 1e-5
):
    """`x / sqrt(mean(x * x) + epsilon) * weight`."""
    var source = x.unsafe_ptr()
    var factors = weight.unsafe_ptr()
    var target = result.unsafe_ptr()

    def square[width: Int](i: Int) {imm} -> SIMD[DType.float32, width]:
        var value = source.unsafe_load[width=width](i)
        return value * value

    var size = len(x)
    var scale = 1 / sqrt(_sum_terms(size, square) / Float32(size) + epsilon)
    for i in range(size):
        target[unsafe_offset=i] = source[unsafe_offset=i] * scale * factors[unsafe_offset=i]


def layer_norm(
    result: Span[mut=True, Float32, _],
    x: Span[Float32, _],
    weight: Span[Float32, _],
    bias: Span[Float32, _],
    epsilon: Float32 = 1e-5,
):
    """`(x - mean(x)) / sqrt(variance(x) + epsilon) * weight + bias`. The variance is that of the differences: no digits cancel."""
    var source = x.unsafe_ptr()
    var factors = weight.unsafe_ptr()
    var offsets = bias.unsafe_ptr()
    var target = result.unsafe_ptr()
    var size = len(x)

    def value[width: Int](i: Int) {imm} -> SIMD[DType.float32, width]:
        return source.unsafe_load[width=width](i)

    var mean = _sum_terms(size, value) / Float32(size)

    def square[width: Int](i: Int) {imm} -> SIMD[DType.float32, width]:
        var difference = source.unsafe_load[width=width](i) - mean
        return difference * difference

    var scale = 1 / sqrt(_sum_terms(size, square) / Float32(size) + epsilon)
    for i in range(size):
        target[unsafe_offset=i] = (
            source[unsafe_offset=i] - mean
        ) * scale * factors[unsafe_offset=i] + offsets[unsafe_offset=i]
