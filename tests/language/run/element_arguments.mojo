# Elements as owned arguments: copied when all arguments are there, and what they belong to ends before the call.
# output:
#   +1
#   m1
#   +x
#   c1'
#   -1
#   two 1' x
#   -x
#   -1'
#   A
#   +2
#   m2
#   +y
#   c2'
#   -2
#   two y 2'
#   -2'
#   -y
#   B
#   +3
#   +4
#   m3
#   m4
#   c3'
#   c4'
#   -3
#   -4
#   two 3' 4'
#   -4'
#   -3'
#   C
#   +wl
#   mwl
#   cwl'
#   -wl
#   eatc wl'
#   -wl'
#   D
#   +5
#   m5
#   c5'
#   mixed 5 5'
#   -5'
#   -5
#   E
#   +6
#   m6
#   c6'
#   -6
#   eatc 6'
#   -6'
#   F
#   +7
#   +8
#   m7
#   m8
#   c7'
#   eatc 7'
#   -7'
#   c8'
#   eatc 8'
#   -8'
#   -7
#   -8
#   G
#   +9
#   +10
#   m9
#   m10
#   c10'
#   -9
#   -10
#   m10'
#   H
#   +11
#   m11
#   c11'
#   -11
#   eatc 11'
#   -11'
#   +12
#   m12
#   c12'
#   -12
#   eatc 12'
#   -12'
#   -10'
#   I 1
#   +13
#   m13
#   c13'
#   m13'
#   m13'
#   m13'
#   c13''
#   -13'
#   m13''
#   m13''
#   -13
#   c13'''
#   -13''
#   eatc 13'''
#   -13'''
#   +14
#   m14
#   c14'
#   c14''
#   -14'
#   -14
#   +15
#   m15
#   c15'
#   -15
#   m14''
#   m15'
#   -14''
#   -15'
#   J
#   too large: 12.0 of 6.0
#   [4.0, 8.0, 12.0]
#   4 8.0 50.0
from std.memory import ArcPointer
struct C(ImplicitlyCopyable):
    var n: String
    def __init__(out self, n: String):
        self.n = n
        print("+", n, sep="")
    def __init__(out self, *, copy: Self):
        self.n = copy.n + "'"
        print("c", self.n, sep="")
    def __init__(out self, *, deinit move: Self):
        self.n = move.n^
        print("m", self.n, sep="")
    def __deinit__(deinit self):
        print("-", self.n, sep="")
    def touch(mut self):
        self.n += "!"
def eatc(var c: C):
    print("eatc", c.n)
def lookc(c: C):
    print("lookc", c.n)
def two(var a: C, var b: C):
    print("two", a.n, b.n)

def mixed(a: C, var b: C):
    print("mixed", a.n, b.n)

struct W(Movable):
    var l: List[C]
    def __init__(out self):
        self.l = [C("wl")]
    def at(ref self, i: Int) -> ref[self.l[0]] C:
        return self.l[i]

def elements():
    var g: List[C] = [C("1")]
    two(g[0], C("x"))
    print("A")
    var h: List[C] = [C("2")]
    two(C("y"), h[0])
    print("B")
    var i: List[C] = [C("3"), C("4")]
    two(i[0], i[1])
    print("C")
    var w = W()
    eatc(w.at(0))
    print("D")
    var j: List[C] = [C("5")]
    mixed(j[0], j[0])
    print("E")
    var r: List[C] = [C("6")]
    ref rr = r[0]
    eatc(rr)
    print("F")
    var s: List[C] = [C("7"), C("8")]
    for x in s:
        eatc(x)
    print("G")
    var l = List[C](capacity=4)
    var f: List[C] = [C("9"), C("10")]
    l.append(f[1])
    print("H")
    var o = Optional(C("11"))
    eatc(o.value())
    var q = ArcPointer(C("12"))
    eatc(q[])
    print("I", len(l))

def in_dictionary() raises:
    var d: Dict[Int, C] = {1: C("13")}
    eatc(d[1])
    var e: Dict[Int, List[C]] = {1: [C("14")]}
    var f: List[C] = [C("15")]
    e[1].append(f[0])
    print("J")


# What a call changes while it reads what contains it: as if it got a copy that is written back.
struct Table:
    var items: List[Float64]
    var rows: Dict[String, Int]
    var factor: Float64

    def __init__(out self):
        self.items = [1, 2, 3]
        self.rows = {"a": 1}
        self.factor = 2

    def scale(self, mut x: Float64):
        x *= self.factor

    def scale_or_raise(self, mut x: Float64, limit: Float64) raises:
        x *= self.factor
        if x > limit:
            raise Error("too large: ", x, " of ", self.items[2])

    def run(mut self) raises:
        for i in range(len(self.items)):
            self.scale(self.items[i])
        try:
            for i in range(len(self.items)):
                self.scale_or_raise(self.items[i], 10)
        except e:
            print(e)
        print(self.items)

@no_inline
def sum_after(s: Table, mut x: Float64) -> Float64:
    var a = s.items[0]
    x = 50
    return a + s.items[0]

def count(t: Table, mut n: Int):
    n += len(t.items)

def changed_while_read() raises:
    var t = Table()
    t.run()
    count(t, t.rows["a"])
    print(t.rows["a"], sum_after(t, t.items[0]), t.items[0])


def main() raises:
    elements()
    in_dictionary()
    changed_while_read()
