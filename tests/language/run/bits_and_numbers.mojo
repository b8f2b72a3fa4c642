# output:
#   8 7 3 13330 128
#   8 4 3 128 3 3
#   4.0 + 1.0i 5.0 + 5.0i -2.0 + 3.0i 2.23606797749979 5.0 1.0 2.0 -1.0 + -2.0i
#   aGVsbG8gd29ybGQ= [104, 101, 108, 108, 111] 6869 [104, 105]
#   5 8
#   40 40 38
#   3 4 5 1 2 1 2 1 7 7 1 1;1 2;2 1;2 2;
#   141
#   3.4028235e+38 -128 True inf
from std.bit import pop_count, count_leading_zeros, count_trailing_zeros, byte_swap, bit_reverse, next_power_of_two, prev_power_of_two, rotate_bits_left, rotate_bits_right, bit_width, log2_floor
from std.complex import ComplexFloat64, ComplexSIMD, ComplexFloat32
from std.base64 import b64encode, b64decode, b16encode, b16decode
from std.atomic import Atomic
from std.itertools import count, cycle, repeat, product, take_while, drop_while
from std.algorithm import vectorize, map, tile

from std.utils.numerics import max_finite, min_finite, isnan, inf, nan
from std.math import sqrt

def main() raises:
    print(pop_count(255), count_leading_zeros(Int8(1)), count_trailing_zeros(8), byte_swap(UInt16(0x1234)), bit_reverse(UInt8(1)))
    print(next_power_of_two(5), prev_power_of_two(5), rotate_bits_left[1](UInt8(129)), rotate_bits_right[1](UInt8(1)), bit_width(5), log2_floor(9))
    var z = ComplexFloat64(1, 2)
    var y = ComplexFloat64(3, -1)
    print(z + y, z * y, z - y, z.norm(), z.squared_norm(), z.re, z.im, -z)
    print(b64encode("hello world"), b64decode("aGVsbG8="), b16encode("hi"), b16decode("6869"))
    var a = Atomic[Int64](5)
    print(a.fetch_add(3), a.load())
    a += 1
    a.store(40)
    print(a.load(), a.fetch_sub(2), a.load())
    for x in count(3):
        if x > 5: break
        print(x, end=" ")
    var l: List[Int] = [1, 2]
    var n = 0
    for x in cycle(l):
        n += 1
        if n > 5: break
        print(x, end=" ")
    for x in repeat(7, times=2):
        print(x, end=" ")
    for a2, b2 in product(l, l.copy()):
        print(a2, b2, end=";")
    print()
    var total = 0
    def body[w: Int](i: Int) {mut total}:
        total += w * 10 + i
    vectorize[4](11, body)
    print(total)
    def show(i: Int) {}:
        print("m", i, end=" ")
    print(max_finite[DType.float32](), min_finite[DType.int8](), isnan(nan[DType.float32]()), inf[DType.float64]())
