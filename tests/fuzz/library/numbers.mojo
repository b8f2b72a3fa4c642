# Random numbers printed and read back, one line for each; `library.test.ts` has the model. SEED and COUNT are replaced.
from std.memory import bitcast

comptime SEED: UInt32 = 1
comptime COUNT = 1000


struct Random:
    """Xorshift with 32 bits of state (Marsaglia, 2003)."""

    var state: UInt32

    def __init__(out self):
        self.state = SEED

    def next(mut self) -> UInt32:
        self.state ^= self.state << 13
        self.state ^= self.state >> 17
        self.state ^= self.state << 5
        return self.state

    def below(mut self, limit: Int) -> Int:
        return Int(self.next() % UInt32(limit))

    def word(mut self) -> UInt64:
        var high = self.next().cast[DType.uint64]()
        return (high << 32) | self.next().cast[DType.uint64]()


def digits(mut random: Random) -> String:
    """A decimal number as text: up to 30 digits, perhaps a point and an exponent."""
    var text = String("-") if random.below(4) == 0 else String()
    var count = 1 + random.below(30)
    var point = random.below(count)
    for i in range(count):
        if i == point and i > 0:
            text += "."
        text += String(random.below(10))
    if random.below(2) == 0:
        text += String("e", random.below(640) - 330)
    return text^


def main() raises:
    var random = Random()
    for _ in range(COUNT):
        print(bitcast[DType.float64](random.word()))
        print(Float64(random.below(2000000) - 1000000) / Float64(random.below(1000) + 1))
        var text = digits(random)
        print(text, Float64(text).to_bits())
        var word = random.word()
        var shift = UInt64(random.below(64))
        var number = (word >> shift).cast[DType.int64]()
        print(number, Int(String(number)) == Int(number), (word >> shift).cast[DType.int16](), word >> shift)
        var single = bitcast[DType.float32]((word >> 8).cast[DType.uint32]() & 0x7F7FFFFF)
        print(Float64(String(single)).cast[DType.float32]() == single)
        print(hex(word >> shift), bin(Int(word >> 40)), oct(Int(word >> 30)))
