# Random texts through the methods of String, one line for each; `library.test.ts` has the model. SEED and COUNT are replaced.
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

    def text(mut self, longest: Int) -> String:
        var letters: List[String] = ["a", "b", "A", "B", " ", "é", "Σ", "日", "🔥", "-"]
        var result = String()
        for _ in range(self.below(longest + 1)):
            result += letters[self.below(len(letters))]
        return result^


def main():
    var random = Random()
    for _ in range(COUNT):
        var text = random.text(60 if random.below(8) == 0 else 12)
        var part = random.text(2)
        var other = random.text(3)
        print(text.byte_length(), text.count_codepoints())
        print(text.find(part), text.rfind(part), text.count(part), part in text)
        print(text.startswith(part), text.endswith(part), text < other, text == other)
        print(text.upper(), text.lower(), text.isupper(), text.islower())
        print("[", text.strip(), "]", text.lstrip(), "]", text.rstrip(), "]", sep="")
        print("[", text.strip("ab"), "]", text.removeprefix(part), "]", text.removesuffix(part), "]", sep="")
        print(text.replace(part, other))
        if part:
            print(text.split(part), len(text.split(part, 2)))
        print(text.split())
        print(other.join(text.split("-")))
        print(text.ascii_rjust(20, "."), text.ascii_ljust(20, "."), repr(text))
        print(text + part + text, text * random.below(3))
        for character in text.codepoints():
            print(Int(character), end=" ")
        print()
