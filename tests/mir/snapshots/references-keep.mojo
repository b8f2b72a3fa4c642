# pass: drops
# function: f
# The variable lives as long as the reference to it is used.
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


def lent(ref t: T) -> ref[t] T:
    return t


def f():
    var a = T(1)
    ref r = lent(a)
    var b = T(2)
    look(b)
    look(r)
