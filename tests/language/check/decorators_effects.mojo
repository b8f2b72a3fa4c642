# Decorators with their arguments, effects of functions, and what structs in registers may declare.
from std.memory import ArcPointer


@unavailable("it never worked")
def gone():
    ...


def newer():
    pass


@unavailable(use=newer)
def older():
    ...


@unavailable("has a body")
def bodied() -> Int:
    return 1  #~ error[M2030] "unexpected function body"


@unavailable  #~ error[M2023] "either a reason or a replacement"
def silent():
    ...


@unavailable("a struct is always there")  #~ error[M2022] "'@unavailable' does not apply to a struct"
struct Missing:
    pass


struct Tank:
    @unavailable(reason="tanks have no level")
    def level(self) -> Int:
        ...


def choose(x: String):
    pass


@unavailable("integers are not chosen")
def choose(x: Int):
    ...


def uses(tank: Tank):
    gone()  #~ error[M2307] "'gone' is unavailable: it never worked"
    older()  #~ error[M2307] "'older' is unavailable, use 'newer' instead"
    _ = tank.level()  #~ error[M2307] "tanks have no level"
    choose("text")
    choose(1)  #~ error[M2307] "integers are not chosen"
    var f = gone  #~ error[M2307] "'gone' is unavailable"


@deprecated  #~ error[M2023] "either a reason or a replacement"
def old1():
    pass


@deprecated(reason="a", use=newer)  #~ error[M2023] "either a reason or a replacement"
def old2():
    pass


@deprecated(3)  #~ error[M2023] "a string literal"
def old3():
    pass


@deprecated(use=nowhere)  #~ error[M2023] "there is no 'nowhere'"
def old4():
    pass


@deprecated(use=newer)
def old5():
    pass


@doc_hidden("why")  #~ error[M2023] "no argument"
def hidden():
    pass


@always_inline("sometimes")  #~ error[M2023] "nodebug"
def inlined():
    pass


@always_inline  #~ error[M2028] "conflicting inline level from a previous '@no_inline'"
@no_inline
def both():
    pass


@export  #~ error[M2029] "with parameters"
def exported[n: Int]():
    pass


@fieldwise_init  #~ error[M2061] "explicitly declared fieldwise initializer"
@fieldwise_init
struct Twice:
    var x: Int


def thin_one(x: Int) thin -> Int:  #~ error[M1196] "'thin' must only be used on function types"
    return x


def c_one(x: Int32) abi("C") raises -> Int32:  #~ error[M1191] "may not be marked 'raises'"
    return x


def other_one() abi("pascal"):  #~ error[M1190] "unsupported calling convention"
    pass


def results(out *all: Int):  #~ error[M2050] "must not be variadic"
    pass


@always_inline("builtin")
def raising(n: Int) raises -> Int:  #~ error[M2020] "does not support functions that raise"
    return n


struct Converted:
    @implicit(note=True)  #~ error[M2023] "only 'deprecated'"
    def __init__(out self, value: Int):
        pass

    @implicit  #~ error[M2048] "may only be applied to '__init__' methods"
    def __init__(out self, *, copy: Self):
        pass

    @staticmethod()  #~ error[M2023] "no argument"
    def make():
        pass

    def all(*self):  #~ error[M2019] "must not be variadic"
        pass


trait Sized2:
    comptime limit: Int = "many"  #~ error[M2310] "cannot implicitly convert 'StringLiteral["


def nowhere_at_all() -> ref[4] Int:  #~ error[M2485] "doesn't have a memory origin"
    pass


def typed(f: def(deinit text: String) thin -> None):  #~ error[M2331] "function types do not support 'deinit'"
    pass


# Structs in registers.
struct Named(RegisterPassable):  #~ error[M2060] "all members of 'RegisterPassable' struct"
    var name: String


struct Moved(RegisterPassable):
    var x: Int

    def __init__(out self, *, deinit move: Self):  #~ error[M2070] "explicit move constructors"
        self.x = move.x


struct Copied(TrivialRegisterPassable):
    var x: Int

    def __init__(out self, *, copy: Self):  #~ error[M2069] "explicit copy constructors"
        self.x = copy.x


struct Fine(RegisterPassable):
    var shared: ArcPointer[Int]
    var maybe: Optional[Int]
    var both: Tuple[Int, Bool]


struct Parts[T: AnyType](RegisterPassable where conforms_to(T, RegisterPassable)):
    var text: String


struct Hiding:
    var p: Optional[Pointer[Int, MutUnsafeAnyOrigin]]  #~ error[M2078] "cannot expose AnyOrigin"


# Whether a value that holds itself can be destroyed is asked before how large it is.
struct Node:
    var next: Optional[Node]  #~ error[M2055] "non-'Deinitable'"


struct Tree(Movable):
    var children: List[Tree]  #~ error[M2055] "non-'Deinitable'"


# A condition is what has a truth value; the message of one is a literal.
def positive[n: Int]() where n:
    pass


def explained[n: Int]() where (n > 1, n):  #~ error[M2089] "must be a string literal"
    pass


def conditions():
    positive[3]()
    positive[0]()  #~ error[M2350] "violated constraint"


# Destruction under a condition may have its own text.
@explicit_destroy("call close()")
struct Handle[T: AnyType](Deinitable where conforms_to(T, Deinitable)):
    var n: Int


# Callables: a constraint is no type of values, and a pointer no callable that is known.
def constrained(f: def(Int) -> Int) -> Int:
    return f(1)  #~ error[M2099] "it is a constraint on callables"


def many(*fs: def(Int) -> Int):  #~ error[M2036] "is not a concrete type"
    pass


def parametric(f: def[n: Int](x: Int) thin -> Int):  #~ error[M2090] "must not be used as arguments"
    pass


def known[F: def(Int) -> Int](f: F) -> Int:
    return f(1)


def double(x: Int) -> Int:
    return 2 * x


def pointers(f: def(Int) thin -> Int):
    print(known(double))
    print(known(f))  #~ error[M2350] "value passed to 'f' cannot be converted from 'def(Int) thin -> Int' to 'F'"
    var g = double
    print(known(g))  #~ error[M2350] "cannot be converted from 'def(Int) thin -> Int' to 'F'"


def bounded_by_some[T: Some[Writable]](x: T):  #~ error[M2316] "'Some[Writable]' is not a concrete type"
    pass


def counted[*Ts: Writable](*xs: *Ts):
    comptime for i in range(len(xs)):  #~ error[M2345] "dynamic value"
        print(xs[i])


struct SetOnly:
    def __setattr__(mut self, name: StaticString, value: Int):
        pass


def sets(mut x: SetOnly):
    x.size = 2  #~ error[M2334] "'SetOnly' has '__setattr__' but no '__getattr__' method"


# `**` hands over what came by `**`, and nothing else.
def named(var **values: Int):
    pass


def passes_on(var **values: Int):
    var other: Dict[String, Int] = {"a": 1}
    named(b=1, **values^)  #~ error[M2350] "combining a '**' unpack with other keyword arguments"
    named(**other^)  #~ error[M2350] "to the keyword arguments of another function"
    double(**values^)  #~ error[M2350] "kwargs unpack can only satisfy another kwargs argument"


# Packs and functions out of containers.
def changes[*Ts: AnyType](mut *xs: *Ts):
    pass


def reads[*Ts: AnyType](*xs: *Ts):
    changes(*xs)  #~ error[M2350] "stricter mutability"


def callables[*Fs: def(Int) -> Int](*fs: *Fs):
    pass


def elements(table: List[def(Int) thin -> Int]):
    callables(double)  #~ error[M2350] "does not conform to trait 'def(Int) -> Int'"
    for f in table:
        print(f(1))  #~ error[M2353] "does not implement the '__call__' method"
    print(table[0](1))


def powers[n: Int]() where n.is_power_of_two():
    pass


def uses_powers[n: Int]():
    comptime if n.is_power_of_two():
        powers[n]()
    powers[4]()
    powers[6]()  #~ error[M2350] "violated constraint"


def main():
    pass
