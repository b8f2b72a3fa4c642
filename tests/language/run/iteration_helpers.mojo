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
#   2 2; 4 4; 3 3; 4 4; 3 3; 7 7; 2 2; 3 3; 12 12; 0 None; 0 None; 3 3; 
#   2 None 5 3
#   1 2 3 1 2 3 1 2 3 1 2 3 a b c 7 5 8 6 6 12 18 2 4 6 
#   1 4 True 5 2 False 
#   1 1 True 2 1 True 3 3 False 6 1 True 7 1 True 
#   0 3 True False 3 3 False False 6 2 False False 8 3 False True 
#   0 8 8 8 8 8 16 4 4 20 2 7 
from std.algorithm import tile, tile_and_unswitch, tile_middle_unswitch_boundaries
from std.iter import chain
from std.itertools import count, drop, product, take


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

    adapters()


def doubled(var x: Int) -> Int:
    return x * 2


struct Up(Iterator):
    comptime Element = Int
    var n: Int

    def __init__(out self):
        self.n = 0

    def __next__(mut self) raises StopIteration -> Int:
        self.n += 1
        return self.n


def show[I: Iterator](var it: I):
    var bounds = it.bounds()
    print(bounds[0], bounds[1], end="; ")
    _ = it^


def adapters() raises:
    var list: List[Int] = [1, 2, 3]
    var array = [1, 2, 3, 4]
    var begun = iter(list)
    _ = next(begun)
    show(begun)
    show(iter(range(10, 0, -3)))
    show(reversed(list))
    show(enumerate(array))
    show(zip(list, array))
    show(chain(list, array))
    show(take(array, 2))
    show(drop(array, 1))
    show(product(list, array))
    show(count(3))
    show(Up())
    show(map[doubled](list))
    print()
    print(iter(list).nth(1), iter(list).nth(5), Up().nth(4), enumerate(list).nth(2).value()[1])
    var chained = chain(list, list)
    for x in chain(chained, list, list):
        print(x, end=" ")
    var words: List[String] = ["a", "b"]
    var more: List[String] = ["c"]
    for x in chain(words^, more^):
        print(x, end=" ")
    for a, b in zip(take(List[Int]([7, 8, 9]), 2), drop(List[Int]([4, 5, 6]), 1)):
        print(a, b, end=" ")
    for a, b, c, d, e, f in zip(list, array, list, array, list, array):
        print(a + b + c + d + e + f, end=" ")
    for x in map[doubled](list):
        print(x, end=" ")
    print()
    tiles()


def tiles():
    def whole[width: Int, inside: Bool](at: Int, end: Int) {}:
        print(at, width, inside, end=" ")

    tile_and_unswitch[[4, 3, 2]](1, 6, whole)
    print()

    def ends[width: Int, is_end: Bool](at: Int) {}:
        print(at, width, is_end, end=" ")

    tile_middle_unswitch_boundaries[[4, 3, 1]](1, 3, 6, 8, ends)
    print()

    def sides[width: Int, left: Bool, right: Bool](at: Int) {}:
        print(at, width, left, right, end=" ")

    tile_middle_unswitch_boundaries[3, 11](sides)
    print()

    def pairs[width: Int](at: Int, size: Int) {}:
        print(at, width, size, end=" ")

    tile[[8, 4], 2](0, 21, 8, 4, primary_cleanup_tile=7, workgroup_function=pairs)
    print()
