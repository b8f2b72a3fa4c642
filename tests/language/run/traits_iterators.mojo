# An iterator borrowing from its container; generic consumers.
struct Countdown(Copyable, Iterator, Iterable):
    comptime Element = Int
    comptime IteratorType[mut: Bool, //, o: Origin[mut=mut]]: Iterator = Self
    var n: Int

    def __init__(out self, n: Int):
        self.n = n

    def __iter__(ref self) -> Self.IteratorType[origin_of(self)]:
        return self.copy()

    def __next__(mut self) raises StopIteration -> Int:
        if self.n <= 0:
            raise StopIteration()
        self.n -= 1
        return self.n + 1


struct Fib(Copyable, Iterator, Iterable):
    comptime Element = Tuple[Int, Int]
    comptime IteratorType[mut: Bool, //, o: Origin[mut=mut]]: Iterator = Self
    var a: Int
    var b: Int
    var i: Int
    var n: Int

    def __init__(out self, n: Int):
        self.a = 0
        self.b = 1
        self.i = 0
        self.n = n

    def __iter__(ref self) -> Self.IteratorType[origin_of(self)]:
        return self.copy()

    def __next__(mut self) raises StopIteration -> Tuple[Int, Int]:
        if self.i >= self.n:
            raise StopIteration()
        var r = (self.i, self.a)
        self.a, self.b = self.b, self.a + self.b
        self.i += 1
        return r


def sum_all(c: Countdown) -> Int:
    var t = 0
    for x in c:
        t += x
    return t


def main():
    for x in Countdown(4):
        if x == 2:
            continue
        print(x, end=" ")
    else:
        print("liftoff")
    print(sum_all(Countdown(10)))
    for i, f in Fib(8):
        print(i, f, sep=":", end=" ")
    print()
    var l = [x * x for x in Countdown(5) if x % 2 == 1]
    print(l)
    for a, (i, f) in zip(Countdown(3), Fib(5)):
        print(a, i, f)
    for i, x in enumerate(Countdown(2)):
        print(i, x)
    var it = Countdown(2)
    try:
        while True:
            print("next", it.__next__())
    except e:
        print("stopped")


# output:
#   4 3 1 liftoff
#   55
#   0:0 1:1 2:1 3:2 4:3 5:5 6:8 7:13 
#   [25, 9, 1]
#   3 0 0
#   2 1 1
#   1 2 1
#   0 2
#   1 1
#   next 2
#   next 1
#   stopped
