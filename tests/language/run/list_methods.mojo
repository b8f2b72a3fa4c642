# output:
#   [2, 3]
#   [1, 2]
#   [5, 6]
#   [1, 3, 5] [6, 5, 4, 3, 2, 1] [6, 4] [2, 4, 6]
#   [1, 20, 3, 4, 5, 6] 3
#   [1, 7]
#   [7, 1, 7, 7, 7, 7, 7, 1] 0 None 2
#   [7, 1, 7, 7, 7, 7, 7, 1, 1, 2, 7, 1, 7, 7, 7, 7, 7, 1, 1, 2]
#   [7, 1, 9] True
#   6 3 False True 3
#   9 9 None
#   (1, a, 2.5) 3 True True
#   [2, 3]
#   [2, 3, 4] True 2 3
#   True [2, 2, 2, 2, 2, 3, 4] [1, 1, 1, 1]
#   2 2
#   10 0 []
#   List[SIMD[DType.int, 1]]([Int(7), Int(1), Int(9)]) Optional[SIMD[DType.int, 1]](Int(9)) Tuple[SIMD[DType.int, 1], String, SIMD[DType.float64, 1]](Int(1), 'a', Float64(2.5)) Array[SIMD[DType.int, 1], 3]([Int(2), Int(3), Int(4)]) Slice(start=1, end=2, step=3) Slice(1, 2, 3)
#   ValueError: Given element is not in list
#   [1, 7, 9]
#   True 0 999
#   True True
#   True
#   [apple, fig, pear]
#   [fig, apple, pear]
#   [1, 2, 3]
def dbl(x: Int) -> Int:
    return x * 2


struct Tok(Movable, Writable):
    var n: Int

    def __init__(out self, n: Int):
        self.n = n


def main() raises:
    var l: List[Int] = [1, 2, 3, 4, 5, 6]
    print(l[1:3])
    print(l[:2])
    print(l[4:])
    print(l[::2], l[::-1], l[5:1:-2], l[1:6:2])
    var s = l[1:4]
    s[0] = 20
    print(l, len(s))
    var sp = Span(l)
    sp.fill(7)
    sp[0] = 1
    sp.swap_elements(0, 1)
    print(sp[1:3])
    var l2 = l.copy()
    l.extend(Span(l2)[0:2])
    print(l, l.try_index(7), l.try_index(99), l.index(7, 1))
    l += [1]
    l = l + [2]
    print(l * 2)
    l.resize(2, 0)
    l.resize(4, 9)
    l.shrink(3)
    l.reserve(50)
    print(l, l.capacity() >= 50)
    var o = Optional[Int](3)
    print(o.map(dbl), o.or_else(4), o == None, o == Optional(3), o.value())
    o.value() = 9
    print(o[], o, Optional[String]())
    var t = (1, "a", 2.5)
    print(t, len(t), (1, 2) < (1, 3), t == (1, "a", 2.5))
    var a: Array[Int, 3] = [1, 2, 3]
    print(Span(a)[1:])
    for ref x in a:
        x += 1
    print(a, 2 in a, a[0], len(a))
    var b = Array[Int, 4](fill=2)
    print(b == Array[Int, 4](fill=2), b.copy().concat(a.copy()), Array[Int, 2](fill=1).repeat[2]())
    var z = List[Tok]()
    z.append(Tok(1))
    z.append(Tok(2))
    print(z[1].n, len(z))
    var e = List[Int](capacity=10)
    print(e.capacity(), len(e), e)
    print(repr(l), repr(o), repr(t), repr(a), repr(Slice(1, 2, 3)), Slice(1, 2, 3))
    try:
        print(l.index(99))
    except err:
        print(err)
    sort(l)
    print(l)
    var big = List[Int]()
    var seed = 12345
    for i in range(2000):
        seed = (seed * 1103515245 + 12345) % 2147483648
        big.append(seed % 1000)
    sort(big)
    var ok = True
    for i in range(1, 2000):
        if big[i - 1] > big[i]:
            ok = False
    print(ok, big[0], big[1999])

    def less(x: Int, y: Int) -> Bool:
        return x > y

    sort(big, less)
    print(big[0] >= big[1], big[1000] >= big[1500])
    sort[stable=True](big, lambda (x: Int, y: Int) -> Bool: x % 10 < y % 10)
    ok = True
    for i in range(1, 2000):
        var p = big[i - 1]
        var q = big[i]
        if p % 10 > q % 10 or (p % 10 == q % 10 and p < q):
            ok = False
    print(ok)
    var ws: List[String] = ["pear", "fig", "apple"]
    sort(ws)
    print(ws)
    sort(Span(ws)[0:2], lambda (x: String, y: String) -> Bool: x > y)
    print(ws)
    var arr = [3, 1, 2]
    sort(arr)
    print(arr)
