"""Trains a small Llama-2 model: forward pass, gradients by hand, and Adam. Products are those of `kernels`; the rest are plain loops."""
from std.math import exp, log, sqrt
from kernels import RotaryTable, Tensor, View, XorShift, matmul
from std.utils import IndexList

comptime Rows = Tensor[DType.float32, 2]
comptime Matrix = View[DType.float32, 2, MutUntrackedOrigin]
comptime EPSILON = Float32(1e-5)


@fieldwise_init
struct Sizes(ImplicitlyCopyable, Movable):
    var dim: Int
    var hidden: Int
    var layers: Int
    var heads: Int
    var kv_heads: Int
    var vocabulary: Int
    var positions: Int

    def head_size(self) -> Int:
        return self.dim // self.heads

    def kv_size(self) -> Int:
        return self.kv_heads * self.head_size()


struct Parameters(Movable):
    """All weights in one row, in the order of a legacy checkpoint. Gradients and the two averages of Adam have the same shape."""

    var all: Tensor[DType.float32, 1]
    var sizes: Sizes
    var starts: List[Int]
    """Where the parts begin: embeddings, norms, queries, keys, values, outputs, norms, gates, downs, ups, final norm; and the end."""

    def __init__(out self, s: Sizes):
        var counts: List[Int] = [
            s.vocabulary * s.dim,
            s.layers * s.dim,
            s.layers * s.dim * s.dim,
            s.layers * s.kv_size() * s.dim,
            s.layers * s.kv_size() * s.dim,
            s.layers * s.dim * s.dim,
            s.layers * s.dim,
            s.layers * s.hidden * s.dim,
            s.layers * s.dim * s.hidden,
            s.layers * s.hidden * s.dim,
            s.dim,
        ]
        self.starts = [0]
        for count in counts:
            self.starts.append(self.starts[len(self.starts) - 1] + count)
        self.all = Tensor[DType.float32, 1](self.starts[len(self.starts) - 1])
        self.sizes = s

    def part(self, part: Int, layer: Int, rows: Int, columns: Int) -> Matrix:
        """The matrix of a layer. It is valid as long as the parameters are, and is written through: gradients add up in it."""
        var data = self.all.unsafe_ptr().unsafe_mut_cast[True]().unsafe_origin_cast[MutUntrackedOrigin]()
        return Matrix(data.unsafe_offset(self.starts[part] + layer * rows * columns), IndexList[2](rows, columns))

    def randomize(mut self, mut random: XorShift):
        """Small weights around 0; norms are 1."""
        for part in range(len(self.starts) - 1):
            var is_norm = part == 1 or part == 6 or part == 10
            var width = 2 / sqrt(Float32(self.sizes.dim))
            # What is added to the stream of the layers begins smaller.
            if part == 5 or part == 8:
                width /= sqrt(Float32(2 * self.sizes.layers))
            for i in range(self.starts[part], self.starts[part + 1]):
                self.all[i] = 1 if is_norm else (random.next() - 0.5) * width


struct LayerState(Movable):
    """What the backward pass needs of a layer, by row: a position of a text."""

    var input: Rows
    var normed: Rows
    var query: Rows
    var key: Rows
    var value: Rows
    var weights: Rows
    """Of the attention: by text, head and position, then by position."""
    var attended: Rows
    var middle: Rows
    var middle_normed: Rows
    var gate: Rows
    var up: Rows
    var hidden: Rows

    def __init__(out self, s: Sizes, texts: Int, length: Int):
        var rows = texts * length
        self.input = Rows(rows, s.dim)
        self.normed = Rows(rows, s.dim)
        self.query = Rows(rows, s.dim)
        self.key = Rows(rows, s.kv_size())
        self.value = Rows(rows, s.kv_size())
        self.weights = Rows(texts * s.heads * length, length)
        self.attended = Rows(rows, s.dim)
        self.middle = Rows(rows, s.dim)
        self.middle_normed = Rows(rows, s.dim)
        self.gate = Rows(rows, s.hidden)
        self.up = Rows(rows, s.hidden)
        self.hidden = Rows(rows, s.hidden)


struct Trainer(Movable):
    """A model in training, on a fixed number of texts of a fixed length at a time."""

    var sizes: Sizes
    var texts: Int
    var length: Int
    var weights: Parameters
    var gradients: Parameters
    var averages: Parameters
    var squares: Parameters
    var layers: List[LayerState]
    var output: Rows
    var normed: Rows
    var logits: Rows
    var rotations: RotaryTable
    var step: Int

    def __init__(out self, sizes: Sizes, texts: Int, length: Int, seed: UInt64):
        self.sizes = sizes
        self.texts = texts
        self.length = length
        self.weights = Parameters(sizes)
        self.gradients = Parameters(sizes)
        self.averages = Parameters(sizes)
        self.squares = Parameters(sizes)
        var random = XorShift(seed)
        self.weights.randomize(random)
        self.layers = List[LayerState]()
        for _ in range(sizes.layers):
            self.layers.append(LayerState(sizes, texts, length))
        self.output = Rows(texts * length, sizes.dim)
        self.normed = Rows(texts * length, sizes.dim)
        self.logits = Rows(texts * length, sizes.vocabulary)
        self.rotations = RotaryTable(length, sizes.head_size())
        self.step = 0

    def forward(mut self, tokens: List[Int]):
        """Computes the logits after each of the tokens, text by text."""
        var s = self.sizes
        var embeddings = self.weights.part(0, 0, s.vocabulary, s.dim)
        for row in range(len(tokens)):
            for i in range(s.dim):
                self.layers[0].input[row, i] = embeddings[tokens[row], i]
        for l in range(s.layers):
            ref state = self.layers[l]
            normalize(state.normed, state.input, self.weights.part(1, l, 1, s.dim))
            matmul(state.query.view(), state.normed.view(), self.weights.part(2, l, s.dim, s.dim).transposed())
            matmul(state.key.view(), state.normed.view(), self.weights.part(3, l, s.kv_size(), s.dim).transposed())
            matmul(state.value.view(), state.normed.view(), self.weights.part(4, l, s.kv_size(), s.dim).transposed())
            for row in range(len(tokens)):
                self.rotations.rotate(state.query.view().at(row).span(), row % self.length)
                self.rotations.rotate(state.key.view().at(row).span(), row % self.length)
            attend(state, s, self.texts, self.length)
            state.middle.span().copy_from(state.input.span())
            var outputs = self.weights.part(5, l, s.dim, s.dim)
            matmul(state.middle.view(), state.attended.view(), outputs.transposed(), accumulate=True)
            normalize(state.middle_normed, state.middle, self.weights.part(6, l, 1, s.dim))
            matmul(state.gate.view(), state.middle_normed.view(), self.weights.part(7, l, s.hidden, s.dim).transposed())
            matmul(state.up.view(), state.middle_normed.view(), self.weights.part(9, l, s.hidden, s.dim).transposed())
            for i in range(state.hidden.size()):
                var x = state.gate.span()[i]
                state.hidden.span()[i] = x / (1 + exp(-x)) * state.up.span()[i]
            var downs = self.weights.part(8, l, s.dim, s.hidden)
            if l + 1 < s.layers:
                ref next = self.layers[l + 1].input
                next.span().copy_from(self.layers[l].middle.span())
                matmul(next.view(), self.layers[l].hidden.view(), downs.transposed(), accumulate=True)
            else:
                self.output.span().copy_from(state.middle.span())
                matmul(self.output.view(), state.hidden.view(), downs.transposed(), accumulate=True)
        normalize(self.normed, self.output, self.weights.part(10, 0, 1, s.dim))
        matmul(self.logits.view(), self.normed.view(), embeddings.transposed())

    def loss_and_slope(mut self, targets: List[Int]) -> Float32:
        """The mean of `-log(probability of the target)`. The logits become its derivatives."""
        var total = Float32(0)
        var count = len(targets)
        for row in range(count):
            var logits = self.logits.view().at(row).span()
            var top = logits[0]
            for x in logits:
                top = max(top, x)
            var sum = Float32(0)
            for i in range(len(logits)):
                sum += exp(logits[i] - top)
            total += log(sum) - (logits[targets[row]] - top)
            for i in range(len(logits)):
                logits[i] = exp(logits[i] - top) / sum / Float32(count)
            logits[targets[row]] -= 1 / Float32(count)
        return total / Float32(count)

    def backward(mut self, tokens: List[Int]):
        """Computes the gradients of all weights from the derivatives of the logits."""
        var s = self.sizes
        var rows = len(tokens)
        self.gradients.all.span().fill(0)
        var embeddings = self.weights.part(0, 0, s.vocabulary, s.dim)
        var d_embeddings = self.gradients.part(0, 0, s.vocabulary, s.dim)
        var d_normed = Rows(rows, s.dim)
        matmul(d_normed.view(), self.logits.view(), embeddings)
        matmul(d_embeddings, self.logits.view().transposed(), self.normed.view(), accumulate=True)
        var d_stream = Rows(rows, s.dim)
        denormalize(d_stream, d_normed, self.output, self.weights.part(10, 0, 1, s.dim), self.gradients.part(10, 0, 1, s.dim))
        for back in range(s.layers):
            var l = s.layers - 1 - back
            ref state = self.layers[l]
            var d_hidden = Rows(rows, s.hidden)
            linear_backward(d_hidden, d_stream, state.hidden, self.weights.part(8, l, s.dim, s.hidden), self.gradients.part(8, l, s.dim, s.hidden))
            var d_up = Rows(rows, s.hidden)
            for i in range(d_hidden.size()):
                var x = state.gate.span()[i]
                var gate = 1 / (1 + exp(-x))
                var d = d_hidden.span()[i]
                d_up.span()[i] = d * x * gate
                d_hidden.span()[i] = d * state.up.span()[i] * gate * (1 + x * (1 - gate))
            d_normed.span().fill(0)
            linear_backward(d_normed, d_hidden, state.middle_normed, self.weights.part(7, l, s.hidden, s.dim), self.gradients.part(7, l, s.hidden, s.dim))
            linear_backward(d_normed, d_up, state.middle_normed, self.weights.part(9, l, s.hidden, s.dim), self.gradients.part(9, l, s.hidden, s.dim))
            denormalize(d_stream, d_normed, state.middle, self.weights.part(6, l, 1, s.dim), self.gradients.part(6, l, 1, s.dim))
            var d_attended = Rows(rows, s.dim)
            linear_backward(d_attended, d_stream, state.attended, self.weights.part(5, l, s.dim, s.dim), self.gradients.part(5, l, s.dim, s.dim))
            var d_query = Rows(rows, s.dim)
            var d_key = Rows(rows, s.kv_size())
            var d_value = Rows(rows, s.kv_size())
            attend_backward(d_query, d_key, d_value, d_attended, state, s, self.texts, self.length)
            for row in range(rows):
                # The derivative of a rotation is the rotation back.
                self.rotations.rotate(d_query.view().at(row).span(), row % self.length, inverse=True)
                self.rotations.rotate(d_key.view().at(row).span(), row % self.length, inverse=True)
            d_normed.span().fill(0)
            linear_backward(d_normed, d_query, state.normed, self.weights.part(2, l, s.dim, s.dim), self.gradients.part(2, l, s.dim, s.dim))
            linear_backward(d_normed, d_key, state.normed, self.weights.part(3, l, s.kv_size(), s.dim), self.gradients.part(3, l, s.kv_size(), s.dim))
            linear_backward(d_normed, d_value, state.normed, self.weights.part(4, l, s.kv_size(), s.dim), self.gradients.part(4, l, s.kv_size(), s.dim))
            denormalize(d_stream, d_normed, state.input, self.weights.part(1, l, 1, s.dim), self.gradients.part(1, l, 1, s.dim))
        for row in range(rows):
            for i in range(s.dim):
                d_embeddings[tokens[row], i] += d_stream[row, i]

    def update(mut self, rate: Float32):
        """A step of Adam down the gradients, which are cut to length 1."""
        self.step += 1
        var sum = Float32(0)
        for g in self.gradients.all.span():
            sum += g * g
        var clip = min(1 / (sqrt(sum) + 1e-6), Float32(1))
        var early = 1 - Float32(0.9) ** self.step
        var early_squares = 1 - Float32(0.95) ** self.step
        var w = self.weights.all.unsafe_ptr()
        var m = self.averages.all.unsafe_ptr()
        var v = self.squares.all.unsafe_ptr()
        var gradients = self.gradients.all.unsafe_ptr()
        for i in range(self.weights.all.size()):
            var g = gradients[unsafe_offset=i] * clip
            m[unsafe_offset=i] = 0.9 * m[unsafe_offset=i] + 0.1 * g
            v[unsafe_offset=i] = 0.95 * v[unsafe_offset=i] + 0.05 * g * g
            var step = m[unsafe_offset=i] / early / (sqrt(v[unsafe_offset=i] / early_squares) + 1e-8)
            w[unsafe_offset=i] -= rate * step


def normalize(mut result: Rows, x: Rows, weight: Matrix):
    """Root-mean-square normalization of each row."""
    var size = x.shape[1]
    var factors = weight.unsafe_ptr()
    for row in range(x.shape[0]):
        var source = x.unsafe_ptr().unsafe_offset(row * size)
        var target = result.unsafe_ptr().unsafe_offset(row * size)
        var scale = inverse_length(source, size)
        for i in range(size):
            target[unsafe_offset=i] = source[unsafe_offset=i] * scale * factors[unsafe_offset=i]


def inverse_length(row: Pointer[Float32, _], size: Int) -> Float32:
    var sum = Float32(0)
    for i in range(size):
        sum += row[unsafe_offset=i] * row[unsafe_offset=i]
    return 1 / sqrt(sum / Float32(size) + EPSILON)


def denormalize(mut d_x: Rows, d_result: Rows, x: Rows, weight: Matrix, d_weight: Matrix):
    """Adds to the derivatives of `x` and of the weights what the derivatives of the result say."""
    var size = x.shape[1]
    var factors = weight.unsafe_ptr()
    var d_factors = d_weight.unsafe_ptr()
    for row in range(x.shape[0]):
        var source = x.unsafe_ptr().unsafe_offset(row * size)
        var d = d_result.unsafe_ptr().unsafe_offset(row * size)
        var target = d_x.unsafe_ptr().unsafe_offset(row * size)
        var scale = inverse_length(source, size)
        var along = Float32(0)
        for i in range(size):
            along += d[unsafe_offset=i] * factors[unsafe_offset=i] * source[unsafe_offset=i]
            d_factors[unsafe_offset=i] += d[unsafe_offset=i] * source[unsafe_offset=i] * scale
        along *= scale * scale / Float32(size)
        for i in range(size):
            target[unsafe_offset=i] += scale * (d[unsafe_offset=i] * factors[unsafe_offset=i] - source[unsafe_offset=i] * along)


def linear_backward(mut d_x: Rows, d_result: Rows, x: Rows, weight: Matrix, d_weight: Matrix):
    """The same for `result = x * weight^T`."""
    matmul(d_x.view(), d_result.view(), weight, accumulate=True)
    matmul(d_weight, d_result.view().transposed(), x.view(), accumulate=True)


def attend(mut state: LayerState, s: Sizes, texts: Int, length: Int):
    """Causal attention, head by head; its weights are kept."""
    var size = s.head_size()
    var scale = 1 / sqrt(Float32(size))
    for item in range(texts * s.heads):
        var text = item // s.heads
        var head = item % s.heads
        var kept = head * s.kv_heads // s.heads
        var query = state.query.view().part[0](text * length, (text + 1) * length).part[1](head * size, (head + 1) * size)
        var key = state.key.view().part[0](text * length, (text + 1) * length).part[1](kept * size, (kept + 1) * size)
        var value = state.value.view().part[0](text * length, (text + 1) * length).part[1](kept * size, (kept + 1) * size)
        var weights = state.weights.view().part[0](item * length, (item + 1) * length)
        matmul(weights, query, key.transposed())
        for i in range(length):
            var row = weights.at(i).span()
            var top = Float32.MIN_FINITE
            for j in range(i + 1):
                row[j] *= scale
                top = max(top, row[j])
            var sum = Float32(0)
            for j in range(i + 1):
                row[j] = exp(row[j] - top)
                sum += row[j]
            for j in range(i + 1):
                row[j] /= sum
            for j in range(i + 1, length):
                row[j] = 0
        var attended = state.attended.view().part[0](text * length, (text + 1) * length).part[1](head * size, (head + 1) * size)
        matmul(attended, weights, value)


def attend_backward(
    mut d_query: Rows, mut d_key: Rows, mut d_value: Rows, d_attended: Rows, state: LayerState, s: Sizes, texts: Int, length: Int
):
    """The derivatives of queries, keys and values of that attention."""
    var size = s.head_size()
    var scale = 1 / sqrt(Float32(size))
    var d_weights = Rows(length, length)
    for item in range(texts * s.heads):
        var text = item // s.heads
        var head = item % s.heads
        var kept = head * s.kv_heads // s.heads
        var query = state.query.view().part[0](text * length, (text + 1) * length).part[1](head * size, (head + 1) * size)
        var key = state.key.view().part[0](text * length, (text + 1) * length).part[1](kept * size, (kept + 1) * size)
        var value = state.value.view().part[0](text * length, (text + 1) * length).part[1](kept * size, (kept + 1) * size)
        var d = d_attended.view().part[0](text * length, (text + 1) * length).part[1](head * size, (head + 1) * size)
        var weights = state.weights.view().part[0](item * length, (item + 1) * length)
        matmul(
            d_value.view().part[0](text * length, (text + 1) * length).part[1](kept * size, (kept + 1) * size),
            weights.transposed(),
            d,
            accumulate=True,
        )
        matmul(d_weights.view(), d, value.transposed())
        for i in range(length):
            var row = weights.at(i).span()
            var d_row = d_weights.view().at(i).span()
            var along = Float32(0)
            for j in range(i + 1):
                along += row[j] * d_row[j]
            for j in range(length):
                d_row[j] = row[j] * (d_row[j] - along) * scale
        matmul(
            d_query.view().part[0](text * length, (text + 1) * length).part[1](head * size, (head + 1) * size),
            d_weights.view(),
            key,
        )
        matmul(
            d_key.view().part[0](text * length, (text + 1) * length).part[1](kept * size, (kept + 1) * size),
            d_weights.view().transposed(),
            query,
            accumulate=True,
        )
