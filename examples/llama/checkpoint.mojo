"""Checkpoints in the formats of llama2.c: "legacy" and version 1, both of 32-bit floats, and version 2, of 8-bit integers in groups.

A checkpoint is not copied: its tensors are views of the mapped file. `Checkpoint[W]` has the same shape for every format of weights.
"""
from kernels import FloatWeights, GroupWeights, Weights
from mapped_file import MappedFile, Reader

comptime MAGIC = 0x616B3432
"""The first word of all versions but the first: "ak42"."""
comptime HEADER = 256
"""Bytes that the header takes where there is a magic word."""
comptime WORD = DType.int32
comptime Floats = Span[Float32, ImmUntrackedOrigin]
comptime Float32Weights = FloatWeights[DType.float32, ImmUntrackedOrigin]
comptime Int8Weights = GroupWeights[ImmUntrackedOrigin]


struct Config(ImplicitlyCopyable, Movable):
    """The sizes of a model."""

    var dim: Int
    """Elements of the vector that goes from layer to layer."""
    var hidden: Int
    """Elements inside a feed-forward layer."""
    var layers: Int
    var heads: Int
    """Heads of queries."""
    var kv_heads: Int
    """Heads of keys and values; several query heads may share one."""
    var vocabulary: Int
    var positions: Int
    """The longest text, in tokens."""
    var shares_classifier: Bool
    """Whether the last product uses the token embeddings."""
    var version: Int
    """0 for legacy files."""
    var group: Int
    """Weights that share a scale (version 2)."""

    def __init__(out self, mut reader: Reader) raises:
        """Reads the header of a checkpoint."""
        var first = reader.number[WORD]()
        self.version = 0
        if first == MAGIC:
            self.version = reader.number[WORD]()
            first = reader.number[WORD]()
        self.dim = first
        self.hidden = reader.number[WORD]()
        self.layers = reader.number[WORD]()
        self.heads = reader.number[WORD]()
        self.kv_heads = reader.number[WORD]()
        self.vocabulary = reader.number[WORD]()
        self.positions = reader.number[WORD]()
        self.shares_classifier = self.vocabulary > 0
        self.group = 0
        if self.version == 0:
            # A negative size of the vocabulary says that there is a classifier of its own.
            self.vocabulary = abs(self.vocabulary)
        elif self.version <= 2:
            self.shares_classifier = reader.number[DType.uint8]() != 0
            var read = 9 * 4 + 1
            if self.version == 2:
                self.group = reader.number[WORD]()
                read += 4
            _ = reader.take[DType.uint8](HEADER - read)
        else:
            raise Error("checkpoints of version ", self.version, " are not known")
        if min(self.dim, self.hidden, self.layers, self.heads, self.kv_heads) <= 0 or self.dim % self.heads != 0:
            raise Error("this is no checkpoint of llama2.c")

    def head_size(self) -> Int:
        return self.dim // self.heads

    def kv_size(self) -> Int:
        """Elements of the keys, or the values, of one position."""
        return self.kv_heads * self.head_size()


struct Checkpoint[W: Weights](Movable):
    """The tensors of a model, in the file that it owns."""

    var file: MappedFile
    var config: Config
    var embeddings: Self.W
    var classifier: Self.W
    var attention_norms: Floats
    var feed_forward_norms: Floats
    var final_norm: Floats
    var queries: List[Self.W]
    var keys: List[Self.W]
    var values: List[Self.W]
    var outputs: List[Self.W]
    var gates: List[Self.W]
    var downs: List[Self.W]
    var ups: List[Self.W]

    def __init__[take: def(mut Reader, Config, Int, Int) raises thin -> Self.W](out self, var file: MappedFile) raises:
        """The tensors of a file; `take` takes a matrix of some rows and columns."""
        var reader = file.reader()
        var c = Config(reader)
        var norms = c.layers * c.dim
        var legacy = c.version == 0

        def matrices(rows: Int, columns: Int) raises {mut reader, imm c} -> List[Self.W]:
            var result = List[Self.W](capacity=c.layers)
            for _ in range(c.layers):
                result.append(take(reader, c, rows, columns))
            return result^

        # Legacy files have the norms where they are used, the others have them all at the start.
        if legacy:
            self.embeddings = take(reader, c, c.vocabulary, c.dim)
            self.attention_norms = reader.floats(norms)
            self.feed_forward_norms = self.attention_norms
            self.final_norm = self.attention_norms
        else:
            self.attention_norms = reader.floats(norms)
            self.feed_forward_norms = reader.floats(norms)
            self.final_norm = reader.floats(c.dim)
            self.embeddings = take(reader, c, c.vocabulary, c.dim)
        self.queries = matrices(c.dim, c.dim)
        self.keys = matrices(c.kv_size(), c.dim)
        self.values = matrices(c.kv_size(), c.dim)
        self.outputs = matrices(c.dim, c.dim)
        if legacy:
            self.feed_forward_norms = reader.floats(norms)
        self.gates = matrices(c.hidden, c.dim)
        self.downs = matrices(c.dim, c.hidden)
        self.ups = matrices(c.hidden, c.dim)
        if legacy:
            self.final_norm = reader.floats(c.dim)
            # Tables of rotations, which nobody uses any more.
            _ = reader.floats(c.positions * c.head_size())
        self.classifier = self.embeddings
        if not c.shares_classifier:
            self.classifier = take(reader, c, c.vocabulary, c.dim)
        self.config = c
        self.file = file^


def take_floats(mut reader: Reader, config: Config, rows: Int, columns: Int) raises -> Float32Weights:
    """A matrix of 32-bit floats."""
    return Float32Weights(reader.take[DType.float32](rows * columns), rows, columns)


def take_groups(mut reader: Reader, config: Config, rows: Int, columns: Int) raises -> Int8Weights:
    """A matrix of 8-bit integers and their scales."""
    var group = config.group
    if group < 32 or not group.is_power_of_two() or columns % group != 0:
        raise Error("rows of ", columns, " weights in groups of ", group, " are not supported")
    var integers = reader.take[DType.int8](rows * columns)
    return Int8Weights(integers, reader.take[DType.float32](rows * columns // group), rows, columns, group)
