# output:
#   1
#   -2 MyErr -2
#   ok
#   wrapped -5
#   2! 5
#   + a
#   a
#   eat a
#   - a
#   + tmp
#   eat tmp
#   - tmp
#   + z
#   closed z
#   copy
#   1 5 0 4
#   1
#   zero small neg big
#   empty one 1 many 1 2
#   m a 2.5
#   1
#   fin
#   inner
#   f 0
#   body 1
#   f 1
# errors, ownership
struct MyErr(Copyable, Movable, Deinitable, Writable):
    var code: Int
    def __init__(out self, code: Int): self.code = code
    def write_to(self, mut w: Some[Writer]): w.write("MyErr ", self.code)
def typed(x: Int) raises MyErr -> Int:
    if x < 0: raise MyErr(x)
    return x
def nested(x: Int) raises -> String:
    try:
        _ = typed(x)
    except e:
        raise Error("wrapped ", e.code)
    return "ok"
def named_out(x: Int, out r: String):
    r = String(x)
    if x > 3:
        return
    r += "!"
struct Res(Movable, Deinitable):
    var name: String
    def __init__(out self, name: String):
        self.name = name
        print("+", name)
    def __deinit__(deinit self): print("-", self.name)
    def close(deinit self) -> String:
        return "closed " + self.name
    def __init__(out self, *, deinit move: Self):
        self.name = move.name^
struct Pt(Copyable, Deinitable):
    var x: Int
    var y: Int
    def __init__(out self, x: Int, y: Int = 0):
        self.x = x
        self.y = y
    def __init__(out self, *, copy: Self):
        self.x = copy.x
        self.y = copy.y
        print("copy")
    @staticmethod
    def origin() -> Self: return Self(0)
    def moved(self, dx: Int) -> Self: return Self(self.x + dx, self.y)
def eat(var r: Res): print("eat", r.name)
def mk(n: String) -> Res: return Res(n)
def find(l: List[Int], v: Int) -> Int:
    for i in range(len(l)):
        if l[i] == v: return i
    return -1
def never() -> Never:
    while True: pass
def classify(n: Int) -> String:
    match n:
        case 0: return "zero"
        case 1 | 2 | 3: return "small"
        case x if x < 0: return "neg"
        case _: return "big"
def seq(l: List[Int]) -> String:
    match l:
        case []: return "empty"
        case [x]: return String("one ", x)
        case [a, *rest]: return String("many ", a, " ", len(rest))
    return "none"
def main():
    try:
        print(typed(1))
        print(typed(-2))
    except e:
        print(e.code, e)
    try:
        print(nested(1))
        print(nested(-5))
    except e:
        print(e)
    print(named_out(2), named_out(5))
    var a = Res("a")
    var b = a^
    print(b.name)
    eat(b^)
    eat(Res("tmp"))
    print(mk("z")^.close())
    var p = Pt(1)
    var q = p.copy()
    q.x = 5
    print(p.x, q.x, Pt.origin().x, p.moved(3).x)
    print(find([3, 4], 4))
    print(classify(0), classify(2), classify(-1), classify(10))
    print(seq([]), seq([1]), seq([1, 2, 3]))
    var t = (1, ("a", 2.5))
    match t:
        case (1, (s, f)): print("m", s, f)
        case _: pass
    var x: Int
    if p.x > 0: x = 1
    else: x = 2
    print(x)
    try:
        try:
            raise "inner"
        finally:
            print("fin")
    except e:
        print(e)
    for i in range(2):
        try:
            if i == 0: continue
            print("body", i)
        finally:
            print("f", i)
