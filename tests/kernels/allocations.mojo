"""Generates a text as `llama` does, and then loses a block on purpose: under `--check-heap` its number says how many there were before."""
from std.memory.alloc import unsafe_alloc
from checkpoint import Checkpoint, Float32Weights, take_floats
from generate import generate
from mapped_file import MappedFile
from options import Options


def main() raises:
    var options = Options()
    generate(Checkpoint[Float32Weights].__init__[take_floats](MappedFile(options.checkpoint)), options)
    unsafe_alloc[UInt8](1)[] = 0
