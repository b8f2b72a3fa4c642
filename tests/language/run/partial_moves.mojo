struct N(Movable):
    var v: Int
    def __init__(out self, v: Int):
        self.v = v
    def __deinit__(deinit self):
        print("-", self.v, sep="", end=" ")

struct In(Movable):
    var x: N
    var y: N
    def __init__(out self, k: Int):
        self.x = N(k)
        self.y = N(k + 1)

struct Out(Movable):
    var a: In
    var b: In
    var n: Int
    def __init__(out self, k: Int):
        self.a = In(k)
        self.b = In(k + 10)
        self.n = k
    def take_all(deinit self) -> Int:
        var t = self.a^
        print("[t", t.x.v, end="] ")
        return self.n + self.b.y.v

    def split(deinit self) -> Tuple[In, In]:
        return (self.a^, self.b^)

def eat(var n: N) -> Int:
    return n.v

def consume_in(var i: In):
    print("in", i.x.v, i.y.v, end=" ")

# A field that is assigned is built in place, also when the call reads another field of the same variable.
struct M(Movable):
    var v: Int
    def __init__(out self, v: Int):
        self.v = v
    def __init__(out self, *, deinit move: Self):
        self.v = move.v
        print("m", self.v, sep="", end=" ")
    def __deinit__(deinit self):
        print("-", self.v, sep="", end=" ")

def next(m: M) -> M:
    return M(m.v + 1)

struct Pair(Movable):
    var a: M
    var b: M
    def __init__(out self, k: Int):
        self.a = M(k)
        self.b = M(k + 10)
    def step(mut self):
        self.a = next(self.b)
        self.b = next(self.a)
    def sum(self) -> M:
        return M(self.a.v + self.b.v)

struct Pairs(Movable):
    var p: Pair
    var last: M
    def __init__(out self, k: Int):
        self.p = Pair(k)
        self.last = M(k + 20)

def assigned_fields():
    var q = Pairs(1)
    q.p.a = next(q.p.b)
    print("nested")
    q.p.b = next(q.last)
    q.last = q.p.sum()
    print("beside")
    q.p.a = next(q.p.a)
    q.last = next(q.last)
    print("itself")
    q.p.step()
    print(q.p.a.v, q.p.b.v, q.last.v)

# A variable that only ever holds some fields of a value: each ends by itself, on whichever way it was set.
@fieldwise_init
struct Frame(Movable):
    var top: N
    var label: String
    var bottom: N

def some_fields(way: Int):
    var f: Frame
    f.label = "a label that is long enough for the heap, way " + String(way)
    if way == 0:
        f.top = N(600)
    elif way == 1:
        f.bottom = N(601)
        f.bottom.v += 10
    for i in range(3):
        if i == way:
            continue
        f.top = N(610 + i)
    print(f.label)
    f.top = N(620)
    print(eat(f.top^))
    f.top = N(621)
    print(f.top.v)

def made_after_all(way: Int):
    var f: Frame
    f.label = "label"
    if way == 1:
        f = Frame(N(630), "made", N(631))
    print(f.label)

def main():
    for way in range(3):
        some_fields(way)
        made_after_all(way)
    print("|")
    assigned_fields()
    print("|")
    var o = Out(100)
    print(eat(o.a.x^))
    print(o.b.x.v, o.a.y.v)
    o.a.x = N(500)
    consume_in(o.a^)
    print("|")
    o.a = In(900)
    print(o.a.x.v)
    print(o.n)
    var p = Out(200)
    print(p^.take_all())
    var q = Out(300)
    q.b.y = N(7)
    print("set")
    var t = q^.split()
    print(t[0].x.v, t[1].y.v)
    var r = Out(400)
    var moved = r.a^
    r.a = In(410)
    var whole = r^
    print(moved.x.v, whole.a.x.v)
    print("end")

# output:
#   -600 -611 -612 a label that is long enough for the heap, way 0
#   -620 620
#   621
#   -621 label
#   -611 -610 -612 a label that is long enough for the heap, way 1
#   -620 620
#   621
#   -621 -630 -631 made
#   -610 -611 a label that is long enough for the heap, way 2
#   -620 620
#   621
#   -621 label
#   |
#   -1 -11 nested
#   -21 beside
#   -12 m13 -34 m35 itself
#   -13 -22 23 24 35
#   -23 -24 -35 |
#   -100 100
#   110 101
#   in 500 101 -500 -101 |
#   900
#   100
#   -900 -901 -110 -111 [t 200] -200 -201 -210 -211 411
#   -311 set
#   300 7
#   -300 -301 -310 -7 400 410
#   -410 -411 -410 -411 -400 -401 end
