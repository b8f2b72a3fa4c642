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
#   [-100, -100, -100, 0, 2, 100, 100, 100] [0, 0, 0, 0, 2, 254, 255, 255]
#   [0, 0, 0, 0, 3, 255, 255, 255] [1, 1, 1, 1, 3, 255, 255, 255]
#   [-7, -7, -7, -1, 5, 509, 2147483647, 2147483647]
#   [-32768, -32768, -129, 0, 2, 5, 5, 5] [127, 127, 127, 0, -2, -128, -128, -128]
#   [-2147483648, -2147483648, -129, 0, 2, 9, 9, 9] [0, 0, 0, 0, 2, 254, 65535, 65535]
#   [0, 100, 100, 100, 100, -100, 4, 5] [0, 127, 128, 255, 255, 0, 4, 5]
#   [0, 127, 128, 255, 255, 0, 4, 6] [1, 128, 129, 255, 255, 1, 5, 6]
#   [0, 255, 256, 511, 131072, -7, 8, 11]
#   [0, 5, 5, 5, 5, -32768, 4, 5] [0, -127, -128, -128, -128, 127, -4, -5]
#   [0, 9, 9, 9, 9, -32769, 9, 9] [0, 127, 128, 255, 65535, 0, 4, 5]
#   3 159 2
@no_inline
def limited(x: SIMD[DType.float64, 8]):
    """Conversions whose ends of the range are decided, all but decided and open."""
    var f = x.cast[DType.float32]()
    print(x.clamp(-100, 100).cast[DType.int8](), f.clamp(0, 255).cast[DType.uint8]())
    print((f.clamp(0, 255) + 0.5).cast[DType.uint8](), (f.clamp(0, 255) + 1).cast[DType.uint8]())
    print(round(max(f * 2, SIMD[DType.float32, 8](-7))).cast[DType.int32]())
    print(min(x, SIMD[DType.float64, 8](5)).cast[DType.int16](), (-x.clamp(-130, 128)).cast[DType.int8]())
    print(x.lt(3).select(x, SIMD[DType.float64, 8](9)).cast[DType.int32](), x.cast[DType.uint16]())


trait Counted(Copyable):
    def count(self) -> Int:
        ...


@fieldwise_init
struct Cell(Counted, ImplicitlyCopyable):
    var value: Int

    def count(self) -> Int:
        return self.value


struct Marked(Counted):
    """No trivial copy: none may be made behind its back."""

    var value: Int

    def __init__(out self, value: Int):
        self.value = value

    def __init__(out self, *, copy: Self):
        self.value = copy.value + 1000

    def count(self) -> Int:
        return self.value


@no_inline
def tick[*Ts: Counted](mut total: Int, p: Pointer[Int, MutUntrackedOrigin], *cells: *Ts) -> Int:
    var last = 0
    for i in range(3):
        p[] = i
        comptime for k in range(cells.__len__()):
            total += cells[k].count() * (k + 1)
            last = Pointer(to=cells[k])[].count()
    return last


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
    comptime infinity = 1e300 * 1e300
    limited([-infinity, -1e10, -129.5, -0.5, 2.5, 254.7, 1e19, infinity])
    limited([infinity - infinity, 127.4, 128, 255.49, 65535.9, -32769, 4, 5.5])
    var total = 0
    var marked = Marked(7)
    var scratch: List[Int] = [0]
    var p = scratch.unsafe_ptr().unsafe_origin_cast[MutUntrackedOrigin]()
    var last = tick(total, p, Cell(1), marked, Cell(5), Cell(2), Marked(3))
    print(last, total, scratch[0])
