# pass: exclusivity
# function: f
# One value passed mutably and immutably; two fields are fine.
struct T(ImplicitlyCopyable):
    var n: Int

    def __init__(out self, n: Int):
        self.n = n

    def __init__(out self, *, copy: Self):
        self.n = copy.n

    def __init__(out self, *, deinit move: Self):
        self.n = move.n

    def __deinit__(deinit self):
        pass


def eat(var t: T):
    pass


def look(t: T):
    pass


def may() raises -> T:
    return T(1)


struct Pair:
    var a: T
    var b: T

    def __init__(out self):
        self.a = T(1)
        self.b = T(2)


def both(mut a: T, b: T):
    pass


def f():
    var p = Pair()
    both(p.a, p.b)
    both(p.a, p.a)
