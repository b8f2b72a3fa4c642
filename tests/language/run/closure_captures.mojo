struct R(Copyable):
    var s: String
    def __init__(out self, s: String):
        self.s = s
    def __init__(out self, *, copy: Self):
        self.s = copy.s + "'"
        print("copy", self.s)
    def __init__(out self, *, deinit move: Self):
        self.s = move.s^
        print("move", self.s)
    def __deinit__(deinit self):
        print("-", self.s, sep="")

def apply[F: def(Int) -> Int](f: F, n: Int) -> Int:
    return f(n) + f(n + 1)

def each(xs: List[Int], f: Some[def(Int) -> None]):
    for x in xs:
        f(x)

struct Kept[F: def() -> String](Movable):
    var f: Self.F

    def __init__(out self, var f: Self.F):
        self.f = f^

@fieldwise_init
struct Counted(ImplicitlyCopyable):
    var n: Int

    def __init__(out self, *, copy: Self):
        self.n = copy.n
        print("copy", self.n, end=" ")

    def __deinit__(deinit self):
        print("drop", self.n, end=" ")

# Captures by copy are kept in the order of the list; all are there before the first is copied.
def several_copies():
    var a = Counted(1)
    var b = Counted(2)
    def by_list() {var b, var a}:
        print("call", a.n, b.n, end=" ")
    by_list()
    print(a.n)
    def by_default() {var}:
        print("call", a.n, b.n, end=" ")
    by_default()
    print()

# What a closure owns may lead elsewhere: that lives as long as the closure does, wherever it is kept.
def owned_views():
    var l: List[String] = [String("x") * 3]
    var s = Span(l)
    def first() {var s} -> String:
        return s[0]
    def around() {first} -> String:
        return first()
    print(first(), around())
    var kept = Kept(first^)
    var other: List[String] = [String("y") * 3]
    print(other[0], kept.f())
    var r = R("yyy")
    var p = Pointer(to=r)
    def length() {p^} -> Int:
        return p[].s.byte_length()
    var pair = (length^, 1)
    var q = R("zzz")
    var n = pair[0]()
    print(n)
    _ = q.s

def elements_of_loops():
    var l: List[Int] = [1, 2]
    for ref x in l:
        def add(n: Int) {mut x}:
            x += n
        add(2)
        add(10)
    print(l)

def main():
    var k = 3
    var total = 0
    var names = List[String]()
    def addk(x: Int) {imm k} -> Int:
        return x + k
    def acc(x: Int) {mut total, mut names, k}:
        total += x * k
        names.append(String("n", x))
    print(apply(addk, 1))
    k = 10
    print(apply(addk, 1))
    each([1, 2, 3], acc)
    print(total, names)
    def frozen(x: Int) {var k} -> Int:
        return x * k
    k = 0
    print(frozen(5), k)
    var r = R("r")
    def own() {var r^} -> Int:
        return r.s.byte_length()
    print("before", own())
    print("after")
    var c = R("c")
    def cop() {imm c} -> String:
        return c.s
    print(cop(), c.s)
    owned_views()
    elements_of_loops()
    several_copies()

# output:
#   9
#   23
#   60 [n1, n2, n3]
#   50 0
#   move r
#   -r
#   before 1
#   after
#   c c
#   -c
#   xxx xxx
#   yyy xxx
#   -yyy
#   3
#   -zzz
#   [13, 14]
#   copy 2 copy 1 copy 2 copy 1 drop 1 drop 2 call 1 2 drop 2 drop 1 1
#   copy 1 copy 2 drop 2 drop 1 call 1 2 drop 1 drop 2 
