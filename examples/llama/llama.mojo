"""Continues a text with a language model: inference of Llama-2 checkpoints in the formats of llama2.c.

    kiln run -I . examples/llama/llama.mojo                               a tiny model of our own
    kiln run -I . examples/llama/llama.mojo model.bin -z tokenizer.bin -i "Once upon a time"

The text goes to standard output as it comes into being; how fast it came, to standard error.
"""
from std.sys import argv, exit, num_physical_cores, stderr
from std.time import perf_counter_ns
from kernels import Sampler, Weights
from checkpoint import Checkpoint, Config, Float32Weights, Int8Weights, take_floats, take_groups
from mapped_file import MappedFile
from tokenizer import BOS, Tokenizer
from transformer import Transformer

comptime USAGE = """usage: llama [CHECKPOINT] [options]
  -z FILE        the tokenizer
  -i TEXT        how the text begins
  -n N           tokens, at most (256)
  -t X           temperature: 0 for always the likeliest token (1.0)
  -p X           only the likeliest tokens that together have this probability (0.9)
  -k N           only the N likeliest tokens (0: all)
  -s N           seed of the random numbers (from the clock)
  --threads N    threads (as many as processors)"""


struct Options(Movable):
    """What the command line says."""

    var checkpoint: String
    var tokenizer: String
    var prompt: String
    var steps: Int
    var temperature: Float32
    var top_p: Float32
    var top_k: Int
    var seed: UInt64
    var workers: Int

    def __init__(out self) raises:
        self.checkpoint = "examples/llama/tiny.bin"
        self.tokenizer = "examples/llama/tiny-tokenizer.bin"
        self.prompt = ""
        self.steps = 256
        self.temperature = 1
        self.top_p = 0.9
        self.top_k = 0
        self.seed = UInt64(perf_counter_ns()) | 1
        self.workers = num_physical_cores()
        var words = argv()
        var i = 1
        while i < len(words):
            var name = String(words[i])
            if not name.startswith("-"):
                self.checkpoint = name
                i += 1
                continue
            if i + 1 == len(words):
                raise Error(USAGE)
            var value = String(words[i + 1])
            i += 2
            if name == "-z":
                self.tokenizer = value
            elif name == "-i":
                self.prompt = value
            elif name == "-n":
                self.steps = Int(value)
            elif name == "-t":
                self.temperature = Float32(Float64(value))
            elif name == "-p":
                self.top_p = Float32(Float64(value))
            elif name == "-k":
                self.top_k = Int(value)
            elif name == "-s":
                self.seed = UInt64(Int(value)) | 1
            elif name == "--threads":
                self.workers = Int(value)
            else:
                raise Error(USAGE)


def generate[W: Weights](var model: Checkpoint[W], options: Options) raises:
    """Prints the prompt and what the model adds to it."""
    var tokenizer = Tokenizer(options.tokenizer, model.config.vocabulary)
    var prompt = tokenizer.encode(options.prompt)
    var steps = model.config.positions if options.steps <= 0 else min(options.steps, model.config.positions)
    var sampler = Sampler(model.config.vocabulary, options.temperature, options.top_p, options.top_k, options.seed)
    var transformer = Transformer(model^, options.workers)
    var token = prompt[0]
    var position = 0
    # The first step is not measured: it reads the weights from the disk.
    var start = perf_counter_ns()
    while position < steps:
        transformer.forward(token, position)
        position += 1
        var next = prompt[position] if position < len(prompt) else sampler.sample(transformer.logits.span())
        if next == BOS:
            break
        write_bytes(tokenizer.decode(token, next))
        token = next
        if position == 1:
            start = perf_counter_ns()
    print()
    if position > 1:
        var seconds = Float64(perf_counter_ns() - start) / 1e9
        print(Float64(position - 1) / seconds, "tokens/s", file=stderr)


def write_bytes(bytes: Span[UInt8, _]):
    """Prints a piece of text at once. A lone byte that is neither printable nor white space is left out."""
    if len(bytes) == 1:
        var byte = Int(bytes[0])
        if byte < 32 and byte != 10 and byte != 9 and byte != 13 or byte == 127:
            return
    print(StringSlice(unsafe_from_utf8=bytes), end="", flush=True)


def main() raises:
    var options = Options()
    var file = MappedFile(options.checkpoint)
    var reader = file.reader()
    var config = Config(reader)
    if config.version < 2:
        generate(Checkpoint[Float32Weights].__init__[take_floats](file^), options)
    elif config.group == 32:
        generate(Checkpoint[Int8Weights[32]].__init__[take_groups[32]](file^), options)
    elif config.group == 64:
        generate(Checkpoint[Int8Weights[64]].__init__[take_groups[64]](file^), options)
    else:
        raise Error("groups of ", config.group, " weights are not supported, only of 32 and 64")
