"""Makes a vocabulary by byte pair encoding, and writes it as a tokenizer file of llama2.c."""
from tokenizer import FIRST_BYTE


struct PairVocabulary(Movable):
    """The texts of tokens: first the special ones and the bytes, then the characters of a text, then the pairs that were joined."""

    var texts: List[String]
    var first_pair: Int

    def __init__(out self, text: String, size: Int) raises:
        """Joins the most frequent pair of neighbours again and again, until there are `size` tokens. Words stay apart: a pair may begin with
        a blank, but has none inside."""
        self.texts = ["<unk>", "\n<s>\n", "\n</s>\n"]
        for byte in range(256):
            var digits = hex(256 + byte)
            self.texts.append(String("<0x", String(digits[byte = 3 : 5]).upper(), ">"))
        var tokens = Dict[String, Int]()
        var words = Dict[String, Int]()
        for word in text.split(" "):
            words[String(" ", word)] = words.get(String(" ", word)).or_else(0) + 1
        # Each different word once, as its tokens, with how often it occurs.
        var spellings = List[List[Int]]()
        var counts = List[Int]()
        for entry in words.items():
            var spelling = List[Int]()
            for character in entry.key.codepoint_slices():
                var letter = String(character)
                if letter not in tokens:
                    tokens[letter] = len(self.texts)
                    self.texts.append(letter)
                spelling.append(tokens[letter])
            spellings.append(spelling^)
            counts.append(entry.value)
        self.first_pair = len(self.texts)
        while len(self.texts) < size:
            var best = _most_frequent_pair(spellings, counts)
            if best[2] == 0:
                break
            var joined = len(self.texts)
            self.texts.append(String(self.texts[best[0]], self.texts[best[1]]))
            for ref spelling in spellings:
                _join(spelling, best[0], best[1], joined)

    def write(self, path: String) raises:
        """The longest text's size, then for each token its score, its size and its text. The earlier a pair was joined, the higher its score."""
        var file = open(path, "w")
        var longest = 0
        for text in self.texts:
            longest = max(longest, text.byte_length())
        file.write_bytes(Span(Int32(longest).as_bytes()))
        for token in range(len(self.texts)):
            var score = Float32(self.first_pair - token) if token >= self.first_pair else Float32(0)
            file.write_bytes(Span(score.as_bytes()))
            file.write_bytes(Span(Int32(self.texts[token].byte_length()).as_bytes()))
            file.write_bytes(self.texts[token].as_bytes())


def _most_frequent_pair(spellings: List[List[Int]], counts: List[Int]) raises -> Tuple[Int, Int, Int]:
    """Two tokens that stand side by side most often, and how often; of equal ones those that were seen first."""
    var pairs = Dict[Int, Int]()
    for i in range(len(spellings)):
        for k in range(len(spellings[i]) - 1):
            var pair = spellings[i][k] << 16 | spellings[i][k + 1]
            pairs[pair] = pairs.get(pair).or_else(0) + counts[i]
    var best = (0, 0, 0)
    for entry in pairs.items():
        if entry.value > best[2]:
            best = (entry.key >> 16, entry.key & 0xFFFF, entry.value)
    return best


def _join(mut spelling: List[Int], first: Int, second: Int, joined: Int):
    """Replaces each such pair by its token."""
    var length = 0
    var i = 0
    while i < len(spelling):
        if i + 1 < len(spelling) and spelling[i] == first and spelling[i + 1] == second:
            spelling[length] = joined
            i += 2
        else:
            spelling[length] = spelling[i]
            i += 1
        length += 1
    spelling.shrink(length)
