"""Continues a text with a language model: inference of Llama-2 checkpoints in the formats of llama2.c.

    kiln run -I . examples/llama/llama.mojo                               a tiny model of our own
    kiln run -I . examples/llama/llama.mojo model.bin -z tokenizer.bin -i "Once upon a time"

The text goes to standard output as it comes into being; how fast it came, to standard error.
"""
from checkpoint import Checkpoint, Config, Float32Weights, Int8Weights, take_floats, take_groups
from generate import generate
from mapped_file import MappedFile
from options import Options


def main() raises:
    var options = Options()
    var file = MappedFile(options.checkpoint)
    var reader = file.reader()
    var config = Config(reader)
    if config.version < 2:
        generate(Checkpoint[Float32Weights].__init__[take_floats](file^), options)
    else:
        generate(Checkpoint[Int8Weights].__init__[take_groups](file^), options)
