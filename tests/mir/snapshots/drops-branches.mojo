# pass: drops
# function: f
# Each way drops what only the other one needs, at its start.
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


def f(flag: Bool):
    var a = T(1)
    var b = T(2)
    if flag:
        look(a)
    else:
        look(b)
