# pass: drops
# function: f
# What a loop uses dies where the loop is left; a loop variable in each round.
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


def f(n: Int):
    var a = T(1)
    var i = 0
    while i < n:
        var b = T(i)
        look(a)
        if i == 3:
            break
        look(b)
        i += 1
