# What closures capture, and when it dies.
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

def call[F: def() -> None](f: F): f()
def call2[F: def() -> None](f: F):
    f()
    print("between")
    f()
def callv[F: def() -> None](var f: F):
    f()
    print("callv end")
def app(f: Some[def(Int) -> Int], n: Int) -> Int: return f(n)
struct Holder2[F: def(Int) -> Int]:
    var f: Self.F
    def __init__(out self, var f: Self.F):
        self.f = f^
    def run(self) -> Int:
        return self.f(3)
def f1():
    var a = N("1")
    def g() {imm a}:
        look(a)
    g()
    print("between")
    g()
    print("f1 end")
def f2():
    var a = N("2")
    def g() {mut a}:
        a.touch()
        look(a)
    g()
    look(a)
    g()
    print("f2 end")
def f3():
    var a = N("3")
    def g() {var a^}:
        look(a)
    print("moved")
    call2(g)
    print("f3 end")
def f4():
    var c = C("4")
    def g() {var c}:
        lookc(c)
    c.touch()
    g()
    lookc(c)
    print("f4 end")
def f5():
    var c = C("5")
    def g() {var c}:
        lookc(c)
    g()
    print("f5 end")
def f6():
    var a = N("6")
    def g() {var a^}:
        look(a)
    var h = g^
    print("moved closure")
    h()
    print("f6 end")
def f7():
    var a = N("7")
    var b = N("7b")
    def g() {imm a, var b^}:
        look(a)
        look(b)
    def h() {imm}:
        g()
    h()
    print("f7 end")
def f8():
    var a = N("8")
    def g() {var a^}:
        look(a)
    callv(g^)
    print("f8 end")
def f9():
    var k = 3
    print(app(lambda (x: Int) -> Int: x * k, 4))
    var f = lambda (x: Int) -> Int: x + k
    k = 10
    print(f(1))
def f10():
    var a = N("10")
    def g(): print("nothing")
    call(g)
    look(a)
def f11():
    var total = 0
    var log = List[String]()
    def add(n: Int) {mut}:
        total += n
        log.append(String(n))
    for i in range(3):
        add(i)
    print(total, log)
def f12(fail: Bool) raises:
    var a = N("12")
    def g() raises {imm a, imm fail}:
        look(a)
        may(fail)
        print("ok")
    g()
    print("f12 end")
def f13():
    var a = N("13")
    def g() {var a^}:
        look(a)
    print("unused closure")
def f14():
    for i in range(2):
        var a = N(String("14", i))
        def g() {imm a, imm i}:
            print(i, a.s)
        g()
        if i == 1: break
        print("cont")
def f15():
    var k = C("15")
    def m(x: Int) {var k^} -> Int: return x * k.val()
    var h2 = Holder2(m^)
    print(h2.run())
    print(h2.run())
    print("f15 end")
def f16():
    var k = C("16")
    def m(x: Int) {imm k} -> Int: return x * k.val()
    var h2 = Holder2(m)
    print(h2.run())
    print("f16 end")
def f17():
    # What an owned pointer or closure leads to lives as long as the closure.
    var a = N("17")
    var p = Pointer(to=a)
    def by_move() {var p^}:
        look(p[])
    var b = N("18")
    var q = Pointer(to=b)
    def by_copy() {var q}:
        look(q[])
    def outer() {var by_copy^}:
        by_copy()
    look(a)
    look(b)
    by_move()
    outer()
    print("f17 end")
def main() raises:
    f1()
    f2()
    f3()
    f4()
    f5()
    f6()
    f7()
    f8()
    f9()
    f10()
    f11()
    f12(False)
    try: f12(True)
    except e: print(e)
    f13()
    f14()
    f15()
    f16()
    f17()

# output:
#   +1
#   look 1
#   between
#   look 1
#   -1
#   f1 end
#   +2
#   look 2!
#   look 2!
#   look 2!!
#   -2!!
#   f2 end
#   +3
#   mv 3
#   moved
#   look 3
#   between
#   look 3
#   -3
#   f3 end
#   +4
#   cp 4'
#   cp 4''
#   -4'
#   lookc 4''
#   -4''
#   lookc 4!
#   -4!
#   f4 end
#   +5
#   cp 5'
#   -5
#   lookc 5'
#   -5'
#   f5 end
#   +6
#   mv 6
#   mv 6
#   moved closure
#   look 6
#   -6
#   f6 end
#   +7
#   +7b
#   mv 7b
#   look 7
#   look 7b
#   -7b
#   -7
#   f7 end
#   +8
#   mv 8
#   look 8
#   -8
#   callv end
#   f8 end
#   12
#   11
#   +10
#   nothing
#   look 10
#   -10
#   3 [0, 1, 2]
#   +12
#   look 12
#   ok
#   -12
#   f12 end
#   +12
#   look 12
#   -12
#   boom
#   +13
#   mv 13
#   -13
#   unused closure
#   +140
#   0 140
#   -140
#   cont
#   +141
#   1 141
#   -141
#   +15
#   mv 15
#   mv 15
#   val 15
#   6
#   val 15
#   -15
#   6
#   f15 end
#   +16
#   val 16
#   -16
#   6
#   f16 end
#   +17
#   +18
#   look 17
#   look 18
#   look 17
#   -17
#   look 18
#   -18
#   f17 end
