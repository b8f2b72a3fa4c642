# Owned packs: elements die in the callee, last one first; `args^` hands them to another callee or into a tuple.
# output:
#   make 1
#   make 2
#   drop 2
#   drop 1
#   in eat 2
#   --
#   make 3
#   make 4
#   in pass_on
#   drop 4
#   drop 3
#   in eat 2
#   after
#   --
#   make 5
#   make 6
#   drop 6
#   drop 5
#   homog 2
#   end
#   make 1
#   move 1
#   1 s
#   drop 1
#   make 7
#   move 7
#   1 2.5 z 7
#   drop 7
#   4 4
struct R(Movable):
    var n: Int
    def __init__(out self, n: Int):
        self.n = n
        print("make", n)
    def __init__(out self, *, deinit move: Self):
        self.n = move.n
        print("move", self.n)
    def __deinit__(deinit self):
        print("drop", self.n)

def eat[*Ts: Movable & Deinitable](var *args: *Ts):
    print("in eat", args.__len__())

def pass_on[*Ts: Movable & Deinitable](var *args: *Ts):
    print("in pass_on")
    eat(*args^)
    print("after")

def homog(var *xs: R):
    print("homog", len(xs))

def tup[*Ts: Movable & Deinitable](var *args: *Ts) -> Tuple[*Ts]:
    return Tuple(*args^)

struct Holder[*Ts: Movable & Deinitable](Movable):
    var items: Tuple[*Self.Ts]
    def __init__(out self, var *args: *Self.Ts):
        self.items = Tuple(*args^)
    def size(self) -> Int:
        return Self.Ts.__len__()

def main():
    eat(R(1), R(2))
    print("--")
    pass_on(R(3), R(4))
    print("--")
    homog(R(5), R(6))
    print("end")
    var t = tup(R(1), String("s"))
    print(t[0].n, t[1])
    var h = Holder(1, 2.5, String("z"), R(7))
    print(h.items[0], h.items[1], h.items[2], h.items[3].n)
    print(len(h.items), h.size())
