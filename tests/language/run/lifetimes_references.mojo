# References extend the lives of what they refer to: bindings, pointers, views, results.
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

struct B(Movable):
    var n: N
    var c: C
    def __init__(out self, s: String):
        self.n = N(s + "n")
        self.c = C(s + "c")
    def get(ref self) -> ref[self.n] N:
        return self.n
    def cget(ref self) -> ref[self.c] C:
        return self.c
struct V[o: Origin](Movable):
    var p: Pointer[N, Self.o]
    def __init__(out self, ref[Self.o] n: N):
        self.p = Pointer(to=n)
    def show(self):
        print("V", self.p[].s)
def view(ref n: N) -> V[origin_of(n)]:
    return V(n)
def longest(ref a: N, ref b: N) -> ref[a, b] N:
    if a.s.byte_length() > b.s.byte_length():
        return a
    return b
def f1():
    var b = B("1")
    ref r = b.get()
    print("got")
    r.touch()
    print(r.s)
    print("f1 end")
def f2():
    var n = N("2")
    var v = view(n)
    print("made")
    v.show()
    print("f2 end")
def f3():
    var a = N("3a")
    var b = N("3bb")
    ref r = longest(a, b)
    print("longest")
    print(r.s)
    print("f3 end")
def f4():
    var a = N("4")
    var p = Pointer(to=a)
    var q = p
    print("p")
    q[].touch()
    print(p[].s)
    print("f4 end")
def f5():
    var b = B("5")
    var c = b.cget()
    print("copied", c.s)
    c.touch()
    print("f5", c.s)
def f6():
    print(B("6").get().s)
    print("f6")
    pass
    print("f6 end")
def f7():
    var b = B("7")
    var p = Pointer(to=b.n)
    print("p7")
    b.n = N("7new")
    print(p[].s)
    print("f7 end")
def f8():
    var a = N("8")
    ref r = a
    a = N("8b")
    print(r.s)
    r = N("8c")
    print(a.s)
    print("f8 end")
def f9():
    var l = List[N]()
    l.append(N("9a"))
    l.append(N("9b"))
    ref r = l[0]
    print("r")
    r.touch()
    l[1].touch()
    print(r.s)
    print("f9 end")
def f10(flag: Bool):
    var a = N("10a")
    var b = N("10b")
    ref r = a if flag else b
    print("sel")
    print(r.s)
    print("f10 end")
def f11():
    var ps = List[Pointer[N, MutUntrackedOrigin]]()
    print(len(ps))
    var x = N("11")
    var o = Optional(Pointer(to=x))
    print("o")
    print(o.value()[].s)
    print("f11 end")
def f12():
    var x = N("12")
    var l = [Pointer(to=x)]
    print("l")
    print(l[0][].s)
    print("f12 end")
def f13():
    var t = (N("13a"), N("13b"))
    ref r = t[0]
    print("t")
    print(r.s)
    print(t[1].s)
    print("f13 end")
def main():
    f1()
    f2()
    f3()
    f4()
    f5()
    f6()
    f7()
    f8()
    f9()
    f10(True)
    f10(False)
    f11()
    f12()
    f13()

# output:
#   +1n
#   +1c
#   got
#   1n!
#   -1n!
#   -1c
#   f1 end
#   +2
#   made
#   V 2
#   -2
#   f2 end
#   +3a
#   +3bb
#   longest
#   3bb
#   -3bb
#   -3a
#   f3 end
#   +4
#   p
#   4!
#   -4!
#   f4 end
#   +5n
#   +5c
#   cp 5c'
#   -5n
#   -5c
#   copied 5c'
#   f5 5c'!
#   -5c'!
#   +6n
#   +6c
#   6n
#   -6n
#   -6c
#   f6
#   f6 end
#   +7n
#   +7c
#   -7n
#   p7
#   +7new
#   7new
#   -7new
#   -7c
#   f7 end
#   +8
#   -8
#   +8b
#   8b
#   -8b
#   +8c
#   8c
#   -8c
#   f8 end
#   +9a
#   mv 9a
#   +9b
#   mv 9a
#   mv 9b
#   r
#   9a!
#   -9a!
#   -9b!
#   f9 end
#   +10a
#   +10b
#   sel
#   10a
#   -10b
#   -10a
#   f10 end
#   +10a
#   +10b
#   sel
#   10b
#   -10b
#   -10a
#   f10 end
#   0
#   +11
#   o
#   11
#   -11
#   f11 end
#   +12
#   l
#   12
#   -12
#   f12 end
#   +13a
#   +13b
#   mv 13a
#   mv 13b
#   t
#   13a
#   13b
#   -13a
#   -13b
#   f13 end
