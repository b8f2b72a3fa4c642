"""`Rng`: the random values of a test, which its seed determines.

The generator is xoshiro256** (D. Blackman, S. Vigna: Scrambled Linear Pseudorandom Number Generators, 2018), started by SplitMix64.
"""


struct Rng(Movable, Deinitable):
    """A source of random values. The same seed gives the same values, though not those of the official library."""

    var _state: SIMD[DType.uint64, 4]

    def __init__(out self, *, seed: Int):
        """Starts from a number."""
        self._state = SIMD[DType.uint64, 4](0)
        var sum = seed.cast[DType.uint64]()
        for i in range(4):
            sum += 0x9E3779B97F4A7C15
            var word = sum
            word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9
            word = (word ^ (word >> 27)) * 0x94D049BB133111EB
            self._state[i] = word ^ (word >> 31)

    def _next(mut self) -> UInt64:
        """64 random bits."""
        var s = self._state
        var result = _rotated[7](s[1] * 5) * 9
        var shifted = s[1] << 17
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= shifted
        s[3] = _rotated[45](s[3])
        self._state = s
        return result

    def _unit(mut self) -> Float64:
        """A multiple of 2**-53 in [0, 1)."""
        return (self._next() >> 11).cast[DType.float64]() * 1.1102230246251565e-16

    def rand_bool(mut self, *, true_probability: Float64 = 0.5) -> Bool:
        """True with the given probability."""
        return self._unit() < true_probability

    def rand_scalar[dtype: DType](
        mut self, *, min: Scalar[dtype] = Scalar[dtype].MIN_FINITE, max: Scalar[dtype] = Scalar[dtype].MAX_FINITE
    ) raises -> Scalar[dtype]:
        """A number from `min` to `max`. Raises if `min` is above `max`."""
        if min > max:
            raise Error("invalid min/max")
        comptime if dtype.is_floating_point():
            # Two products: the distance of the ends may be too large for the type.
            var part = self._unit()
            return (min.cast[DType.float64]() * (1 - part) + max.cast[DType.float64]() * part).cast[dtype]()
        else:
            var count = (max.cast[DType.int64]() - min.cast[DType.int64]()).cast[DType.uint64]() + 1
            var step = self._next() if count == 0 else self._next() % count
            return (min.cast[DType.uint64]() + step).cast[dtype]()

    def rand_int(mut self, *, min: Int = Int.MIN, max: Int = Int.MAX) raises -> Int:
        """A number from `min` to `max`. Raises if `min` is above `max`."""
        return self.rand_scalar[DType.int](min=min, max=max)


def _rotated[count: UInt64](word: UInt64) -> UInt64:
    return (word << count) | (word >> (64 - count))
