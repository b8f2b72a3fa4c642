# Elements of owned variadics and displays: who ends their lives, and when they are moved.
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

def mk(s: String) -> C:
    return C(s)

def fail(k: Int) raises -> C:
    if k == 1:
        raise Error("failed")
    return C(String("f", k))

def first(var *xs: C):
    print(len(xs), xs[0].s)
    print("after")

def unused(var *xs: C):
    print("unused")

def pack[*Ts: Movable & Deinitable](var *xs: *Ts):
    print("pack", len(xs))

def looped(var *xs: C):
    for ref x in xs:
        print(x.s)
    print("looped")

def raising(fail_: Bool, var *xs: C) raises:
    if fail_:
        raise Error(xs[1].s)
    print(len(xs))

def from_try() raises -> N:
    try:
        return made()
    finally:
        print("finally")

def made() raises -> N:
    return N("made")

struct Lender(ImplicitlyCopyable):
    var c: C

    def __init__(out self, s: String):
        self.c = C(s)

    def __enter__(mut self) -> ref[self.c] C:
        return self.c

    def __exit__(mut self):
        print("exit", self.c.s)

def main() raises:
    var l: List[C] = [C("l0"), C("l1")]
    var a = [C("a0"), C("a1")]
    print(len(l), len(a))
    try:
        var e = [fail(0), fail(1), fail(2)]
        print(len(e))
    except e:
        print(e)
    var z = C("z")
    first(z, mk("z1"))
    unused(mk("u"), mk("v"))
    pack(mk("p"), N("q"))
    looped(mk("x"), mk("y"))
    try:
        raising(True, mk("r0"), mk("r1"))
    except e:
        print("caught", e)
    print(from_try().s)
    with Lender("w") as c:
        c.touch()
        print(c.s)

# output:
#   +l0
#   +l1
#   mv l0
#   mv l1
#   +a0
#   +a1
#   mv a0
#   mv a1
#   -l0
#   -l1
#   -a0
#   -a1
#   2 2
#   +f0
#   -f0
#   failed
#   +z
#   +z1
#   mv z
#   2 z
#   -z1
#   -z
#   after
#   +u
#   +v
#   -v
#   -u
#   unused
#   +p
#   +q
#   -q
#   -p
#   pack 2
#   +x
#   +y
#   x
#   y
#   -y
#   -x
#   looped
#   +r0
#   +r1
#   -r1
#   -r0
#   caught r1
#   +made
#   mv made
#   finally
#   made
#   -made
#   +w
#   cp w'
#   w'!
#   -w'!
#   exit w
#   -w
