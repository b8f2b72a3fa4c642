# A forward pass of three layers that moves tensors from layer to layer: each layer owns what it is given, works in place or makes
# a new tensor, and hands that on with `^`. Counters prove that no tensor is copied and that each is freed exactly once.
from std.math import sqrt


struct Counters(Movable):
    var allocated: Int
    var copied: Int
    var freed: Int

    def __init__(out self):
        self.allocated = 0
        self.copied = 0
        self.freed = 0


comptime Log = Pointer[Counters, MutUntrackedOrigin]
"""Tensors report to counters that outlive them; the origin is not tracked, so `main` uses the counters last."""


struct Tensor(Copyable):
    """Rows of floats in memory of its own. A copy must be asked for (`.copy()`), and is counted."""

    var values: List[Float32]
    var rows: Int
    var columns: Int
    var log: Log

    def __init__(out self, rows: Int, columns: Int, log: Log):
        self.values = List[Float32](length=rows * columns, fill=0)
        self.rows = rows
        self.columns = columns
        self.log = log
        self.log[].allocated += 1

    def __init__(out self, *, copy: Self):
        self.values = copy.values.copy()
        self.rows = copy.rows
        self.columns = copy.columns
        self.log = copy.log
        self.log[].allocated += 1
        self.log[].copied += 1

    def __deinit__(deinit self):
        self.log[].freed += 1

    def __getitem__(ref self, row: Int, column: Int) -> ref[self.values[0]] Float32:
        return self.values[row * self.columns + column]


struct Linear(Movable):
    """`x @ weights + bias`. The input is freed here, after its last use."""

    var weights: Tensor
    var bias: Float32

    def __init__(out self, var weights: Tensor, bias: Float32):
        self.weights = weights^
        self.bias = bias

    def forward(self, var x: Tensor) -> Tensor:
        var y = Tensor(x.rows, self.weights.columns, x.log)
        for i in range(y.rows):
            for j in range(y.columns):
                var sum = self.bias
                for k in range(x.columns):
                    sum += x[i, k] * self.weights[k, j]
                y[i, j] = sum
        return y^


def relu(var x: Tensor) -> Tensor:
    """In place: the tensor that comes in goes out."""
    for ref value in x.values:
        if value < 0:
            value = 0
    return x^


def normalize(var x: Tensor) -> Tensor:
    """Each row divided by its length, in place."""
    for i in range(x.rows):
        var square: Float32 = 0
        for j in range(x.columns):
            var value = x[i, j]
            square += value * value
        var length = sqrt(square)
        for j in range(x.columns):
            x[i, j] /= length
    return x^


def made(rows: Int, columns: Int, log: Log) -> Tensor:
    """Some weights."""
    var w = Tensor(rows, columns, log)
    for i in range(rows):
        for j in range(columns):
            w[i, j] = Float32((i + 2 * j) % 5 - 2)
    return w^


def run(batches: Int, log: Log):
    var first = Linear(made(4, 6, log), 0.5)
    var second = Linear(made(6, 3, log), -1)
    for batch in range(batches):
        var input = Tensor(2, 4, log)
        for i in range(2):
            for j in range(4):
                input[i, j] = Float32(batch + i - j)
        # After each `^` the name is gone: a second use is an error at compile time.
        var hidden = relu(first.forward(input^))
        var output = normalize(second.forward(hidden^))
        for i in range(2):
            var row = output.values[i * 3 : i * 3 + 3]
            print(Int(round(100 * row[0])), Int(round(100 * row[1])), Int(round(100 * row[2])))


def main():
    var counters = Counters()
    run(3, Pointer(to=counters).unsafe_origin_cast[MutUntrackedOrigin]())
    print("allocated", counters.allocated, "copied", counters.copied, "freed", counters.freed)

# output:
#   86 41 -30
#   83 33 -44
#   83 33 -44
#   77 24 -59
#   77 24 -59
#   67 12 -73
#   allocated 11 copied 0 freed 11
