# A container that nobody keeps gives its elements away as it is iterated over; tuples taken apart are built and copied; variables in
# displays are copied and handed over last.
# output:
#   x 1 | - 1 | x 2 | - 2 | .
#   - 4 | x 3 | - 3 | .
#   x 5 | - 5 | x 6 | - 6 | .
#   - 20 | a | - 21 | b | - 22 | .
#   c! d! .
#   0 7 | - 7 | 1 8 | - 8 | .
#   lent 9 | lent 9 | - 9 | .
#   one 10 | - 10 | .
#   mv 11 | mv 12 | cp 11 | cp 12 | 11 12 | - 12 | - 11 | 11 | - 11 | - 12 | .
#   mv 13 | mv 14 | - 13 | - 14 | .
#   + 16 | cp 15 | mv 15 | mv 15 | mv 15 | mv 16 | - 15 | - 15 | - 16 | .
#   total 6 3
#   [1.0, 2.0] 4
#   gone
#   cp 1 | cp 2 | mv 1 | mv 2 | 1 2 1
#   - 1 | - 2 | - 2 | - 1 | mv 5 | mv 4 | mv 5 | mv 4 | cp 5 | cp 4 | - 5 | - 4 | 5 4
#   - 4 | - 5 | - 10 | mv 9 | mv 11 | mv 9 | cp 11 | cp 9 | - 11 | - 9 | 11 9
#   - 9 | - 11 | mv 40 | mv 41 | mv 40 | mv 41 | mv 40 | mv 40 | 40 - 40 | mv 41 | mv 41 | 41 - 41 | .
from std.collections import Deque, Set


struct N(Movable):
    var n: Int

    def __init__(out self, n: Int):
        self.n = n

    def __deinit__(deinit self):
        print("-", self.n, end=" | ")


struct K(ImplicitlyCopyable):
    var n: Int

    def __init__(out self, n: Int):
        self.n = n

    def __init__(out self, *, copy: Self):
        self.n = copy.n
        print("cp", self.n, end=" | ")

    def __init__(out self, *, deinit move: Self):
        self.n = move.n
        print("mv", self.n, end=" | ")

    def __deinit__(deinit self):
        print("-", self.n, end=" | ")


def make(first: Int) -> List[N]:
    var list = List[N]()
    list.append(N(first))
    list.append(N(first + 1))
    return list^


def two() -> Tuple[K, K]:
    return K(11), K(12)


def announced(n: Int) -> K:
    print("+", n, end=" | ")
    return K(n)


def count[I: IterableOwned](var elements: I) -> Int where conforms_to(I.IteratorOwnedType.Element, Deinitable):
    var n = 0
    for _ in elements^:
        n += 1
    return n


def displays():
    var a = K(13)
    var b = K(14)
    var list: List[K] = [a^, b^]
    _ = list^
    print(".")
    var x = K(15)
    var copies: List[K] = [x, x, announced(16)]
    _ = copies^
    print(".")


# A variable in a tuple display is copied, or moved at its last use, before the tuple is built.
def tuples_of_variables():
    var x = K(1)
    var y = K(2)
    var t = (x, y)
    print(x.n, y.n, t[0].n)
    var p = K(4)
    var q = K(5)
    p, q = q, p
    print(p.n, q.n)
    var a = K(9)
    var b = K(10)
    a, b = K(11), a
    print(a.n, b.n)
    for var e in [K(40), K(41)]:
        print(e.n, end=" ")
        if e.n == 40:
            continue
        break
    print(".")


def main():
    for x in make(1):
        print("x", x.n, end=" | ")
    print(".")
    for x in make(3):
        print("x", x.n, end=" | ")
        break
    print(".")
    var queue = Deque[N]()
    queue.append(N(5))
    queue.append(N(6))
    for var x in queue^:
        print("x", x.n, end=" | ")
    print(".")
    var table = Dict[String, N]()
    table["a"] = N(20)
    table["b"] = N(21)
    table["c"] = N(22)
    for key in table^:
        print(key, end=" | ")
        if key == "b":
            break
    print(".")
    var names: Set[String] = {"c", "d"}
    for var name in names^:
        name += "!"
        print(name, end=" ")
    print(".")
    for i, x in enumerate(make(7)):
        print(i, x.n, end=" | ")
    print(".")
    var kept = List[N]()
    kept.append(N(9))
    for _ in range(2):
        for ref x in kept:
            print("lent", x.n, end=" | ")
    _ = kept^
    print(".")
    var some = Optional(N(10))
    for x in some^:
        print("one", x.n, end=" | ")
    print(".")
    var pair = two()
    var u, v = pair^
    print(u.n, v.n, end=" | ")
    _ = v
    _ = u
    print(pair[0].n, end=" | ")
    _ = pair^
    print(".")
    displays()
    var numbers: List[Int] = [1, 2, 3]
    var total = 0
    for n in numbers.copy():
        total += n
    print("total", total, count(numbers^))
    var lanes: SIMD[DType.float32, 2] = [1, 2]
    var lane: Int = [4]
    print(lanes, lane)
    print("gone" if Optional(3).or_else(4) == 3 else "?")
    tuples_of_variables()
