# output:
#   [3.0, 5.0, 7.0, 9.0]
def inner[w: Int](v: SIMD[DType.float32, w]) -> SIMD[DType.float32, w]:
    return v + 1


def outer[w: Int](v: SIMD[DType.float32, w]) -> SIMD[DType.float32, w]:
    # The same conversion from Int stands on both sides, so the length is inferred.
    return inner(v * 2)


def main():
    print(outer[4](SIMD[DType.float32, 4](1, 2, 3, 4)))
