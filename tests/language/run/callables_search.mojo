# output:
#   6
#   unlucky 11
#   2! 5
#   18
#   [apple, fig, pear]
#   0 1 False
#   again
#   at 1
#   3 1 111 30
#   12
#   3
#   2.5
from std.collections import Set
trait Visitor:
    def visit(mut self, n: Int) raises:
        ...

struct Summer(Visitor):
    var total: Int
    def __init__(out self):
        self.total = 0
    def visit(mut self, n: Int) raises:
        if n == 13:
            raise Error("unlucky")
        self.total += n

def walk[V: Visitor](mut v: V, xs: List[Int]) raises:
    for x in xs:
        v.visit(x)

def each[F: def(Int) -> None](n: Int, f: F):
    for i in range(n):
        f(i)

def build(n: Int) -> List[String]:
    var acc = List[String]()
    def add(i: Int) {mut acc}:
        acc.append(String(i) + "!")
    each(n, add)
    return acc^

def apply_twice[F: def(Int) -> Int](f: F, x: Int) -> Int:
    return f(f(x))

struct Callable:
    var k: Int
    def __init__(out self, k: Int):
        self.k = k
    def __call__(self, x: Int) -> Int:
        return x + self.k

def gen_sort[T: Copyable & Comparable & Deinitable](mut xs: List[T]):
    for i in range(len(xs)):
        for j in range(len(xs) - 1 - i):
            if xs[j + 1] < xs[j]:
                var t = xs[j].copy()
                xs[j] = xs[j + 1].copy()
                xs[j + 1] = t^

struct Pool[N: Int]:
    var used: List[Bool]
    def __init__(out self):
        self.used = [False for _ in range(Self.N)]
    def take(mut self) -> Optional[Int]:
        for i in range(Self.N):
            if not self.used[i]:
                self.used[i] = True
                return i
        return None
    def give(mut self, i: Int):
        self.used[i] = False

def find(xs: List[String], key: String) -> Optional[Int]:
    for i, x in enumerate(xs):
        if x == key:
            return Optional[Int](i)
    return Optional[Int]()

def state(s: String) -> Int:
    var st = 0
    for c in s.codepoint_slices():
        match (st, String(c)):
            case (0, "a"): st = 1
            case (1, "b"): st = 2
            case (2, "c"): st = 3
            case (_, "x"): st = 0
            case _: pass
    return st

def collatz(var n: Int) -> Int:
    var steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps

def matrix() -> Int:
    comptime n = 4
    var m = [[i * n + j for j in range(n)] for i in range(n)]
    var tr = 0
    comptime for i in range(n):
        tr += m[i][i]
    return tr

def main() raises:
    var s = Summer()
    walk(s, [1, 2, 3])
    print(s.total)
    try:
        walk(s, [5, 13, 7])
    except e:
        print(e, s.total)
    print(build(3)[2], len(build(5)))
    print(apply_twice(lambda (x: Int) -> Int: x * 3, 2))
    var words: List[String] = ["pear", "apple", "fig"]
    gen_sort(words)
    print(words)
    var p = Pool[2]()
    var a = p.take()
    var b = p.take()
    var c = p.take()
    print(a.value(), b.value(), Bool(c))
    p.give(0)
    if p.take():
        print("again")
    var i = find(words, "fig")
    if i:
        print("at", i.value())
    print(state("abc"), state("abxa"), collatz(27), matrix())
    var counts = Dict[String, Int]()
    for w in words:
        counts[w] = w.byte_length()
    var tot = 0
    for v in counts.values():
        tot += v
    print(tot)
    var seen = Set[Int]()
    for q in [3, 1, 3, 2, 1]:
        if q in seen:
            continue
        seen.add(q)
    print(len(seen))
    var x: Float64 = 10
    while x > 1:
        x /= 2
        if x < 3:
            break
    else:
        print("never")
    print(x)
