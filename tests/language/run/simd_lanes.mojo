# output:
#   [8, 7, 6, 5, 4, 3, 2, 1] [1, 2, 3, 4] [5, 6]
#   [8, 6, 4, 2, 1, 3, 5, 7] [1, 20, 3, 40, 5, 60, 7, 80] 2 [True, True] [3, 5, 4, 6]
#   [1, 2, 3, 4] [5, 6, 7, 8] [1, 2, 3, 4, 5, 6, 7, 8] [1, 5, 2, 6, 3, 7, 4, 8]
#   [1, 3, 5, 7] [2, 4, 6, 8]
#   [2, 3, 4, 5, 6, 7, 8, 1] [7, 8, 1, 2, 3, 4, 5, 6] [2, 3, 4, 5, 6, 7, 8, 0] [0, 0, 0, 1, 2, 3, 4, 5] [8, 7, 6, 5, 4, 3, 2, 1]
#   [1, 2, 70, 80, 5, 6, 7, 8]
#   1069547520 [4, 3, 2, 1] 1065353216
#   133
#   13 5 [16, 20]
#   [2, 2, 3, 4, 5, 5, 5, 5] [2, 6, 12, 20, 30, 42, 56, 72]
#   2147483647 -128 3.4028235e+38 65535 9223372036854775807 -1.7976931348623157e+308 inf
#   [True, True, True, True, True, True, True, True] 8
#   [1.5, 1.5, 1.5, 1.5] [True, False]
#   True True [False, False, True, False, False, False, False, False] True False
#   [1, 2] [1, 2, 3, 3, 3, 3, 3, 3] [4, 4, 4, 4, 5, 6, 7, 8] 2.0 -4.0 3.14 (-4, 1) 1024
#   10 10 0.099975586 0.100097656 3.0 1.0
#   44 -128 254 -128 2 -2 3 -4 3
#   448.0 0.1015625 0.09375 57344.0 3.5 3.0
#   3.25 3.5 [2.0, 4.0, 6.0, 8.0]
#   [0, 0, 0, 0, 0, 0, 0, 0] [1, 2, 3, 4, 5, 6, 7, 8] [2, 3, 4, 5, 6, 7, 8, 1] [1, 2, 3, 4, 0, 0, 0, 0] [1, 2, 3, 4, 5, 6, 7, 8]
#   [626, 5, 22518, 3]
#   [2047, 2047, 2047, 2047, 2047, 2047, 2046, 2044]
#   True False 3758096384 True False 3
#   [16785408.0, 16785410.0, 16785408.0, 16785412.0, 1e+30, 1.0, 16785410.0, 16785408.0]
#   [1e-45, 3e-45, 0.0, 1.1754945e-38, 1.0, -9.999998e-39, 1e-45, 1e-45]
from std.math import iota
from std.memory import bitcast, pack_bits
from std.utils import IndexList
@no_inline
def shifted(a: SIMD[DType.uint32, 4], counts: SIMD[DType.uint16, 4]) -> SIMD[DType.uint16, 4]:
    # What a truncation cut off does not come back.
    return a.cast[DType.uint16]() >> counts
@no_inline
def moved_twice(a: SIMD[DType.uint16, 8], b: SIMD[DType.uint16, 8], c: SIMD[DType.uint16, 8]) -> SIMD[DType.uint16, 8]:
    return (a << b) >> c
@no_inline
def above(a: SIMD[DType.uint32, 32], b: SIMD[DType.uint32, 32]):
    # A long mask, whole and by its bits.
    var mask = a.gt(b)
    print(mask.reduce_or(), mask.reduce_and(), pack_bits(mask), any(mask), all(mask), mask.reduce_bit_count())
@no_inline
def fused(a: SIMD[DType.float32, 8], c: SIMD[DType.float32, 8]) -> SIMD[DType.float32, 8]:
    # The product is halfway between two numbers: what is added decides, however little it is.
    return a.fma(a, c)
def every_second() -> IndexList[8]:
    var mask = IndexList[8]()
    for i in range(8):
        mask[i] = i if i % 2 == 0 else 8 + i
    return mask


def main() raises:
    var v = SIMD[DType.int32, 8](1, 2, 3, 4, 5, 6, 7, 8)
    print(v.shuffle[7, 6, 5, 4, 3, 2, 1, 0](), v.slice[4](), v.slice[2, offset=4]())
    print(
        v.shuffle[IndexList[8](7, 5, 3, 1, 0, 2, 4, 6)](),
        v.shuffle[mask=every_second()](v * 10),
        v.slice[1, offset=1](),
        SIMD[DType.bool, 2](True, False).join(SIMD[DType.bool, 2](False, True)).rotate_left[3]().slice[2](),
        (v.slice[4, offset=2]()).shuffle[mask=IndexList[4, element_type=DType.uint32](0, 2, 1, 3)](),
    )
    var h = v.split()
    print(h[0], h[1], h[0].join(h[1]), h[0].interleave(h[1]))
    var d = v.deinterleave()
    print(d[0], d[1])
    print(v.rotate_left[1](), v.rotate_right[2](), v.shift_left[1](), v.shift_right[3](), v.reversed())
    print(v.insert[offset=2](SIMD[DType.int32, 2](70, 80)))
    print(Float32(1.5).to_bits(), bitcast[DType.uint8, 4](UInt32(0x01020304)), bitcast[DType.int32](Float32(1)))
    print(pack_bits(SIMD[DType.bool, 8](True, False, True, False, False, False, False, True)))
    print(v.reduce_bit_count(), v.gt(3).reduce_bit_count(), v.reduce_add[2]())
    def f[w: SIMDLength](a: SIMD[DType.int32, w], b: SIMD[DType.int32, w]) {} -> SIMD[DType.int32, w]:
        return a * b
    print(v.clamp(2, 5), v.fma(v, v))
    print(Int32.MAX, Int8.MIN, Float32.MAX_FINITE, UInt16.MAX, Int.MAX, Float64.MIN_FINITE, Float64.MAX)
    print(v.cast[DType.bool](), len(v))
    print(SIMD[DType.float32, 4](1.5), SIMD[DType.bool, 2](True, False))
    print(any(v.gt(7)), all(v.gt(0)), v.eq(3), v == v, v != v)
    print(abs(SIMD[DType.int32, 2](-1, 2)), min(v, 3), max(v, 4), round(2.5), round(-3.5), round(3.14159, 2), divmod(-7, 2), pow(2, 10))
    var x = Float64(10)
    print(x.__int__(), Int(x), Float16(0.1), BFloat16(0.1), x // 3, x % 3)
    print(UInt8(200) + 100, Int8(127) + 1, ~UInt8(1), -Int8(-128), Int(5) / 2, Int(-5) / 2, 7 >> 1, -7 >> 1, UInt(3))
    print(Float8_e4m3fn(448), Float8_e4m3fn(0.1), Float8_e5m2(0.1), Float8_e5m2(57344), Float8_e4m3fn(1.5) + Float8_e4m3fn(2), Float8_e5m2(1.5) * 2)
    print(Float32(3.3).cast[DType.float8_e4m3fn](), Float32(3.3).cast[DType.float8_e5m2](), SIMD[DType.float8_e4m3fn, 4](1, 2, 3, 4).cast[DType.float32]() * 2)
    print(v.shift_left[8](), v.rotate_left[-8](), v.rotate_right[7](), v.insert[offset=4](SIMD[DType.int32, 4](0)), v.slice[8]())
    print(shifted(SIMD[DType.uint32, 4](194485429, 2108730655, 3170283500, 6), SIMD[DType.uint16, 4](6, 29, 1, 17)))
    print(moved_twice(SIMD[DType.uint16, 8](65535), iota[DType.uint16, 8](0), SIMD[DType.uint16, 8](5)))
    above(iota[DType.uint32, 32](0), SIMD[DType.uint32, 32](28))
    print(fused(SIMD[DType.float32, 8](4097), SIMD[DType.float32, 8](0, 1e-20, -1e-20, 2, 1e30, -16785408, 0.5, -0.5)))
    print(fused(SIMD[DType.float32, 8](4e-23), SIMD[DType.float32, 8](0, 1e-45, -1e-45, 1.1754943508222875e-38, 1, -1e-38, 0, 0)))
