# pass: drops
# function: f
# What lives across a call that raises dies on the error edge too.
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
    try:
        var b = may()
        look(a)
        look(b)
    except:
        pass
