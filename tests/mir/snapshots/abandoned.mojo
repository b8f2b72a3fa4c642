# pass: drops
# function: f
# A value without a destructor that is not consumed on one way.
@explicit_destroy("call finish")
struct L(Movable, Deinitable where False):
    var n: Int

    def __init__(out self):
        self.n = 1

    def finish(deinit self):
        pass


def f(flag: Bool):
    var a = L()
    if flag:
        a^.finish()
