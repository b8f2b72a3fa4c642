# Dict, Set, BinaryHeap, BitSet, and what hashing asks of a key.
# output:
#   {one: 1, two: 2, three: 3} 3 True False True
#   1 2 None -1 3
#   {one: 11, two: 2, three: 3}
#   DictKeyError[String]()
#   2 5 {one: 11, three: 3}
#   DictKeyError[String]()
#   one three one three 11 3 one 11 three 3 
#   {one: 12, three: 4}
#   {one: 24, three: 8}
#   7 7 {one: 24, three: 8, x: 7}
#   x 7 {one: 24, three: 8}
#   {one: 0, three: 8, a: 1}
#   {one: 0, three: 8, a: 1, q: 4}
#   {one: 0, three: 8, a: 1, r: 5} True False
#   {} 4 0
#   {1: v, 2: v}
#   {0: 0, 1: 1, 2: 4, 3: 9, 4: 16}
#   4 3 2 1 0 
#   {a: [1], b: [1, 2, 3]}
#   EmptyDictError()
#   [a, one, r, three, zz]
#   [one, three, a, r, zz]
#   p True False
#   6 9
#   9 5 4 3 1 1 
#   True False 2 {3, 10}
#   {4, 10}
#   {4, 10} {10} {4}
#   5 False
#   True True
#   4
#   4 True True True
#   {1, 3, 5} {5, 3, 1}
#   {5, 3, 1}
#   {5, 3, 1}
#   True True True False
#   number 2; bytes 2; number True; 197 1
#   number 1; number 2; number [1, 2, 3, 4]; 3 10
#   number 4609434218613702656; number 1; number 3; 4609434218613702656 4
#   True True
#   drei five 2 False 1 2
#   True False {3, 5} {5: fünf}
#   b 10
#   3b 3f 3j 2g 2c 1d 1h 0a 0e 0i 
#   (1, 11) False True False False True False 10; (2, 9) True True True True True True 7; (0, 9) False False True True True False 9; (0, 12) False False False False True False 12; (12, 15) True True False False False False 3; (1, 12) (2, 10) Interval[SIMD[DType.float64, 1]](start=Float64(1.5), end=Float64(2.5))
#   [34.0, 37.0, 36.0] [38.0] [] 3
#   ├─(15, 20)=33.0
#     └─(10, 30)=34.0
#     | └─(5, 20)=36.0
#     | ├─(12, 15)=37.0
#     ├─(17, 19)=35.0
#       ├─(30, 40)=38.0
#   IntervalTree[SIMD[DType.int, 1], SIMD[DType.float64, 1]](├─(15, 20)=33.0
#     └─(10, 30)=34.0
#     | └─(5, 20)=36.0
#     | ├─(12, 15)=37.0
#     ├─(17, 19)=35.0
#       ├─(30, 40)=38.0
#   )
#   12 True
from std.collections.interval import Interval, IntervalTree
from std.collections import BinaryHeap, BitSet, Set
from std.hash import Hasher


def run_dict1() raises:
    var d = Dict[String, Int]()
    d["one"] = 1
    d["two"] = 2
    d["three"] = 3
    print(d, len(d), "one" in d, "zzz" in d, Bool(d))
    print(d["one"], d.get("two"), d.get("zz"), d.get("zz", -1), d.find("three"))
    d["one"] += 10
    print(d)
    try:
        print(d["nope"])
    except e:
        print(e)
    print(d.pop("two"), d.pop("nah", 5), d)
    try:
        _ = d.pop("nope")
    except e:
        print(e)
    for k in d:
        print(k, end=" ")
    for k in d.keys():
        print(k, end=" ")
    for v in d.values():
        print(v, end=" ")
    for e in d.items():
        print(e.key, e.value, end=" ")
    print()
    for ref e in d.items():
        e.value += 1
    print(d)
    for ref v in d.values():
        v *= 2
    print(d)
    var s1 = d.setdefault("x", 7)
    var s2 = d.setdefault("x", 8)
    print(s1, s2, d)
    var it = d.popitem()
    print(it.key, it.value, d)
    var o: Dict[String, Int] = {"a": 1, "one": 0}
    d.update(o)
    print(d)
    print(d | {"q": 4})
    d |= {"r": 5}
    print(d, d == d.copy(), d == o)
    var c = d.copy()
    c.clear()
    print(c, len(d), len(c))
    var f = Dict[Int, String].fromkeys([1, 2], "v")
    print(f)
    var sq = {x: x * x for x in range(5)}
    print(sq)
    for k in reversed(sq):
        print(k, end=" ")
    print()
    var g: Dict[String, List[Int]] = {}
    g.setdefault("a", []).append(1)
    g["b"] = [1, 2]
    g["b"].append(3)
    print(g)
    try:
        var em = Dict[Int, Int]()
        _ = em.popitem()
    except e:
        print(e)
    _ = d.insert("zz", 1)
    var keys = List[String]()
    for k in d.keys():
        keys.append(k)
    sort(keys)
    print(keys)
    var ks = List(d.keys())
    print(ks)
    var by = Dict[Tuple[Int, Int], String]()
    by[(1, 2)] = "p"
    print(by[(1, 2)], (1, 2) in by, (2, 1) in by)


def run_heap1() raises:
    var h = BinaryHeap[Int]()
    for x in [3, 1, 4, 1, 5, 9]:
        h.push(x)
    print(len(h), h.peek())
    while len(h) > 0:
        print(h.pop(), end=" ")
    print()
    var b = BitSet[64]()
    b.set(3)
    b.set(10)
    print(b.test(3), b.test(4), len(b), b)
    b.toggle(4)
    b.clear(3)
    print(b)
    var c = BitSet[64]()
    c.set(10)
    print(b.union(c), b.intersection(c), b.difference(c))


@fieldwise_init
struct K_hash1(Copyable, Hashable, Equatable, KeyElement):
    var a: Int
    var b: String
@fieldwise_init
struct K2_hash1(Copyable, KeyElement):
    var a: Int
    def __eq__(self, o: Self) -> Bool:
        return self.a == o.a
    def __hash__[H: Hasher](self, mut hasher: H):
        self.a.__hash__(hasher)
@fieldwise_init
struct K3_hash1(Copyable, KeyElement):
    var a: Int
    var s: String
    def __eq__(self, o: Self) -> Bool:
        return self.a == o.a and self.s == o.s
    def __hash__[H: Hasher](self, mut hasher: H):
        self.a.__hash__(hasher)
        self.s.__hash__(hasher)
def run_hash1() raises:
    var d = Dict[K_hash1, Int]()
    d[K_hash1(1, "x")] = 5
    print(d[K_hash1(1, "x")], K_hash1(1, "y") in d)
    print(hash(K_hash1(1, "x")) == hash(K_hash1(1, "x")), hash(1) == hash(1))
    var e: Dict[K2_hash1, Int] = {K2_hash1(3): 4}
    print(e[K2_hash1(3)])
    var f: Dict[K3_hash1, Int] = {K3_hash1(3, "q"): 4}
    print(f[K3_hash1(3, "q")], hash((1, "a")) == hash((1, "a")), hash(2.5) == hash(2.5), hash(True) == hash(True))


@fieldwise_init
struct Task(Comparable, Copyable):
    var priority: Int
    var name: String

    def __lt__(self, other: Self) -> Bool:
        return self.priority < other.priority

    def __eq__(self, other: Self) -> Bool:
        return self.priority == other.priority


def run_tasks():
    """Of equal elements those come first that come first in the official library."""
    var heap = BinaryHeap[Task]()
    var names = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"]
    for i in range(len(names)):
        heap.push(Task(i * 7 % 4, names[i]))
    print(heap.peek().name, len(heap.copy()))
    while len(heap) > 0:
        var task = heap.pop()
        print(task.priority, task.name, sep="", end=" ")
    print()


def run_sets() raises:
    var a: Set[Int] = {1, 2, 3, 4, 5}
    var b: Set[Int] = {5, 3, 9, 1}
    print(a & b, b & a)
    var c = a.copy()
    c &= b
    print(c)
    b &= a
    print(b)
    var k = 2
    print(k in (1, 2, 3), "b" in ("a", "b"), (1, 2).__contains__(k), 5 in (1, 2))

struct Noting(Defaultable, Hasher):
    var sum: UInt64
    def __init__(out self):
        self.sum = 0
    def _update_with_simd(mut self, value: SIMD[_, _]):
        print("number", value, end="; ")
        comptime if value.dtype == DType.bool:
            self.sum += 1
        else:
            self.sum += value.reduce_add().cast[DType.uint64]()
    def update(mut self, value: Span[mut=False, UInt8, _]):
        print("bytes", len(value), end="; ")
        for byte in value:
            self.sum += byte.cast[DType.uint64]()
    def finish(self) -> UInt64:
        return self.sum
@fieldwise_init
struct K4_hash1(Hashable):
    var x: Int
    var y: String
def run_hasher1():
    print(hash[HasherType=Noting](K4_hash1(2, "ab")), hash[HasherType=Noting](True))
    var xs: List[Int8] = [1, 2]
    print(hash[HasherType=Noting](xs), hash[HasherType=Noting](SIMD[DType.int32, 4](1, 2, 3, 4)))
    print(hash[HasherType=Noting](1.5), hash[HasherType=Noting](Optional(3)))
    print(hash(1.5) == hash(1.5), hash(K4_hash1(1, "a")) == hash(K4_hash1(1, "a")))

struct Adding(Defaultable, Hasher):
    var sum: UInt64
    def __init__(out self):
        self.sum = 0
    def _update_with_simd(mut self, value: SIMD[_, _]):
        self.sum += value.reduce_add().cast[DType.uint64]()
    def update(mut self, value: Span[mut=False, UInt8, _]):
        for byte in value:
            self.sum += byte.cast[DType.uint64]()
    def finish(self) -> UInt64:
        return self.sum
def run_own_hasher() raises:
    var d = Dict[Int, String, Adding]()
    d[3] = "three"
    d[5] = "five"
    d[3] = "drei"
    var e: Dict[String, Int, Adding] = {"ab": 1, "ba": 2}
    print(d[3], d[5], len(d), 4 in d, e["ab"], e["ba"])
    var s = Set[Int, Adding](3, 5)
    _ = d.pop(3)
    for entry in d.items():
        d[entry.key] = "fünf"
    print(3 in s, 4 in s, s, d)


def run_intervals() raises:
    var base = Interval(1, 10)
    for other in [Interval(1, 11), Interval(2, 9), Interval(0, 9), Interval(0, 12), Interval(12, 15)]:
        print(other, base < other, base <= other, base > other, base >= other, base.overlaps(other), other in base, len(other), end="; ")
    print(base.union(Interval(2, 12)), base.intersection(Interval(2, 12)), repr(Interval(1.5, 2.5)))
    var tree = IntervalTree[Int, Float64]()
    tree.insert((15, 20), 33.0)
    tree.insert((10, 30), 34.0)
    tree.insert((17, 19), 35.0)
    tree.insert((5, 20), 36.0)
    tree.insert((12, 15), 37.0)
    tree.insert((30, 40), 38.0)
    print(tree.search((10, 15)), tree.search(Interval(35, 36)), tree.search((100, 200)), tree.depth())
    print(tree, end="")
    print(repr(tree))
    var many = IntervalTree[Int, Int]()
    var seed = 12345
    for k in range(200):
        seed = (seed * 1103515245 + 12345) % 2147483648
        many.insert(Interval(seed // 65536 % 500, seed // 65536 % 500 + seed // 256 % 20 + 1), k)
    var hits = many.search((100, 120))
    print(len(hits), many.depth() <= 14)


def main() raises:
    run_dict1()
    run_heap1()
    run_hash1()
    run_sets()
    run_hasher1()
    run_own_hasher()
    run_tasks()
    run_intervals()
