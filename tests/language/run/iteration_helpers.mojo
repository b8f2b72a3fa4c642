# output:
#   0 1 1 2 2 3 5 1 6 2 7 3 
#   copy 1
#   0 C(n=1)
#   copy 2
#   1 C(n=2)
#   copy 1
#   1 C(n=1)
#   copy 2
#   2 C(n=2)
#   C(n=2)
#   C(n=1)
#   2
#   4
#   6
#   1 1 0
#   2 2 1
#   3 3 2
#   1 2 3
#   StopIteration
#   0 a 1
#   1 b 2
#   2
#   1
#   0
#   (1, 1)
#   (2, 2)
#   (3, 3)
#   0 a
#   1 b
#   0 x
#   1 y
struct C(Copyable, Writable):
    var n: Int

    def __init__(out self, n: Int):
        self.n = n

    def __init__(out self, *, copy: Self):
        print("copy", copy.n)
        self.n = copy.n


def dbl(x: Int) -> Int:
    return x * 2


def main() raises:
    var l: List[Int] = [1, 2, 3]
    for i, x in enumerate(l):
        print(i, x, end=" ")
    for t in enumerate(l, start=5):
        print(t[0], t[1], end=" ")
    print()
    var cs = List[C]()
    cs.append(C(1))
    cs.append(C(2))
    for i, x in enumerate(cs):
        print(i, x)
    for a, b in zip(l, cs):
        print(a, b)
    for x in reversed(cs):
        print(x)
    for x in map[dbl](l):
        print(x)
    for a, b, c in zip(l, l, range(5)):
        print(a, b, c)
    var it = iter(l)
    print(next(it), next(it), next(it))
    try:
        print(next(it))
    except e:
        print(e)
    var d: Dict[String, Int] = {"a": 1, "b": 2}
    for i, e in enumerate(d.items()):
        print(i, e.key, e.value)
    for i in reversed(range(3)):
        print(i)
    for a in zip(l, l):
        print(a)
    for i, c in enumerate("ab".codepoints()):
        print(i, c)
    var words: List[String] = ["x", "y"]
    for i, w in enumerate(words):
        print(i, w)
