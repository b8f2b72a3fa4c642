# Constructors that make one type, conditions with messages, functions that conditions may call, defaults made of braces.
from std.math import sqrt


struct Buffer[size: Int]:
    var fill: Int

    def __init__(out self: Buffer[4]):
        self.fill = 1

    def __init__(out self: Buffer[16], *, large: Int):
        self.fill = large

    def __init__[n: Int](out self: Buffer[n], *, like: Buffer[n]):
        self.fill = like.fill + n


@always_inline("builtin")
def fits(size: Int, limit: Int) -> Bool:
    return size <= limit and size > 0


def small[size: Int](b: Buffer[size]) -> String where (fits(size, 8), "small buffers only"):
    return "small " + String(b.fill)


def passed_on[size: Int](b: Buffer[size]) -> String where fits(size, 8):
    return small(b)


struct Count[start: Int]:
    var value: Int

    def __init__(out self):
        self.value = Self.start


def from_nothing[n: Int](c: Count[n] = {}) -> Int:
    return c.value


def spread[
    low: Int, high: Int
]() -> Int
    where low > 0
    where (high > low, "an interval goes up"):
    return high - low


comptime Halved[n: Int]: Int where n > 1 = n // 2


trait Marked:
    def mark(self) -> String:
        return "marked"


struct Holder[T: Movable & Deinitable](Marked where (conforms_to(T, Copyable), "only of what can be copied")):
    var value: Self.T

    def __init__(out self, var value: Self.T):
        self.value = value^


def shown[T: Movable & Deinitable](h: Holder[T]) -> String where conforms_to(T, Copyable):
    return h.mark()


@fieldwise_init
struct Source(Copyable):
    pass


struct Target:
    @implicit
    def __init__(out self, s: Source):
        pass


def is_prime(n: Int) -> Bool:
    return n == 2


def choose[n: Int](t: Target) -> String where is_prime(n):
    return "target"


def choose[n: Int](s: Source) -> String:
    return "source"


struct Documented:
    @doc_hidden
    var inner: Int

    def __init__(out self):
        self.inner = 4


def inverse_root[dt: DType](x: Scalar[dt]) -> Scalar[dt]:
    return 1 / sqrt(x)


def forgiven() -> String:
    try:
        raise Error("x")
    except _:
        return "forgiven"


struct Id[tag: StaticString](Copyable):
    var n: Int

    def __init__(out self, n: Int):
        self.n = n


def position[tag: StaticString](ids: List[Id[tag]], wanted: Int) -> Int:
    for i in range(len(ids)):
        if ids[i].n == wanted:
            return i
    return -1


def main():
    comptime User = Id["user"]
    print(position([User(4), User(7)], 7))
    print(Documented().inner, inverse_root(Float32(4)), forgiven())
    var a = Buffer()
    var b = Buffer(large=7)
    var c = Buffer(like=a)
    print(a.fill, a.size, b.fill, b.size, c.fill, c.size)
    print(small(a), passed_on(c))
    print(from_nothing[5](), spread[2, 6](), Halved[9])
    print(shown(Holder(3)), Holder(String("x")).mark())
    print(choose[2](Source()))

# output:
#   1
#   4 0.5 forgiven
#   1 4 7 16 5 4
#   small 1 small 5
#   5 4 4
#   marked marked
#   source
