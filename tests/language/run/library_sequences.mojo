# Sequences: List, Array, Deque, LinkedList, tuples.
# output:
#   [] 0 False
#   [0, 1, 4, 9, 16, 25, 36, 49, 64, 81] 0 81
#   [4, 9, 16]
#   [0, 1, 4]
#   [49, 64, 81]
#   [0, 4, 16, 36, 64]
#   [81, 64, 49, 36, 25, 16, 9, 4, 1, 0]
#   [-1, 0, 1, 4, 9, 99, 16, 25, 36, 49, 64, 81, 100]
#   100 -1 99 [0, 1, 4, 9, 16, 25, 36, 49, 64, 81]
#   [0, 1, 4, 9, 16, 25, 36, 49, 64, 81, 7, 8, 9, 1, 2] [0, 1, 4, 9, 16, 25, 36, 49, 64, 81, 7, 8, 9, 0, 1, 4, 9, 16, 25, 36, 49, 64, 81, 7, 8, 9]
#   3 2 None
#   ValueError: Given element is not in list
#   [9, 8, 7, 81, 64, 49, 36, 25, 16, 9, 4, 1, 0]
#   [0, 1, 4, 7, 8, 9, 9, 16, 25, 36, 49, 64, 81] True False False
#   [0, 1, 4]
#   [0, 1, 4, 7, 7]
#   [0, 1]
#   [1, 0]
#   [1, 0] [1000, 0] False True True
#   [] 0
#   [1.5, 3.5, 1.5]
#   [[0, 0, 0], [0, 0, 5]]
#   [3.0, 7.0, 3.0]
#   0 3.0 1 7.0 2 3.0 
#   3.0 7.0 3.0 
#   [0, 4, 16, 36, 64]
#   [apple, fig, pear]
#   [fig, pear, apple]
#   [0, 1, 2, 3, 4]
#   True 1
#   True
#   [7, 2, 7, 7] 4 2 True
#   7 2 7 7 [8, 3, 8, 8]
#   [x, y] x
#   True 4
#   [[0, 0, 0], [0, 0, 5]]
#   8 8 3 8 
#   [8, 3, 8, 8]
#   [3, 8]
#
#   [8, 3, 8, 8, 9, 8]
#   [-2, -1, 0, 1, 2, 3, 4] 7 -2 -1 True
#   4 -2
#   [-1, 0, 1, 2, 3] 3 -1
#   [3, -1, 0, 1, 2]
#   [0, 1, 2, 3, -1]
#   [0, 1, 2, 3, -1] 1 2
#   [-1, 3, 2, 1, 0]
#   -1 3 2 1 0 0 1 2 3 -1 
#   True True
#   [100, 3, 2, 1, 0]
#   [] 0
#   IndexError: Deque is empty
#   IndexError: Deque is empty
#   [2, 3, 4]
#   3 0 6 4
#   the 3
#   cat 1
#   3 1 3
#   [0, 1, 2] 3
#   [2, 1, 0]
#   1 a 2
#   1 a
#   5 z
#   2 1
#   True True True False
#   ((1, 2), (3, (4, 5))) 4
#   (9, mutable) True
#   () 0
#   1 x
#   2 y
#   True (1, 3)
#   6 1
#   2
#   [[1, 2], [3, 40]] [1.0, 2.0, 2.5] 2.0 5 6
#   l e é c
#   2.5 8 (3, 3) (1, 2, 3, 4, 5)
#   (1, 2, 3) () (3, 4) (1, 2, 3, 4, 5, 6)
#   [0, 2, 4, 6] [0, 2, 4] [, ] 7
#   7 s [2, 3]
#   [1, 2] {1, 2} [1, 2]
#   {0, 2} {0, 2} {0}
#   {1: 1, 2: 1, 3: 1} A x
#   [1, 2, 3] 513 3
from std.collections import BitSet, Counter, Deque, LinkedList, Set
from std.utils import Index, IndexList, StaticTuple, Variant
from std.collections import Deque, LinkedList, Counter, BinaryHeap, BitSet


def run_list1() raises:
    var l = List[Int]()
    print(l, len(l), Bool(l))
    for i in range(10):
        l.append(i * i)
    print(l, l[0], l[9])
    print(l[2:5])
    print(l[:3])
    print(l[7:])
    print(l[::2])
    print(l[::-1])
    l.insert(0, -1)
    l.insert(5, 99)
    l.insert(len(l), 100)
    print(l)
    var p1 = l.pop()
    var p2 = l.pop(0)
    var p3 = l.pop(4)
    print(p1, p2, p3, l)
    l.extend([7, 8])
    l += [9]
    print(l + [1, 2], l * 2)
    print(l.index(9), l.count(9), l.try_index(1234))
    try:
        print(l.index(12345))
    except e:
        print(e)
    l.reverse()
    print(l)
    sort(l)
    print(l, 81 in l, 82 in l, 81 not in l)
    l.resize(3, 0)
    print(l)
    l.resize(5, 7)
    print(l)
    l.shrink(2)
    print(l)
    l.swap_elements(0, 1)
    print(l)
    var c = l.copy()
    c[0] = 1000
    print(l, c, l == c, l != c, l == l.copy())
    l.clear()
    print(l, len(l))
    var f = List[Float64](length=3, fill=1.5)
    f[1] += 2
    print(f)
    var m = [[0 for _ in range(3)] for _ in range(2)]
    m[1][2] = 5
    print(m)
    for ref x in f:
        x *= 2
    print(f)
    for i, x in enumerate(f):
        print(i, x, end=" ")
    print()
    for x in reversed(f):
        print(x, end=" ")
    print()
    var sq = [x * x for x in range(10) if x % 2 == 0]
    print(sq)
    var w: List[String] = ["pear", "fig", "apple"]
    sort(w)
    print(w)
    def by_len(a: String, b: String) -> Bool:
        return a.byte_length() < b.byte_length()
    sort(w, by_len)
    print(w)
    var y = List(range(5))
    print(y)
    var z: List[Int] = [1]
    z.reserve(100)
    print(z.capacity() >= 100, len(z))
    print([1, 2] == [1, 2])


def run_arr1() raises:
    var a = Array[Int, 4](fill=7)
    a[1] = 2
    print(a, len(a), a[1], 7 in a)
    for x in a:
        print(x, end=" ")
    for ref x in a:
        x += 1
    print(a)
    var b: Array[String, 2] = ["x", "y"]
    print(b, b[0])
    var c = a.copy()
    print(c == a, a.__len__())
    var m = Array[Array[Int, 3], 2](fill=Array[Int, 3](fill=0))
    m[1][2] = 5
    print(m)
    for x in reversed(a):
        print(x, end=" ")
    print()
    var l = List[Int](a)
    print(l)
    print(Span(a)[1:3])
    print()
    print(a^.concat([9, 8]))


def run_deq1() raises:
    var q = Deque[Int]()
    q.append(1)
    q.append(2)
    q.appendleft(0)
    q.extend([3, 4])
    q.extendleft([-1, -2])
    print(q, len(q), q[0], q[1], 3 in q)
    print(q.pop(), q.popleft())
    print(q, q.peek(), q.peekleft())
    q.rotate(1)
    print(q)
    q.rotate(-2)
    print(q)
    q.insert(1, 77)
    q.remove(77)
    print(q, q.count(1), q.index(2))
    q.reverse()
    print(q)
    for x in q:
        print(x, end=" ")
    for x in reversed(q):
        print(x, end=" ")
    print()
    print(q == q.copy(), Bool(q))
    q[0] = 100
    print(q)
    q.clear()
    print(q, len(q))
    try:
        _ = q.pop()
    except e:
        print(e)
    try:
        _ = q.peek()
    except e:
        print(e)
    var m = Deque[Int](maxlen=3)
    for i in range(5):
        m.append(i)
    print(m)
    var c = Counter[String]()
    for w in "the cat the dog the end".split():
        c[String(w)] += 1
    print(c["the"], c["zzz"], c.total(), len(c))
    for ref e in c.most_common(2):
        print(e[0], e[1])
    var a = Counter[Int](1, 1, 2)
    var b = Counter[Int](1, 3)
    print((a + b)[1], (a - b)[1], a.total())
    var l = LinkedList[Int]()
    l.append(1)
    l.append(2)
    l.prepend(0)
    print(l, len(l))
    l.reverse()
    print(l)


def f_tup1() -> Tuple[Int, String]:
    return (1, "a")
def run_tup1() raises:
    var t = f_tup1()
    print(t[0], t[1], len(t))
    var a, b = f_tup1()
    print(a, b)
    a, b = 5, String("z")
    print(a, b)
    var (x, y) = (1, 2)
    x, y = y, x
    print(x, y)
    print((1, 2) < (1, 3), (1, "a") == (1, "a"), (2, 1) > (1, 9), (1, 2) != (1, 2))
    var n = ((1, 2), (3, (4, 5)))
    print(n, n[1][1][0])
    var m = (1, String("mut"))
    m[1] += "able"
    m[0] = 9
    print(m, 9 in m)
    var e = ()
    print(e, len(e))
    for t in [(1, "x"), (2, "y")]:
        print(t[0], t[1])
    print(hash((1, 2)) == hash((1, 2)), max((1, 2), (1, 3)))


def run_indexers() raises:
    var xs: List[Int] = [1, 2, 3, 4]
    var i = UInt64(2)
    xs[i] = 5
    xs[i] += 1
    print(xs[i], xs[UInt8(0)])
    print(Span(xs)[Int16(1)])
    var rows: List[List[Int]] = [[1, 2], [3, 4]]
    rows[UInt(1)][UInt(1)] *= 10
    var array: Array[Float64, 3] = [1.0, 2.0, 3.0]
    array[i] = 2.5
    print(rows, array, array[UInt8(1)], range(UInt(3), UInt(9))[UInt(2)], range(0, 10, 3)[UInt8(2)])
    print("hello"[byte=i], String("hello")[byte=UInt8(1)], String("héllo")[codepoint=UInt(1)], StringSlice("abc")[grapheme=UInt(2)])
    print(StaticTuple[Float32, 2](1.5, 2.5)[UInt(1)], IndexList[2](7, 8)[UInt(1)], IndexList[2](fill=3), IndexList[5]((1, 2, 3, 4, 5)))
    var shape: IndexList[3] = [1, 2, 3]
    print(shape, Index(), Index(UInt(3), Int8(4)), Index(1, 2, 3, 4, 5, 6))

    def doubled(i: Int) {} -> Int:
        return i * 2

    def seven() {} -> Int:
        return 7

    def text() {} -> String:
        return "s"

    print(List[Int](length=4, fill_with=doubled), Array[Int, 3](fill_with=doubled), Array[String, 2](), Optional[Int](init_with=seven))
    var choice = Variant[Int, String](init_with=seven)
    print(choice, end=" ")
    choice.set(init_with=text)
    print(choice, Deque[Int](elements=List[Int]([1, 2, 3]), capacity=10, min_capacity=4, maxlen=2, shrink=False))
    print(List[Int](1, 2, __list_literal__=None), Set[Int](1, 2, __set_literal__=None), LinkedList[Int](1, 2, __list_literal__=None))
    var bits = BitSet(SIMD[DType.bool, 4](True, False, True, False))
    print(bits, BitSet[8](resized_from=bits), BitSet[1](resized_from=bits, truncate_set_bits=()))
    print(Counter[Int](Set(1, 2, 3)), Codepoint(codepoint=UInt8(65)), Error(value="x"))
    var more: List[Int] = [1]
    more.extend(other=[2, 3])
    print(more, SIMD[DType.int32, 1].from_bytes([1, 2, 0, 0]), Int32(3).__getitem__(idx=0))


def main() raises:
    run_list1()
    run_arr1()
    run_deq1()
    run_tup1()
    run_indexers()
