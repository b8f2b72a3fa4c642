# Conditions of conformances that reach a trait on several ways; conversions and subscripts through traits of the library.
struct Wrapper[T: Movable & Deinitable](
    Boolable where conforms_to(T, Boolable),
    Copyable where conforms_to(T, Copyable),
    Equatable where conforms_to(T, Equatable),
    Comparable where conforms_to(T, Comparable),
    ImplicitlyCopyable where conforms_to(T, ImplicitlyCopyable),
    Movable,
):
    var v: Self.T

    def __init__(out self, var v: Self.T):
        self.v = v^

    def __bool__(self) -> Bool where conforms_to(Self.T, Boolable):
        return Bool(self.v)

    def __eq__(self, other: Self) -> Bool where conforms_to(Self.T, Equatable):
        return self.v == other.v

    def __lt__(self, other: Self) -> Bool where conforms_to(Self.T, Comparable):
        return self.v < other.v


struct Buffer[T: Copyable & Deinitable, n: Int](
    Copyable, Sized where n > 0, Comparable where conforms_to(T, Comparable) and n > 0
):
    var items: List[Self.T]

    def __init__(out self, x: Self.T):
        self.items = List[Self.T](length=Self.n, fill=x)

    def __len__(self) -> Int where Self.n > 0:
        return Self.n

    def __eq__(self, other: Self) -> Bool where conforms_to(Self.T, Comparable) and Self.n > 0:
        return self.items[0] == other.items[0]

    def __lt__(self, other: Self) -> Bool where conforms_to(Self.T, Comparable) and Self.n > 0:
        return self.items[0] < other.items[0]


@fieldwise_init
struct Text(IntableRaising):
    var s: String

    def __int__(self) raises -> Int:
        return Int(self.s) * 10


# The text method does not fit `Writable`: the derived one serves.
@fieldwise_init
struct Other(Writable):
    var x: Int

    def write_to(self) -> String:
        return "not this"


trait Weighted:
    def weight(self) -> Int:
        ...


@fieldwise_init
struct Stone(Copyable, Weighted):
    var kg: Int

    def weight(self) -> Int:
        return self.kg


# A list may be named with elements that promise nothing about their lifecycle.
def total_weight[T: Weighted](things: List[T]) -> Int:
    var total = 0
    for thing in things:
        total += thing.weight()
    return total


def suit(i: Int) -> String:
    return String("cdhs"[byte=i])


def main() raises:
    var a = Wrapper(3)
    var b = a
    print(a == b, a < Wrapper(4), a >= b, Bool(Wrapper(0)), max(a, Wrapper(9)).v)
    print(conforms_to(Wrapper[List[Int]], ImplicitlyCopyable), conforms_to(Wrapper[List[Int]], Copyable))
    var x = Buffer[Int, 2](1)
    print(x < Buffer[Int, 2](3), x != x, len(x))
    print(conforms_to(Buffer[Int, 0], Sized), conforms_to(Buffer[Int, 0], Comparable), conforms_to(Buffer[Int, 1], Equatable))
    print(total_weight([Stone(3), Stone(4)]))
    print(Int(Text("4")), Other(7), suit(2), "hello"[byte=1:3])


# output:
#   True True True False 9
#   False True
#   True False 2
#   False False True
#   7
#   40 Other(x=7) h el
