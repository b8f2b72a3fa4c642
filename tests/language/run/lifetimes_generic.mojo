# Generic functions and boxes: who copies, who moves, who destroys.
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

def ident[T: Movable & Deinitable](var x: T) -> T:
    return x^
def dup[T: Copyable & Deinitable](x: T) -> Tuple[T, T]:
    return (x.copy(), x.copy())
def icopy[T: ImplicitlyCopyable & Deinitable](x: T) -> T:
    var y = x
    return y
def icopyv[T: ImplicitlyCopyable & Deinitable](var x: T) -> T:
    var y = x
    return y
def sw[T: Movable & Deinitable](mut a: T, mut b: T):
    var t = a^
    a = b^
    b = t^
struct Box[T: Movable & Deinitable](Movable):
    var v: Self.T
    def __init__(out self, var v: Self.T):
        self.v = v^
    def take(deinit self) -> Self.T:
        return self.v^
    def replace(mut self, var v: Self.T) -> Self.T:
        var old = self.v^
        self.v = v^
        return old^
    def map[U: Movable & Deinitable](self, f: def(Self.T) thin -> U) -> Box[U]:
        return Box[U](f(self.v))
struct Stack[T: Movable & Deinitable](Movable):
    var items: List[Self.T]
    def __init__(out self): self.items = List[Self.T]()
    def push(mut self, var x: Self.T): self.items.append(x^)
    def pop(mut self) -> Optional[Self.T]:
        if len(self.items) == 0: return None
        return self.items.pop()
def clen(n: N) -> Int: return n.val()
def main():
    var a = ident(N("a"))
    look(a)
    var p, q = dup(C("d"))
    print(p.s, q.s)
    var c = C("c")
    print(icopy(c).s)
    print(icopyv(c).s)
    var x = N("x")
    var y = N("y")
    sw(x, y)
    print(x.s, y.s)
    var b = Box(N("b"))
    var old = b.replace(N("b2"))
    print(old.s, b.v.s)
    print(b.map(clen).v)
    print(b^.take().s)
    var s = Stack[N]()
    s.push(N("s1"))
    s.push(N("s2"))
    var t = s.pop()
    print(t.value().s)
    print("popped")
    _ = s.pop()
    print("popped2")
    var e = s.pop()
    print(Bool(e))
    var bb = Box(Box(N("bb")))
    bb.v.v.touch()
    print(bb.v.v.s)
    var bt = bb^.take().take()
    print(bt.s)
    print("end")

# output:
#   +a
#   mv a
#   look a
#   -a
#   +d
#   cp d'
#   cp d'
#   mv d'
#   mv d'
#   -d
#   cp d''
#   cp d''
#   -d'
#   -d'
#   d'' d''
#   -d''
#   -d''
#   +c
#   cp c'
#   cp c''
#   -c'
#   c''
#   -c''
#   cp c'
#   -c
#   cp c''
#   -c'
#   c''
#   -c''
#   +x
#   +y
#   mv x
#   mv y
#   mv x
#   y x
#   -x
#   -y
#   +b
#   mv b
#   +b2
#   mv b
#   mv b2
#   mv b
#   b b2
#   -b
#   val b2
#   2
#   mv b2
#   b2
#   -b2
#   +s1
#   mv s1
#   +s2
#   mv s1
#   mv s2
#   mv s2
#   mv s2
#   mv s2
#   s2
#   -s2
#   popped
#   mv s1
#   mv s1
#   mv s1
#   -s1
#   popped2
#   False
#   +bb
#   mv bb
#   mv bb
#   bb!
#   mv bb!
#   mv bb!
#   bb!
#   -bb!
#   end
