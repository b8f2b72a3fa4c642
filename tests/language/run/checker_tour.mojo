# output:
#   5.0 shape
#   x 1
#   8
#   7
#   15
#   120 6765 55
#   1,2,3 4-5 
#   0 1;1 a;2 2.5;3 True;
#   111 103 13
#   3
#   caught div by zero: 7
#   fin
#   1 two (1, two, 3.0)
#   1 two 3.0
#   a 11 b 2 c 3 
#   [0, 4, 16, 36, 64] 5
#   True 5 x False
#   True 4
#   5
#   three
#   e HELLO k=3 s=hello
#   400
#   1.0 3.5 3 -4 1024 1
#   [2.0, 4.0, 6.0, 8.0] 10.0 2.0
#   1
trait Shape(Copyable, Deinitable):
    comptime Kind: AnyType
    def area(self) -> Float64: ...
    def name(self) -> String:
        return "shape"

@fieldwise_init
struct Sq(Shape):
    comptime Kind = Int
    var s: Float64
    def area(self) -> Float64:
        return self.s * self.s

@fieldwise_init
struct Pair[A: Copyable & Deinitable, B: Copyable & Deinitable](Copyable):
    var a: Self.A
    var b: Self.B
    def swap(self) -> Pair[Self.B, Self.A]:
        return Pair(self.b.copy(), self.a.copy())

def total[T: Shape](xs: List[T]) -> Float64:
    var t = 0.0
    for x in xs:
        t += x.area()
    return t

def apply[F: def(Int) -> Int](f: F, n: Int) -> Int:
    return f(n)

def twice(x: Int) -> Int: return x * 2

def fact[n: Int]() -> Int:
    comptime if n <= 1:
        return 1
    else:
        return n * fact[n - 1]()

def fib(n: Int) -> Int:
    return n if n < 2 else fib(n - 1) + fib(n - 2)

comptime F20 = fib(20)

def many(*xs: Int, sep: String = ",") -> String:
    var s = String()
    for i in range(len(xs)):
        if i > 0: s += sep
        s += String(xs[i])
    return s

def show[*Ts: Writable](*xs: *Ts):
    comptime for i in range(xs.__len__()):
        print(i, xs[i], end=";")
    print()

def kw(a: Int, b: Int = 10, *, c: Int = 100) -> Int: return a + b + c

def divide(a: Int, b: Int) raises -> Int:
    if b == 0:
        raise Error("div by zero: ", a)
    return a // b

def main() raises:
    var xs: List[Sq] = [Sq(1.0), Sq(2.0)]
    print(total(xs), xs[0].name())
    var p = Pair(1, String("x"))
    var q = p.swap()
    print(q.a, q.b)
    print(apply(twice, 4))
    var k = 3
    def addk(x: Int) {imm k} -> Int: return x + k
    print(apply(addk, 4))
    print(apply(lambda (x: Int) -> Int: x * k, 5))
    print(fact[5](), F20, comptime (fib(10)))
    print(many(1, 2, 3), many(4, 5, sep="-"), many())
    show(1, "a", 2.5, True)
    print(kw(1), kw(1, 2), kw(c=1, a=2))
    try:
        print(divide(7, 2))
        print(divide(7, 0))
    except e:
        print("caught", e)
    finally:
        print("fin")
    var t = (1, "two", 3.0)
    print(t[0], t[1], t)
    var (a, b, c) = t
    print(a, b, c)
    var d = {"a": 1, "b": 2}
    d["c"] = 3
    d["a"] += 10
    for e in d.items():
        print(e.key, e.value, end=" ")
    print()
    var sqs = [i * i for i in range(10) if i % 2 == 0]
    print(sqs, len(sqs))
    print(1 < 2 < 3, 0 or 5, "" or "x", not 3)
    var o: Optional[Int] = None
    print(o is None, o or Optional[Int](4))
    o = 5
    if o: print(o.value())
    match k:
        case 1 | 2: print("low")
        case 3: print("three")
        case _: print("other")
    var s = String("hello")
    print(s[byte=1], s.upper(), t"k={k} s={s}")
    var total2 = 0
    for i, x in enumerate(sqs):
        total2 += i * x
    print(total2)
    var m: Float64 = 1 if k > 2 else 2.5
    print(m, 7 / 2, 7 // 2, -7 // 2, 2 ** 10, 7 % 3)
    var v = SIMD[DType.float32, 4](1, 2, 3, 4)
    print(v * 2, v.reduce_add(), v[1])
    while k > 0:
        k -= 1
        if k == 1: break
    else:
        print("no")
    print(k)
