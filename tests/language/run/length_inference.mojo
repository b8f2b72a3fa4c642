# output:
#   [3.0, 5.0, 7.0, 9.0]
#   0 [1.0, 1.0, 1.0, 1.0]
#   8 [2.0]
def inner[w: Int](v: SIMD[DType.float32, w]) -> SIMD[DType.float32, w]:
    return v + 1


def outer[w: Int](v: SIMD[DType.float32, w]) -> SIMD[DType.float32, w]:
    # The same conversion from Int stands on both sides, so the length is inferred.
    return inner(v * 2)


def apply[F: def[count: Int](Int, SIMD[DType.float32, count]) -> None, //](use: F):
    # The callee's own parameter is an Int, so the length of the vector is a conversion of it: the same type as with a constant.
    use[4](0, SIMD[DType.float32, 4](1))
    use[1](8, Float32(2))


def main():
    def show[count: Int](row: Int, values: SIMD[DType.float32, count]):
        var text = String(values)
        print(row, text if count > 1 else String("[", text, "]"))
    print(outer[4](SIMD[DType.float32, 4](1, 2, 3, 4)))
    apply(show)
