"""A part of `std.bit`, at the path of the file that defines it in the 1.x library."""
from std.bit.bits import (
    bit_not, bit_reverse, bit_width, byte_swap, count_leading_zeros, count_trailing_zeros, log2_ceil, log2_floor,
    next_power_of_two, pop_count, prev_power_of_two, rotate_bits_left, rotate_bits_right,
)
