"""Speed of the forward pass of `examples/llama`: FILE THREADS ROUNDS POSITION…

Prints for each position a line: the name, a sum of the logits, and the nanoseconds of the fastest of several tokens there. What is in the
cache before that position does not matter to the time, so nothing is.
"""
from std.sys import argv
from std.time import perf_counter_ns
from kernels import Weights
from checkpoint import Checkpoint, Config, Float32Weights, Int8Weights, take_floats, take_groups
from mapped_file import MappedFile
from transformer import Transformer


def measure[W: Weights](var model: Checkpoint[W], name: String) raises:
    var words = argv()
    var vocabulary = model.config.vocabulary
    var transformer = Transformer(model^, Int(String(words[2])))
    for word in range(4, len(words)):
        var position = Int(String(words[word]))
        var best = Int.MAX
        for _ in range(Int(String(words[3]))):
            var start = perf_counter_ns()
            transformer.forward(position * 7919 % vocabulary, position)
            best = min(best, Int(perf_counter_ns() - start))
        var sum = Float64(0)
        for i in range(vocabulary):
            sum += abs(transformer.logits[i].cast[DType.float64]())
        print(String(name, "-", position), sum, best)


def main() raises:
    var file = MappedFile(String(argv()[1]))
    var reader = file.reader()
    var config = Config(reader)
    if config.version < 2:
        measure(Checkpoint[Float32Weights].__init__[take_floats](file^), "float32")
    else:
        measure(Checkpoint[Int8Weights].__init__[take_groups](file^), "int8")
