# Conditions: in conformance lists, behind comptime members, several on one function, and those that nobody can decide.
trait Named:
    def name(self) -> String:
        return "named"


trait Short(Named):
    pass


trait Long(Named):
    pass


struct TwoWays[T: Movable & Deinitable](
    Short where conforms_to(T, Copyable),  #~ error[M2065] "ancestor trait 'Named' is reached via multiple inheritance paths"
    Long where conforms_to(T, Intable),
):
    pass


struct Listed[T: Movable & Deinitable](
    Named, Short where conforms_to(T, Copyable), Long where conforms_to(T, Intable)
):
    pass


struct Weaker[T: Movable & Deinitable](
    Named where conforms_to(T, Intable),
    Short where conforms_to(T, Copyable),  #~ error[M2064] "constraint for 'Short' does not imply constraint for ancestor trait 'Named'"
):
    pass


struct Always[T: Movable & Deinitable](
    Named where conforms_to(T, Intable),
    Long,  #~ error[M2064] "'Long' does not imply"
):
    pass


struct Bytes[T: Movable & Deinitable](
    TrivialRegisterPassable where conforms_to(T, TrivialRegisterPassable),  #~ error[M2066] "conditional conformance to 'TrivialRegisterPassable'"
):
    pass


trait Sometimes(Named where True):  #~ error[M2067] "only supported on structs"
    pass


trait Scaled:
    def scale[n: Int](self) -> Int:
        return n


struct Grid[n: Int](Scaled):  #~ error[M2068] "name conflict between parameter 'n'"
    pass


struct OwnScale[n: Int](Scaled):
    def scale[m: Int](self) -> Int:
        return m


trait Sized2:
    comptime width: Int  #~ error[M2004] "invalid redefinition of 'width'"


trait Retyped(Sized2):
    comptime width: Bool


trait Remade(Sized2):
    def width(self):  #~ error[M2004] "invalid redefinition of 'width'"
        pass


struct Gated[T: Movable](Named where conforms_to(T, Copyable)):
    def __init__(out self):
        pass


def undecided[T: Movable](x: Gated[T]) -> String:
    return x.name()  #~ error[M2350] "lacking evidence"


def decided[T: Movable](x: Gated[T]) -> String where conforms_to(T, Copyable):
    return x.name()


# ---- clauses


comptime Third[n: Int]: Int where (n % 3 == 0, "n must be a multiple of 3") = n // 3
comptime Positive[n: Int]: Int where (n > 0, "n must be positive") = n


def between[low: Int, high: Int]() -> Int where low > 0 where (high > low, "an interval goes up"):
    return high - low


def is_prime(n: Int) -> Bool:
    return n == 2 or n == 3


def pick[n: Int]() where is_prime(n):
    pass


def pick[n: Int]() where n >= 0:
    pass


@always_inline("builtin")
def is_even_pair(a: Int, b: Int) -> Bool:
    return a + b == 4 or a == b


def paired[a: Int, b: Int]() where is_even_pair(a, b):
    pass


def relies[a: Int, b: Int]() where is_even_pair(a, b):
    paired[a, b]()
    paired[a, 3]()  #~ error[M2350] "lacking evidence"


def clauses():
    print(between[1, 3]())
    print(between[0, 3]())  #~ error[M2350] "violated constraint"
    print(between[3, 1]())  #~ error[M2350] "violated constraint"
    print(Positive[3])
    print(Positive[0])  #~ error[M2359] "invalid use of comptime member 'Positive': violated constraint"
    pick[2]()  #~ error[M2352] "lacking evidence to select candidate"
    pick[-1]()  #~ error[M2350] "lacking evidence"
    paired[1, 3]()
    paired[1, 2]()  #~ error[M2350] "violated constraint"
    comptime low = between[0, 1]  #~ error[M2350] "violated constraint"


def main():
    pass
