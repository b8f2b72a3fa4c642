# output:
#   2 1
#   6
#   aa! b
#   b
#   [1, 2, 3] -1 4 3 2
#   12 21 2 4 1x
#   4 5.0
#   16 2
#   2
#   4
#   E big
#   in 1
#   exit 1
#   2 7 1
#   1.0 x
#   3.0 7.0 0.3333333333333333 1
#   8 8 14 -2
#   [1.5, 2.5]
#   5 1.0
#   [[1], [2, 3]] 2
#   2.5 True
#   [4]
#   ab ababab True True
#   xy zw
#   0 0 0 2 1 0 1 2 done
# parameters and inference corner cases
@fieldwise_init
struct Bag[T: Copyable & Deinitable](Copyable):
    var xs: List[Self.T]
    def size(self) -> Int: return len(self.xs)
@fieldwise_init
struct View[mut: Bool, //, o: Origin[mut=mut]](Copyable):
    var p: Pointer[Int, Self.o]
    def get(self) -> Int: return self.p[]
    def set(self, v: Int) where Self.mut: pass
def pick(a: Bool, ref x: String, ref y: String) -> ref[x, y] String:
    return x if a else y
def longest[o: Origin](a: StringSlice[o], b: StringSlice[o]) -> StringSlice[o]:
    return a if a.byte_length() > b.byte_length() else b
def cont[T: Writable & Copyable & Deinitable](x: List[T]) -> String: return String(x)
def f_opt(x: Optional[Int] = None) -> Int: return x.or_else(-1)
def f_list(var xs: List[Int] = [1, 2]) -> Int:
    xs.append(3)
    return len(xs)
def named(*, a: Int, b: Int = 2) -> Int: return a * 10 + b
def pos(a: Int, /, b: Int) -> Int: return a - b
def gen2[A: Writable, B: Writable](a: A, b: B) -> String: return String(a, b)
def higher[T: Copyable & Deinitable, F: def(T) -> T](x: T, f: F) -> T: return f(x)
def comp[F: def(Int) -> Int, G: def(Int) -> Int](f: F, g: G, x: Int) -> Int: return g(f(x))
def thin_user(f: def(Int) thin -> Int, x: Int) -> Int: return f(x)
def inc(x: Int) -> Int: return x + 1
def rais(x: Int) raises -> Int:
    if x > 2: raise "big"
    return x
def rtwice[F: def(Int) raises -> Int](f: F, x: Int) raises -> Int: return f(x) + f(x)
struct Counter(Movable, Deinitable):
    var n: Int
    def __init__(out self): self.n = 0
    def __enter__(mut self) -> Int:
        self.n += 1
        return self.n
    def __exit__(mut self): print("exit", self.n)
struct Stack[T: Copyable & Deinitable](Sized, Movable):
    var data: List[Self.T]
    def __init__(out self): self.data = List[Self.T]()
    def push(mut self, var v: Self.T): self.data.append(v^)
    def pop(mut self) -> Self.T: return self.data.pop()
    def __len__(self) -> Int: return len(self.data)
    def peek(ref self) -> ref[self.data[0]] Self.T: return self.data[len(self.data) - 1]
def main() raises:
    print(Bag([1, 2]).size(), Bag[String](["a"]).size())
    var n = 5
    var v = View(Pointer(to=n))
    n = 6
    print(v.get())
    var a = String("aa")
    var b = String("b")
    pick(True, a, b) += "!"
    print(a, b); print(pick(False, a, b))
    print(cont([1, 2, 3]), f_opt(), f_opt(4), f_list(), f_list([5]))
    print(named(a=1), named(b=1, a=2), pos(5, 3), pos(5, b=1), gen2(1, "x"))
    print(higher(3, inc), higher(2.5, lambda (x: Float64) -> Float64: x * 2))
    print(comp(inc, lambda (x: Int) -> Int: x * x, 3), thin_user(inc, 1))
    var fs: List[def(Int) thin -> Int] = [inc, inc]
    var g = fs[0]
    print(g(1))
    print(rtwice(rais, 2))
    try:
        print(rtwice(rais, 3))
    except e:
        print("E", e)
    with Counter() as c:
        print("in", c)
    var s = Stack[Int]()
    s.push(1)
    s.push(2)
    s.peek() = 7
    print(len(s), s.pop(), s.pop())
    var t: Tuple[Float64, String] = (1, "x")
    print(t[0], t[1])
    var x: Float64 = 3
    var y = x * 2 + 1
    var z = 1 / x
    print(x, y, z, 1 if x > 2 else 0)
    var u: UInt8 = 7
    print(u + 1, 1 + u, u << 1, -3 // 2)
    var l2: List = [1.5, 2.5]
    print(l2)
    var m = max(3, 4, 5)
    print(m, min(2.5, 1))
    var nested: List[List[Int]] = [[1], [2, 3]]
    print(nested, len(nested[1]))
    var o: Optional[Float64] = 2.5
    print(o.value(), Bool(o))
    var k = [x for x in [3, 4] if x > 3]
    print(k)
    print("a" + "b", "ab" * 3, "b" in "abc", "a" < "b")
    print(String("x") + "y", "z" + String("w"))
    for i in range(3):
        for j in range(3):
            if j == 1: continue
            if i == 2: break
            print(i, j, end=" ")
    else:
        print("done")
