"""Which keys a query sees. Any type with these members is a mask; it is compiled into the attention that uses it."""
from std.math import exp2
from .tensor import View


trait Mask(ImplicitlyCopyable, Movable, Deinitable):
    """What a query at some position sees of the keys. Positions are those of the keys: with more keys than queries, the queries are the last ones."""

    comptime has_bias: Bool = False
    """Whether `bias` is asked at all."""

    def first_key(self, position: Int) -> Int:
        """The first key that is seen."""
        return 0

    def end_key(self, position: Int, keys: Int) -> Int:
        """The key after the last one that is seen. It must not fall from one position to the next."""
        return keys

    def bias[width: Int](self, head: Int, position: Int, key: Int) -> SIMD[DType.float32, width]:
        """What is added to the scores of `width` keys; minus infinity hides one."""
        return SIMD[DType.float32, width](0)


@fieldwise_init
struct Full(Mask):
    """Every query sees every key."""

    pass


@fieldwise_init
struct Causal(Mask):
    """A query sees the keys up to its own position. Blocks of keys that nobody sees cost nothing."""

    def end_key(self, position: Int, keys: Int) -> Int:
        return min(position + 1, keys)


@fieldwise_init
struct SlidingWindow(Mask):
    """A query sees so many keys, the last of them at its own position."""

    var size: Int

    def first_key(self, position: Int) -> Int:
        return max(position + 1 - self.size, 0)

    def end_key(self, position: Int, keys: Int) -> Int:
        return min(position + 1, keys)


@fieldwise_init
struct LinearBias(Mask):
    """Causal, and the farther a key is, the less it counts ("ALiBi"): head `h` of `n` subtracts `2 ** (-8 (h + 1) / n)` for each step."""

    var heads: Int
    comptime has_bias: Bool = True

    def end_key(self, position: Int, keys: Int) -> Int:
        return min(position + 1, keys)

    def bias[width: Int](self, head: Int, position: Int, key: Int) -> SIMD[DType.float32, width]:
        var slope = exp2(Float32(-8 * (head + 1)) / Float32(self.heads))
        var result = SIMD[DType.float32, width](0)
        comptime for lane in range(width):
            result[lane] = slope * Float32(key + lane - position)
        return result


@fieldwise_init
struct Added[mut: Bool, //, origin: Origin[mut=mut]](Mask):
    """Any mask: a number for each position and key, which is added to their score."""

    var values: View[DType.float32, 2, Self.origin]
    comptime has_bias: Bool = True

    def bias[width: Int](self, head: Int, position: Int, key: Int) -> SIMD[DType.float32, width]:
        var row = self.values.unsafe_ptr().unsafe_offset(position * self.values.strides[0])
        var result = SIMD[DType.float32, width](0)
        comptime for lane in range(width):
            if key + lane < self.values.shape[1]:
                result[lane] = row[unsafe_offset=(key + lane) * self.values.strides[1]]
        return result
