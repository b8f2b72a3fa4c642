"""Makes of a checkpoint of 32-bit floats one of 8-bit integers (version 2 of llama2.c's formats).

    kiln run -I . examples/llama/quantize.mojo model.bin model-int8.bin [GROUP]

Each GROUP of weights (64, or what divides all rows) gets a scale. The file shrinks to little more than a quarter.
"""
from std.sys import argv, size_of
from kernels import Tensor, quantize_groups
from checkpoint import Checkpoint, Config, Float32Weights, HEADER, MAGIC, take_floats
from mapped_file import MappedFile


struct Writer8(Movable):
    """Writes the parts of a checkpoint."""

    var file: FileHandle
    var group: Int

    def __init__(out self, path: String, group: Int) raises:
        self.file = open(path, "w")
        self.group = group

    def numbers[dtype: DType](mut self, values: Span[Scalar[dtype], _]):
        """Numbers as they are in memory."""
        var bytes = values.unsafe_ptr().unsafe_bitcast[UInt8]()
        self.file.write_bytes(Span(unsafe_ptr=bytes, length=len(values) * size_of[Scalar[dtype]]()))

    def header(mut self, config: Config):
        """The first 256 bytes."""
        var words = Tensor[DType.int32, 1](HEADER // 4)
        var word = words.span()
        word[0] = MAGIC
        word[1] = 2
        word[2] = Int32(config.dim)
        word[3] = Int32(config.hidden)
        word[4] = Int32(config.layers)
        word[5] = Int32(config.heads)
        word[6] = Int32(config.kv_heads)
        word[7] = Int32(config.vocabulary)
        word[8] = Int32(config.positions)
        # A byte, and then the group, which is not aligned.
        word[9] = Int32(Int(config.shares_classifier) + (self.group << 8))
        word[10] = Int32(self.group >> 24)
        self.numbers(word)

    def matrix(mut self, weights: Float32Weights):
        """The integers of a matrix, then its scales."""
        var count = weights.rows() * weights.columns()
        var integers = Tensor[DType.int8, 1](count)
        var scales = Tensor[DType.float32, 1](count // self.group)
        quantize_groups(integers.span(), scales.span(), weights.span(), self.group)
        self.numbers(integers.span())
        self.numbers(scales.span())

    def matrices(mut self, all: List[Float32Weights]):
        for weights in all:
            self.matrix(weights)


def main() raises:
    var words = argv()
    if len(words) < 3:
        raise Error("usage: quantize CHECKPOINT RESULT [GROUP]")
    var model = Checkpoint[Float32Weights].__init__[take_floats](MappedFile(String(words[1])))
    var c = model.config
    var group = Int(String(words[3])) if len(words) > 3 else (64 if c.dim % 64 == 0 and c.hidden % 64 == 0 else 32)
    if group < 32 or not group.is_power_of_two() or c.dim % group != 0 or c.hidden % group != 0:
        raise Error("rows of ", c.dim, " and ", c.hidden, " weights are not made of groups of ", group)
    var writer = Writer8(String(words[2]), group)
    writer.header(c)
    writer.numbers(model.attention_norms)
    writer.numbers(model.feed_forward_norms)
    writer.numbers(model.final_norm)
    writer.matrix(model.embeddings)
    writer.matrices(model.queries)
    writer.matrices(model.keys)
    writer.matrices(model.values)
    writer.matrices(model.outputs)
    writer.matrices(model.gates)
    writer.matrices(model.downs)
    writer.matrices(model.ups)
    if not c.shares_classifier:
        writer.matrix(model.classifier)
    _ = model
