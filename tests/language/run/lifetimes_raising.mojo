# Initializers that raise, one inside the other.
struct N(Movable):
    var s: String
    def __init__(out self, s: String):
        self.s = s
        print("+", s, sep="")
    def __init__(out self, *, deinit move: Self):
        self.s = move.s^
        print("mv ", self.s, sep="")
    def __deinit__(deinit self):
        print("-", self.s, sep="")
    def val(self) -> Int:
        print("val ", self.s, sep="")
        return self.s.byte_length()
    def touch(mut self):
        self.s += "!"

struct C(ImplicitlyCopyable):
    var s: String
    def __init__(out self, s: String):
        self.s = s
        print("+", s, sep="")
    def __init__(out self, *, copy: Self):
        self.s = copy.s + "'"
        print("cp ", self.s, sep="")
    def __init__(out self, *, deinit move: Self):
        self.s = move.s^
        print("mv ", self.s, sep="")
    def __deinit__(deinit self):
        print("-", self.s, sep="")
    def val(self) -> Int:
        print("val ", self.s, sep="")
        return self.s.byte_length()
    def touch(mut self):
        self.s += "!"

def mk(s: String) -> N:
    return N(s)
def mkc(s: String) -> C:
    return C(s)
def eat(var n: N):
    print("eat ", n.s, sep="")
def eatc(var n: C):
    print("eatc ", n.s, sep="")
def look(n: N):
    print("look ", n.s, sep="")
def lookc(n: C):
    print("lookc ", n.s, sep="")
def may(fail: Bool) raises:
    if fail:
        raise Error("boom")
def maymk(s: String, fail: Bool) raises -> N:
    if fail:
        raise Error("nomk " + s)
    return N(s)
def mayeat(var n: N, fail: Bool) raises:
    print("mayeat ", n.s, sep="")
    if fail:
        raise Error("boom " + n.s)

struct P:
    var a: N
    var b: N
    def __init__(out self, k: Int) raises:
        self.a = N("pa")
        may(k == 1)
        self.b = maymk("pb", k == 2)
        may(k == 3)
        print("built")
    def __deinit__(deinit self):
        print("~P", self.a.s)
struct Q:
    var x: N
    var y: N
    def __init__(out self, k: Int) raises:
        self.x = N("x")
        if k == 1:
            raise Error("q1")
        self.y = N("y")
        if k == 2:
            raise Error("q2")
        if k == 3:
            self.x = N("x3")
            return
        self.y = N("y2")
struct S:
    var p: P
    var q: Q
    def __init__(out self, k: Int, j: Int) raises:
        self.p = P(k)
        self.q = Q(j)
def main():
    for k in range(4):
        try:
            var p = P(k)
            print("have")
            look(p.b)
        except e:
            print(e)
    for k in range(4):
        try:
            var p = Q(k)
            print("have q")
            look(p.x)
        except e:
            print(e)
    for k in range(3):
        for j in range(3):
            print("-----", k, j)
            try:
                var s = S(k, j)
                look(s.q.y)
            except e:
                print(e)

# output:
#   +pa
#   +pb
#   built
#   have
#   look pb
#   -pb
#   ~P pa
#   -pa
#   +pa
#   -pa
#   boom
#   +pa
#   -pa
#   nomk pb
#   +pa
#   +pb
#   -pb
#   ~P pa
#   -pa
#   boom
#   +x
#   +y
#   -y
#   +y2
#   have q
#   look x
#   -x
#   -y2
#   +x
#   -x
#   q1
#   +x
#   +y
#   -x
#   -y
#   q2
#   +x
#   +y
#   -x
#   +x3
#   have q
#   look x3
#   -x3
#   -y
#   ----- 0 0
#   +pa
#   +pb
#   built
#   +x
#   +y
#   -y
#   +y2
#   look y2
#   -pb
#   ~P pa
#   -pa
#   -x
#   -y2
#   ----- 0 1
#   +pa
#   +pb
#   built
#   +x
#   -x
#   -pb
#   ~P pa
#   -pa
#   q1
#   ----- 0 2
#   +pa
#   +pb
#   built
#   +x
#   +y
#   -x
#   -y
#   -pb
#   ~P pa
#   -pa
#   q2
#   ----- 1 0
#   +pa
#   -pa
#   boom
#   ----- 1 1
#   +pa
#   -pa
#   boom
#   ----- 1 2
#   +pa
#   -pa
#   boom
#   ----- 2 0
#   +pa
#   -pa
#   nomk pb
#   ----- 2 1
#   +pa
#   -pa
#   nomk pb
#   ----- 2 2
#   +pa
#   -pa
#   nomk pb
