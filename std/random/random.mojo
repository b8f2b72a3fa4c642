"""The program's generator, and numbers of several kinds from it: with the same seed they are those of the official library.

The generator is Philox4x32 (`philox.mojo`): the seed is its key, and each block of its output serves two draws of 64 bits. Threads that
draw at the same time share the state without a lock. It is not for secrets.
"""
from std.math.functions import log, pi, sqrt
from std.math.rounding import floor
from std.math.trigonometry import cos
from std.builtin.math import max as _larger, min as _smaller
from std.memory.pointer import Pointer
from std.random.philox import Random
from std.time import _nanoseconds


@__intrinsic("memory.slot")
def __random_slot[name: __string_literal_value]() -> Pointer[Int, MutUntrackedOrigin]:
    ...


def seed():
    """Starts the generator from the clock."""
    seed(_nanoseconds())


def seed(a: Int):
    """Starts the generator from a number: the same number gives the same sequence. A program that never does has started from 0."""
    __random_slot["random.key"]()[] = a
    __random_slot["random.draws"]()[] = 0


def _next_bits() -> UInt64:
    """64 random bits: the first or the second half of a block."""
    var draws = __random_slot["random.draws"]()[]
    __random_slot["random.draws"]()[] = draws + 1
    if draws % 2 == 1:
        return __random_slot["random.second"]()[].cast[DType.uint64]()
    var generator = Random(
        seed=__random_slot["random.key"]()[].cast[DType.uint64](), offset=(draws // 2).cast[DType.uint64]()
    )
    var words = generator.step().cast[DType.uint64]()
    __random_slot["random.second"]()[] = (words[2] << 32 | words[3]).cast[DType.int]()
    return words[0] << 32 | words[1]


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
    return _unit().fma(max - min, min)


def random_si64(min: Int64, max: Int64) -> Int64:
    """An integer from `min` to `max`, both included; `min` if `max` is not above it."""
    if min >= max:
        return min
    var count = (max - min).cast[DType.uint64]() + 1
    return min + _below(count).cast[DType.int64]()


def random_ui64(min: UInt64, max: UInt64) -> UInt64:
    """An integer from `min` to `max`, both included; `min` if `max` is not above it."""
    if min >= max:
        return min
    return min + _below(max - min + 1)


def randn_float64(mean: Float64 = 0, standard_deviation: Float64 = 1) -> Float64:
    """A number of a normal distribution (G. Box, M. Muller, 1958)."""
    var u1 = _unit()
    var u2 = _unit()
    while u1 <= 0:
        u1 = _unit()
    var radius = standard_deviation * sqrt(-2.0 * log(u1))
    return radius.fma(cos(2.0 * pi * u2), mean)


def rand[dtype: DType, //](
    ptr: Pointer[Scalar[dtype], _],
    size: Int,
    /,
    *,
    min: Float64 = 0,
    max: Float64 = 1,
    int_scale: Optional[Int] = None,
):
    """Fills memory with numbers from `min` to `max`, which whole numbers include; with `int_scale` floats are multiples of 2 to the power
    of minus that."""
    var place = ptr.unsafe_origin_cast[MutUntrackedOrigin]()
    for i in range(size):
        comptime if dtype.is_floating_point():
            var value = random_float64(min, max)
            if int_scale:
                var scale = Float64(1 << int_scale.value())
                value = floor(value * scale) / scale
            place.unsafe_offset(i)[] = value.cast[dtype]()
        elif dtype.is_signed():
            var low = _larger(min.cast[DType.int64](), Scalar[dtype].MIN.cast[DType.int64]())
            var high = _smaller(max.cast[DType.int64](), Scalar[dtype].MAX.cast[DType.int64]())
            place.unsafe_offset(i)[] = random_si64(low, high).cast[dtype]()
        else:
            var high = _smaller(max.cast[DType.uint64](), Scalar[dtype].MAX.cast[DType.uint64]())
            place.unsafe_offset(i)[] = random_ui64(min.cast[DType.uint64](), high).cast[dtype]()


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
        comptime if dtype.is_signed():
            place.unsafe_offset(i)[] = random_si64(low.cast[DType.int64](), high.cast[DType.int64]()).cast[dtype]()
        else:
            place.unsafe_offset(i)[] = random_ui64(low.cast[DType.uint64](), high.cast[DType.uint64]()).cast[dtype]()


def randint[dtype: DType, //](
    span: Span[mut=True, Scalar[dtype], _], low: Int, high: Int
) where dtype.is_integral():
    """Fills a span with integers from `low` to `high`, both included."""
    randint(span.unsafe_ptr(), len(span), low, high)


def shuffle[T: Copyable & Deinitable, //](mut list: List[T]):
    """Puts the elements in a random order, each order equally likely (R. Durstenfeld, 1964)."""
    for i in range(len(list) - 1, -1, -1):
        list.swap_elements(i, random_ui64(0, i.cast[DType.uint64]()).cast[DType.int]())
