"""Speed of causal attention of one head of 64 elements: THREADS ROUNDS LENGTH…"""
from std.sys import argv
from std.time import perf_counter_ns
from kernels import Causal, Tensor, XorShift, attention


def main() raises:
    var words = argv()
    for word in range(3, len(words)):
        var length = Int(String(words[word]))
        var query = Tensor[DType.float32, 4](1, 1, length, 64)
        var key = Tensor[DType.float32, 4](1, 1, length, 64)
        var value = Tensor[DType.float32, 4](1, 1, length, 64)
        var result = Tensor[DType.float32, 4](1, 1, length, 64)
        var random = XorShift(11)
        for i in range(length * 64):
            query.span()[i] = random.next() * 4 - 2
            key.span()[i] = random.next() * 4 - 2
            value.span()[i] = random.next() - 0.5
        var best = Int.MAX
        for _ in range(Int(String(words[2]))):
            var start = perf_counter_ns()
            attention(result.view(), query.view(), key.view(), value.view(), Causal(), workers=Int(String(words[1])))
            best = min(best, Int(perf_counter_ns() - start))
        var sum = Float64(0)
        for x in result.span():
            sum += abs(x.cast[DType.float64]())
        print(String("attention-", length), sum, best)
