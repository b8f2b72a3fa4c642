# Bits and complex numbers.
# output:
#   8 63 3 67305985 128
#   32 16 8 6 240 241
#   250 [1, 2, 3, 4] 7 16
#   1 1 0 0 7 7
#   1.0 + 2.0i 4.0 + 1.0i -2.0 + 3.0i 5.0 + 5.0i 0.1 + 0.7i -1.0 + -2.0i 2.23606797749979 5.0 1.0 + -2.0i 1.0 2.0 False
#   0.1875 + 0.25i 0.6875 + 0.5i
#   Money(amount=2.0) Money(amount=3.0) -2.0 7
#   -3 4 4.0 3.0 -2.0 0.0 10.0
#   23 8 127 128 127 4194304 -1.0000001
#   0.5 0.4 0 2.0 + 4.0i 3.0
#   5.0 True False None
#   [1, 4, 4, 128] [0, 2, 4, 64]
#   True False False False
#   -30 -30; -30 -30; -20 -20; -10 -10; -10 -10; 0 0; 0 0; 10 10; 20 20; 20 20; 200 -200 200 7 1350
#   160.0 2.68 1e+300 0.0 [1.6, 2.6]
#   8 0.125 [1.0, 8.0, 27.0, 64.0] 9
#   [1.0, 4.0, 9.0, 16.0] [9, 16]
#   0x1 0b0 0o1 b1 0xff 0b101 0o10
#   (Tally(count=3), Tally(count=1)) (-4, 1) (3.0, 1.5) (12, 0) (-1.0, -0.5)
#   1.0 + 2.0i [1.0, 2.0 + 4.0i] 1.0 [1.0 + 2.0i, 3.0 + 4.0i]
#   Slice(1, None, 2) Slice(None, None, None) Slice(None, 5, None) True
#   255: 0 1 1 4611686018427387905 9223372036854775809 13835058055282163713 9 6 3 250 (9223372036854775807, None)
#   1.5 100000.0 nan String is not convertible to float: 'inff'. The first character of 'inf' should be a digit or dot to convert it to a float. String is not convertible to float: '1.5ff'. The last character of '1.5f' should be a digit or dot to convert it to a float. String is not convertible to float: '0x1f'. Invalid character(s) in the number: '0x1' 
from std.math import DivModable, exp, modf, divmod
from std.bit import *
from std.complex import ComplexFloat64, ComplexSIMD, ComplexFloat32
from std.math import Ceilable, Floorable, Truncable, ceil, ceildiv, cbrt, floor, trunc
from std.complex import abs as complex_abs
from std.utils.numerics import FPUtils


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


@fieldwise_init
struct Money(Ceilable, Copyable, Floorable, Writable):
    var amount: Float64

    def __floor__(self) -> Self:
        return Self(floor(self.amount))

    def __ceil__(self) -> Self:
        return Self(ceil(self.amount))


def whole_part[T: Truncable](value: T) -> T:
    return trunc(value)


def run_rounding() raises:
    print(floor(Money(2.5)), ceil(Money(2.5)), whole_part(-2.7), whole_part(7))
    print(ceildiv(-7, 2), ceildiv(UInt8(7), 2), ceildiv(7.5, 2.0), cbrt(27.0), cbrt(-8.0), cbrt(0.0), cbrt(Float32(1000)))
    comptime F = FPUtils[DType.float32]
    print(F.mantissa_width(), F.exponent_width(), F.exponent_bias(), F.max_exponent(), F.get_exponent(-1.5), F.get_mantissa(1.5), F.pack(True, 127, 1))
    var exponent = -1
    print(2.0**exponent, 2.5**exponent, 2**exponent, 2 * ComplexFloat64(1, 2), ComplexFloat64(3, 0))
    print(complex_abs(ComplexFloat64(3, 4)), 3 in SIMD[DType.int32, 4](1, 2, 3, 4), 3 in 5, repr(None))


def run_shared_numbers() raises:
    print(next_power_of_two(SIMD[DType.int32, 4](0, 3, 4, 100)), prev_power_of_two(SIMD[DType.uint8, 4](0, 3, 4, 100)))
    print(any(SIMD[DType.int32, 4](0, 0, 1, 0)), all(SIMD[DType.float64, 2](1, 0)), any(Int8(0)), Bool(None))
    for i in range(-27, 28, 6):
        print(round(i, -1), Int8(i).__round__(-1), end="; ")
    print(round(Int(250), -2), round(Int(-150), -2), round(UInt8(250), -2), round(Int(7), 3), UInt(1355).__round__(-1))
    print(round(Float64(155), -1), round(2.675, 2), round(1e300, 2), round(0.5, 0), SIMD[DType.float64, 2](1.55, 2.65).__round__(1))
    print(Int32(2) ** Int8(3), Float64(2) ** Int32(-3), pow(SIMD[DType.float32, 4](1, 2, 3, 4), Int(3)), pow(UInt8(3), 2))
    print(SIMD[DType.float32, 4](1, 2, 3, 4) ** Float32(2), SIMD[DType.int32, 2](3, 4) ** 2)
    print(hex(True), bin(False), oct(Scalar[DType.bool](True)), bin(Int8(1), prefix="b"), hex(Tally(255)), bin(Tally(5)), oct(Tally(8)))
    print(divmod(Tally(7), Tally(2)), divmod(-7, 2), divmod(7.5, 2.0), modf(Int32(12)), modf(-1.5))
    var z = ComplexFloat32(from_interleaved=SIMD[DType.float32, 2](1, 2))
    var pair = ComplexSIMD[DType.float32, 2](from_deinterleaved=SIMD[DType.float32, 4](1, 2, 0, 4))
    print(z, pair, exp(ComplexFloat64(0, 0)), ComplexSIMD[DType.float32, 2](from_interleaved=SIMD[DType.float32, 4](1, 2, 3, 4)))
    print(slice(1, None, 2), slice(None, None, None), slice(5), slice(1, 2, None) == slice(1, 2))


@fieldwise_init
struct Tally(Intable, DivModable, Writable):
    var count: Int

    def __int__(self) -> Int:
        return self.count

    def __divmod__(self, denominator: Self) -> Tuple[Self, Self]:
        return (Self(self.count // denominator.count), Self(self.count % denominator.count))


def run_wide_ranges() raises:
    var n = 0
    for _ in range(Int8(-128), Int8(127)):
        n += 1
    print(n, end=": ")
    for i in range(UInt.MAX):
        if i == 2:
            break
        print(i, end=" ")
    for i in range(UInt64(1), UInt64.MAX, UInt64(1) << 62):
        print(i, end=" ")
    for i in reversed(range(UInt8(3), UInt8(10), UInt8(3))):
        print(i, end=" ")
    print(len(range(UInt8(250))), range(UInt.MAX).bounds())
    for text in ["1.5f", "1e5F", "nanf", "inff", "1.5ff", "0x1f"]:
        try:
            print(Float64(text), end=" ")
        except error:
            print(error, end=" ")
    print()


def main() raises:
    run_bit1()
    run_cplx()
    run_rounding()
    run_shared_numbers()
    run_wide_ranges()
