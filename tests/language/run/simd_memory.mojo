# Vectors in memory: strided, gathered, masked and compressed; intrinsics by name; hints; representations.
# output:
#   [0.0, 3.0, 6.0, 9.0] [0.0, 0.0, 6.0, 9.0]
#   [50.0, 1.0, 50.0, 3.0, 50.0, 5.0, 50.0, 7.0]
#   [2.0, 4.0, 50.0, 3.0]
#   [2.0, 4.0, 50.0, 3.0] [2.0, -1.0, 50.0, -1.0]
#   [9.0, 8.0, 50.0, 6.0]
#   [8.0, -1.0, 6.0, -1.0] [9.0, 5.0]
#   [50.0, 5.0, 50.0, 7.0] 5.0
#   [1.0, 3.0, 5.0, 7.0, 5.0, 6.0]
#   [16.0, 99.0, 18.0, 99.0] [7.0, 21.0, 7.0, 23.0]
#   SIMD[DType.int8, 2](-1, 1) Float32(1.5) SIMD[DType.bool, 2](True, False)
#   [True, True] likely
from std.memory.alloc import unsafe_alloc
from std.sys import prefetch
from std.sys.intrinsics import (
    PrefetchOptions, assume, compressed_store, expect, gather, masked_load, masked_store, scatter, strided_load, strided_store
)


def main():
    comptime F = SIMD[DType.float32, 4]
    comptime M = SIMD[DType.bool, 4]
    var p = unsafe_alloc[Float32](32)
    for i in range(32):
        p[unsafe_offset=i] = Float32(i)
    print(strided_load[4](p, 3), strided_load[4](p, 3, M(True, False, True, True)))
    strided_store(F(50), p, 2)
    print(p.unsafe_load[width=8](0))
    compressed_store(F(1, 2, 3, 4), p, M(False, True, False, True))
    print(p.unsafe_load[width=4](0))
    var base = SIMD[DType.int, 4](Int(p)) + SIMD[DType.int, 4](0, 4, 8, 12)
    print(gather(base, M(fill=True), F(0)), gather(base, M(True, False, True, False), F(-1)))
    scatter(F(9, 8, 7, 6), base, M(True, True, False, True))
    print(p.unsafe_load[width=4](0))
    prefetch(p)
    prefetch[PrefetchOptions().for_read().high_locality().to_data_cache()](p)
    print(p.unsafe_gather(SIMD[DType.int32, 4](1, 2, 3, 4), M(True, False, True, False), F(-1)), p.unsafe_strided_load[width=2](5))
    print(p.unsafe_load[width=4, alignment=16](4), p.unsafe_load(5))
    p.unsafe_strided_store(F(1, 3, 5, 7), 1)
    p.unsafe_scatter(SIMD[DType.int64, 2](4, 5), SIMD[DType.float32, 2](5, 6))
    print("[", end="")
    for i in range(6):
        print(p.unsafe_load(i), end=", " if i < 5 else "]\n")
    print(masked_load[4](p.unsafe_offset(16), M(True, False, True, False), F(99)), end=" ")
    masked_store(F(7), p.unsafe_offset(20), M(True, False, True, False))
    print(p.unsafe_load[width=4](20))
    p.unsafe_free()
    print(repr(SIMD[DType.int8, 2](-1, 1)), repr(Float32(1.5)), repr(SIMD[DType.bool, 2](True, False)))
    assume(len(base) == 4)
    var some = 5
    print(SIMD[DType.bool, 2](fill=True), "likely" if expect[True](some > 3) else "not")
