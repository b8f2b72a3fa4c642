# output:
#   2 1
#   1 2 3
#   4 four
#   7 7
#   World World Hello
#   idx 1
#   idx 2
#   get 1
#   set 1 4
#   idx 0
#   idx 9
#   set 0 9
#   9 4
#   [7, 6, 5]
#   [7, 106, 5]
#   [43, 106, 5]
#   87 213 11 
#   a 11
#   b 2
#   c 3
#   a 11
#   b 2
#   c 3
#   0 86
#   1 212
#   2 10
#   0 1 3
#   1 2 4
#   w 1
#   w 3
#   welse
#   felse
#   n012
#   [0, 4, 16]
#   3
#   {0: 1, 1: 2, 2: 3}
#   3
#   walrus 5
#   x 2.5
#   none
#   4
#   c 0
#   c 1
#   c 2
#   yes
#   4
#   1 True
#   a 1 b 2 c 3 a 1 b 2 c 3 1 2 3 
#   ax 2 bx 3 cx 4 a 10 b 20 c 30 [(a, 1), (b, 2), (c, 3)]
#   1 2 p 3 4 q x 1.5 y 2.5 [1, 3]
#   0 1 0 1 2
#   three
#   second 1 4
#   2 x (1, x)
struct Cell(Movable):
    var v: List[Int]
    def __init__(out self):
        self.v = [1, 2, 3]
    def __getitem__(self, i: Int) -> Int:
        print("get", i)
        return self.v[i]
    def __setitem__(mut self, i: Int, x: Int):
        print("set", i, x)
        self.v[i] = x

def idx(i: Int) -> Int:
    print("idx", i)
    return i

def pair() -> Tuple[Int, String]:
    return (4, "four")

def named(n: Int, out r: String):
    r = "n"
    for i in range(n):
        r += String(i)

def first(ref l: List[Int]) -> ref[l[0]] Int:
    return l[0]

# A reference that a call gives is reached once, however many names are bound to its parts.
struct Stepper:
    var calls: Int
    var pair: Tuple[Int, Int]

    def __init__(out self):
        self.calls = 0
        self.pair = (0, 1)

    def step(mut self) -> ref[self.pair] Tuple[Int, Int]:
        self.calls += 1
        return self.pair

    def count(mut self) -> ref[self.calls] Int:
        self.calls += 1
        return self.calls


def taken_apart():
    var pairs: List[Tuple[String, Int]] = [("a", 1), ("b", 2), ("c", 3)]
    for key, value in pairs:
        print(key, value, end=" ")
    for ref key, value in pairs:
        print(key, value, end=" ")
    for _, value in pairs:
        print(value, end=" ")
    print()
    for var key, value in pairs:
        value += 1
        key += "x"
        print(key, value, end=" ")
    for key, var value in pairs:
        value *= 10
        print(key, value, end=" ")
    print(pairs)
    for (a, b), c in [((1, 2), "p"), ((3, 4), "q")]:
        print(a, b, c, end=" ")
    for name, weight in [("x", 1.5), ("y", 2.5)]:
        print(name, weight, end=" ")
    print([value for key, value in pairs if key != "b"])
    var stepper = Stepper()
    var x, y = stepper.step()
    ref z, w = stepper.step()
    print(x, y, z, w, stepper.calls)
    match stepper.count():
        case 1 | 2:
            print("before")
        case 3:
            print("three")
        case 4:
            print("four")
        case n:
            print("later", n)
    match stepper.step():
        case (1, _):
            print("one")
        case (0, 0):
            print("zero")
        case (0, q):
            print("second", q, stepper.calls)


def main() raises:
    var a, b = 1, 2
    a, b = b, a
    print(a, b)
    var (x, (y, z)) = (1, (2, 3))
    print(x, y, z)
    var n, s = pair()
    print(n, s)
    var p = var q = 5
    p = q = 7
    print(p, q)
    ref same = var second = var third = "Hello"
    same = "World"
    print(same, second, third)
    var c = Cell()
    c[idx(1)] += idx(2)
    c[idx(0)] = idx(9)
    print(c.v[0], c.v[1])
    var l: List[Int] = [5, 6, 7]
    l[0], l[2] = l[2], l[0]
    print(l)
    ref r = l[1]
    r += 100
    print(l)
    first(l) = 42
    first(l) += 1
    print(l)
    for ref e in l:
        e *= 2
    for var e in l:
        e += 1
        print(e, end=" ")
    print()
    var d = {"a": 1, "b": 2}
    d["a"] += 10
    d["c"] = 3
    for k in d:
        print(k, d[k])
    for item in d.items():
        print(item.key, item.value)
    for i, v in enumerate(l):
        print(i, v)
    for i, (u, w) in enumerate(zip([1, 2], [3, 4])):
        print(i, u, w)
    var i = 0
    while i < 3:
        i += 1
        if i == 2:
            continue
        print("w", i)
    else:
        print("welse")
    while True:
        i -= 1
        if i < 0:
            break
    for q2 in range(2):
        if q2 == 5:
            break
    else:
        print("felse")
    _ = pair()
    print(named(3))
    var sq = [v2 * v2 for v2 in range(5) if v2 % 2 == 0]
    print(sq)
    var st = {v3 % 3 for v3 in range(7)}
    print(len(st))
    var dd = {v4: v4 + 1 for v4 in range(3)}
    print(dd)
    var nested: List[List[Int]] = [[1], [2, 3]]
    print(nested[1][1])
    var m = 0
    if (m := 5) > 3:
        print("walrus", m)
    var t = (1, "x", 2.5)
    print(t[1], t[2])
    var o: Optional[Int] = None
    if o:
        print("has")
    else:
        print("none")
    o = 3
    print(o.value() + 1)
    comptime for ci in range(3):
        print("c", ci)
    comptime if True:
        print("yes")
    var u8 = UInt8(250)
    u8 += 10
    print(u8)
    print(1 if m > 3 else 2, m < 6 < 7)
    taken_apart()
    var mixed = (1, "x")
    (var number), (ref text) = mixed
    number += 1
    print(number, text, mixed)
