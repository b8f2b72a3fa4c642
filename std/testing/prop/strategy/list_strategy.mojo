"""Random lists."""
from std.testing.prop.random import Rng
from std.testing.prop.strategy import Strategy

comptime _LONGEST = 100
"""Lists and strings without a greatest length are at most so much longer than their least one."""


@fieldwise_init
struct _ListStrategy[S: Strategy](Movable, Deinitable, Strategy):
    comptime Value = List[Self.S.Value]
    var _elements: Self.S
    var _min: Int
    var _max: Int

    def value(mut self, mut rng: Rng) raises -> Self.Value:
        var count = rng.rand_int(min=self._min, max=self._max)
        var result = Self.Value(capacity=count)
        for _ in range(count):
            result.append(self._elements.value(rng))
        return result^


def _longest(min_len: Int, max_len: Int) -> Int:
    return min_len + _LONGEST if max_len == Int.MAX else max_len
