"""Every kernel on odd shapes – empty, one, primes, not multiples of a vector – against plain loops in Float64, and on tables of known values.
Prints what is wrong, and how many comparisons there were. The bounds are relative to the largest sum of absolute terms of a result."""
from kernels import *
from kernels.reductions import AsNumbers
from std.math import ceildiv, cos, erf, exp, sin, sqrt, tanh


struct Checks(Movable):
    var count: Int
    var random: XorShift

    def __init__(out self):
        self.count = 0
        self.random = XorShift(99)

    def near(mut self, name: String, actual: Float32, expected: Float64, bound: Float64, size: Float64 = 1):
        """`size` is that of the terms; `bound` is how many times it the difference may be."""
        self.count += 1
        if not abs(Float64(actual) - expected) <= bound * max(size, 1e-3):
            print(name, "is", actual, "and not", expected)

    def fill[dtype: DType, rank: Int](mut self, mut tensor: Tensor[dtype, rank]):
        """Numbers between -1 and 1."""
        for i in range(tensor.size()):
            tensor.span()[i] = (self.random.next() * 2 - 1).cast[dtype]()


def check_tensors(mut checks: Checks):
    var t = Tensor[DType.int32, 3](2, 3, 5)
    for i in range(30):
        t.span()[i] = Int32(i)
    var turned = t.view().transposed[0, 2]()
    checks.near("transposed", Float32(turned[4, 1, 0]), 9, 0)
    checks.near("part", Float32(t.view().part[2](2, 4)[1, 2, 1]), 28, 0)
    checks.near("at", Float32(t.view().at(1).at(2)[3]), 28, 0)
    var copy = turned.copy_elements()
    checks.near("copied", Float32(copy[4, 1, 0]), 9, 0)
    t.view().part[1](1, 2)[0, 0, 0] = 77
    checks.near("written through", Float32(t[0, 1, 0]), 77, 0)
    var moved = t^
    var again = moved.copy()
    again[1, 2, 4] = -1
    checks.near("own memory", Float32(moved[1, 2, 4]), 29, 0)
    checks.near("empty", Float32(Tensor[DType.float32, 2](0, 7).size()), 0, 0)


def check_matvec[W: Weights](mut checks: Checks, name: String, weights: W, original: Tensor[DType.float32, 2], step: Float64):
    """`step` is how far a weight may be from what it was before it was put into this format."""
    var rows = weights.rows()
    var columns = weights.columns()
    var x = Tensor[DType.float32, 1](columns)
    checks.fill(x)
    var input = weights.input()
    input.load(x.span())
    var y = Tensor[DType.float32, 1](rows)
    var z = Tensor[DType.float32, 1](rows)
    z.span().fill(3)
    multiply(y.span(), weights, input, 2)
    multiply_add(z.span(), weights, input)
    var row = Tensor[DType.float32, 1](columns)
    for r in range(rows):
        var sum = Float64(0)
        var size = Float64(0)
        weights.read_row(r, row.span())
        for c in range(columns):
            sum += Float64(original[r, c]) * Float64(x[c])
            size += abs(Float64(x[c]))
            checks.near(name, row[c], Float64(original[r, c]), step)
        checks.near(name, y[r], sum, step + 1e-6, size)
        checks.near(name, z[r] - 3, sum, step + 1e-5, max(size, 1))


def check_weights(mut checks: Checks, rows: Int, columns: Int):
    var w = Tensor[DType.float32, 2](rows, columns)
    checks.fill(w)
    var same = w.copy()
    check_matvec(checks, "float32", FloatWeights(same.view()), w, 0)
    var narrow = Tensor[DType.bfloat16, 2](rows, columns)
    for i in range(w.size()):
        narrow.span()[i] = w.span()[i].cast[DType.bfloat16]()
    check_matvec(checks, "bfloat16", FloatWeights(narrow.view()), w, 0.004)
    if columns % 32 != 0:
        return
    # Both operands are off by half a scale; scales are a 127th of the largest value, or a 7th.
    var blocks8 = quantize_blocks[8](w.view())
    check_matvec(checks, "8 bits", BlockWeights[8](blocks8.unsafe_ptr(), rows, columns), w, 0.009)
    var blocks4 = quantize_blocks[4](w.view())
    check_matvec(checks, "4 bits", BlockWeights[4](blocks4.unsafe_ptr(), rows, columns), w, 0.08)
    var group = 64 if columns % 64 == 0 else 32
    var integers = Tensor[DType.int8, 1](rows * columns)
    var scales = Tensor[DType.float32, 1](rows * columns // group)
    quantize_groups(integers.span(), scales.span(), w.span(), group)
    comptime Place = MutUntrackedOrigin
    var groups = GroupWeights[Place](
        integers.unsafe_ptr().unsafe_origin_cast[Place](), scales.unsafe_ptr().unsafe_origin_cast[Place](), rows, columns, group
    )
    check_matvec(checks, "groups", groups, w, 0.009)
    _ = integers
    _ = scales


def check_product(mut checks: Checks, rows: Int, columns: Int, depth: Int):
    var a = Tensor[DType.float32, 2](rows, depth)
    var b = Tensor[DType.float32, 2](columns, depth)
    var c = Tensor[DType.float32, 2](rows, columns)
    checks.fill(a)
    checks.fill(b)
    c.span().fill(1)

    def shifted_relu[width: Int](row: Int, column: Int, x: SIMD[DType.float32, width]) -> SIMD[DType.float32, width]:
        return max(x - Float32(row % 2), 0)

    matmul(c.view(), a.view(), b.view().transposed(), shifted_relu, accumulate=True, workers=2)
    for i in range(rows):
        for j in range(columns):
            var sum = Float64(1)
            for k in range(depth):
                sum += Float64(a[i, k]) * Float64(b[j, k])
            checks.near("matmul", c[i, j], max(sum - Float64(i % 2), 0), 2e-7, Float64(depth + 1))


def check_vectors(mut checks: Checks, size: Int):
    var x = Tensor[DType.float32, 1](size)
    var weight = Tensor[DType.float32, 1](size)
    var bias = Tensor[DType.float32, 1](size)
    var y = Tensor[DType.float32, 1](size)
    checks.fill(x)
    checks.fill(weight)
    checks.fill(bias)
    x.span()[0] = 40
    var sum = Float64(0)
    var squares = Float64(0)
    var exponentials = Float64(0)
    for i in range(size):
        sum += Float64(x[i])
        squares += Float64(x[i]) ** 2
        exponentials += exp(Float64(x[i]) - 40)
    var mean = sum / Float64(size)
    var variance = Float64(0)
    for i in range(size):
        variance += (Float64(x[i]) - mean) ** 2
    rms_norm(y.span(), x.span(), weight.span())
    for i in range(size):
        var root = sqrt(squares / Float64(size) + 1e-5)
        checks.near("rms norm", y[i], Float64(x[i]) / root * Float64(weight[i]), 1e-6, abs(Float64(x[i]) / root))
    layer_norm(y.span(), x.span(), weight.span(), bias.span())
    for i in range(size):
        var normal = (Float64(x[i]) - mean) / sqrt(variance / Float64(size) + 1e-5)
        var expected = normal * Float64(weight[i]) + Float64(bias[i])
        checks.near("layer norm", y[i], expected, 1e-6, abs(Float64(x[i])) + 1)
    y.span().copy_from(x.span())
    softmax(y.span())
    for i in range(size):
        checks.near("softmax", y[i], exp(Float64(x[i]) - 40) / exponentials, 1e-6)
    y.span().copy_from(x.span())

    def cube[width: SIMDLength](value: SIMD[DType.float32, width]) -> SIMD[DType.float32, width]:
        return value * value * value

    activate(y.span(), cube)
    for i in range(size):
        checks.near("activation of the caller's", y[i], Float64(x[i]) ** 3, 1e-6, abs(Float64(x[i]) ** 3))
    y.span().copy_from(x.span())
    checks.near("norm", norm(AsNumbers(x.span()), AsNumbers(y.span())), sqrt(2 * squares), 1e-6, sqrt(squares))
    var signs = sum_over(relu, AsNumbers(weight.span())) - sum_over(negated_relu, AsNumbers(weight.span()))
    checks.near("sum over", signs, total(weight), 1e-5, Float64(size))


def negated_relu[width: SIMDLength](x: SIMD[DType.float32, width]) -> SIMD[DType.float32, width]:
    return max(-x, 0)


def total(x: Tensor[DType.float32, 1]) -> Float64:
    var sum = Float64(0)
    for value in x.span():
        sum += Float64(value)
    return sum


def check_attention[M: Mask](
    mut checks: Checks, name: String, mask: M, heads: Int, key_heads: Int, queries: Int, keys: Int, size: Int, values: Int
):
    var query = Tensor[DType.float32, 4](2, heads, queries, size)
    var key = Tensor[DType.float32, 4](2, key_heads, keys, size)
    var value = Tensor[DType.float32, 4](2, key_heads, keys, values)
    var result = Tensor[DType.float32, 4](2, heads, queries, values)
    checks.fill(query)
    checks.fill(key)
    checks.fill(value)
    for i in range(query.size()):
        query.span()[i] *= 6
    # The second text of the batch is shorter.
    var lengths: List[Int] = [keys, keys - keys // 3]
    attention(result.view(), query.view(), key.view(), value.view(), mask, lengths=lengths, workers=2)
    for item in range(2 * heads * queries):
        var batch = item // (heads * queries)
        var head = item // queries % heads
        var i = item % queries
        var position = i + keys - queries
        var scores = List[Float64]()
        var first = mask.first_key(position)
        var end = min(mask.end_key(position, lengths[batch]), lengths[batch]) if position < lengths[batch] else 0
        var sum = Float64(0)
        for j in range(first, end):
            var score = Float64(0)
            for k in range(size):
                score += Float64(query[batch, head, i, k]) * Float64(key[batch, head * key_heads // heads, j, k])
            score = score / sqrt(Float64(size)) + Float64(mask.bias[1](head, position, j))
            scores.append(exp(score))
            sum += exp(score)
        for k in range(values):
            var expected = Float64(0)
            for j in range(first, end):
                expected += scores[j - first] / sum * Float64(value[batch, head * key_heads // heads, j, k])
            checks.near(name, result[batch, head, i, k], expected, 3e-6)


def check_cache(mut checks: Checks, heads: Int, key_heads: Int, size: Int, positions: Int):
    """Attention step by step over a cache is causal attention."""
    var query = Tensor[DType.float32, 4](1, heads, positions, size)
    var key = Tensor[DType.float32, 4](1, key_heads, positions, size)
    var value = Tensor[DType.float32, 4](1, key_heads, positions, size)
    var result = Tensor[DType.float32, 4](1, heads, positions, size)
    checks.fill(query)
    checks.fill(key)
    checks.fill(value)
    attention(result.view(), query.view(), key.view(), value.view(), Causal())
    var cache = KeyValueCache(2, key_heads, size, positions)
    var step = Tensor[DType.float32, 1](heads * size)
    for position in range(positions):
        var q = query.view().transposed[1, 2]().at(0).at(position).copy_elements()
        var k = key.view().transposed[1, 2]().at(0).at(position).copy_elements()
        var v = value.view().transposed[1, 2]().at(0).at(position).copy_elements()
        cache.store(1, position, k.span(), v.span())
        attend_cached(step.span(), q.span(), cache, 1, position, 2)
        for head in range(heads):
            for i in range(size):
                checks.near("cache", step[head * size + i], Float64(result[0, head, position, i]), 2e-6)


def check_convolution(
    mut checks: Checks, inputs: Int, outputs: Int, height: Int, width: Int, stride: Int = 1, padding: Int = 0
):
    var image = Tensor[DType.float32, 3](inputs, height, width)
    var weights = Tensor[DType.float32, 4](outputs, inputs, 3, 2)
    var rows = (height + 2 * padding - 3) // stride + 1
    var columns = (width + 2 * padding - 2) // stride + 1
    var result = Tensor[DType.float32, 3](outputs, rows, columns)
    checks.fill(image)
    checks.fill(weights)

    def add_channel[width: Int](channel: Int, x: SIMD[DType.float32, width]) -> SIMD[DType.float32, width]:
        return x + Float32(channel)

    convolve[3, 2](
        result.view(), image.view(), weights.view(), add_channel, stride=stride, padding=padding, workers=2
    )
    for o in range(outputs):
        for y in range(rows):
            for x in range(columns):
                var sum = Float64(o)
                for i in range(inputs):
                    for tap in range(6):
                        var from_y = y * stride + tap // 2 - padding
                        var from_x = x * stride + tap % 2 - padding
                        if 0 <= from_y < height and 0 <= from_x < width:
                            sum += Float64(image[i, from_y, from_x]) * Float64(weights[o, i, tap // 2, tap % 2])
                checks.near("convolution", result[o, y, x], sum, 1e-6, Float64(6 * inputs + o))


def check_other_ranks(mut checks: Checks):
    """One axis and three: the same function."""
    var line = Tensor[DType.float32, 2](1, 19)
    var three = Tensor[DType.float32, 3](2, 1, 3)
    var along = Tensor[DType.float32, 2](2, 17)
    checks.fill(line)
    checks.fill(three)
    convolve[3](along.view(), line.view(), three.view())
    var volume = Tensor[DType.float32, 4](2, 4, 3, 18)
    var cube = Tensor[DType.float32, 5](3, 2, 2, 3, 2)
    var inside = Tensor[DType.float32, 4](3, 3, 1, 17)
    checks.fill(volume)
    checks.fill(cube)
    convolve[2, 3, 2](inside.view(), volume.view(), cube.view())
    for x in range(17):
        for o in range(2):
            var sum = Float64(0)
            for tap in range(3):
                sum += Float64(line[0, x + tap]) * Float64(three[o, 0, tap])
            checks.near("convolution of a line", along[o, x], sum, 1e-6)
        for o in range(3):
            for z in range(3):
                var sum = Float64(0)
                for i in range(2):
                    for tap in range(12):
                        var a = tap // 6
                        var b = tap // 2 % 3
                        var c = tap % 2
                        sum += Float64(volume[i, z + a, b, x + c]) * Float64(cube[o, i, a, b, c])
                checks.near("convolution of a volume", inside[o, z, 0, x], sum, 1e-6, 24)


def check_positions(mut checks: Checks):
    var table = RotaryTable(9, 6)
    var x: List[Float32] = [1, 0, 0, 1, 1, 1, 2, 0, 0, 2, 2, 2]
    table.rotate(Span(x), 8)
    for pair in range(3):
        var angle = 8 * Float64(10000) ** (Float64(-2 * pair) / 6)
        var a: Float64 = 0 if pair == 1 else 1
        var b: Float64 = 0 if pair == 0 else 1
        checks.near("rotary", x[2 * pair], a * cos(angle) - b * sin(angle), 1e-6)
        checks.near("rotary", x[7 + 2 * pair], 2 * (a * sin(angle) + b * cos(angle)), 2e-6)
    table.rotate(Span(x), 8, inverse=True)
    checks.near("rotary back", x[11], 2, 1e-6)
    var rows = Tensor[DType.float32, 2](4, 5)
    add_sinusoidal(rows.view(), first_position=3)
    checks.near("sinusoidal", rows[2, 0], sin(Float64(5)), 1e-6)
    checks.near("sinusoidal", rows[2, 3], cos(5 * Float64(10000) ** (-2.0 / 5)), 1e-6)
    checks.near("sinusoidal", rows[3, 4], sin(6 * Float64(10000) ** (-4.0 / 5)), 1e-6)


def check_tables(mut checks: Checks):
    """Values at -2, -0.5, 1 and 3, to ten digits, of Python's `math` module (`x * (1 + erf(x / sqrt(2))) / 2`, and so on)."""
    var at: List[Float32] = [-2, -0.5, 1, 3]
    var gelus: List[Float64] = [-0.0455002639, -0.1542687694, 0.8413447461, 2.9959503041]
    var tanh_gelus: List[Float64] = [-0.0454023059, -0.1542859831, 0.8411919906, 2.9963627039]
    var silus: List[Float64] = [-0.2384058440, -0.1887703343, 0.7310585786, 2.8577223804]
    var sigmoids: List[Float64] = [0.1192029220, 0.3775406688, 0.7310585786, 0.9525741268]
    for i in range(4):
        checks.near("gelu", gelu(at[i]), gelus[i], 5e-7, 3)
        checks.near("gelu by tanh", gelu_tanh(at[i]), tanh_gelus[i], 5e-7, 3)
        checks.near("silu", silu(at[i]), silus[i], 5e-7, 3)
        checks.near("sigmoid", sigmoid(at[i]), sigmoids[i], 5e-7)
        checks.near("relu", relu(at[i]), Float64(max(at[i], 0)), 0)


def check_sampling(mut checks: Checks):
    var logits: List[Float32] = [1, 3, 2, 3]
    checks.near("argmax", Float32(argmax(Span(logits))), 1, 0)
    # Probabilities of softmax: 0.0541, 0.3995, 0.1470, 0.3995.
    var counts = List[Int](length=4, fill=0)
    var all = Sampler(4, 1)
    var likely = Sampler(4, 1, top_p=0.9)
    var two = Sampler(4, 1, top_k=2)
    for _ in range(4000):
        var copy = logits.copy()
        counts[all.sample(Span(copy))] += 1
        copy = logits.copy()
        var token = likely.sample(Span(copy))
        if token == 0:
            print("top-p takes what is unlikely")
        copy = logits.copy()
        token = two.sample(Span(copy))
        if token != 1 and token != 3:
            print("top-k takes too many")
    checks.near("sampled", Float32(counts[0]) / 4000, 0.0541, 0.02)
    checks.near("sampled", Float32(counts[1]) / 4000, 0.3995, 0.03)
    checks.near("sampled", Float32(counts[2]) / 4000, 0.1470, 0.03)
    var table = Tensor[DType.float32, 2](3, 2)
    table[2, 1] = 8
    var rows = Tensor[DType.float32, 2](2, 2)
    var tokens: List[Int] = [2, 0]
    embed(rows.view(), FloatWeights(table.view()), Span(tokens))
    checks.near("embedding", rows[0, 1], 8, 0)


@fieldwise_init
struct Dual(Additive, Numeric, TrivialRegisterPassable):
    """A number and its derivative: a user's own kind of numbers."""

    comptime Sum = Dual

    var value: Float64
    var slope: Float64

    @staticmethod
    def zero() -> Self:
        return Self(0, 0)

    def plus(self, other: Self) -> Self:
        return Self(self.value + other.value, self.slope + other.slope)

    def times(self, other: Self) -> Self:
        return Self(self.value * other.value, self.value * other.slope + self.slope * other.value)


def check_numeric[dtype: DType, sum: DType](mut checks: Checks, rows: Int, depth: Int, columns: Int):
    """Small whole numbers, whose products and sums are exact in every format."""
    var a = List[Number[dtype, sum]]()
    var b = List[Number[dtype, sum]]()
    for i in range(rows * depth):
        a.append(Number[dtype, sum](Scalar[dtype](i % 7 - 3)))
    for i in range(depth * columns):
        b.append(Number[dtype, sum](Scalar[dtype](i % 5 - 2)))
    var c = List[Number[sum]](length=rows * columns, fill=Number[sum](9))
    generic_matmul(Span(a), Span(b), into=Span(c), depth=depth, columns=columns, workers=2)
    for i in range(rows):
        for j in range(columns):
            var expected = 0
            for k in range(depth):
                expected += ((i * depth + k) % 7 - 3) * ((k * columns + j) % 5 - 2)
            checks.near("generic product", c[i * columns + j].value.cast[DType.float32](), Float64(expected), 0)
    var expected = 0
    for k in range(min(len(a), len(b))):
        expected += (k % 7 - 3) * (k % 5 - 2)
    var count = min(len(a), len(b))
    var product = generic_dot(Span(a)[:count], Span(b)[:count])
    checks.near("generic dot", product.value.cast[DType.float32](), Float64(expected), 0)


def check_own_numbers(mut checks: Checks):
    """(2 + e)^2 * 3 in dual numbers, as a sum of products."""
    var x = Dual(2, 1)
    var squares = [x.times(x), Dual(1, 0)]
    var factors = [Dual(3, 0), Dual(5, 0)]
    var product = [Dual.zero()]
    generic_matmul(Span(squares), Span(factors), into=Span(product), depth=2, columns=1)
    checks.near("dual value", Float32(product[0].value), 17, 0)
    checks.near("dual slope", Float32(product[0].slope), 12, 0)


def main():
    var checks = Checks()
    check_tensors(checks)
    check_tables(checks)
    check_positions(checks)
    check_sampling(checks)
    check_other_ranks(checks)
    for shape in [(0, 3), (1, 1), (3, 0), (5, 17), (13, 32), (67, 96), (7, 101), (4, 160), (6, 192)]:
        check_weights(checks, shape[0], shape[1])
    for shape in [(0, 3, 5), (3, 0, 5), (3, 5, 0), (1, 1, 1), (13, 33, 17), (41, 16, 391), (242, 67, 3)]:
        check_product(checks, shape[0], shape[1], shape[2])
    for shape in [(0, 3, 5), (3, 0, 5), (1, 1, 1), (5, 13, 17), (8, 3, 33)]:
        check_numeric[DType.float32, DType.float32](checks, shape[0], shape[1], shape[2])
        check_numeric[DType.int8, DType.int32](checks, shape[0], shape[1], shape[2])
        check_numeric[DType.bfloat16, DType.float32](checks, shape[0], shape[1], shape[2])
    check_own_numbers(checks)
    for size in [1, 2, 15, 16, 17, 97, 288]:
        check_vectors(checks, size)
    check_attention(checks, "attention", Full(), 1, 1, 1, 1, 1, 1)
    check_attention(checks, "grouped", Full(), 4, 2, 13, 13, 8, 5)
    check_attention(checks, "causal", Causal(), 2, 1, 61, 61, 20, 33)
    check_attention(checks, "fewer queries", Causal(), 2, 2, 3, 139, 7, 8)
    check_attention(checks, "window", SlidingWindow(10), 2, 2, 150, 150, 5, 4)
    check_attention(checks, "linear bias", LinearBias(2), 2, 2, 37, 37, 5, 4)
    var added = Tensor[DType.float32, 2](29, 29)
    checks.fill(added)
    for i in range(29):
        added[i, (i + 7) % 29] = Float32.MIN
    check_attention(checks, "any mask", Added(added.view()), 1, 1, 29, 29, 3, 3)
    check_cache(checks, 4, 2, 7, 70)
    check_convolution(checks, 1, 1, 3, 2)
    check_convolution(checks, 3, 9, 5, 20)
    check_convolution(checks, 2, 17, 4, 35)
    check_convolution(checks, 2, 9, 6, 40, stride=2)
    check_convolution(checks, 1, 2, 3, 1, padding=2)
    check_convolution(checks, 2, 3, 8, 53, stride=3, padding=1)
    print(checks.count, "comparisons")
