"""The tokenizer of llama2.c: byte pair encoding with scores, and a token for each single byte as the last resort."""
from mapped_file import MappedFile

comptime BOS = 1
"""The token before every text, and between texts."""
comptime FIRST_BYTE = 3
"""The token of byte 0; those of the other bytes follow."""


struct Tokenizer(Movable):
    """The texts and scores of all tokens, and a table from texts to tokens."""

    var _bytes: List[UInt8]
    """The texts of all tokens, one after the other."""
    var _starts: List[Int]
    """Where the text of each token begins, and the end of the last."""
    var _scores: List[Float32]
    """The higher, the earlier two neighbours are joined to this token."""
    var _tokens: Dict[String, Int]

    def __init__(out self, file: MappedFile, vocabulary: Int) raises:
        """Reads as many tokens as a model knows."""
        var reader = file.reader()
        _ = reader.number[DType.int32]()
        self._bytes = List[UInt8]()
        self._starts = List[Int](capacity=vocabulary + 1)
        self._scores = List[Float32](capacity=vocabulary)
        self._tokens = Dict[String, Int]()
        for token in range(vocabulary):
            self._scores.append(reader.take[DType.float32](1)[])
            var size = reader.number[DType.int32]()
            var text = Span(unsafe_ptr=reader.take[DType.uint8](size), length=size)
            self._starts.append(len(self._bytes))
            var value = _byte_of(text)
            if value:
                # A token of one byte is written `<0x41>`.
                self._bytes.append(value.value())
            else:
                self._bytes.extend(text)
                self._tokens[String(unsafe_from_utf8=text)] = token
        self._starts.append(len(self._bytes))

    def text(self, token: Int) -> Span[UInt8, origin_of(self._bytes)]:
        """The bytes of a token."""
        return Span(self._bytes)[self._starts[token] : self._starts[token + 1]]

    def decode(self, previous: Int, token: Int) -> Span[UInt8, origin_of(self._bytes)]:
        """What a token adds to a text: at its beginning, the blank before the first word is left out."""
        var bytes = self.text(token)
        if previous == BOS and len(bytes) > 0 and bytes[0] == UInt8(ord(" ")):
            return bytes[1 : len(bytes)]
        return bytes

    def encode(self, text: String) raises -> List[Int]:
        """The tokens of a text, `BOS` first. Every text has some."""
        var tokens: List[Int] = [BOS]
        if text.byte_length() == 0:
            return tokens^
        if " " in self._tokens:
            tokens.append(self._tokens[" "])
        for character in text.codepoint_slices():
            var known = self._tokens.get(String(character))
            if known:
                tokens.append(known.value())
            else:
                for byte in character.as_bytes():
                    tokens.append(Int(byte) + FIRST_BYTE)
        while self._join_best(tokens):
            pass
        return tokens^

    def _join_best(self, mut tokens: List[Int]) raises -> Bool:
        """Replaces the two neighbours that make the token of the highest score; False if no two make one."""
        var best = -1
        var best_token = 0
        for i in range(1, len(tokens) - 1):
            var pair = String(unsafe_from_utf8=self.text(tokens[i]))
            pair += String(unsafe_from_utf8=self.text(tokens[i + 1]))
            var joined = self._tokens.get(pair)
            if joined and (best < 0 or self._scores[joined.value()] > self._scores[best_token]):
                best = i
                best_token = joined.value()
        if best < 0:
            return False
        tokens[best] = best_token
        _ = tokens.pop(best + 1)
        return True


def _byte_of(text: Span[UInt8, _]) -> Optional[UInt8]:
    """The byte that a token such as `<0x41>` stands for."""
    if len(text) != 6 or text[0] != UInt8(ord("<")) or text[1] != UInt8(ord("0")) or text[5] != UInt8(ord(">")):
        return None
    var value = 0
    for i in range(3, 5):
        var digit = Int(text[i])
        value = value * 16 + (digit - ord("0") if digit <= ord("9") else digit - ord("A") + 10)
    return UInt8(value)
