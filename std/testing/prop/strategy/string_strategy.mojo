"""Random strings."""
from std.testing.prop.random import Rng
from std.testing.prop.strategy import Strategy
from std.testing.prop.strategy.list_strategy import _longest


@fieldwise_init
struct _StringStrategy(Movable, Deinitable, Strategy):
    comptime Value = String
    var _min_len: Int
    var _max_len: Int
    # The range of code points.
    var _first: Int
    var _last: Int

    def value(mut self, mut rng: Rng) raises -> String:
        var result = String()
        for _ in range(rng.rand_int(min=self._min_len, max=self._max_len)):
            var code = rng.rand_int(min=self._first, max=self._last)
            while 0xD800 <= code <= 0xDFFF:
                # Surrogates are no characters.
                code = rng.rand_int(min=self._first, max=self._last)
            result += chr(code)
        return result^
