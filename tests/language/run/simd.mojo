# output:
#   [1.0, 2.0, 3.0, 4.0]
#   [3.0, 5.0, 7.0, 9.0]
#   10.0 24.0 4.0 1.0
#   [False, False, True, True]
#   [-1.0, -1.0, 3.0, 4.0]
#   3.0 [1.0, 2.0, 9.0, 4.0]
#   [1, 2, 3, 4]
#   [0, 1, 2, 3] 6
#   4 True
#   -56 127 44
def main():
    var v = SIMD[DType.float32, 4](1, 2, 3, 4)
    print(v)
    print(v * 2 + 1)
    print(v.reduce_add(), v.reduce_mul(), v.reduce_max(), v.reduce_min())
    var mask = v.gt(2)
    print(mask)
    print(mask.select(v, SIMD[DType.float32, 4](-1)))
    var w = v
    w[2] = 9
    print(v[2], w)
    print(v.cast[DType.int32]())
    from std.math import iota
    var i = iota[DType.int32, 4]()
    print(i, i.reduce_add())
    print(len(v), v == v)
    print(UInt8(200).cast[DType.int8](), Int8(-129), UInt8(300))
