# Generic code over iterators of the library and of the program: `__next__` tests for the end whoever calls it.
from std.collections import Set


@fieldwise_init
struct CountDown(Copyable, Iterator):
    comptime Element = Int
    var n: Int

    def __next__(mut self) raises StopIteration -> Int:
        if self.n == 0:
            raise StopIteration()
        self.n -= 1
        return self.n + 1


@fieldwise_init
struct Take[I: Iterator](Iterator):
    comptime Element = Self.I.Element
    var inner: Self.I
    var left: Int

    def __next__(mut self) raises StopIteration -> Self.Element:
        if self.left == 0:
            raise StopIteration()
        self.left -= 1
        return self.inner.__next__()


# Both protocols: `for` never asks where `__next__` says itself when to end.
@fieldwise_init
struct Both(Movable):
    var n: Int

    def __iter__(var self) -> Self:
        return self^

    def __has_next__(self) -> Bool:
        print("asked", end=" ")
        return self.n > 0

    def __next__(mut self) raises StopIteration -> Int:
        if self.n == 0:
            raise StopIteration()
        self.n -= 1
        return self.n


def walk_both():
    for x in Both(2):
        print(x, end=" ")
    print("end of both")


def drain[I: Iterator](mut it: I) -> Int where conforms_to(I.Element, Intable & Deinitable):
    var total = 0
    while True:
        try:
            var element = it.__next__()
            total = total * 10 + Int(element)
        except:
            break
    return total


def count[I: Iterable](ref xs: I) -> Int where conforms_to(I.IteratorType[origin_of(xs)].Element, Deinitable):
    var n = 0
    for _ in xs:
        n += 1
    return n


# What an iterator lends may be changed through it, in a loop as in a call; what it hands over is not moved again to be named.
@fieldwise_init
struct Column[mut: Bool, //, o: Origin[mut=mut]](Copyable, Iterable, Iterator):
    comptime Element = String
    comptime IteratorType[m: Bool, //, p: Origin[mut=m]]: Iterator = Self
    var cells: Pointer[List[String], Self.o]
    var at: Int
    var step: Int

    def __iter__(ref self) -> Self:
        return self.copy()

    def __next__(mut self) raises StopIteration -> ref[self.cells[][0]] String:
        if self.at >= len(self.cells[]):
            raise StopIteration()
        self.at += self.step
        return self.cells[][self.at - self.step]


struct Traced(Movable):
    var n: Int

    def __init__(out self, n: Int):
        self.n = n

    def __init__(out self, *, deinit move: Self):
        self.n = move.n
        print("mv", self.n, end=" ")

    def __deinit__(deinit self):
        print("-", self.n, end=" ")


@fieldwise_init
struct Maker(Copyable, Iterator):
    comptime Element = Traced
    var n: Int

    def __iter__(self) -> Self:
        return self.copy()

    def __next__(mut self) raises StopIteration -> Traced:
        if self.n == 2:
            raise StopIteration()
        self.n += 1
        return Traced(self.n)


def lent() raises:
    var cells: List[String] = ["a", "b", "c", "d"]
    for ref cell in Column(Pointer(to=cells), 0, 2):
        cell += "!"
        if cell == "c!":
            break
    else:
        print("none")
    for var cell in Column(Pointer(to=cells), 1, 2):
        cell += "?"
        print(cell, end=" ")
    var column = Column(Pointer(to=cells), 1, 1)
    column.__next__() += "#"
    ref third = column.__next__()
    third += "&"
    print(cells)
    var it = iter(cells)
    it.__next__() += "1"
    ref second = it.__next__()
    second += "2"
    var back = reversed(cells)
    back.__next__() += "4"
    print(cells)
    var table = {"k": 1}
    var entries = table.items().__iter__()
    entries.__next__().value += 4
    var names: Set[String] = {"n"}
    var name = iter(names)
    print(table, name.__next__())
    for x in Maker(0):
        print("x", x.n, end=" ")
    for var x in Maker(1):
        print("y", x.n, end=" ")
    print("end")


def main() raises:
    lent()
    var list: List[Int] = [1, 2, 3]
    var array: Array[Int, 2] = [4, 5]
    var dict: Dict[String, Int] = {"a": 1}
    var two = Take(list.__iter__(), 2)
    var five = Take(list.__iter__(), 5)
    var some = Take(range(10), 4)
    var down = Take(CountDown(3), 9)
    print(drain(two), drain(five), drain(some), drain(down))
    print(count(list), count(array), count(dict), count(range(7)))
    var it = list.__iter__()
    print(it.__next__(), it.__next__(), next(it))
    try:
        print(it.__next__())
    except:
        print("the end")
    print(List[Int](array))
    walk_both()


# output:
#   b? d? [a!, b#, c!&, d]
#   [a!1, b#2, c!&, d4]
#   {k: 5} n
#   x 1 - 1 x 2 - 2 mv 2 y 2 - 2 end
#   12 123 123 321
#   3 2 1 7
#   1 2 3
#   the end
#   [4, 5]
#   1 0 end of both
