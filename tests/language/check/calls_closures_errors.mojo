# One mistake at a time in calls, closures and errors.
@fieldwise_init
struct MoveOnly(Movable):
    var n: Int


@fieldwise_init
struct Silent(Copyable):
    var n: Int


def pair() -> Tuple[MoveOnly, MoveOnly]:
    return (MoveOnly(1), MoveOnly(2))


def keyword_only(a: Int, *, b: Int) -> Int:
    return a + b


def dictionary(**kw: Int) -> Int:  #~ error[M2098] "only support the 'var' convention"
    return len(kw)


def fails() raises Silent:
    raise Silent(1)


def passes_on() raises:
    fails()  #~ error[M2355] "may raise 'Silent' in context that supports an error type of 'Error'"


def main():
    print(keyword_only(1, 2))  #~ error[M2350] "missing required argument: 'b'"
    var a, b = pair()  #~ error[M2311] "cannot be implicitly copied"
    var t = MoveOnly(1)  #~ error[M2311] "cannot be implicitly copied"

    def by_copy() {var t} -> Int:
        return t.n

    def unknown() {mut nowhere}:  #~ error[M2453] "reference to an unknown value: nowhere"
        pass


@fieldwise_init
struct Pinned(Movable where False):
    var id: Int


def moves_pinned():
    var p = Pinned(1)

    def g() {var p^} -> Int:  #~ error[M2488] "Cannot capture p by move because the type is not movable"
        return p.id

    print(g())


def captures_parameter[n: Int](k: Int):
    def g() {var n, k} -> Int:  #~ error[M2487] "value n is a parameter and does not need a capture convention"
        return n + k

    print(g())


struct TwoFunctions(def(Int) -> Int, def(String) -> String):  #~ error[M2097] "must not contain more than one closure type"
    def __call__(self, x: Int) -> Int:
        return x

    def __call__(self, x: String) -> String:
        return x


struct NoCall(def(Bool) -> Int):  #~ error[M2071] "'NoCall' does not implement all requirements for 'def(Bool) -> Int'"
    pass


struct OtherCall(def(String) -> Int):  #~ error[M2071] "'OtherCall' does not implement all requirements for 'def(String) -> Int'"
    def __call__(self, x: String) -> Bool:
        return True


@fieldwise_init
struct ChangesItself(def(Int) -> None):  #~ error[M2071] "'ChangesItself' does not implement all requirements"
    var n: Int

    def __call__(mut self, x: Int):
        self.n += x


@fieldwise_init
struct Unsaid:
    var k: Int

    def __call__(self, x: Int) -> Int:
        return x + self.k


def calls_it(f: Some[def(Int) -> Int]) -> Int:
    return f(1)


def passes_unsaid():
    print(calls_it(Unsaid(1)))  #~ error[M2350] "cannot be converted from 'Unsaid' to 'Some[def(Int) -> Int]'"


def in_registers[F: RegisterPassable](f: F):
    pass


def keeps_text(word: String):
    def g() {imm word} -> Int:
        return word.byte_length()

    in_registers(g)  #~ error[M2350] "does not conform to trait 'RegisterPassable'"


def changes_number():
    var n = 1

    def g() {var n}:
        n += 1  #~ error[M2370] "expression must be mutable"

    g()


def points_into_body():
    try:
        var key = 42
        raise Pointer(to=key)  #~ error[M2490] "captures origin 'key' from within try body"
    except e:
        print(e[])


@fieldwise_init
struct Swallows(Movable):
    var n: Int

    def __enter__(self) -> Int:
        return self.n

    def __exit__(self):
        pass

    def __exit__(self, e: Error) -> Bool:
        return True


def raises_under_manager():
    with Swallows(1):
        raise Error("lost")  #~ error[M2356] "'raise' requires a surrounding 'try' block"


struct GivesItselfAway(Movable):
    def __init__(out self):
        pass

    def __enter__(var self) -> Int:
        return 1

    def __exit__(self):
        pass


def enters_once():
    with GivesItselfAway():  #~ error[M2489] "defines a consuming __enter__ method as well as an __exit__ method"
        pass


# Without `thin` a function type is a constraint; nobody minds an argument of it that is never used.
def applies(f: def(Int) -> Int, x: Int) -> Int:
    return f(x) + f(x)  #~ error[M2099] "a value passed to 'f' cannot be converted to 'def(Int) -> Int'"


def ignores(f: def(Int) -> Int) -> Int:
    return 1


def plain_only(f: def(Int) thin -> Int) -> Int:
    return f(1)


# A list of captures that states a convention makes a closure, even of what captures nothing.
def conventions_without_captures():
    def states(x: Int) {imm} -> Int:
        return x

    def empty(x: Int) {} -> Int:
        return x

    print(plain_only(empty), plain_only(lambda (x: Int) {} -> Int: x))
    print(plain_only(states))  #~ error[M2350] "value passed to 'f' cannot be converted"
    print(plain_only(lambda (x: Int) {imm} -> Int: x))  #~ error[M2350] "value passed to 'f' cannot be converted"
    var generic = lambda [N: Int](x: Int) {} -> Int: x + N
    print(generic[2](1))


def returns_some(n: Int) -> Some[def(Int) -> Int]:  #~ error[M2316] "is not a concrete type"
    return lambda (x: Int) {var n} -> Int: x + n


# A variable that would have to be copied counts twice as much as a value that is lent.
def takes_three(a: List[Int], b: List[Int], c: List[Int]) -> Int:
    return 1


def takes_three(var a: List[Int], var b: List[Int], var c: List[Int]) -> Int:
    return 2


def fresh_list() -> List[Int]:
    return [1]


def chooses():
    var kept = fresh_list()
    print(takes_three(fresh_list(), kept, kept))
    print(takes_three(fresh_list(), fresh_list(), kept))  #~ error[M2352] "ambiguous call to 'takes_three'"


# A display is a vector's lanes as well as the elements of a list.
def of_list_or_number(x: List[Float64]):
    pass


def of_list_or_number(x: Float64):
    pass


def displays():
    of_list_or_number(1)
    of_list_or_number([1, 2])  #~ error[M2352] "ambiguous call to 'of_list_or_number'"


# What the compiler knows is seen without being captured.
def known_names():
    comptime size = 3

    def of_name() {imm size} -> Int:  #~ error[M2492] "'size' does not name a capturable value"
        return size

    def of_function() {known_names}:  #~ error[M2492] "'known_names' does not name a capturable value"
        known_names()

    print(size)
