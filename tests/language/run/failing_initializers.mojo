struct P(Movable):
    var s: String
    def __init__(out self, s: String):
        self.s = s
        print("+", s)
    def __deinit__(deinit self):
        print("-", self.s)

struct Res:
    var a: P
    var b: P
    var c: P
    def __init__(out self, n: Int) raises:
        self.a = P("a")
        if n == 1:
            raise Error("after a")
        self.b = P("b")
        if n == 2:
            raise Error("after b")
        self.c = P("c")
        if n == 3:
            raise Error("after c")
        print("complete")
    def __deinit__(deinit self):
        print("res gone")

def check(n: Int) raises:
    var before = P("before")
    var r = Res(n)
    print("built", r.a.s, before.s)

def take(var p: P, n: Int) raises -> P:
    if n > 1:
        raise Error("take fails")
    return p^

def main():
    for i in range(5):
        try:
            check(i)
        except e:
            print("err", e)
        print("==")
    for i in range(3):
        var p = P(String("p", i))
        try:
            p = take(p^, i)
            print("kept", p.s)
        except e:
            print("lost", e)
            p = P("replacement")
        print("have", p.s)

# output:
#   + before
#   + a
#   + b
#   + c
#   complete
#   built a before
#   - a
#   - b
#   - c
#   res gone
#   - before
#   ==
#   + before
#   + a
#   - a
#   - before
#   err after a
#   ==
#   + before
#   + a
#   + b
#   - a
#   - b
#   - before
#   err after b
#   ==
#   + before
#   + a
#   + b
#   + c
#   - a
#   - b
#   - c
#   res gone
#   - before
#   err after c
#   ==
#   + before
#   + a
#   + b
#   + c
#   complete
#   built a before
#   - a
#   - b
#   - c
#   res gone
#   - before
#   ==
#   + p0
#   kept p0
#   have p0
#   - p0
#   + p1
#   kept p1
#   have p1
#   - p1
#   + p2
#   - p2
#   lost take fails
#   + replacement
#   have replacement
#   - replacement
