"""Attention of many queries at once: `softmax(query * key^T / sqrt(size) + mask) * value`, without ever holding the scores of more than a block.

For a block of keys, a tile of queries gets its scores, exponentials, and weighted sum of values, all three in the first cache; what was summed
before is rescaled when a larger score turns up ("flash attention"). Memory is proportional to the number of keys, not to its square.
"""
from max.algorithm import parallelize
from std.math import ceildiv, iota, sqrt
from .decay import LOG2_E, decay
from .lanes import Floats, LANES, Vector, largest_lane, transpose, untracked
from .masks import Mask
from .matmul import COLUMNS, ROWS, VECTORS, multiply_tile
from .tensor import Tensor, View

comptime STRIPS = 4
comptime KEYS = STRIPS * COLUMNS
"""Keys of a block. At the end of what a tile sees, strips that it does not see cost nothing."""
comptime TILES = 4
comptime QUERIES = TILES * ROWS
"""Queries that go through a block of keys together, tile by tile, while it is in the cache."""

comptime SLACK: Float32 = 16
"""By how much, in powers of 2, a score may exceed the one to which weights are relative."""


def attention[M: Mask, //](
    result: View[mut=True, DType.float32, 4, _],
    query: View[DType.float32, 4, _],
    key: View[DType.float32, 4, _],
    value: View[DType.float32, 4, _],
    mask: M,
    *,
    lengths: List[Int] = [],
    workers: Int = 1,
):
    """Attention by batch, head, position and element.

    With more query heads than key heads, neighbouring ones share. Texts of a batch may be shorter than its tensors: `lengths` says how many
    positions of each count. Queries that see no key, and those beyond a text's length, get zeros. Any strides will do. Threads share queries.
    """
    var heads = query.shape[1]
    var key_heads = key.shape[1]
    var size = query.shape[3]
    var keys = key.shape[2]
    var padded_keys = ceildiv(keys, KEYS) * KEYS
    var padded_values = ceildiv(value.shape[3], COLUMNS) * COLUMNS
    debug_assert(heads % key_heads == 0 and key.shape[3] == size and value.shape[2] == keys, "shapes of attention")
    # Keys of a head in strips of COLUMNS keys, by element; values in strips of COLUMNS elements, by key.
    var packed_keys = Tensor[DType.float32, 2](
        query.shape[0] * key_heads, padded_keys * size, zeroed=padded_keys > keys
    )
    var packed_values = Tensor[DType.float32, 2](
        query.shape[0] * key_heads,
        padded_keys * padded_values,
        zeroed=padded_keys > keys or padded_values > value.shape[3],
    )
    var all_keys = untracked(packed_keys.unsafe_ptr())
    var all_values = untracked(packed_values.unsafe_ptr())

    var parts = padded_keys // KEYS

    def pack(item: Int) {imm}:
        var kept = item // parts
        var first = item % parts * KEYS
        var end = min(first + KEYS, keys)
        _pack_strips(
            all_keys.unsafe_offset((kept * padded_keys + first) * size),
            key.at(kept // key_heads).at(kept % key_heads).part[0](first, end).transposed(),
            size,
        )
        _pack_strips(
            all_values.unsafe_offset(kept * padded_keys * padded_values + first * COLUMNS),
            value.at(kept // key_heads).at(kept % key_heads).part[0](first, end),
            padded_keys,
        )

    parallelize(pack, query.shape[0] * key_heads * parts, workers)
    var blocks = ceildiv(query.shape[2], QUERIES)
    var target = untracked(result.unsafe_ptr())

    # Last queries first: behind a causal mask they see the most keys, and the thread that took them must not be the last to end.
    def attend(item: Int) {imm}:
        var batch = item // (heads * blocks)
        var head = item // blocks % heads
        var kept = batch * key_heads + head * key_heads // heads
        var count = lengths[batch] if len(lengths) > 0 else keys
        var block = _QueryBlock(size, value.shape[3])
        block.attend(
            query.at(batch).at(head),
            target.unsafe_offset(batch * result.strides[0] + head * result.strides[1]),
            result.strides[2],
            result.strides[3],
            (blocks - 1 - item % blocks) * QUERIES,
            all_keys.unsafe_offset(kept * padded_keys * size),
            all_values.unsafe_offset(kept * padded_keys * padded_values),
            padded_keys,
            count,
            keys - query.shape[2],
            head,
            mask,
        )

    parallelize(attend, query.shape[0] * heads * blocks, workers)
    _ = packed_keys
    _ = packed_values


def _pack_strips(packed: Floats, matrix: View[DType.float32, 2, _], rows: Int):
    """Strips of COLUMNS columns, one after the other, by row; each has room for `rows` rows. What does not exist stays 0."""
    var source = matrix.unsafe_ptr()
    var count = matrix.shape[0]
    for first in range(0, matrix.shape[1], COLUMNS):
        var strip = packed.unsafe_offset(first * rows)
        var columns = min(COLUMNS, matrix.shape[1] - first)
        var done = 0
        if columns == COLUMNS and matrix.strides[1] == 1:
            for row in range(count):
                var values = source.unsafe_load[width=COLUMNS](row * matrix.strides[0] + first)
                strip.unsafe_store(row * COLUMNS, values)
            done = count
        elif columns == COLUMNS and matrix.strides[0] == 1:
            # Of a transposed matrix, columns are what lies together.
            done = count // LANES * LANES
            for row in range(0, done, LANES):
                comptime for v in range(VECTORS):
                    var square = Array[Vector, LANES](fill=0)
                    comptime for i in range(LANES):
                        var column = first + v * LANES + i
                        square[i] = source.unsafe_load[width=LANES](row + column * matrix.strides[1])
                    transpose(square)
                    comptime for i in range(LANES):
                        strip.unsafe_store((row + i) * COLUMNS + v * LANES, square[i])
        for column in range(columns):
            for row in range(done, count):
                var at = row * matrix.strides[0] + (first + column) * matrix.strides[1]
                strip[unsafe_offset=row * COLUMNS + column] = source[unsafe_offset=at]


def _pack_queries(packed: Floats, queries: View[DType.float32, 2, _], scale: Float32):
    """Tiles of ROWS queries, one after the other, by element, times `scale`. There must be room for LANES more numbers."""
    var source = queries.unsafe_ptr()
    var size = queries.shape[1]
    for first in range(0, queries.shape[0], ROWS):
        var tile = packed.unsafe_offset(first * size)
        var rows = min(ROWS, queries.shape[0] - first)
        var done = 0
        if queries.strides[1] == 1:
            done = size // LANES * LANES
            for element in range(0, done, LANES):
                var square = Array[Vector, LANES](fill=0)
                comptime for r in range(ROWS):
                    if r < rows:
                        square[r] = source.unsafe_load[width=LANES]((first + r) * queries.strides[0] + element) * scale
                transpose(square)
                # A vector is longer than the rows of a tile: what is too much, the next one overwrites.
                comptime for i in range(LANES):
                    tile.unsafe_store((element + i) * ROWS, square[i])
        for element in range(done, size):
            for r in range(rows):
                var at = (first + r) * queries.strides[0] + element * queries.strides[1]
                tile[unsafe_offset=element * ROWS + r] = source[unsafe_offset=at] * scale


struct _QueryBlock(Movable):
    """The state of QUERIES queries on their way through the keys."""

    var queries: Tensor[DType.float32, 1]
    """By tile; within, by element and query, already divided by the root of the size, and in units of `LOG2_E`."""
    var scores: Tensor[DType.float32, 2]
    """By query and key: of one tile and one block of keys."""
    var sums: Tensor[DType.float32, 2]
    """By query and element: the weighted values so far."""
    var largest: Tensor[DType.float32, 1]
    var totals: Tensor[DType.float32, 2]
    """By query: what the weights add up to, lane by lane."""
    var size: Int
    var value_size: Int

    def __init__(out self, size: Int, value_size: Int):
        self.queries = Tensor[DType.float32, 1](QUERIES * size + LANES)
        self.scores = Tensor[DType.float32, 2](ROWS, KEYS)
        self.sums = Tensor[DType.float32, 2](QUERIES, ceildiv(value_size, COLUMNS) * COLUMNS)
        self.largest = Tensor[DType.float32, 1](QUERIES)
        self.totals = Tensor[DType.float32, 2](QUERIES, LANES)
        self.largest.span().fill(Float32.MIN_FINITE)
        self.size = size
        self.value_size = value_size

    def attend[M: Mask, //](
        mut self,
        query: View[DType.float32, 2, _],
        target: Floats,
        row_stride: Int,
        element_stride: Int,
        first: Int,
        keys: Floats,
        values: Floats,
        padded_keys: Int,
        count: Int,
        shift: Int,
        head: Int,
        mask: M,
    ):
        """Takes the queries from `first` on through `count` keys. Query `i` stands at position `i + shift`."""
        var queries = min(QUERIES, query.shape[0] - first)
        var existing = max(min(queries, count - shift - first), 0)
        var scale = LOG2_E / sqrt(Float32(self.size))
        if existing > 0:
            _pack_queries(untracked(self.queries.unsafe_ptr()), query.part[0](first, first + existing), scale)
            var start = mask.first_key(first + shift) // KEYS * KEYS
            var end = mask.end_key(first + shift + existing - 1, count)
            for key in range(start, end, KEYS):
                for tile in range(ceildiv(existing, ROWS)):
                    # A tile that sees nothing of the block is done with it.
                    var last = min((tile + 1) * ROWS, existing) - 1
                    var seen = min(mask.end_key(first + shift + last, count) - key, KEYS)
                    if seen > 0:
                        var strips = ceildiv(seen, COLUMNS)
                        self._score(tile, keys.unsafe_offset(key * self.size), strips)
                        self._weigh(tile, first + shift, existing, key, strips, count, head, mask)
                        self._sum(tile, values.unsafe_offset(key * COLUMNS), padded_keys, seen)
        var columns = self.sums.shape[1]
        var sums = self.sums.unsafe_ptr()
        for q in range(queries):
            var total = self.totals.unsafe_ptr().unsafe_load[width=LANES](q * LANES).reduce_add()
            var inverse = 1 / total if total > 0 else Float32(0)
            for i in range(self.value_size):
                target[unsafe_offset=(first + q) * row_stride + i * element_stride] = (
                    sums[unsafe_offset=q * columns + i] * inverse
                )

    @always_inline
    def _score(mut self, tile: Int, keys: Floats, strips: Int):
        """Scores of a tile and a block of keys."""
        var left = self.queries.unsafe_ptr().unsafe_offset(tile * self.size * ROWS)
        var place = self.scores.unsafe_ptr()
        for strip in range(strips):
            var sums = Array[Vector, ROWS * VECTORS](fill=0)
            multiply_tile[ROWS, VECTORS](
                sums, left, 1, ROWS, keys.unsafe_offset(strip * COLUMNS * self.size), COLUMNS, self.size
            )
            comptime for r in range(ROWS):
                comptime for v in range(VECTORS):
                    place.unsafe_store(r * KEYS + strip * COLUMNS + v * LANES, sums[r * VECTORS + v])

    @always_inline
    def _weigh[M: Mask, //](
        mut self, tile: Int, shift: Int, existing: Int, key: Int, strips: Int, count: Int, head: Int, mask: M
    ):
        """Makes weights of the scores, relative to the largest so far, and rescales what was summed with an older one.

        A score that is larger by no more than `SLACK` changes nothing: its weight is above 1, but a float is as exact there. So few blocks
        have to rescale, and the processor guesses right that this one does not.
        """
        var keys = strips * COLUMNS
        for r in range(min(ROWS, existing - tile * ROWS)):
            var q = tile * ROWS + r
            var row = self.scores.unsafe_ptr().unsafe_offset(r * KEYS)
            var first = mask.first_key(shift + q)
            var end = mask.end_key(shift + q, count)
            comptime if M.has_bias:
                for at in range(0, keys, LANES):
                    var bias = mask.bias[LANES](head, shift + q, key + at)
                    row.unsafe_store(at, bias * LOG2_E + row.unsafe_load[width=LANES](at))
            if first > key or end < key + keys:
                for at in range(0, keys, LANES):
                    var index = iota[DType.int32, LANES](Int32(key + at))
                    var seen = index.ge(Int32(first)) & index.lt(Int32(end))
                    row.unsafe_store(at, seen.select(row.unsafe_load[width=LANES](at), Vector(Float32.MIN)))
            var largest = row.unsafe_load[width=LANES](0)
            for at in range(LANES, keys, LANES):
                # One instruction, unlike `max`: a NaN may get lost here, since its weight will be NaN as well.
                var values = row.unsafe_load[width=LANES](at)
                largest = values.gt(largest).select(values, largest)
            var top = largest_lane(largest)
            var totals = self.totals.unsafe_ptr().unsafe_offset(q * LANES)
            var total = totals.unsafe_load[width=LANES](0)
            if top > self.largest[q] + SLACK:
                var rescale = decay(self.largest[q] - top)
                var sums = self.sums.unsafe_ptr().unsafe_offset(q * self.sums.shape[1])
                for i in range(0, self.sums.shape[1], LANES):
                    sums.unsafe_store(i, sums.unsafe_load[width=LANES](i) * rescale)
                total *= rescale
                self.largest[q] = top
            else:
                top = self.largest[q]
            for at in range(0, keys, COLUMNS):
                comptime for v in range(VECTORS):
                    var weight = decay(row.unsafe_load[width=LANES](at + v * LANES) - top)
                    row.unsafe_store(at + v * LANES, weight)
                    total += weight
            totals.unsafe_store(0, total)

    @always_inline
    def _sum(mut self, tile: Int, values: Floats, padded_keys: Int, count: Int):
        """Adds the values of a block of keys with their weights."""
        var columns = self.sums.shape[1]
        var place = self.sums.unsafe_ptr().unsafe_offset(tile * ROWS * columns)
        for column in range(0, columns, COLUMNS):
            var sums = Array[Vector, ROWS * VECTORS](fill=0)
            multiply_tile[ROWS, VECTORS](
                sums,
                self.scores.unsafe_ptr(),
                KEYS,
                1,
                values.unsafe_offset(column * padded_keys),
                COLUMNS,
                count,
            )
            comptime for r in range(ROWS):
                comptime for v in range(VECTORS):
                    var at = r * columns + column + v * LANES
                    place.unsafe_store(at, place.unsafe_load[width=LANES](at) + sums[r * VECTORS + v])
