"""Powers of ten with 128 bits, for floats from and to text."""
from std.format.powers_of_ten_table import FIRST_POWER, POWERS, POWER_STEP, SMALL_POWERS


@always_inline
def _floor_log2_of_power_of_10(exponent: Int) -> Int:
    return (exponent * 1741647) >> 19


def _power_of_ten(exponent: Int) -> UInt128:
    """The first 128 bits of 10 ** exponent, rounded up; the top bit is set. From -351 to 350."""
    var at = exponent - FIRST_POWER
    var base = at // POWER_STEP * 3
    var factor = materialize[SMALL_POWERS]().unsafe_get(at % POWER_STEP).cast[DType.uint128]()
    var low = materialize[POWERS]().unsafe_get(base + 2).cast[DType.uint128]() * factor
    var middle = materialize[POWERS]().unsafe_get(base + 1).cast[DType.uint128]() * factor + (low >> 64)
    var high = materialize[POWERS]().unsafe_get(base).cast[DType.uint128]() * factor + (middle >> 64)
    if high >> 127 == 0:
        high = (high << 1) | ((middle >> 63) & 1)
    return high if exponent >= 0 and exponent <= 55 else high + 1
