# pass: decide-copies
# function: f
# The first use of `t` copies it, the last one moves it.
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
    var t = T(1)
    eat(t)
    var u = t
    look(u)
