"""Philox4x32: numbers as a function of a counter and a key, so that parallel parts of a program need no common state
(J. Salmon, M. Moraes, R. Dror, D. Shaw: Parallel Random Numbers: As Easy as 1, 2, 3, 2011).
"""
from std.math import sqrt, log, sin, cos


struct Random[rounds: Int = 10](Copyable, Movable, Deinitable):
    """A generator of four numbers at a time; `subsequence` and `offset` choose where it starts."""

    var _key: SIMD[DType.uint32, 2]
    var _counter: SIMD[DType.uint32, 4]

    def __init__(out self, *, seed: UInt64 = 67280421310721, subsequence: UInt64 = 0, offset: UInt64 = 0):
        self._key = SIMD[DType.uint32, 2](seed.cast[DType.uint32](), (seed >> 32).cast[DType.uint32]())
        self._counter = SIMD[DType.uint32, 4](
            offset.cast[DType.uint32](),
            (offset >> 32).cast[DType.uint32](),
            subsequence.cast[DType.uint32](),
            (subsequence >> 32).cast[DType.uint32](),
        )

    def step(mut self) -> SIMD[DType.uint32, 4]:
        """The next four numbers of 32 bits."""
        var c = self._counter
        var key0 = self._key[0]
        var key1 = self._key[1]
        for _ in range(Self.rounds):
            var a = c[0].cast[DType.uint64]() * 0xD2511F53
            var b = c[2].cast[DType.uint64]() * 0xCD9E8D57
            c = SIMD[DType.uint32, 4](
                (b >> 32).cast[DType.uint32]() ^ c[1] ^ key0,
                b.cast[DType.uint32](),
                (a >> 32).cast[DType.uint32]() ^ c[3] ^ key1,
                a.cast[DType.uint32](),
            )
            key0 += 0x9E3779B9
            key1 += 0xBB67AE85
        for i in range(4):
            self._counter[i] += 1
            if self._counter[i] != 0:
                break
        return c

    def step_uniform(mut self) -> SIMD[DType.float32, 4]:
        """The next four numbers in [0, 1): the lower 31 bits, scaled by the largest `Float32` below 2**-31."""
        return (self.step() & 0x7FFFFFFF).cast[DType.float32]() * 4.6566127342e-10

    def step_uniform_unbiased(mut self) -> SIMD[DType.float32, 4]:
        """The next four numbers in [0, 1]: all 32 bits, rounded to a `Float32`."""
        return self.step().cast[DType.float32]() * 2.3283064365386963e-10


struct NormalRandom[rounds: Int = 10](Copyable, Movable, Deinitable):
    """A generator of eight numbers of a normal distribution at a time (G. Box, M. Muller, 1958)."""

    var _random: Random[Self.rounds]

    def __init__(out self, *, seed: UInt64 = 67280421310721, subsequence: UInt64 = 0, offset: UInt64 = 0):
        self._random = Random[Self.rounds](seed=seed, subsequence=subsequence, offset=offset)

    def step_normal(mut self, mean: Float32 = 0.0, stddev: Float32 = 1.0) -> SIMD[DType.float32, 8]:
        """The next eight numbers."""
        var radii = sqrt(log(SIMD[DType.float32, 4](1) - self._random.step_uniform()) * -2.0)
        var angles = (SIMD[DType.float32, 4](1) - self._random.step_uniform()) * 6.2831855
        return (radii * cos(angles)).join(radii * sin(angles)) * stddev + mean

    def step_normal_4(mut self, mean: Float32 = 0.0, stddev: Float32 = 1.0) -> SIMD[DType.float32, 4]:
        """The next four numbers, from one step of the generator."""
        var uniform = self._random.step_uniform_unbiased()
        var parts = uniform.deinterleave()
        var radii = sqrt(log(parts[0]) * -2.0)
        var angles = parts[1] * 6.2831855
        return (radii * sin(angles)).interleave(radii * cos(angles)) * stddev + mean
