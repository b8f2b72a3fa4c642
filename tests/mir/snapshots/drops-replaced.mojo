# pass: drops
# function: f
# A replaced value dies at its last use, before the new one is made.
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


def f():
    var a = T(1)
    look(a)
    a = T(2)
    look(a)
