"""Makes the tiny model of this folder from nothing: stories, a vocabulary, and a model that learned to tell such stories.

    kiln run -I . --fp-mode strict examples/llama/make_tiny.mojo tiny.bin tiny-tokenizer.bin [STEPS]

Nothing is random: the same program makes the same files.
"""
from std.math import cos, pi
from std.sys import argv
from kernels import Tensor, XorShift
from mapped_file import MappedFile
from pair_vocabulary import PairVocabulary
from tiny_stories import Storyteller
from tokenizer import BOS, Tokenizer
from training import Sizes, Trainer

comptime VOCABULARY = 384
comptime LENGTH = 128
comptime POSITIONS = 192
comptime TEXTS = 8
comptime WARM_UP = 40
comptime FASTEST = Float32(4e-3)


def token_stream(tokenizer: Tokenizer, stories: Int) raises -> List[Int]:
    """The tokens of many stories, one after the other."""
    var teller = Storyteller(2)
    var stream = List[Int]()
    for _ in range(stories):
        stream.extend(tokenizer.encode(teller.story()))
    return stream^


def write_bytes[dtype: DType, //](mut file: FileHandle, values: Span[Scalar[dtype], _], bytes: Int):
    file.write_bytes(Span(unsafe_ptr=values.unsafe_ptr().unsafe_bitcast[UInt8](), length=bytes))


def main() raises:
    var words = argv()
    if len(words) < 3:
        raise Error("usage: make_tiny CHECKPOINT TOKENIZER [STEPS]")
    var steps = Int(String(words[3])) if len(words) > 3 else 1500
    var teller = Storyteller(1)
    var sample = String()
    for _ in range(200):
        sample += teller.story()
        sample += " "
    PairVocabulary(sample, VOCABULARY).write(String(words[2]))
    var tokenizer = Tokenizer(MappedFile(String(words[2])), VOCABULARY)
    var stream = token_stream(tokenizer, 3000)
    print(len(stream), "tokens")
    var sizes = Sizes(
        dim=64, hidden=64, layers=2, heads=4, kv_heads=2, vocabulary=VOCABULARY, positions=POSITIONS
    )
    var trainer = Trainer(sizes, TEXTS, LENGTH, seed=42)
    var random = XorShift(7)
    for step in range(steps):
        var tokens = List[Int](capacity=TEXTS * LENGTH)
        var targets = List[Int](capacity=TEXTS * LENGTH)
        for _ in range(TEXTS):
            # From the beginning of some story on.
            var start = Int(random.next() * Float32(len(stream) - 4 * LENGTH))
            while stream[start] != BOS:
                start += 1
            for i in range(LENGTH):
                tokens.append(stream[start + i])
                targets.append(stream[start + i + 1])
        trainer.forward(tokens)
        var loss = trainer.loss_and_slope(targets)
        trainer.backward(tokens)
        var rate = FASTEST * (0.5 + 0.5 * cos(Float32(pi) * Float32(step) / Float32(steps)))
        trainer.update(rate * min(Float32(step + 1) / WARM_UP, Float32(1)))
        if step % 50 == 0 or step + 1 == steps:
            print("step", step, "loss", loss)
    var file = open(String(words[1]), "w")
    var header: List[Int32] = [64, 64, 2, 4, 2, VOCABULARY, POSITIONS]
    write_bytes(file, Span(header), 28)
    write_bytes(file, trainer.weights.all.span(), 4 * trainer.weights.all.size())
    var tables = Tensor[DType.float32, 1](sizes.positions * sizes.head_size())
    write_bytes(file, tables.span(), 4 * tables.size())
