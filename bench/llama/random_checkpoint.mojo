"""Writes a checkpoint with random weights, always the same ones: what a model costs does not depend on what it says.

    random_checkpoint FILE DIM HIDDEN LAYERS HEADS KV_HEADS VOCABULARY POSITIONS
"""
from std.math import sqrt
from std.sys import argv
from kernels import Tensor, XorShift


def write_uniform(mut file: FileHandle, mut random: XorShift, count: Int, middle: Float32, width: Float32):
    """Numbers around `middle`."""
    var values = Tensor[DType.float32, 1](count)
    for i in range(count):
        values.span()[i] = middle + (random.next() - 0.5) * width
    file.write_bytes(Span(unsafe_ptr=values.unsafe_ptr().unsafe_bitcast[UInt8](), length=4 * count))


def main() raises:
    var words = argv()
    if len(words) != 9:
        raise Error("usage: random_checkpoint FILE DIM HIDDEN LAYERS HEADS KV_HEADS VOCABULARY POSITIONS")
    var header = Tensor[DType.int32, 1](7)
    for i in range(7):
        header[i] = Int32(Int(String(words[2 + i])))
    var dim = Int(header[0])
    var hidden = Int(header[1])
    var layers = Int(header[2])
    var head_size = dim // Int(header[3])
    var kv_size = head_size * Int(header[4])
    var vocabulary = Int(header[5])
    var file = open(String(words[1]), "w")
    file.write_bytes(Span(unsafe_ptr=header.unsafe_ptr().unsafe_bitcast[UInt8](), length=28))
    var random = XorShift(20240607)
    # A product of such a matrix is about as large as the vector.
    var width = sqrt(Float32(12) / Float32(dim))
    write_uniform(file, random, vocabulary * dim, 0, 1)
    write_uniform(file, random, layers * dim, 1, 0.2)
    write_uniform(file, random, layers * dim * dim, 0, width)
    write_uniform(file, random, layers * kv_size * dim, 0, width)
    write_uniform(file, random, layers * kv_size * dim, 0, width)
    write_uniform(file, random, layers * dim * dim, 0, width)
    write_uniform(file, random, layers * dim, 1, 0.2)
    write_uniform(file, random, layers * hidden * dim, 0, width)
    write_uniform(file, random, layers * dim * hidden, 0, width)
    write_uniform(file, random, layers * hidden * dim, 0, width)
    write_uniform(file, random, dim, 1, 0.2)
    write_uniform(file, random, Int(header[6]) * head_size, 0, 0)
