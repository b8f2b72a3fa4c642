# Origins of what has no place, results that are only constraints, managers without the plain `__exit__`.
@fieldwise_init
struct C(Copyable):
    var n: Int


struct OnlyErrors:
    def __init__(out self):
        pass

    def __enter__(self) -> Int:
        return 1

    def __exit__(self, e: Error) -> Bool:
        return True


def change[o: MutOrigin](ref [o] c: C):
    c.n = 2


def lend(ref c: C) -> Int:
    return c.n


def adder(n: Int) -> def(Int) -> Int:
    def add(x: Int) {var n} -> Int:
        return x + n
    return add  #~ error[M2036] "cannot implicitly convert what is returned to 'def(Int) -> Int'"


def lambda_result(n: Int) -> def(Int) -> Int:
    return lambda (x: Int) {var n} -> Int: x + n  #~ error[M2036] "which is not a concrete type"


def list_of_constraints():
    var l = List[def(Int) -> Int]()  #~ error[M2340] "'List' parameter 'T' has"


def in_register(x: Int):
    var p: Optional[Pointer[Int, origin_of(x)]] = None  #~ error[M2485] "value of type 'Int' doesn't have a memory origin in origin specifier"
    print(Bool(p))


def temporary_is_not_mutable():
    var c = C(1)
    change(c)
    print(lend(C(3)))
    change(C(2))  #~ error[M2350] "value passed to 'c' cannot be converted from 'C' to 'ref C'"


def manager():
    with OnlyErrors() as a:  #~ error[M2350] "invalid call to '__exit__': missing required argument: 'e'"
        print(a)


def main():
    pass


# A requirement: what conforms may travel in registers.
trait Shelf(Movable):
    def by_ref(ref self) -> ref[self] Int:
        ...

    def by_mut(mut self) -> ref[self] Int:  #~ error[M2486] "cannot return 'self's origin, because it might expand to a RegisterPassable type"
        ...

    def pointer(self) -> Pointer[Int, origin_of(self)]:  #~ error[M2486] "cannot return 'self's origin"
        ...

from std.memory import OwnedPointer


# A container of one's own names the memory that it owns.
struct OwnShelf:
    var data: Pointer[String, MutUntrackedOrigin]

    def __init__(out self, data: Pointer[String, MutUntrackedOrigin]):
        self.data = data

    def at(ref self) -> ref[origin_of(self)._get_owned_interior["slot"]] String:
        return self.data[]

    def of_other(ref self, ref other: String) -> ref[origin_of(self)._get_owned_interior["slot"]] String:
        return other  #~ error[M2324] "'origin_of(other)' vs 'origin_of(self["slot"])'"

    def named(self, name: StringLiteral) -> ref[origin_of(self)._get_owned_interior[name]] String:  #~ error[M9400] "'_get_owned_interior' of what is no string literal"
        return self.data[]


def owned_inside(ref p: OwnedPointer[String]) -> ref[p] String:
    return p[]  #~ error[M2324] "'origin_of(p["value"])' vs 'origin_of(p)'"


def local_reference(xs: List[String]) -> ref[xs[0]] String:
    var best = xs[0]
    return best  #~ error[M2324] "'origin_of(best)' vs 'origin_of(xs["element"])'"
