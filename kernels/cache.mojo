"""The key/value cache of a decoder, and the attention of one new position over it."""
from max.algorithm import parallelize
from std.math import ceildiv, sqrt
from .decay import LOG2_E, decay
from .lanes import LANES, Vector, untracked
from .tensor import Tensor

comptime PANELS = 4
"""Panels of positions that are scored together: as many sums that do not wait for each other."""
comptime STRIDE = PANELS * LANES
"""Positions that are scored together."""


struct KeyValueCache(Movable):
    """Keys and values of the positions so far, for each layer and each key/value head.

    Keys lie in panels of `LANES` positions, within a panel by element and then by position: scores of a whole panel are computed in one
    vector, whatever the size of a head, and no vector is ever summed across. Values lie in rows, padded to whole vectors.
    """

    var _keys: Tensor[DType.float32, 5]
    """By layer, head, panel, element of the head, position in the panel."""
    var _values: Tensor[DType.float32, 4]
    """By layer, head, position, element of the head."""
    var heads: Int
    var head_size: Int

    def __init__(out self, layers: Int, heads: Int, head_size: Int, positions: Int):
        """Room for so many positions."""
        var panels = ceildiv(positions, STRIDE) * PANELS
        self._keys = Tensor[DType.float32, 5](layers, heads, panels, head_size, LANES)
        self._values = Tensor[DType.float32, 4](layers, heads, panels * LANES, ceildiv(head_size, LANES) * LANES)
        self.heads = heads
        self.head_size = head_size

    def store(mut self, layer: Int, position: Int, keys: Span[Float32, _], values: Span[Float32, _]):
        """Keeps the key and the value of every head at a position."""
        for head in range(self.heads):
            var source = head * self.head_size
            var key = self._key_panels(layer, head).unsafe_offset(
                position // LANES * self.head_size * LANES + position % LANES
            )
            var value = self._value_rows(layer, head).unsafe_offset(position * self._values.shape[3])
            for i in range(self.head_size):
                key[unsafe_offset=i * LANES] = keys[source + i]
                value[unsafe_offset=i] = values[source + i]

    @always_inline
    def _key_panels(self, layer: Int, head: Int) -> Pointer[Float32, MutUntrackedOrigin]:
        return untracked(self._keys.unsafe_ptr()).unsafe_offset(
            (layer * self.heads + head) * self._keys.shape[2] * self.head_size * LANES
        )

    @always_inline
    def _value_rows(self, layer: Int, head: Int) -> Pointer[Float32, MutUntrackedOrigin]:
        return untracked(self._values.unsafe_ptr()).unsafe_offset(
            (layer * self.heads + head) * self._values.shape[2] * self._values.shape[3]
        )


def attend_cached(
    result: Span[mut=True, Float32, _],
    query: Span[Float32, _],
    cache: KeyValueCache,
    layer: Int,
    position: Int,
    workers: Int = 1,
):
    """Attention of the queries of one position (all heads in a row) over the positions `0 ... position` of a cache.

    With more query heads than key/value heads, neighbouring ones share ("grouped-query" attention). Scores never exist for more than
    `STRIDE` positions at a time: the largest one and the sum are kept up to date and rescale what was summed before. Heads go to threads.
    """
    var size = cache.head_size
    var heads = len(query) // size
    var shared = heads // cache.heads
    var scale = LOG2_E / sqrt(Float32(size))
    var queries = query.unsafe_ptr()
    var target = untracked(result.unsafe_ptr())

    def attend_head(head: Int) {imm}:
        var q = queries.unsafe_offset(head * size)
        var keys = cache._key_panels(layer, head // shared)
        var values = cache._value_rows(layer, head // shared)
        var row = cache._values.shape[3]
        var sum_of_values = target.unsafe_offset(head * size)
        for i in range(size):
            sum_of_values[unsafe_offset=i] = 0
        var largest = Float32.MIN_FINITE
        var total = Float32(0)
        for start in range(0, position + 1, STRIDE):
            # Scores of STRIDE positions; those that do not exist yet get none of the weight.
            var scores = Array[Vector, PANELS](fill=0)
            var panel = keys.unsafe_offset(start * size)
            for i in range(size):
                var x = q[unsafe_offset=i]
                comptime for p in range(PANELS):
                    scores[p] += panel.unsafe_load[width=LANES]((p * size + i) * LANES) * x
            var count = min(STRIDE, position + 1 - start)
            var weights = Array[Float32, STRIDE](fill=0)
            var place = weights.unsafe_ptr()
            comptime for p in range(PANELS):
                place.unsafe_store(p * LANES, scores[p] * scale)
            for j in range(count, STRIDE):
                place[unsafe_offset=j] = Float32.MIN
            var top = largest
            comptime for p in range(PANELS):
                top = max(top, place.unsafe_load[width=LANES](p * LANES).reduce_max())
            var rescale = decay(largest - top)
            largest = top
            var sum = Vector(0)
            comptime for p in range(PANELS):
                var weight = decay(place.unsafe_load[width=LANES](p * LANES) - top)
                place.unsafe_store(p * LANES, weight)
                sum += weight
            total = total * rescale + sum.reduce_add()
            _add_weighted(sum_of_values, values.unsafe_offset(start * row), row, place, count, size, rescale)
        var inverse = 1 / total
        for i in range(size):
            sum_of_values[unsafe_offset=i] *= inverse

    parallelize(attend_head, heads, workers)


@always_inline
def _add_weighted(
    sum: Pointer[mut=True, Float32, _],
    values: Pointer[Float32, _],
    row: Int,
    weights: Pointer[Float32, _],
    count: Int,
    size: Int,
    rescale: Float32,
):
    """`sum = sum * rescale +` the total of `count` rows, each times its weight, in four sums that do not wait for each other."""
    for i in range(0, size, LANES):
        var sums = Array[Vector, 4](fill=0)
        var column = values.unsafe_offset(i)
        var j = 0
        while j + 4 <= count:
            comptime for k in range(4):
                sums[k] += column.unsafe_load[width=LANES]((j + k) * row) * weights[unsafe_offset=j + k]
            j += 4
        while j < count:
            sums[0] += column.unsafe_load[width=LANES](j * row) * weights[unsafe_offset=j]
            j += 1
        var added = (sums[0] + sums[1]) + (sums[2] + sums[3])
        var place = sum.unsafe_offset(i)
        if i + LANES <= size:
            place.unsafe_store(0, place.unsafe_load[width=LANES](0) * rescale + added)
        else:
            for lane in range(size - i):
                place[unsafe_offset=lane] = place[unsafe_offset=lane] * rescale + added[lane]
