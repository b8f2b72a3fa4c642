# Forms that published programs use and the reference hardly mentions: deprecated but accepted names, reserved words as members,
# defaults that decide a parameter.
# output:
#   True False 42
#   7 8
#   [3.0, 4.0, 5.0, 6.0] 8.0 [0.5, 2.0]
#   [0.5, 3.0, 5.0, 7.0]
#   8.0 0.5 2.0 5
#   1073741824 8.0
#   [2.0, 4.0]
#   3.0 3.0 3.0
#   3.0
#   auto 2.5 fixed 2.5 fixed 3
#   3 x
#   4609434218613702656 [1065353216, 1073741824]
from std.memory import alloc


struct Router(Copyable):
    var hits: Int

    def __init__(out self):
        self.hits = 0

    def match(mut self, path: String) -> Bool:
        self.hits += 1
        return path.startswith("/")

    def import(self, a: Int) -> Int:
        return a + self.hits


struct Node:
    comptime NodePointer = UnsafePointer[Self, MutUntrackedOrigin]

    var value: Int
    var next: Optional[Self.NodePointer]

    def __init__(out self, value: Int):
        self.value = value
        self.next = None

    @staticmethod
    def make(value: Int) -> Self.NodePointer:
        var node = alloc[Self](1)
        node.unsafe_write(Self(value))
        return node


def shape(mode: StringLiteral = "auto", scale: SIMD = Float32(2.5)) -> String:
    return String(mode) + " " + String(scale)


def shown[T: Writable & Copyable](a: T = 3) -> String:
    return String(a)


def pointers():
    var p = alloc[Float32](8)
    p.store[width=4](0, SIMD[DType.float32, 4](1, 2, 3, 4))
    p.store(4, SIMD[DType.float32, 4](5, 6, 7, 8))
    p.store(Float32(0.5))
    print(p.load[width=4](2), p.load(7), p.load[width=2]())
    print(p.strided_load[width=4](2))
    p.swap_pointees(p + 7)
    p.swap_pointees(p)
    print(p[0], p[UInt(7)], p[Int8(1)], (p + 5) - p)
    print(p.bitcast[UInt32]()[1], p.take_pointee())
    print(p.gather(SIMD[DType.int64, 2](1, 3)))
    var q = p + 3
    q -= 1
    print(q[], q.unsafe_mut_cast[False]()[], q.as_imm()[])
    print(UnsafePointer[Float32, MutUntrackedOrigin](unsafe_from_address=Int(q))[])
    p.free()


def main():
    var r = Router()
    print(r.match("/a"), r.match("b"), r.import(40))
    var n = Node.make(7)
    n[].next = Node.make(8)
    print(n[].value, n[].next.value()[].value)
    n[].next.value().free()
    n.free()
    pointers()
    print(shape(), shape("fixed"), shape("fixed", Int8(3)))
    print(shown(), shown("x"))
    print(Float64(1.5).to_bits[DType.uint64](), SIMD[DType.float32, 2](1, 2).to_bits[DType.uint32]())
