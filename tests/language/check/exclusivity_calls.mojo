# Which arguments of one call may not meet.
from std.collections import Dict


@fieldwise_init
struct N(Movable):
    var s: String


struct Grid(Movable):
    var a: N
    var b: N

    def __init__(out self):
        self.a = N("a")
        self.b = N("b")

    def __getitem__(ref self, k: N) -> ref[self.b] N:
        return self.b

    def __getitem__(mut self, mut k: N, n: Int) -> Int:
        return n

    def __contains__(self, mut k: N) -> Bool:
        return k.s == ""

    def near(ref self, k: N) -> ref[self.b] N:
        return self.b


def two(mut a: N, mut b: N):
    swap(a.s, b.s)


def numbers(mut a: Int, mut b: Int):
    swap(a, b)


def call[F: def() -> None](f: F, n: N):
    f()


def change[F: def() -> None](f: F, mut n: N):
    f()


def getters(g: Grid):
    var h = Grid()
    print(g[g.a].s)
    print(h[h.a].s)  #~ error[M3020] "'self' argument and passed immutably to 'k' argument in '__getitem__' call"
    print(h[h.a, 1])  #~ error[M3020] "'self' argument and passed mutably to 'k'"
    print(h.a in h)  #~ error[M3020] "in '__contains__' call"
    print(h.near(h.a).s)  #~ error[M3020] "in 'near' call"
    two(h.a, h.b)


def elements() raises:
    var l: List[Int] = [1, 2]
    numbers(l[0], l[1])  #~ error[M3020] "aliasing values"
    numbers(l[0], l[l[0]])  #~ error[M3020] "aliasing values"
    var t = (1, 2)
    numbers(t[0], t[1])  #~ error[M3020] "aliasing values"
    var d = Dict[String, String]()
    d["a"] = "b"
    # The library's own access changes nothing while it looks.
    d[d["a"]] = d["a"]
    print(l[l[0]])


def closures():
    var n = N("n")

    def reads() {imm n}:
        print(n.s)

    def writes() {mut n}:
        n.s += "!"

    call(reads, n)
    call(writes, n)  #~ error[M3020] "passed mutably to 'f' argument and passed immutably to 'n' argument"
    change(reads, n)  #~ error[M3020] "passed immutably to 'f' argument and passed mutably to 'n' argument"


    def both(mut m: N) {mut n}:
        n.s += m.s

    both(n)  #~ error[M3020] "aliasing values captured mutably and passed mutably to 'm' argument in 'both' call"


def views():
    # A view of text is never written through.
    var s = String("a")
    print(s + s, s == s)
    s += s  #~ error[M3020] "passed immutably to 'other' argument in '__iadd__' call"


# A reference that may be one of several mutable places counts as written next to one of them.
def longer(ref a: String, ref b: String) -> ref[a, b] String:
    return a if a.byte_length() > b.byte_length() else b


def of_several():
    var x = String("x")
    var y = String("y")
    var z = String("z")
    ref w = longer(x, y)
    w += "!"
    print(w, z)
    print(w, x)  #~ error[M3020] "aliasing values passed mutably to 'values' argument and passed immutably to 'values'"
    print(x, longer(z, y))
    ref one = x
    print(one, x)


# Plain values that something owns may be written while what owns them is read; elements of arrays lie in the array itself.
struct Owner:
    var numbers: List[Int]
    var texts: List[String]
    var row: Array[Int, 2]
    var table: Dict[String, Int]

    def __init__(out self):
        self.numbers = [1]
        self.texts = ["a"]
        self.row = [1, 2]
        self.table = {"a": 1}


def add_size(owner: Owner, mut n: Int):
    n += len(owner.numbers)


def longer_by(owner: Owner, mut text: String):
    text += owner.texts[0]


def first_of(row: Array[Int, 2], mut n: Int):
    n += row[0]


def owned_elements() raises:
    var o = Owner()
    add_size(o, o.numbers[0])
    add_size(o, o.table["a"])
    longer_by(o, o.texts[0])  #~ error[M3020] "passed immutably to 'owner' argument and passed mutably to 'text'"
    add_size(o, o.row[0])  #~ error[M3020] "passed immutably to 'owner' argument and passed mutably to 'n'"
    first_of(o.row, o.row[1])  #~ error[M3020] "passed immutably to 'row' argument and passed mutably to 'n'"


def main():
    pass


# A closure is a variable like another: it can be lent to be changed, but not twice.
def call_both[F: def() -> None, G: def() -> None](f: F, mut g: G):
    f()
    g()


def lends_closures():
    var n = 1

    def more() {mut n}:
        n += 1

    def by_mut() {mut more}:
        more()

    def by_imm() {imm more}:
        more()

    call_both(by_mut, more)  #~ error[M3020] "passed mutably to 'f' argument and passed mutably to 'g'"
    call_both(by_imm, more)  #~ error[M3020] "passed immutably to 'f' argument and passed mutably to 'g'"
    swap(more, more)  #~ error[M3020] "aliasing values"
