"""The program's generator, and numbers of several kinds from it.

The generator is xoshiro256++ (D. Blackman, S. Vigna: Scrambled Linear Pseudorandom Number Generators, 2021); its state is filled from a
seed by SplitMix64 (G. Steele, D. Lea, C. Flood: Fast Splittable Pseudorandom Number Generators, 2014). Threads that draw at the same time
share the state without a lock. It is not for secrets.
"""
from std.math.functions import sqrt, log
from std.memory.pointer import Pointer
from std.time import _nanoseconds


@__intrinsic("memory.slot")
def __random_slot[name: __string_literal_value]() -> Pointer[Int, MutUntrackedOrigin]:
    ...


@always_inline
def _rotate_left(value: UInt64, count: UInt64) -> UInt64:
    return (value << count) | (value >> (64 - count))


def _split_mix(mut state: UInt64) -> UInt64:
    state += 0x9E3779B97F4A7C15
    var z = state
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB
    return z ^ (z >> 31)


def seed():
    """Starts the generator from the clock."""
    seed(_nanoseconds())


def seed(a: Int):
    """Starts the generator from a number: the same number gives the same sequence."""
    var state = a.cast[DType.uint64]()
    __random_slot["random.0"]()[] = _split_mix(state).cast[DType.int]()
    __random_slot["random.1"]()[] = _split_mix(state).cast[DType.int]()
    __random_slot["random.2"]()[] = _split_mix(state).cast[DType.int]()
    __random_slot["random.3"]()[] = _split_mix(state).cast[DType.int]()


def _next_bits() -> UInt64:
    """64 random bits."""
    var s0 = __random_slot["random.0"]()[].cast[DType.uint64]()
    var s1 = __random_slot["random.1"]()[].cast[DType.uint64]()
    var s2 = __random_slot["random.2"]()[].cast[DType.uint64]()
    var s3 = __random_slot["random.3"]()[].cast[DType.uint64]()
    if (s0 | s1 | s2 | s3) == 0:
        # Never seeded: all zero is the one state that the generator cannot leave.
        seed(0)
        return _next_bits()
    var result = _rotate_left(s0 + s3, 23) + s0
    var shifted = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= shifted
    s3 = _rotate_left(s3, 45)
    __random_slot["random.0"]()[] = s0.cast[DType.int]()
    __random_slot["random.1"]()[] = s1.cast[DType.int]()
    __random_slot["random.2"]()[] = s2.cast[DType.int]()
    __random_slot["random.3"]()[] = s3.cast[DType.int]()
    return result


def _below(bound: UInt64) -> UInt64:
    """A number below `bound`, each equally likely; any number when `bound` is 0."""
    if bound == 0:
        return _next_bits()
    # Draws from the incomplete last group of `bound` numbers are refused.
    var refused = (UInt64(0) - bound) % bound
    while True:
        var bits = _next_bits()
        if bits >= refused:
            return bits % bound


def _unit() -> Float64:
    """A multiple of 2**-53 in [0, 1)."""
    return (_next_bits() >> 11).cast[DType.float64]() * 1.1102230246251565e-16


def random_float64(min: Float64 = 0, max: Float64 = 1) -> Float64:
    """A number from `min` up to, but without, `max`."""
    return min + (max - min) * _unit()


def random_si64(min: Int64, max: Int64) -> Int64:
    """An integer from `min` to `max`, both included."""
    var count = (max - min).cast[DType.uint64]() + 1
    return min + _below(count).cast[DType.int64]()


def random_ui64(min: UInt64, max: UInt64) -> UInt64:
    """An integer from `min` to `max`, both included."""
    return min + _below(max - min + 1)


def randn_float64(mean: Float64 = 0, standard_deviation: Float64 = 1) -> Float64:
    """A number of a normal distribution (G. Marsaglia's polar method)."""
    while True:
        var x = 2.0 * _unit() - 1.0
        var y = 2.0 * _unit() - 1.0
        var s = x * x + y * y
        if s < 1.0 and s > 0.0:
            return mean + standard_deviation * x * sqrt(-2.0 * log(s) / s)


def rand[dtype: DType, //](
    ptr: Pointer[Scalar[dtype], _],
    size: Int,
    /,
    *,
    min: Float64 = 0,
    max: Float64 = 1,
    int_scale: Optional[Int] = None,
):
    """Fills memory with numbers from `min` to `max`; with `int_scale` they are multiples of 2 to the power of minus that."""
    var place = ptr.unsafe_origin_cast[MutUntrackedOrigin]()
    for i in range(size):
        var value = random_float64(min, max)
        if int_scale:
            var scale = Float64(1 << int_scale.value())
            value = (value * scale).__round__() / scale
        place.unsafe_offset(i)[] = value.cast[dtype]()


def rand[dtype: DType, //](
    span: Span[mut=True, Scalar[dtype], _],
    /,
    *,
    min: Float64 = 0,
    max: Float64 = 1,
    int_scale: Optional[Int] = None,
):
    """Fills a span with numbers from `min` to `max`."""
    rand(span.unsafe_ptr(), len(span), min=min, max=max, int_scale=int_scale)


def randn[dtype: DType, //](
    ptr: Pointer[Scalar[dtype], _], size: Int, mean: Float64 = 0, standard_deviation: Float64 = 1
):
    """Fills memory with numbers of a normal distribution."""
    var place = ptr.unsafe_origin_cast[MutUntrackedOrigin]()
    for i in range(size):
        place.unsafe_offset(i)[] = randn_float64(mean, standard_deviation).cast[dtype]()


def randn[dtype: DType, //](
    span: Span[mut=True, Scalar[dtype], _], mean: Float64 = 0, standard_deviation: Float64 = 1
):
    """Fills a span with numbers of a normal distribution."""
    randn(span.unsafe_ptr(), len(span), mean, standard_deviation)


def randint[dtype: DType, //](
    ptr: Pointer[Scalar[dtype], _], size: Int, low: Int, high: Int
) where dtype.is_integral():
    """Fills memory with integers from `low` to `high`, both included."""
    var place = ptr.unsafe_origin_cast[MutUntrackedOrigin]()
    for i in range(size):
        place.unsafe_offset(i)[] = random_si64(low.cast[DType.int64](), high.cast[DType.int64]()).cast[dtype]()


def randint[dtype: DType, //](
    span: Span[mut=True, Scalar[dtype], _], low: Int, high: Int
) where dtype.is_integral():
    """Fills a span with integers from `low` to `high`, both included."""
    randint(span.unsafe_ptr(), len(span), low, high)


def shuffle[T: Copyable & Deinitable, //](mut list: List[T]):
    """Puts the elements in a random order, each order equally likely (R. Durstenfeld, 1964)."""
    for i in range(len(list) - 1, 0, -1):
        list.swap_elements(i, _below(UInt64(i + 1)).cast[DType.int]())
