# Members and parameters inside declarations: the guilty token, and what to write instead.
trait Counter(Movable):
    def count(self) -> Int:
        pass  #~ error[M2399] "trait method with a return type must not use 'pass'; use '...'"

    def bump(mut self):
        ...

    def finish(deinit self):
        ...


def bump(x: Some[Counter]):
    x.bump()  #~ error[M2350] "invalid use of mutating method on rvalue of type 'Some[Counter]'"


def finish[T: Counter](x: T):
    x^.finish()  #~ error[M2377] "cannot transfer out of immutable reference"


struct Rebuilt:
    var n: Int

    def __init__(out self):
        self.n = 1

    def again(out self):  #~ error[M2033] "self argument must be present in instance method"
        self = Self()


struct Grid[n: Int]:
    var cells: Self.Cell  #~ error[M2330] "'Grid[n]' value has no attribute 'Cell'"

    def size(self) -> Int:
        return n  #~ error[M2308] "unqualified access to struct parameter 'n'; use 'Self.n' instead"


def value_as_type[T: Int](x: T):  #~ error[M2309] "expected a type, not a value"
    pass


def call[F: def(Int) -> Int](f: F) -> Int:
    return f("a")  #~ error[M2350] "value cannot be converted from 'StringLiteral["a"]' to 'Int'"


@fieldwise_init
struct Box[T: Copyable & Deinitable](Copyable):
    var x: Self.T


def composed[F: def(Int) -> Int & Movable](f: F):  #~ error[M2314] "'Int' is not a trait"
    pass


def composed_of_none[F: def(Int) -> None & Movable](f: F):  #~ error[M2314] "'None' is not a trait"
    pass


struct OnlySet:
    def __init__(out self):
        pass

    def __setitem__(mut self, i: Int, v: Int):
        pass

    @implicit  #~ error[M2048] "'@implicit' may only be applied to '__init__' methods"
    def convert(self, x: Int):
        pass


struct TextKeys:
    var v: Int

    def __init__(out self):
        self.v = 0

    def __getitem__(self, i: Int) -> Int:
        return self.v

    def __setitem__(mut self, i: String, v: Int):
        self.v = v

    def __getattr__(self, name: StaticString) -> Int:
        return self.v

    def __setattr__(mut self, name: StaticString, v: String):
        self.v = 1


def setters():
    var a = OnlySet()
    a[0] = 1  #~ error[M2334] "'OnlySet' has '__setitem__' but no '__getitem__' method"
    var b = TextKeys()
    b["x"] = 3  #~ error[M2350] "invalid call to '__getitem__'"
    b.any = "y"  #~ error[M2310] "cannot implicitly convert 'StringLiteral["y"]' value to 'Int'"


# An iterator ends by raising StopIteration, or says itself whether there is more.
@fieldwise_init
struct Endless(Copyable, Iterator):
    comptime Element = Int
    var i: Int

    def __iter__(self) -> Self:
        return self.copy()

    def __next__(mut self) -> Int:
        self.i += 1
        return self.i


def endless():
    for i in Endless(0):  #~ error[M2325] "'Endless' does not implement the '__has_next__' method"
        print(i)


struct Named[size: Int]:
    var size: Int  #~ error[M2004] "invalid redefinition of 'size'"

    def __init__(out self):
        self.size = 1


struct Moved(Movable):
    var x: Int

    def __init__(out self, *, move: Self):  #~ error[M2046] "'move' argument must be passed as 'deinit'"
        self.x = move.x


struct Ended:
    def __deinit__(deinit self, why: Int):  #~ error[M2082] "'__deinit__' requires 1 operand"
        pass


@fieldwise_init("explicit")  #~ error[M2023] "invalid argument of '@fieldwise_init'"
struct Explicit:
    var x: Int


@implicit  #~ error[M2048] "'@implicit' may only be applied to '__init__' methods"
def converted(x: Int) -> Int:
    return x


struct Tools:
    @staticmethod
    def name(self) -> String:
        return "tools"


def unrolled(n: Int):
    comptime for i in range(n):  #~ error[M2345] "cannot use a dynamic value in 'comptime for' sequence initializer"
        print(i)


def main():
    print(Tools.name())  #~ error[M2350] "invalid call to 'name': missing required argument: 'self'"
    var l = List[Box]()  #~ error[M2316] "'Box[_]' is not a concrete type"
    print(Sorted(1) < Sorted(2))  #~ error[M2325] "'Sorted' does not implement the '__lt__' method"
    print(Sorted(1) != Sorted(2))  #~ error[M2325] "'Sorted' does not implement the '__ne__' method"
    print(Half(1) < Half(2))  #~ error[M2350] "invalid call to '__lt__'"


@fieldwise_init
struct Sorted(Copyable):
    var v: Int

    def __gt__(self, other: Self) -> Bool:
        return self.v > other.v

    def __eq__(self, other: Self) -> Bool:
        return self.v == other.v


@fieldwise_init
struct Half(Comparable, Copyable):  #~ error[M2071] "'Half' does not implement all requirements for 'Comparable'"
    var v: Int

    def __lt__(self, other: Float64) -> Bool:
        return True
