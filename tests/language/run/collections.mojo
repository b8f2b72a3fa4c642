# output:
#   {a: 100, b: 2, c: 3, z: 26} 4
#   2 7
#   z {a: 100, c: 3}
#   5
#   False 4
#   True
#   True 4 None 9
#   x y x y 4 4 50 {x: 50, y: 50}
#   {0: 0, 1: 1, 2: 4, 3: 9} True {a: 100, c: 3, q: 5, x: 50, y: 50}
#   y 50 x 50 y
#   x
#   4 True
#   3
#   500 2000000 1 -1
#   DictKeyError[String]()
#   DictKeyError[String]()
#   {1, 2, 3, 7, 9} 5
#   False False True {2, 3, 7, 9, 4}
#   DictKeyError[SIMD[DType.int, 1]]()
#   [0, 1, 2, 3, 4] 5
#   0 [4, 3, 2, 1]
#   [3, 1, 2] 2 3 3
#   [8, 9, 3, 1, 2, 4, 5] 1 True 5
#   [5, 4, 2, 1, 3, 9, 77]
#   [2, 3, 4]
#   77,9,3,1,2,4,5,
#   IndexError: Deque is empty
#   a 3 0 None 2
#   b 1
#   {b: 2, q: 1}
#   Dict[String, SIMD[DType.int, 1]]({'a': Int(100), 'c': Int(3), 'q': Int(5)}) Deque[SIMD[DType.int, 1]]([]) Counter[String]({'b': Int(2), 'q': Int(1)})
from std.collections import Set, Deque, Counter, LinkedList
from std.hash import Hasher


struct Key(Movable, Equatable, Hashable, Writable):
    var n: Int

    def __init__(out self, n: Int):
        self.n = n

    def __eq__(self, o: Self) -> Bool:
        return self.n == o.n

    def __hash__[H: Hasher](self, mut h: H):
        self.n.__hash__(h)


struct Tok(Movable):
    var n: Int

    def __init__(out self, n: Int):
        self.n = n


def main() raises:
    var d: Dict[String, Int] = {"a": 1, "b": 2, "c": 3}
    var e: Dict[String, Int] = {"z": 26, "a": 100}
    d.update(e)
    print(d, len(d))
    print(d.pop("b"), d.pop("nope", 7))
    print(d.popitem().key, d)
    print(d.setdefault("q", 5))
    var d2 = d.copy()
    d2["new"] = 1
    print(d == d2, len(d2))
    var f = Dict[String, Int].fromkeys(["x", "y"], 4)
    var names = ["x", "y"]
    print(Dict.fromkeys(names, 4) == f)
    print("x" in f, f.get("x"), f.get("w"), f.get("w", 9))
    for k in f:
        print(k, end=" ")
    for k in f.keys():
        print(k, end=" ")
    for v in f.values():
        print(v, end=" ")
    for ref v in f.values():
        v += 1
    for ref entry in f.items():
        entry.value *= 10
    print(f.find("x").value(), f)
    var sq = {x: x * x for x in range(4)}
    print(sq, Bool(f), d | f)
    for x in reversed(f.items()):
        print(x.key, x.value, end=" ")
    for k in reversed(f):
        print(k)
    var kd = Dict[Key, Int]()
    kd[Key(3)] = 4
    print(kd[Key(3)], Key(3) in kd)
    var m = Dict[String, Tok]()
    m["a"] = Tok(3)
    print(m["a"].n)
    var big = Dict[Int, Int]()
    for i in range(1000):
        big[i * 7] = i
    for i in range(0, 1000, 2):
        _ = big.pop(i * 7)
    var total = 0
    for entry in big.items():
        total += entry.key + entry.value
    print(len(big), total, big.get(7, -1), big.get(14, -1))
    try:
        print(d["zz"])
    except err:
        print(err)
    try:
        _ = d.pop("q2")
    except err:
        print(err)
    var s = Set[Int](1, 2, 3)
    s |= {7}
    s.update({9})
    print(s, len(s))
    print(s == {1}, s < {1, 2}, hash(s) == hash(s), s.symmetric_difference({1, 4}))
    try:
        s.remove(77)
    except err:
        print(err)
    var l = LinkedList[Int](1, 2, 3)
    l.append(4)
    l.prepend(0)
    print(l, len(l))
    l.reverse()
    print(l.pop(), l)
    var q: Deque[Int] = [1, 2, 3]
    q.rotate(1)
    print(q, q.peek(), q.peekleft(), q[0])
    q.extend([4, 5])
    q.extendleft([9, 8])
    print(q, q.count(4), 8 in q, q.index(4))
    q.insert(1, 77)
    q.remove(8)
    q.reverse()
    print(q)
    var b = Deque[Int](maxlen=3)
    for i in range(5):
        b.append(i)
    print(b)
    for x in reversed(q):
        print(x, end=",")
    print()
    try:
        q.clear()
        _ = q.popleft()
    except err:
        print(err)
    var c = Counter[String]("a", "b", "a")
    print(c.most_common(2)[0][0], c.total(), c["zz"], c.get("zz"), c.pop("a"))
    for x in c.items():
        print(x.key, x.value)
    c.update(Counter[String]("b", "q"))
    print(c)
    print(repr(d), repr(q), repr(c))
