# Generic code over iterators of the library and of the program: `__next__` tests for the end whoever calls it.
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


def main() raises:
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
#   12 123 123 321
#   3 2 1 7
#   1 2 3
#   the end
#   [4, 5]
#   1 0 end of both
