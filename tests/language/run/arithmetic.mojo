# output:
#   3 -4 2 1 -3 0 0
#   4 -5 21 1024
#   44 -56 18446744073709551615
#   0.3 0.30000000000000004 3.5 0.1
#   -4.0 0.5 inf -inf nan
#   1e+16 1e-05 0.0001 123456789.123 5e-324 1.7976931348623157e+308
#   0.33333334 123456790.0 3.4028235e+38
#   9 6 -9 False True
#   5.0625 1.5 0.44444445 [2.0, 3.0] [0.015625, 0.0013717421124828531] 1.5 9 1.5
def main():
    var a = 7
    var b = -7
    print(a / 2, b // 2, 7 % 5, b % 2, b / 2, a // 0, a % 0)
    print(5 & 6, ~4, 3 ^ 22, 1 << 10)
    var small: UInt8 = 300
    var signed = UInt8(200).cast[DType.int8]()
    print(small, signed, UInt64(0) - 1)
    var tenth = 0.1
    print(0.1 + 0.2, tenth + 0.2, 7 / 2, tenth)
    var x = -7.5
    var zero = 0.0
    print(x // 2.0, x % 2.0, 1.0 / zero, -1.0 / zero, zero / zero)
    print(1e16, 1e-5, 0.0001, 123456789.123, 5e-324, 1.7976931348623157e308)
    print(Float32(1) / 3, Float32(123456789), Float32(3.4028235e38))
    var n = -3
    print(n ** 2, abs(-6), -3 ** 2, not (n < 0 and n > -5), n != 2)
    var single = Float32(2.25)
    var pair = SIMD[DType.float64, 2](4, 9)
    print(single ** 2, single ** 0.5, single ** -1, pair ** 0.5, pair ** n, Float64(2.25) ** 0.5, Int32(3) ** 2, 2.25 ** 0.5)
