# output:
#   True False 3
#   hello False
#   2.5
#   3.5
#   3.5 3.5
#   del 5
#   set 6
#   handed out 7
#   del 7
#   alone 8
#   del 8
#   int 1
#   str two
#   3.5
#   2 1 True
#   10
#   del 10
#   1
#   2
#   3
#   del 3
#   2
#   (2, 3) 2 3 2
#   (1, 2, 9) True
#   1 3 3
#   8
from std.utils import Variant, IndexList, Index, StaticTuple
from std.memory import ArcPointer, OwnedPointer

struct Noisy(Copyable, Writable):
    var n: Int
    def __init__(out self, n: Int):
        self.n = n
    def __init__(out self, *, copy: Self):
        self.n = copy.n
        print("copy", self.n)
    def __deinit__(deinit self):
        print("del", self.n)

struct Node(Copyable):
    var value: Int
    var next: Optional[ArcPointer[Node]]
    def __init__(out self, value: Int):
        self.value = value
        self.next = None

def main() raises:
    comptime V = Variant[Int, String, Float64]
    var v = V(3)
    print(v.isa[Int](), v.isa[String](), v[Int])
    v = String("hello")
    print(v[String], v.isa[Int]())
    v.set[Float64](2.5)
    print(v[Float64])
    v[Float64] += 1
    print(v[Float64])
    var u = v
    print(u[Float64], u)
    var w = Variant[Noisy, Int](Noisy(5))
    w = 6
    print("set", w[Int])
    Variant[Noisy, Int](Noisy(7)).deinit_with(lambda (var noisy: Noisy): print("handed out", noisy.n))
    print("alone", Variant[Noisy, Int](Noisy(8)).unsafe_unwrap[Noisy]().n)
    var items = List[Variant[Int, String]]()
    items.append(1)
    items.append(String("two"))
    for it in items:
        if it.isa[Int]():
            print("int", it[Int])
        else:
            print("str", it[String])
    var old = v.replace[Int, Float64](7) if v.isa[Float64]() else 0.0
    print(old)
    var a = ArcPointer(Noisy(1))
    var b = a
    print(a.count(), b[].n, a is b)
    b[].n = 10
    print(a[].n)
    _ = b^
    print(a.count())
    var o = OwnedPointer(Noisy(2))
    print(o[].n)
    o[].n += 1
    var n = o^.into_inner()
    print(n.n)
    var head = ArcPointer(Node(1))
    head[].next = ArcPointer(Node(2))
    print(head[].next.value()[].value)
    var l = Index(2, 3)
    print(l, l[0], l[1], len(l))
    var il = IndexList[3](1, 2, 3)
    il[2] = 9
    print(il, il == IndexList[3](1, 2, 9))
    var t = StaticTuple[Int, 3](1, 2, 3)
    print(t[0], t[2], len(t))
    t[1] = 8
    print(t[1])
