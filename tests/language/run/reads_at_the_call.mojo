# A part of an expression that is a place is read when all parts are there, and so is what is computed to be read.
# output:
#   lent lent given
#   + 40
#   + 41
#   defaults 40 50 41
#   - 50
#   - 41
#   - 40
#   + 42
#   + 43
#   m 42
#   m 42
#   43 1
#   y 42
#   - 42
#   - 43
#   2020 93
#   44
#   2 20 2 [3, 30, 3]
#   41 410
#   -245 True
#   121 21210
#   77
#   a! a!?
#   a!! a!!? a!!
#   {a!!!!: a!!!!?}
#   key 1
#   key 2
#   get 1
#   101002
#   key 1
#   get 1
#   203
#   get 2
#   get 3
#   get 1
#   41207
#   get 2
#   202
#   set 2 20
#   key 3
#   key 4
#   get 3
#   set 3 2007
#   key 5
#   key 6
#   get 5
#   200705 6
#   key 1
#   row 1
#   key 2
#   101002
#   3 {a: 1}
#   51
#   attr size
#   4
#   wrap 2
#   wrap 2
#   2 20 2
#   given 5
#   + 1
#   + 2
#   + 3
#   m 2
#   m 3
#   + 4
#   + 5
#   m 4
#   m 1
#   m 5
#   - 4
#   - 1
#   - 5
#   3
#   + 7
#   + 5
#   - 5
#   - 7
#   - 3
#   three
#   + 9
#   + 5
#   m 9
#   m 5
#   c 109
#   m 109
#   m 109
#   m 109
#   c 209
#   - 109
#   m 209
#   m 209
#   c 105
#   m 105
#   m 105
#   m 105
#   c 205
#   - 105
#   m 205
#   m 205
#   - 9
#   - 5
#   - 205
#   - 209
#   2
#   + 10
#   2
#   - 2
#   - 10
#   given 15
#   + 1
#   + 2
#   + 3
#   m 2
#   m 3
#   + 4
#   raises 15
#   - 4
#   - 1
#   left
#   + 7
#   raises 15
#   - 7
#   - 3
#   left
#   + 9
#   raises 15
#   - 9
#   left
#   + 10
#   2
#   - 2
#   - 10
#   ledger
#   key 7
#   key 8
#   get 7
#   set 7 78
#   closed
#   22
#   9 2
#   9 30
#   14
#   30


def inc(mut n: Int) -> Int:
    n += 1
    return n * 10


def add(a: Int, b: Int) -> Int:
    return a * 1000 + b


def own(var a: String, var b: String):
    print(a, b)


def grow(mut s: String) -> String:
    s += "!"
    return s + "?"


# Read and write: reading is a call, made when the other parts are there.
@fieldwise_init
struct Table:
    var n: Int

    def __getitem__(self, i: Int) -> Int:
        print("get", i)
        return self.n * 100 + i

    def __setitem__(mut self, i: Int, v: Int):
        print("set", i, v)
        self.n = v

    def next(mut self) -> Int:
        self.n += 1
        return self.n


# Set without being changed, so that any value will do.
@fieldwise_init
struct Ledger(Movable):
    var n: Int

    def __getitem__(self, i: Int) -> Int:
        print("get", i)
        return self.n * 10 + i

    def __setitem__(self, i: Int, v: Int):
        print("set", i, v)

    def __deinit__(deinit self):
        print("closed")


def ledger() -> Ledger:
    print("ledger")
    return Ledger(6)


# Read only: the call is made where it stands.
@fieldwise_init
struct Rows:
    var n: Int

    def __getitem__(self, i: Int) -> Int:
        print("row", i)
        return self.n * 100 + i


@fieldwise_init
struct Record:
    var n: Int

    def __getattr__(self, name: StaticString) -> Int:
        print("attr", name)
        return self.n

    def __setattr__(mut self, name: StaticString, v: Int):
        self.n = v

    def bump(mut self) -> Int:
        self.n += 1
        return self.n


struct Wrapped(ImplicitlyCopyable):
    var n: Int

    @implicit
    def __init__(out self, n: Int):
        print("wrap", n)
        self.n = n


def two(a: Wrapped, b: Int, c: Wrapped):
    print(a.n, b, c.n)


def key(i: Int) -> Int:
    print("key", i)
    return i


# What is handed over by `^` is handed over with the rest, too.
struct Traced(Copyable):
    var n: Int

    def __init__(out self, n: Int):
        self.n = n
        print("+", n)

    def __init__(out self, *, quiet: Int):
        self.n = quiet

    def __init__(out self, *, copy: Self):
        self.n = copy.n + 100
        print("c", self.n)

    def __init__(out self, *, deinit move: Self):
        self.n = move.n
        print("m", self.n)

    def __deinit__(deinit self):
        print("-", self.n)


@fieldwise_init
struct Pair(Movable):
    var a: Traced
    var b: Traced


def may(n: Int) raises -> Traced:
    if n > 10:
        print("raises", n)
        raise Error("x")
    return Traced(n)


def three(var a: Traced, var b: Traced, var c: Traced):
    print("three")


def given(n: Int):
    print("given", n)
    var r = Traced(1)
    var p = Pair(Traced(2), Traced(3))
    try:
        var l: List[Traced] = [Traced(4), r^, may(n)]
        print(len(l))
    except:
        print("left")
    try:
        three(p.b^, Traced(p.a.n + 5), may(n))
    except:
        print("left")
    p.b = Traced(9)
    try:
        var d = {"a": p.b^, "b": may(n)}
        print(len(d))
    except:
        print("left")
    p.b = Traced(10)
    print(p.a.n)


# Defaults are made when everything that was given is there, and end first.
def defaults(a: Traced, *, b: Traced = Traced(quiet=50), c: Traced):
    print("defaults", a.n, b.n, c.n)


def collect(a: Traced, var **others: Traced) raises:
    print(a.n, len(others))
    for e in others.items():
        print(e.key, e.value.n)


def shared_or_own(a: List[Int], b: List[Int]) -> String:
    return "lent"


def shared_or_own(var a: List[Int], var b: List[Int]) -> String:
    return "given"


def fresh() -> List[Int]:
    return [1]


def main() raises:
    var kept = fresh()
    print(shared_or_own(kept, fresh()), shared_or_own(fresh(), kept), shared_or_own(fresh(), fresh()))
    defaults(Traced(40), c=Traced(41))
    collect(y=Traced(42), a=Traced(43))
    var n = 1
    print(add(n, inc(n)), n + inc(n) * n)
    n += inc(n)
    print(n)
    n = 1
    var t = (n, inc(n), n)
    var l: List[Int] = [n, inc(n), n]
    print(t[0], t[1], t[2], l)
    var a, b = n, inc(n)
    a, b = b, inc(b)
    print(a, b)

    def count() {mut n} -> Int:
        n += 1
        return n * 10

    print(n - count() * n, n == count() // 10)
    var xs: List[Int] = [10, 20]
    print(xs[0] + inc(xs[0]), add(xs[1], inc(xs[1])))
    var p = Pointer(to=n)
    print(p[] + inc(n))
    var s = String("a")
    own(s, grow(s))
    var texts = [s, grow(s), s]
    print(texts[0], texts[1], texts[2])
    var names: Dict[String, String] = {s: grow(s), s: grow(s)}
    print(names)

    var m = Table(1)
    print(add(m[key(1)], key(2)))
    print(m[key(1)] + m.next())
    print(m[1] + m[2] * m[3])
    var i = 1
    print((m[i], inc(i))[0])
    i = 1
    m[i] = inc(i)
    m[key(3)] += key(4)
    var both = [m[key(5)], key(6)]
    print(both[0], both[1])
    var rows = Rows(1)
    print(add(rows[key(1)], key(2)))
    var d: Dict[String, Int] = {"a": 1, "b": 2}
    print(d["a"] + d.pop("b"), d)
    var lanes = SIMD[DType.int32, 4](1, 2, 3, 4)

    def set_lane() {mut lanes} -> Int32:
        lanes[0] = 50
        return 1

    print(lanes[0] + set_lane())
    var record = Record(1)
    print(record.size + record.bump())
    n = 1
    two(n, inc(n), n)
    given(5)
    given(15)
    ledger()[key(7)] += key(8) + 3
    either(True)


# Of two places a choice makes a place, of numbers too.
def either(flag: Bool):
    var n = 1
    var m = 2
    print((n if flag else m) + inc(n))
    (n if flag else m) = 9
    print(n, m)
    ref chosen = m if flag else n
    chosen = 30
    print(n, m)
    (n if flag else m) += 5
    print(n)
    print(Pointer(to=m if flag else n)[])
