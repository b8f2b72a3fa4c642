"""Bits of integers."""
from std.bit.bits import (
    pop_count, count_leading_zeros, count_trailing_zeros, byte_swap, bit_reverse, bit_not, bit_width, log2_floor, log2_ceil,
    next_power_of_two, prev_power_of_two, is_power_of_two, rotate_bits_left, rotate_bits_right,
)
