"""Encodings of positions: rotary ones, which turn queries and keys, and sinusoidal ones, which are added to embeddings."""
from std.math import cos, exp, log, sin
from .tensor import Tensor, View


struct RotaryTable(Movable):
    """Cosines and sines of all positions: element pair `i` of a head turns by `position * base ** (-2i / head_size)`."""

    var _cosines: Tensor[DType.float32, 2]
    var _sines: Tensor[DType.float32, 2]

    def __init__(out self, positions: Int, head_size: Int, base: Float32 = 10000):
        var pairs = head_size // 2
        self._cosines = Tensor[DType.float32, 2](positions, pairs)
        self._sines = Tensor[DType.float32, 2](positions, pairs)
        for pair in range(pairs):
            var frequency = exp(-log(base) * Float32(2 * pair) / Float32(head_size))
            for position in range(positions):
                var angle = Float32(position) * frequency
                self._cosines[position, pair] = cos(angle)
                self._sines[position, pair] = sin(angle)

    def rotate(self, heads: Span[mut=True, Float32, _], position: Int, inverse: Bool = False):
        """Turns each pair of neighbouring elements of every head, in place; with `inverse` back."""
        var pairs = self._cosines.shape[1]
        var cosines = self._cosines.view().at(position).unsafe_ptr()
        var sines = self._sines.view().at(position).unsafe_ptr()
        var data = heads.unsafe_ptr()
        for start in range(0, len(heads), 2 * pairs):
            for pair in range(pairs):
                var place = data.unsafe_offset(start + 2 * pair)
                var x = place[unsafe_offset=0]
                var y = place[unsafe_offset=1]
                var c = cosines[unsafe_offset=pair]
                var s = -sines[unsafe_offset=pair] if inverse else sines[unsafe_offset=pair]
                place[unsafe_offset=0] = x * c - y * s
                place[unsafe_offset=1] = x * s + y * c


def add_sinusoidal(rows: View[mut=True, DType.float32, 2, _], first_position: Int = 0, base: Float32 = 10000):
    """Adds to each row the code of its position: sines in the even elements and cosines in the odd ones, slower from pair to pair."""
    var size = rows.shape[1]
    for i in range(0, size, 2):
        var frequency = exp(-log(base) * Float32(i) / Float32(size))
        for row in range(rows.shape[0]):
            var angle = Float32(first_position + row) * frequency
            rows[row, i] += sin(angle)
            if i + 1 < size:
                rows[row, i + 1] += cos(angle)
