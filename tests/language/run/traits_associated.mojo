# Associated types and values; generic algorithms over them.
trait Container(Movable, Deinitable):
    comptime Item: Copyable & Deinitable & Writable
    comptime limit: Int

    def size(self) -> Int:
        ...

    def at(self, i: Int) -> Self.Item:
        ...

    def first(self) -> Self.Item:
        return self.at(0)

    def full(self) -> Bool:
        return self.size() >= Self.limit


struct Squares[n: Int](Container):
    comptime Item = Int
    comptime limit = Self.n

    def __init__(out self):
        pass

    def size(self) -> Int:
        return Self.n

    def at(self, i: Int) -> Int:
        return i * i


struct Words(Container):
    comptime Item = String
    comptime limit: Int = 10
    var ws: List[String]

    def __init__(out self, text: String):
        self.ws = List[String]()
        for w in text.split(" "):
            self.ws.append(String(w))

    def size(self) -> Int:
        return len(self.ws)

    def at(self, i: Int) -> Self.Item:
        return self.ws[i]


struct Twice[B: Container](Container):
    comptime Item = Self.B.Item
    comptime limit = Self.B.limit * 2
    var inner: Self.B

    def __init__(out self, var inner: Self.B):
        self.inner = inner^

    def size(self) -> Int:
        return self.inner.size() * 2

    def at(self, i: Int) -> Self.Item:
        return self.inner.at(i // 2)


def show[C: Container](c: C) -> Int:
    for i in range(c.size()):
        if i:
            print(", ", end="")
        print(c.at(i), end="")
    print(" |", c.first(), c.full(), C.limit)
    return c.size()


def collect[C: Container](c: C) -> List[C.Item]:
    var out = List[C.Item]()
    for i in range(c.size()):
        out.append(c.at(i))
    return out^


def main():
    print(show(Squares[5]()))
    print(show(Words("to be or not")))
    print(show(Twice(Words("a b"))))
    print(show(Twice(Twice(Squares[2]()))))
    var l = collect(Squares[4]())
    print(len(l), l[3], l)
    print(Twice[Squares[7]].limit, Words.limit)


# output:
#   0, 1, 4, 9, 16 | 0 True 5
#   5
#   to, be, or, not | to False 10
#   4
#   a, a, b, b | a False 20
#   4
#   0, 0, 0, 0, 1, 1, 1, 1 | 0 True 8
#   8
#   4 9 [0, 1, 4, 9]
#   14 10
