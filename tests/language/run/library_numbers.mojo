# Bits and complex numbers.
# output:
#   8 63 3 67305985 128
#   32 16 8 6 240 241
#   250 [1, 2, 3, 4] 7 16
#   1 1 0 0 7 7
#   1.0 + 2.0i 4.0 + 1.0i -2.0 + 3.0i 5.0 + 5.0i 0.1 + 0.7i -1.0 + -2.0i 2.23606797749979 5.0 1.0 + -2.0i 1.0 2.0 False
#   0.1875 + 0.25i 0.6875 + 0.5i
from std.bit import *
from std.complex import ComplexFloat64, ComplexSIMD, ComplexFloat32


def run_bit1() raises:
    print(pop_count(255), count_leading_zeros(1), count_trailing_zeros(8), byte_swap(UInt32(0x01020304)), bit_reverse(UInt8(1)))
    print(next_power_of_two(17), prev_power_of_two(17), bit_width(255), log2_floor(100), rotate_bits_left[4](UInt8(0x0F)), rotate_bits_right[4](UInt8(0x1F)))
    print(bit_not(UInt8(5)), pop_count(SIMD[DType.uint8, 4](1, 3, 7, 15)), count_leading_zeros(UInt8(1)), count_trailing_zeros(UInt16(0)))
    print(next_power_of_two(0), next_power_of_two(1), prev_power_of_two(0), bit_width(0), log2_ceil(100), log2_ceil(128))


def run_cplx() raises:
    var a = ComplexFloat64(1, 2)
    var b = ComplexFloat64(3, -1)
    print(a, a + b, a - b, a * b, a / b, -a, a.norm(), a.squared_norm(), a.conj(), a.re, a.im, a == b)
    var c = ComplexFloat32(0.5, 0.25)
    print(c * c, c.squared_add(c))


def main() raises:
    run_bit1()
    run_cplx()
