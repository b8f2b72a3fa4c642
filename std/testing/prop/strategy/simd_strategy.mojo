"""Random vectors and scalars."""
from std.testing.prop.random import Rng
from std.testing.prop.strategy import Strategy


@fieldwise_init
struct _SIMDStrategy[dtype: DType, length: SIMDLength](Movable, Deinitable, Strategy):
    comptime Value = SIMD[Self.dtype, Self.length]
    var _min: Scalar[Self.dtype]
    var _max: Scalar[Self.dtype]

    def value(mut self, mut rng: Rng) raises -> Self.Value:
        var result = Self.Value()
        for i in range(Int(Self.length)):
            result[i] = rng.rand_scalar[Self.dtype](min=self._min, max=self._max)
        return result
