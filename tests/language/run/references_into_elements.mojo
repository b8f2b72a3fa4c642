from std.memory import OwnedPointer, alloc
from std.utils import Variant


# References that iterators and views hand out: writing through them, several times, in nested containers.
struct G:
    var c: List[Int]
    def __init__(out self): self.c = [1]
struct Ring[T: Copyable & Deinitable]:
    """Two values in memory of its own, which its accessors name as an interior of the ring."""

    var data: Pointer[Self.T, MutUntrackedOrigin]
    comptime Slot[o: Origin] = o._get_owned_interior["slot"]

    def __init__(out self, var first: Self.T, var second: Self.T):
        self.data = alloc[Self.T](2)
        self.data.unsafe_write(first^)
        self.data.unsafe_offset(1).unsafe_write(second^)

    def __deinit__(deinit self):
        for i in range(2):
            self.data.unsafe_offset(i).unsafe_deinit_pointee()
        self.data.unsafe_free()

    @__unsafe_nested_origins_read_only
    def __getitem__(ref self, i: Int) -> ref[Self.Slot[origin_of(self)]] Self.T:
        return self.data.unsafe_offset(i)[]

    def rotate(mut self):
        swap(self.data[], self.data.unsafe_offset(1)[])


@fieldwise_init
struct Walk[m: Bool, //, o: Origin[mut=m]]:
    var words: Pointer[List[String], Self.o]
    var at: Int

    def step(mut self) -> ref[Self.o._get_owned_interior["element"]] String:
        self.at += 1
        return self.words[][self.at - 1]


struct Owners:
    var owned: OwnedPointer[String]
    var either: Variant[Int, String]
    var perhaps: Optional[String]

    def __init__(out self):
        self.owned = OwnedPointer(String("owned"))
        self.either = String("either")
        self.perhaps = String("perhaps")

    def inside(ref self) -> ref[origin_of(self.owned)._get_owned_interior["value"]] String:
        return self.owned[]

    def chosen[T: Copyable](ref self) -> ref[origin_of(self.either)._get_owned_interior["value"]] T:
        return self.either[T]

    def given(ref self) -> ref[self.perhaps._value] String:
        return self.perhaps.value()


def first_of(ref pair: Tuple[String, Int]) -> ref[pair] String:
    return pair[0]


def own_interiors():
    var ring = Ring(String("a"), String("b"))
    ref x = ring[0]
    ref y = ring[1]
    x += "1"
    y += "2"
    ring.rotate()
    print(ring[0], ring[1])
    var words: List[String] = ["c", "d"]
    var walk = Walk(Pointer(to=words), 0)
    walk.step() += "!"
    print(walk.step(), words[0])
    var owners = Owners()
    owners.inside() += "."
    owners.chosen[String]() += "?"
    owners.given() += "!"
    print(owners.inside())
    print(owners.chosen[String]())
    print(owners.given())
    var pair = (String("pair"), 1)
    first_of(pair) += "s"
    print(pair[0])


def main():
    var l: List[Int] = [1, 2]
    for ref x in l:
        x += 1
        x *= 2
        print(x)
    var s = Span(l)
    for ref x in s:
        x += 1
        x *= 2
    var t: List[String] = ["a"]
    for ref w in t:
        w += "b"
        w += "c"
        print(w)
    var g = G()
    for ref x in g.c:
        x += 1
        print(x)
    var nest: List[List[Int]] = [[1]]
    for ref inner in nest:
        inner.append(2)
        inner.append(3)
        for ref y in inner:
            y += 1
            print(y)
    var d: Dict[String, Int] = {"a": 1}
    for ref v in d.values():
        v += 1
        v += 1
        print(v)
    own_interiors()

# output:
#   4
#   6
#   abc
#   2
#   2
#   3
#   4
#   3
#   b2 a1
#   d c!
#   owned.
#   either?
#   perhaps!
#   pairs
