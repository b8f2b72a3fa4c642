struct T(Movable):
    var n: Int
    def __init__(out self, n: Int):
        self.n = n
        print("+", n, sep="", end=" ")
    def __deinit__(deinit self):
        print("-", self.n, sep="", end=" ")
    def val(self) -> Int:
        return self.n
    def me(ref self) -> ref[self] Self:
        return self

def h(a: T, b: T) -> Int:
    return a.n + b.n
def mk(n: Int) -> T:
    return T(n)
def c(var a: T, b: T) -> Int:
    print("c", end=" ")
    return b.n
def always(t: T) -> Bool:
    return t.n > 0

def main():
    print(T(1).val() + T(2).val())
    print(h(mk(5), mk(6)))
    print(c(mk(7), mk(8)))
    print(always(T(1)) and always(T(0)), always(T(0)) or always(T(3)))
    print(T(9).me().n)
    var i = 0
    while always(T(2 - i)):
        i += 1
        print("body", end=" ")
    print()
    for k in range(T(2).val()):
        print("k", k, end=" ")
    print()
    var x = T(10) if i > 1 else T(11)
    print(x.n)
    _ = T(12)
    var y = T(13)
    _ = y
    print("y")
    var z = T(14)
    _ = z^
    print("z")
    var a = T(20)
    var b = T(21)
    var cc = T(22)
    print(a.n + b.n + cc.n)
    var l = List[T]()
    l.append(T(30))
    l.append(T(31))
    l[0] = T(32)
    print("set")
    l = List[T]()
    print("reset")
    l.append(T(33))
    print(l[0].n)
    var u: T
    if i > 0:
        u = T(40)
    else:
        u = T(41)
    print(u.n)
    var w: T
    for j in range(3):
        w = T(50 + j)
        if j == 1:
            print(w.n)
    print("end")
    borrowed()

# A transfer to what only borrows has no effect: the value stays, and dies after its own last use.
struct Moved(Movable):
    var n: Int
    def __init__(out self, n: Int):
        self.n = n
    def __init__(out self, *, deinit move: Self):
        self.n = move.n
        print("moved", self.n, end=" ")
    def __deinit__(deinit self):
        print("-", self.n, sep="", end=" ")
    def same(self, other: Self) -> Bool:
        return self.n == other.n

def show(x: Moved):
    print("show", x.n, end=" ")
def either(x: Moved):
    print("lent", end=" ")
def either(var x: Moved):
    print("given", end=" ")
def count[*Ts: AnyType](*xs: *Ts) -> Int:
    return len(xs)
def by_ref(ref x: Moved) -> Int:
    return x.n

def borrowed():
    var a = Moved(60)
    for _ in range(2):
        show(a^)
    print(a^.same(a^), count(a^, 1), by_ref(a^), a.n)
    var b = Moved(61)
    either(b^)
    print()
    var text = String("text")
    print(text^, text)

# output:
#   +1 -1 +2 -2 3
#   +5 +6 -6 -5 11
#   +7 +8 -7 c -8 8
#   +1 -1 +0 -0 +0 -0 +3 -3 False True
#   +9 9
#   -9 +2 -2 body +1 -1 body +0 -0 
#   +2 -2 k 0 k 1 
#   +10 10
#   -10 +12 -12 +13 -13 y
#   +14 -14 z
#   +20 +21 +22 -20 -21 -22 63
#   +30 +31 -30 +32 -32 -31 set
#   reset
#   +33 33
#   -33 +40 40
#   -40 +50 -50 +51 51
#   -51 +52 -52 end
#   show 60 show 60 True 2 60 60
#   -60 -61 given 
#   text text
