"""Tests of properties: a function is tried with many random values. Whoever imports from here sees the strategies of the usual types."""
from std.testing.prop.random import Rng
from std.testing.prop.runner import PropTest, PropTestConfig
from std.testing.prop.strategy import Strategy
from std.testing.prop.strategy.list_strategy import _ListStrategy, _longest
from std.testing.prop.strategy.simd_strategy import _SIMDStrategy
from std.testing.prop.strategy.string_strategy import _StringStrategy


__extension SIMD:
    @staticmethod
    def strategy(
        *, min: Scalar[Self.dtype] = Scalar[Self.dtype].MIN_FINITE, max: Scalar[Self.dtype] = Scalar[Self.dtype].MAX_FINITE
    ) -> _SIMDStrategy[Self.dtype, Self.length]:
        """Makes vectors whose lanes are from `min` to `max`."""
        return _SIMDStrategy[Self.dtype, Self.length](min, max)


__extension List:
    @staticmethod
    def strategy[S: Strategy](var strategy: S, *, min_len: Int = 0, max_len: Int = Int.MAX) -> _ListStrategy[S]:
        """Makes lists of the elements of another strategy."""
        return _ListStrategy[S](strategy^, min_len, _longest(min_len, max_len))


__extension String:
    @staticmethod
    def ascii_strategy(*, min_len: Int = 0, max_len: Int = Int.MAX, only_printable: Bool = False) -> _StringStrategy:
        """Makes strings of ASCII characters."""
        return _StringStrategy(
            min_len, _longest(min_len, max_len), 0x20 if only_printable else 0, 0x7E if only_printable else 0x7F
        )

    @staticmethod
    def utf8_strategy(*, min_len: Int = 0, max_len: Int = Int.MAX) -> _StringStrategy:
        """Makes strings of any characters; lengths count them."""
        return _StringStrategy(min_len, _longest(min_len, max_len), 0, 0x10FFFF)
