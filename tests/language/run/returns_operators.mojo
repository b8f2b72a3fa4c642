# output:
#   1 0 -1
#   big
#   e: small
#   9 s 2.5
#   1 s 2.5 3
#   [] [0, 1, 2]
#   3k1.0 1z1.0 3k2.5
#   1|two|3.5|
#   3
#   [6, 33, 6, 8] 6 -1
#   36
#   11
#   1
#   loop 0
#   loop 1
#   1
#   V(x=11, y=12) V(x=12, y=13) V(x=22, y=24) V(x=-11, y=-12) 12 True 45
#   truthy
#   True False
#   5 dflt
#   1.0
#   1265 1000.0 2.5 3 -4
#   -128 0 2
#   True True True
#   [line1]
#   [line2]
#   4 5
#   4
#   [0]
#   [a, b, , c]
#   done 12
#   'q\'x' Int(3) List[SIMD[DType.int, 1]]([Int(0)])
def f(n: Int) -> Int:
    var r: Int
    if n > 0:
        r = 1
    elif n == 0:
        r = 0
    else:
        r = -1
    return r

def g(n: Int) raises -> String:
    while True:
        if n > 3:
            return "big"
        raise Error("small")

def ret_tuple(a: Int) -> Tuple[Int, String, Float64]:
    return a, "s", 2.5

def outarg(a: Int, out r: List[Int]):
    r = List[Int]()
    if a == 0:
        return
    for i in range(a):
        r.append(i)

def defaults(a: Int = 3, *, b: String = "k", c: Float64 = 1) -> String:
    return String(a) + b + String(c)

def variadic[*Ts: Writable](*args: *Ts) -> Int:
    comptime n = args.__len__()
    comptime for i in range(n):
        print(args[i], end="|")
    print()
    return n

def kws(var **kws: Int) -> Int:
    return 0

def refs(mut a: List[Int], i: Int) -> ref[a[0]] Int:
    return a[i]

def early(xs: List[Int]) -> Int:
    for x in xs:
        if x % 2 == 0:
            return x
    return -1

def nested_fn(n: Int) -> Int:
    def sq(x: Int) -> Int:
        return x * x
    def cube(x: Int) {} -> Int:
        return x * x * x
    return sq(n) + cube(n)

def shadow():
    var x = 1
    if True:
        var x = x + 10
        print(x)
    print(x)
    for x in range(2):
        print("loop", x)
    print(x)

@fieldwise_init
struct V(Copyable, Movable, ImplicitlyCopyable, Equatable, Writable):
    var x: Int
    var y: Int
    def __add__(self, o: Self) -> Self:
        return Self(self.x + o.x, self.y + o.y)
    def __iadd__(mut self, o: Self):
        self.x += o.x
        self.y += o.y
    def __mul__(self, k: Int) -> Self:
        return Self(self.x * k, self.y * k)
    def __rmul__(self, k: Int) -> Self:
        return self * k
    def __neg__(self) -> Self:
        return Self(-self.x, -self.y)
    def __getitem__(self, i: Int) -> Int:
        return self.x if i == 0 else self.y
    def __contains__(self, v: Int) -> Bool:
        return v == self.x or v == self.y
    def __call__(self, k: Int) -> Int:
        return self.x * k + self.y
    def __bool__(self) -> Bool:
        return self.x != 0
    def __len__(self) -> Int:
        return 2

def main() raises:
    print(f(5), f(0), f(-5))
    print(g(4))
    try:
        print(g(1))
    except e:
        print("e:", e)
    var a, b, c = ret_tuple(9)
    print(a, b, c)
    var t = ret_tuple(1)
    print(t[0], t[1], t[2], len(t))
    print(outarg(0), outarg(3))
    print(defaults(), defaults(1, b="z"), defaults(c=2.5))
    print(variadic(1, "two", 3.5))
    var l: List[Int] = [1, 3, 6, 8]
    refs(l, 1) = 33
    refs(l, 0) += 5
    print(l, early(l), early([1]))
    print(nested_fn(3))
    shadow()
    var v = V(1, 2)
    v += V(10, 10)
    print(v, v + V(1, 1), 2 * v, -v, v[1], 12 in v, v(3))
    if v and not V(0, 0):
        print("truthy")
    print(v == V(11, 12), v != V(11, 12))
    var x = 0 or 5
    var s = "" or "dflt"
    print(x, s)
    var z: Float64 = 1 if a > 3 else 2.5
    print(z)
    var big = 0xFF + 0b11 + 0o7 + 1_000
    print(big, 1e3, 5 / 2, 7 // 2, -7 // 2)
    var i8 = Int8(127)
    i8 += 1
    print(i8, UInt8(255) + 1, Int32(5) / 2)
    print("x" in "xyz", "ab" < "b", "abc" == "abc")
    var st = "line1\nline2"
    for ln in st.splitlines():
        print("[", ln, "]", sep="")
    var q = l.copy()
    q.append(1)
    print(len(l), len(q))
    var w = l^
    print(len(w))
    l = [0]
    print(l)
    print(String("a,b,,c").split(","))
    assert a == 9, "msg"
    comptime assert 3 > 2, "ok"
    var cnt = 0
    while cnt < 10:
        cnt += 3
    else:
        print("done", cnt)
    pass
    print(repr("q'x"), repr(3), repr(l))
