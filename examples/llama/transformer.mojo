"""The forward pass of a Llama-2 model: one token in, the logits of the next one out."""
from std.math import sqrt
from kernels import (
    KeyValueCache, RotaryTable, Tensor, Weights, attend_cached, multiply, multiply_add, multiply_gated, rms_norm, silu,
)
from checkpoint import Checkpoint

comptime Row = Tensor[DType.float32, 1]


struct Transformer[W: Weights](Movable):
    """A model and everything that it remembers. All memory is allocated here; `forward` allocates none."""

    var model: Checkpoint[Self.W]
    var cache: KeyValueCache
    var rotations: RotaryTable
    var x: Row
    """What goes from layer to layer; each layer adds to it."""
    var normed: Row
    var query: Row
    var key: Row
    var value: Row
    var attended: Row
    var hidden: Row
    var logits: Row
    var input: Self.W.Input
    """`normed` or `attended`, as the weights want it."""
    var hidden_input: Self.W.Input
    var workers: Int

    def __init__(out self, var model: Checkpoint[Self.W], workers: Int):
        """A model at the beginning of a text, on so many threads."""
        var c = model.config
        self.cache = KeyValueCache(c.layers, c.kv_heads, c.head_size(), c.positions)
        self.rotations = RotaryTable(c.positions, c.head_size())
        self.x = Row(c.dim)
        self.normed = Row(c.dim)
        self.query = Row(c.dim)
        self.key = Row(c.kv_size())
        self.value = Row(c.kv_size())
        self.attended = Row(c.dim)
        self.hidden = Row(c.hidden)
        self.logits = Row(c.vocabulary)
        self.input = model.queries[0].input()
        self.hidden_input = model.downs[0].input()
        self.model = model^
        self.workers = workers

    def forward(mut self, token: Int, position: Int):
        """Takes a token in; `logits` then says how likely each token is at the next position."""
        self.model.embeddings.read_row(token, self.x.span())
        for layer in range(self.model.config.layers):
            self._attend(layer, position)
            self._feed_forward(layer)
        rms_norm(self.normed.span(), self.x.span(), self.model.final_norm)
        self.input.load(self.normed.span())
        multiply(self.logits.span(), self.model.classifier, self.input, self.workers)

    def _attend(mut self, layer: Int, position: Int):
        """Adds to `x` what the positions so far have to say."""
        self._normalize(self.model.attention_norms, layer)
        multiply(self.query.span(), self.model.queries[layer], self.input, self.workers)
        multiply(self.key.span(), self.model.keys[layer], self.input, self.workers)
        multiply(self.value.span(), self.model.values[layer], self.input, self.workers)
        self.rotations.rotate(self.query.span(), position)
        self.rotations.rotate(self.key.span(), position)
        self.cache.store(layer, position, self.key.span(), self.value.span())
        attend_cached(self.attended.span(), self.query.span(), self.cache, layer, position, self.workers)
        self.input.load(self.attended.span())
        multiply_add(self.x.span(), self.model.outputs[layer], self.input, self.workers)

    def _feed_forward(mut self, layer: Int):
        """Adds to `x` what the layer makes of it."""
        self._normalize(self.model.feed_forward_norms, layer)
        multiply_gated(
            self.hidden.span(), self.model.gates[layer], self.model.ups[layer], self.input, silu, self.workers
        )
        self.hidden_input.load(self.hidden.span())
        multiply_add(self.x.span(), self.model.downs[layer], self.hidden_input, self.workers)

    def _normalize(mut self, norms: Span[Float32, ImmUntrackedOrigin], layer: Int):
        """Makes the normalized `x` the input of the next products."""
        var dim = self.model.config.dim
        rms_norm(self.normed.span(), self.x.span(), norms[layer * dim : (layer + 1) * dim])
        self.input.load(self.normed.span())
