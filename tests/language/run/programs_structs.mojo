# Small programs: collections, operators of structs, memory.
# output:
#   == colls
#   [1, 2, 3, 5, 8, 9] 4 1 True 6
#   [8, 5, 3, 2] 1 9 [8, 5, 3, 2]
#   [8, 100, 5, 3, 2, 7, 7] 2
#   [8, 100, 5] True
#   [] False 0
#   [banana, fig, kiwi, pear]
#   [fig, kiwi, pear, banana]
#   {fig: [0, 3], kiwi: [1, 4], pear: [2, 4], banana: [3, 6]}
#   fig [0, 3]
#   kiwi [1, 4]
#   pear [2, 4]
#   banana [3, 6]
#   True [0, 3] True
#   [0, 3] 3
#   kiwi;pear;banana;
#   {4: pear, 6: banana}
#   {1, 2, 3, 4, 5} {3, 4} {1, 2} {1, 2, 5}
#   False 4 True
#   {3, 4, 10}
#   [0, 1, 2, 3] 4 -1 4 1
#   [3, 0, 1, 2]
#   3 0 1 2 
#   3 0 6 3
#   a 3
#   b 2
#   [0, 1, 2] 3
#   [2, 1, 0]
#   True False 2
#   [[0, 0, 0], [0, 0, 7]]
#   [7]
#   1 x 2.5 True True
#   [1, 2, 3] 3 4
#   [9, 0, 9, 9]
#   0 1 a
#   1 2 b
#   2 1 0 
#   1 2.5 4 2.0 4.0 (-4, 1) 1024
#   5 5 5 True
#   None 7 True
#   empty
#   True True
#   == structs
#   <4,1> <-2,3> <3,6> <6,-2> <-1,-2>
#   <4,1> True True False True True <4,1>
#   4 1 False 41 True 2
#   error index 5
#   uno 2 {<1,1>: uno, <2,2>: two}
#   [<1,1>, <1,2>, <3,1>]
#   1 2 2 limit 3 3
#   make n1
#   took n1
#   drop n1
#   make m
#   move m
#   k is m
#   drop m
#   make temp
#   drop temp
#   212.0 99.5
#   end
#   == mem
#   16 5 8
#   freed 5
#   [4, 5] [4, 5] 2
#   7
#   [2, 3, 4, 5] 14 7
#   15 15
#   [99, 3, 4, 5]
#   [7, 7, 7] 21
from std.collections import Deque, Counter, Set, LinkedList, BitSet
from std.hash import Hasher
from std.memory import ArcPointer, OwnedPointer, unsafe_memcpy, unsafe_alloc


# ---- colls

def colls() raises:
    var l: List[Int] = [5, 3, 8, 1, 9, 2]
    sort(l)
    print(l, l.index(8), l.count(3), 9 in l, len(l))
    l.reverse()
    print(l, l.pop(), l.pop(0), l)
    l.insert(1, 100)
    l.extend([7, 7])
    print(l, l.count(7))
    l.resize(3, 0)
    print(l, Bool(l))
    l.clear()
    print(l, Bool(l), len(l))
    var words: List[String] = ["pear", "fig", "banana", "kiwi"]
    sort(words)
    print(words)
    def by_len(a: String, b: String) -> Bool:
        return a.byte_length() < b.byte_length()
    sort[stable=True](words, by_len)
    print(words)
    var d: Dict[String, List[Int]] = {}
    for i, w in enumerate(words):
        d.setdefault(w, List[Int]()).append(i)
        d[w].append(w.byte_length())
    print(d)
    for e in d.items():
        print(e.key, e.value)
    print(d.get("zzz") is None, d.get("fig").value(), "fig" in d)
    print(d.pop("fig"), len(d))
    for k in d.keys():
        print(k, end=";")
    print()
    var inv = {e.value[1]: e.key for e in d.items()}
    print(inv)
    var s1: Set[Int] = {1, 2, 3, 4}
    var s2: Set[Int] = {3, 4, 5}
    print(s1 | s2, s1 & s2, s1 - s2, s1 ^ s2)
    print(s1.issubset(s2), len(s1), 3 in s1)
    s1.add(10); s1.discard(1); s1.remove(2)
    print(s1)
    var q = Deque[Int]()
    for i in range(5):
        q.append(i)
    q.appendleft(-1)
    print(q, q.pop(), q.popleft(), len(q), q[1])
    q.rotate(1)
    print(q)
    for x in q:
        print(x, end=" ")
    print()
    var c = Counter[String]("a", "b", "a", "c", "a", "b")
    print(c["a"], c["z"], c.total(), len(c))
    for p in c.most_common(2):
        print(p[0], p[1])
    var ll = LinkedList[Int]()
    ll.append(1); ll.append(2); ll.prepend(0)
    print(ll, len(ll))
    ll.reverse()
    print(ll)
    var bs = BitSet[16]()
    bs.set(3); bs.set(5)
    print(bs.test(3), bs.test(4), len(bs))
    var grid = [[0 for _ in range(3)] for _ in range(2)]
    grid[1][2] = 7
    print(grid)
    var flat = [x for row in grid for x in row if x > 0]
    print(flat)
    var t = (1, "x", 2.5)
    var a, b, cc = t
    print(a, b, cc, t == (1, "x", 2.5), (1, 2) < (1, 3))
    var arr = [1, 2, 3]
    print(arr, len(arr), arr[0] + arr[2])
    var arr2 = Array[Int, 4](fill=9)
    arr2[1] = 0
    print(arr2)
    for i, (x, y) in enumerate(zip([1, 2], ["a", "b"])):
        print(i, x, y)
    for x in reversed(range(3)):
        print(x, end=" ")
    print()
    print(min(3, 1, 2), max(2.5, 1.5), abs(-4), round(2.5), round(3.5), divmod(-7, 2), pow(2, 10))
    var o: Optional[Int] = 5
    print(o, o.value(), o.or_else(0), Bool(o))
    o = None
    print(o, o.or_else(7), o is None)
    if not o:
        print("empty")
    print(any([False, True]), all([True, True]))


# ---- structs

@fieldwise_init


struct Vec(Copyable, Equatable, Hashable, Writable, Comparable, Boolable, Sized):
    var x: Int
    var y: Int
    def __add__(self, o: Self) -> Self: return Self(self.x + o.x, self.y + o.y)
    def __sub__(self, o: Self) -> Self: return Self(self.x - o.x, self.y - o.y)
    def __mul__(self, k: Int) -> Self: return Self(self.x * k, self.y * k)
    def __rmul__(self, k: Int) -> Self: return self * k
    def __neg__(self) -> Self: return Self(-self.x, -self.y)
    def __iadd__(mut self, o: Self):
        self.x += o.x
        self.y += o.y
    def __eq__(self, o: Self) -> Bool: return self.x == o.x and self.y == o.y
    def __lt__(self, o: Self) -> Bool: return self.x < o.x or (self.x == o.x and self.y < o.y)
    def __hash__[H: Hasher](self, mut h: H):
        self.x.__hash__(h)
        self.y.__hash__(h)
    def __getitem__(self, i: Int) raises -> Int:
        if i == 0: return self.x
        if i == 1: return self.y
        raise Error("index ", i)
    def __bool__(self) -> Bool: return self.x != 0 or self.y != 0
    def __call__(self, k: Int) -> Int: return self.x * k + self.y
    def __contains__(self, v: Int) -> Bool: return v == self.x or v == self.y
    def __len__(self) -> Int: return 2
    def write_to(self, mut w: Some[Writer]): w.write("<", self.x, ",", self.y, ">")


struct Counter2:
    var n: Int
    comptime LIMIT = 3
    def __init__(out self): self.n = 0
    def bump(mut self) -> Int:
        self.n += 1
        return self.n
    @staticmethod
    def describe() -> String: return String("limit ", Self.LIMIT)


struct Noisy(Movable):
    var name: String
    def __init__(out self, name: String):
        self.name = name
        print("make", name)
    def __init__(out self, *, deinit move: Self):
        self.name = move.name^
        print("move", self.name)
    def __deinit__(deinit self):
        print("drop", self.name)


def take(var n: Noisy): print("took", n.name)


struct Temp:
    var c: Float64
    def __init__(out self, c: Float64): self.c = c
    def f(self) -> Float64: return self.c * 9 / 5 + 32


def structs() raises:
    var a = Vec(1, 2)
    var b = Vec(3, -1)
    print(a + b, a - b, a * 3, 2 * b, -a)
    a += b
    print(a, a == Vec(4, 1), a != b, a < b, a > b, a >= a, max(a, b))
    print(a[0], a[1], Bool(Vec(0, 0)), a(10), 4 in a, len(a))
    try:
        print(a[5])
    except e:
        print("error", e)
    var d: Dict[Vec, String] = {}
    d[Vec(1, 1)] = "one"
    d[Vec(2, 2)] = "two"
    d[Vec(1, 1)] = "uno"
    print(d[Vec(1, 1)], len(d), d)
    var vs: List[Vec] = [Vec(3, 1), Vec(1, 2), Vec(1, 1)]
    sort(vs)
    print(vs)
    var c = Counter2()
    print(c.bump(), c.bump(), c.n, Counter2.describe(), Counter2.LIMIT)
    var n = Noisy("n1")
    take(n^)
    var m = Noisy("m")
    var k = m^
    print("k is", k.name)
    _ = Noisy("temp")
    print(Temp(100).f(), Temp(c=37.5).f())
    print("end")


# ---- mem

struct Stack2(Movable):
    var data: MutPointer[Int, MutUntrackedOrigin]
    var size: Int
    var cap: Int
    def __init__(out self, cap: Int):
        self.data = unsafe_alloc[Int](cap)
        self.size = 0
        self.cap = cap
    def __deinit__(deinit self):
        self.data.unsafe_free()
        print("freed", self.size)
    def push(mut self, x: Int):
        if self.size == self.cap:
            var bigger = unsafe_alloc[Int](self.cap * 2)
            unsafe_memcpy(dest=bigger, src=self.data, count=self.size)
            self.data.unsafe_free()
            self.data = bigger
            self.cap *= 2
        self.data.unsafe_offset(self.size).unsafe_write(x)
        self.size += 1
    def top(self) -> Int:
        return self.data[unsafe_offset=self.size - 1]


def bump(mut xs: Span[mut=True, Int, _]):
    for ref x in xs:
        x += 1


def total(xs: Span[Int, _]) -> Int:
    var t = 0
    for x in xs: t += x
    return t


def mem():
    var s = Stack2(2)
    for i in range(5): s.push(i * i)
    print(s.top(), s.size, s.cap)
    var a = ArcPointer(List[Int]())
    var b = a
    b[].append(4)
    a[].append(5)
    print(a[], b[], a.count())
    var o = OwnedPointer(3)
    o[] += 4
    print(o[])
    var l: List[Int] = [1, 2, 3, 4]
    var sp = Span(l)
    bump(sp)
    print(l, total(l), total(l[1:3]))
    var x = 10
    var p = Pointer(to=x)
    p[] += 5
    print(x, p[])
    ref r = l[0]
    r = 99
    print(l)
    var arr = Array[Int, 3](fill=1)
    for ref v in arr: v *= 7
    print(arr, total(arr))


def main() raises:
    print("== colls")
    colls()
    print("== structs")
    structs()
    print("== mem")
    mem()
