# Iterators, sorting.
# output:
#   5 6 7 8 
#   1 x 2 y 3 z 
#   5 a 6 b 
#   1 3 1 4 2 3 2 4 
#   1 2 3 4 
#   7 7 7 1 2 1 2 1 
#   1 4 9 
#   4 3 2 1 0 10 7 4 1 4 5 5
#   1 2
#   0 a 1.5;1 b 2.5;2 c 3.5;
#   0 1 3;1 2 4;
#   True False
#   2 9
#   1 2 3 
#   h,é,y,
#   735
#   {0: p, 1: q}
#   [(0, 0), (0, 1), (1, 0), (1, 1)]
#   [1, 2, 3, 4, 5]
#   [5, 4, 3, 2, 1]
#   [P_sort1(n=b, a=1), P_sort1(n=d, a=1), P_sort1(n=a, a=3), P_sort1(n=c, a=3)]
#   [-1.0, 2.5, 3.0]
#   [a, bb, ccc]
#   [5, 2, 3, 4, 1]
#   True 0 999
#   [3, 100, 200]
#   [1, 2, 3]
#   2 1
#   [P_sort1(n=d, a=1), P_sort1(n=c, a=3), P_sort1(n=b, a=1), P_sort1(n=a, a=3)]
#   [1, 2, 3, 10, 20, 30]
#   [a]
#   [1, 2, 6, 7]
from std.collections import Deque
from std.itertools import *


def run_iter1() raises:
    for a in count(5):
        if a > 8:
            break
        print(a, end=" ")
    print()
    for a, b in zip([1, 2, 3], ["x", "y", "z"]):
        print(a, b, end=" ")
    print()
    for i, x in enumerate(["a", "b"], start=5):
        print(i, x, end=" ")
    print()
    for a, b in product([1, 2], [3, 4]):
        print(a, b, end=" ")
    print()
    for x in take([1, 2, 3, 4], 2):
        print(x, end=" ")
    for x in drop([1, 2, 3, 4], 2):
        print(x, end=" ")
    print()
    for x in repeat(7, times=3):
        print(x, end=" ")
    var n = 0
    for x in cycle([1, 2]):
        n += 1
        if n > 5:
            break
        print(x, end=" ")
    print()


def sq_iter2(x: Int) -> Int:
    return x * x
def run_iter2() raises:
    for x in map[sq_iter2]([1, 2, 3]):
        print(x, end=" ")
    print()
    for x in reversed(range(5)):
        print(x, end=" ")
    for x in range(10, 0, -3):
        print(x, end=" ")
    print(len(range(10, 0, -3)), len(range(5)), range(3, 9)[2])
    var it = iter([1, 2, 3])
    print(next(it), next(it))
    for a, b, c in zip(range(3), ["a", "b", "c"], [1.5, 2.5, 3.5]):
        print(a, b, c, end=";")
    print()
    for i, (a, b) in enumerate(zip([1, 2], [3, 4])):
        print(i, a, b, end=";")
    print()
    print(any([False, True]), all([True, False]))
    var l: List[Int] = [5, 2, 9]
    print(min(l[0], l[1]), max(l[0], l[2]))
    for x in List([1, 2, 3]):
        print(x, end=" ")
    print()
    for c in "héy":
        print(c, end=",")
    print()
    var total = 0
    for i in range(0, 100, 7):
        total += i
    print(total)
    var d = {i: s for i, s in enumerate(["p", "q"])}
    print(d)
    var pairs = [(i, j) for i in range(2) for j in range(2)]
    print(pairs)


@fieldwise_init
struct P_sort1(Copyable, Writable):
    var n: String
    var a: Int
def run_sort1() raises:
    var l: List[Int] = [5, 1, 4, 2, 3]
    sort(l)
    print(l)
    def gt(a: Int, b: Int) -> Bool:
        return a > b
    sort(l, gt)
    print(l)
    var ps: List[P_sort1] = [P_sort1("a", 3), P_sort1("b", 1), P_sort1("c", 3), P_sort1("d", 1)]
    def by_age(x: P_sort1, y: P_sort1) -> Bool:
        return x.a < y.a
    sort[stable=True](ps, by_age)
    print(ps)
    var f: List[Float64] = [2.5, -1, 3]
    sort(f)
    print(f)
    var s: List[String] = ["bb", "a", "ccc"]
    sort(s)
    print(s)
    sort(Span(l)[1:4])
    print(l)
    var big = List[Int]()
    var x = 12345
    for _ in range(1000):
        x = (x * 1103515245 + 12345) % 2147483648
        big.append(x % 1000)
    sort(big)
    var ok = True
    for i in range(1, 1000):
        if big[i - 1] > big[i]:
            ok = False
    print(ok, big[0], big[999])
    var u: List[UInt8] = [200, 3, 100]
    sort(u)
    print(u)
    var a = [3, 1, 2]
    sort(a)
    print(a)
    var i = 1
    var j = 2
    swap(i, j)
    print(i, j)
    def key(p: P_sort1) -> Int:
        return p.a
    sort(ps, lambda (a: P_sort1, b: P_sort1) -> Bool: a.n > b.n)
    print(ps)


# An iteration goes to the length that the list had at its start, or to what is left.
def changed_meanwhile():
    var grows: List[Int] = [1, 2, 3]
    for ref x in grows:
        grows.append(x * 10)
    print(grows)
    var shrinks: List[String] = ["a", "b", "c"]
    for ref x in shrinks:
        if x.byte_length() > 0:
            _ = shrinks.pop()
    print(shrinks)
    var queue = Deque[Int]()
    queue.append(1)
    queue.append(2)
    for x in queue:
        queue.append(x + 5)
    print(queue)


def main() raises:
    run_iter1()
    run_iter2()
    run_sort1()
    changed_meanwhile()
