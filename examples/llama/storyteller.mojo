"""The model as an object for JavaScript and TypeScript: a text begins, and comes piece by piece.

    kiln build --emit js -I . examples/llama/storyteller.mojo -o storyteller

makes an npm package of it, for Node and for browsers:

    import { Storyteller } from './storyteller/index.js';
    const teller = new Storyteller(checkpointBytes, tokenizerBytes, 0.8, 7);
    teller.begin('Luna was a');
    for (let piece = teller.next(); piece !== ''; piece = teller.next()) process.stdout.write(piece);
"""
from kernels import Sampler
from checkpoint import Checkpoint, Float32Weights, take_floats
from mapped_file import MappedFile
from tokenizer import BOS, Tokenizer
from transformer import Transformer


struct Storyteller(Movable):
    """A model of 32-bit floats, its tokenizer, and where in a text it is."""

    var _model: Transformer[Float32Weights]
    var _tokenizer: Tokenizer
    var _sampler: Sampler
    var _prompt: List[Int]
    var _token: Int
    var _position: Int

    def __init__(
        out self, checkpoint: Span[UInt8, _], tokenizer: Span[UInt8, _], temperature: Float32, seed: Int
    ) raises:
        """A model from the bytes of its two files. Temperature 0 always tells the likeliest story."""
        var model = Checkpoint[Float32Weights].__init__[take_floats](MappedFile(checkpoint))
        var vocabulary = model.config.vocabulary
        self._tokenizer = Tokenizer(MappedFile(tokenizer), vocabulary)
        self._sampler = Sampler(vocabulary, temperature, top_p=0.9, seed=UInt64(seed) | 1)
        self._model = Transformer(model^, 1)
        self._prompt = [BOS]
        self._token = BOS
        self._position = 0

    def begin(mut self, text: String) raises:
        """Starts a new text with these words."""
        self._prompt = self._tokenizer.encode(text)
        self._token = BOS
        self._position = 0

    def next(mut self) -> String:
        """The next piece of the text, that of the beginning first; nothing when it has ended."""
        if self._position == self._model.model.config.positions:
            return ""
        self._model.forward(self._token, self._position)
        self._position += 1
        var next: Int
        if self._position < len(self._prompt):
            next = self._prompt[self._position]
        else:
            next = self._sampler.sample(self._model.logits.span())
        if next == BOS:
            self._position = self._model.model.config.positions
            return ""
        var piece = String(unsafe_from_utf8=self._tokenizer.decode(self._token, next))
        self._token = next
        return piece^
