# Conditional conformance and gated methods.
@fieldwise_init
struct Box[T: Copyable & Deinitable](
    Copyable,
    Equatable where conforms_to(T, Equatable),
    Writable where conforms_to(T, Writable),
):
    var v: Self.T

    def __eq__(self, o: Self) -> Bool where conforms_to(Self.T, Equatable):
        return self.v == o.v

    def write_to(self, mut w: Some[Writer]) where conforms_to(Self.T, Writable):
        w.write("Box<", self.v, ">")

    def max_with(self, o: Self) -> Self where conforms_to(Self.T, Comparable):
        if self.v < o.v:
            return o.copy()
        return self.copy()


@fieldwise_init
struct Opaque(Copyable):
    var k: Int


def describe[T: AnyType](x: T) -> String:
    comptime if conforms_to(T, Writable):
        return String("printable ", x)
    elif conforms_to(T, Copyable):
        return "copyable only"
    else:
        return "opaque"


def count_equal[T: Equatable & Copyable](xs: List[T], y: T) -> Int:
    var n = 0
    for x in xs:
        if x == y:
            n += 1
    return n


def main():
    var a = Box(3)
    var b = Box(4)
    print(a == b, a != b, a == a, a.max_with(b))
    print(Box(String("x")).max_with(Box(String("w"))))
    print(describe(a), "/", describe(Box(Opaque(1))), "/", describe(1.5))
    print(conforms_to(Box[Int], Equatable), conforms_to(Box[Opaque], Equatable), conforms_to(Box[Opaque], Copyable))
    print(conforms_to(Box[Box[String]], Writable), conforms_to(Box[Box[Opaque]], Writable))
    var l: List[Box[Int]] = [Box(1), Box(2), Box(1)]
    print(count_equal(l, Box(1)), Box(Box(7)))
    print(Optional(Opaque(1)) == None, Optional[Opaque](None) != None, Optional(1) != Optional(2))


# output:
#   False True True Box<4>
#   Box<x>
#   printable Box<3> / copyable only / printable 1.5
#   True False True
#   True False
#   2 Box<Box<7>>
#   False False True
