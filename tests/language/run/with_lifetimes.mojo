struct Guard:
    var n: Int
    def __init__(out self, n: Int):
        self.n = n
    def __enter__(var self) -> Self:
        return self^
    def __init__(out self, *, deinit move: Self):
        self.n = move.n
    def __deinit__(deinit self):
        print("guard", self.n)
struct D:
    var n: Int
    def __init__(out self, n: Int):
        self.n = n
    def __deinit__(deinit self):
        print("d", self.n)
struct Ctx:
    var n: Int
    def __init__(out self, n: Int):
        self.n = n
    def __enter__(self) -> D:
        return D(self.n)
    def __exit__(self):
        print("exit")
    def __deinit__(deinit self):
        print("ctx", self.n)

def f() raises:
    with Guard(6) as h:
        print(h.n)
        if h.n == 6:
            raise Error("x")
    print("never")

def main():
    with Guard(5) as g:
        print("guarded", g.n)
        print("more")
    print("end")
    with Guard(7):
        print("no name")
    with Ctx(8) as d:
        print(d.n)
        print("x")
    with Ctx(9):
        print("y")
    try:
        f()
    except e:
        print(e)

# output:
#   guarded 5
#   more
#   guard 5
#   end
#   no name
#   guard 7
#   8
#   d 8
#   x
#   exit
#   ctx 8
#   d 9
#   y
#   exit
#   ctx 9
#   6
#   guard 6
#   x
