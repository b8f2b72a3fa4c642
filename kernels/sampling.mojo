"""Choosing the next token from logits: the likeliest, or by chance among the likely ones."""
from std.builtin.sort import sort
from .lanes import LANES, Vector
from .normalize import softmax


def argmax(values: Span[Float32, _]) -> Int:
    """The index of the largest value, of equal ones the first."""
    var best = 0
    for i in range(1, len(values)):
        if values[i] > values[best]:
            best = i
    return best


struct XorShift(Copyable, Movable):
    """A small generator of random numbers; the same seed gives the same numbers everywhere."""

    var _state: UInt64

    def __init__(out self, seed: UInt64):
        """A seed other than 0."""
        self._state = seed

    def next(mut self) -> Float32:
        """A number from 0 up to, but not including, 1."""
        self._state ^= self._state >> 12
        self._state ^= self._state << 25
        self._state ^= self._state >> 27
        var bits = (self._state * 0x2545F4914F6CDD1D) >> 40
        return bits.cast[DType.float32]() / 16777216


@fieldwise_init
struct Candidate(ImplicitlyCopyable, Movable):
    """A token that may come next."""

    var token: Int
    var probability: Float32


struct Sampler(Movable):
    """Draws tokens. All memory is allocated at the start."""

    var temperature: Float32
    """0: always the likeliest token; 1: as likely as the model says; more: more surprising."""
    var top_p: Float32
    """Only the likeliest tokens that together have this probability; 1 for all."""
    var top_k: Int
    """Only so many of the likeliest tokens; 0 for all."""
    var random: XorShift
    var _candidates: List[Candidate]

    def __init__(out self, vocabulary: Int, temperature: Float32, top_p: Float32 = 1, top_k: Int = 0, seed: UInt64 = 1):
        self.temperature = temperature
        self.top_p = top_p
        self.top_k = top_k
        self.random = XorShift(seed)
        self._candidates = List[Candidate](capacity=vocabulary)

    def sample(mut self, logits: Span[mut=True, Float32, _]) -> Int:
        """The next token. The logits are used up."""
        if self.temperature == 0:
            return argmax(logits)
        var inverse = 1 / self.temperature
        for i in range(len(logits)):
            logits[i] *= inverse
        softmax(logits)
        var chance = self.random.next()
        if self.top_p >= 1 and self.top_k <= 0:
            return _draw_any(logits, chance)
        self._collect(logits)
        return _draw(Span(self._candidates), chance)

    def _collect(mut self, probabilities: Span[Float32, _]):
        """The candidates by falling probability, cut off by `top_k` and `top_p`."""
        self._candidates.clear()
        # What is below this cannot be among the first that reach `top_p`, so most tokens are never sorted.
        var least = Float32(0)
        if self.top_p < 1 and len(probabilities) > 1:
            least = (1 - self.top_p) / Float32(len(probabilities) - 1)
        for token in range(len(probabilities)):
            if probabilities[token] >= least:
                self._candidates.append(Candidate(token, probabilities[token]))

        def likelier(a: Candidate, b: Candidate) -> Bool:
            return a.probability > b.probability or (a.probability == b.probability and a.token < b.token)

        sort(Span(self._candidates), likelier)
        if self.top_k > 0 and len(self._candidates) > self.top_k:
            self._candidates.shrink(self.top_k)
        var sum = Float32(0)
        for i in range(len(self._candidates)):
            sum += self._candidates[i].probability
            if sum > self.top_p:
                self._candidates.shrink(i + 1)
                break


def _draw_any(probabilities: Span[Float32, _], chance: Float32) -> Int:
    """The token at which the sum of the probabilities passes `chance`."""
    var sum = Float32(0)
    for token in range(len(probabilities)):
        sum += probabilities[token]
        if chance < sum:
            return token
    return len(probabilities) - 1


def _draw(candidates: Span[Candidate, _], chance: Float32) -> Int:
    """The same among some candidates, whose probabilities need not sum to 1."""
    var total = Float32(0)
    for candidate in candidates:
        total += candidate.probability
    var sum = Float32(0)
    for candidate in candidates:
        sum += candidate.probability
        if chance * total < sum:
            return candidate.token
    return candidates[len(candidates) - 1].token
