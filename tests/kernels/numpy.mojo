"""Kernels against NumPy, which computes the same in Float64 from the same numbers. Prints what is wrong, and how many tensors were compared.
The bound is 4e-6 of the largest value of a result."""
from kernels import *
from std.python import Python, PythonObject
from std.utils import IndexList


struct Comparison(Movable):
    var numpy: PythonObject
    var random: XorShift
    var count: Int

    def __init__(out self) raises:
        self.numpy = Python.import_module("numpy")
        self.random = XorShift(5)
        self.count = 0

    def numbers(mut self, mut tensor: Tensor[DType.float32, 2]) raises -> PythonObject:
        """Fills a tensor, and gives its numbers to NumPy."""
        var list = Python.list()
        for i in range(tensor.size()):
            var x = self.random.next() * 4 - 2
            tensor.span()[i] = x
            list.append(Float64(x))
        return self.numpy.array(list).reshape(tensor.shape[0], tensor.shape[1])

    def same(mut self, name: String, actual: Tensor[DType.float32, 2], expected: PythonObject) raises:
        """Compares a tensor with an array of its shape."""
        self.count += 1
        var flat = expected.reshape(-1).tolist()
        var largest = Float64(1)
        var worst = Float64(0)
        for i in range(actual.size()):
            var value = Float64(py=flat[i])
            largest = max(largest, abs(value))
            worst = max(worst, abs(value - Float64(actual.span()[i])))
        if not worst <= 4e-6 * largest:
            print(name, actual.shape[0], "x", actual.shape[1], "is off by", worst)


def main() raises:
    var check = Comparison()
    var np = check.numpy
    var helpers = Python.evaluate(
        "(lambda np: {"
        "'attention': lambda q, k, v: (lambda s: (lambda p: (p / p.sum(1, keepdims=True)) @ v)(np.exp(s - s.max(1, keepdims=True))))"
        "(np.where(np.tri(len(q), len(k), len(k) - len(q)) > 0, q @ k.T / np.sqrt(q.shape[1]), -np.inf)),"
        "'softmax': lambda x: np.exp(x - x.max(1, keepdims=True)) / np.exp(x - x.max(1, keepdims=True)).sum(1, keepdims=True),"
        "'layer': lambda x: (x - x.mean(1, keepdims=True)) / np.sqrt(x.var(1, keepdims=True) + 1e-5),"
        "'convolve': lambda x, k: np.stack([np.convolve(row, k[0][::-1], 'valid') for row in x]),"
        "})"
    )(np)
    for size in [1, 7, 16, 61, 130]:
        var a = Tensor[DType.float32, 2](13, size)
        var b = Tensor[DType.float32, 2](size, 37)
        var product = Tensor[DType.float32, 2](13, 37)
        var na = check.numbers(a)
        var nb = check.numbers(b)
        matmul(product.view(), a.view(), b.view())
        check.same("matmul", product, na.__matmul__(nb))
        var rows = a.copy()
        for row in range(13):
            softmax(rows.view().at(row).span())
        check.same("softmax", rows, helpers["softmax"](na))
        var ones = Tensor[DType.float32, 1](size)
        var zeros = Tensor[DType.float32, 1](size)
        ones.span().fill(1)
        for row in range(13):
            layer_norm(rows.view().at(row).span(), a.view().at(row).span(), ones.span(), zeros.span())
        check.same("layer norm", rows, helpers["layer"](na))
        var key = Tensor[DType.float32, 2](13 + size, 24)
        var query = Tensor[DType.float32, 2](13, 24)
        var value = Tensor[DType.float32, 2](13 + size, 18)
        var result = Tensor[DType.float32, 2](13, 18)
        var nq = check.numbers(query)
        var nk = check.numbers(key)
        var nv = check.numbers(value)
        comptime Four = IndexList[4]
        attention(
            result.view().reshaped(Four(1, 1, 13, 18)),
            query.view().reshaped(Four(1, 1, 13, 24)),
            key.view().reshaped(Four(1, 1, 13 + size, 24)),
            value.view().reshaped(Four(1, 1, 13 + size, 18)),
            Causal(),
        )
        check.same("attention", result, helpers["attention"](nq, nk, nv))
        var line = Tensor[DType.float32, 2](1, size + 4)
        var taps = Tensor[DType.float32, 2](1, 5)
        var along = Tensor[DType.float32, 2](1, size)
        var nl = check.numbers(line)
        var nt = check.numbers(taps)
        convolve[5](along.view(), line.view(), taps.view().reshaped(IndexList[3](1, 1, 5)))
        check.same("convolution", along, helpers["convolve"](nl, nt))
    print(check.count, "tensors")
