"""The loop of `llama`: a token in, the next token out, its text to standard output."""
from std.sys import stderr
from std.time import perf_counter_ns
from kernels import Sampler, Weights
from checkpoint import Checkpoint
from mapped_file import MappedFile
from options import Options
from tokenizer import BOS, Tokenizer
from transformer import Transformer


def generate[W: Weights](var model: Checkpoint[W], options: Options) raises:
    """Prints the prompt and what the model adds to it."""
    var tokenizer = Tokenizer(MappedFile(options.tokenizer), model.config.vocabulary)
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
