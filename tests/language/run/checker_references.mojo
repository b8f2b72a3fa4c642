# output:
#   [10, 1, 2]
#   [50, 2]
#   [2, 50, 10]
#   [11, 51, 3] True 2
#   z 2
#   [1, 2, 3, 4, 6, 12] (2, 1)
#   {a: [1, 2]} 1 True
#   a
#   3 True
#   3 none True
#   {0: 0, 1: 1, 2: 4, 3: 9}
#   {0, 1, 2}
#   [[1, 2], [3, 4]] 3
#   the|quick|brown|
#   6
#   2 1 3
#   12
#   a 2
#   hi kiln 3 KILN
#   missing DictKeyError[String]()
#   6
#   43 2.5 3.0 'x' 0xff
#   n=3
from std.collections import Set
def first(ref l: List[Int]) -> ref[l[0]] Int: return l[0]
struct Acc(Movable, Deinitable):
    var xs: List[String]
    def __init__(out self): self.xs = []
    def add(mut self, var s: String) -> ref[self] Self:
        self.xs.append(s^)
        return self
    def at(ref self, i: Int) -> ref[self.xs[0]] String: return self.xs[i]
def kws(a: Int, var **k: Int) -> Int:
    var t = a
    for e in k.items(): t += e.value
    return t
def divs(n: Int) -> List[Int]:
    return [d for d in range(1, n + 1) if n % d == 0]
def swap2(a: Int, b: Int) -> Tuple[Int, Int]: return b, a
def opt(i: Int) -> Optional[String]:
    if i > 0: return String(i)
    return None
def main() raises:
    var l: List[Int] = [3, 1, 2]
    first(l) = 9
    first(l) += 1
    print(l)
    ref r = l[1]
    r = 50
    print(l[1:3]); print(l[::-1])
    for ref x in l: x += 1
    for var x in l: x += 1
    print(l, 51 in l, l.index(3))
    var a = Acc()
    _ = a.add("x")
    _ = a.add("y")
    a.at(0) = "z"
    print(a.at(0), len(a.xs))
    print(divs(12), swap2(1, 2))
    var d: Dict[String, List[Int]] = {}
    d["a"] = [1]
    d["a"].append(2)
    print(d, len(d), "a" in d)
    for k in d: print(k)
    var s: Set[Int] = {1, 2, 2}
    s.add(5)
    print(len(s), 5 in s)
    print(opt(3).value(), opt(0).or_else("none"), opt(0) is None)
    var sq = {x: x * x for x in range(4)}
    print(sq)
    var st = {x % 3 for x in range(10)}
    print(st)
    var nested = [[1, 2], [3, 4]]
    print(nested, nested[1][0])
    var words = String("the quick brown").split()
    for w in words: print(w, end="|")
    print()
    var x = y_of(3) if len(words) > 2 else 0
    print(x)
    var (p, (q, z)) = (1, (2, 3))
    p, q = q, p
    print(p, q, z)
    var n = 0
    while (n := n + 3) < 10: pass
    print(n)
    print("{} {1}".format("a", 2) if False else "{} {}".format("a", 2))
    var name = "kiln"
    print(t"hi {name} {1 + 2} {name.upper()}")
    try:
        _ = d["zz"]
    except e:
        print("missing", e)
    print(kws(1, b=2, c=3))
    print(Int("42") + 1, Float64("2.5"), String(3.0), repr("x"), hex(255))
    var e = Error("n=", 3)
    print(e)
def y_of(v: Int) -> Int: return v * 2
