# pass: drops
# function: f
# A moved field is no longer dropped; the rest of a `deinit` argument is, field by field.
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

    def f(deinit self):
        eat(self.a^)
