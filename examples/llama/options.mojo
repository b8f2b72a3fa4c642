"""The command line of `llama`."""
from std.sys import argv, num_physical_cores
from std.time import perf_counter_ns

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
