# pass: forward-results
# function: f
# What a call makes is built where it is stored.
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


struct Box:
    var t: T

    def __init__(out self):
        self.t = T(1)


def f(mut box: Box) raises:
    box.t = T(2)
    var u = T(3)
    u = may()
    look(u)
