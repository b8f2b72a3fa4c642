struct C(ImplicitlyCopyable, Writable):
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
        print("del", self.s)
    def write_to(self, mut w: Some[Writer]):
        w.write("C(", self.s, ")")

def by_var(var c: C):
    c.s += "!"
    print("by_var", c)

def by_read(c: C) -> C:
    return c

def ident(var c: C) -> C:
    return c^

# A `mut` argument gives its value away where it gets another one.
def exchange(mut a: C, var b: C):
    b = a
    a = b
    print("exchanged", b)

@fieldwise_init
struct Pair(Copyable):
    var a: C
    var b: C

@fieldwise_init
struct Two(Copyable):
    var r: C
    var s: C

# What is replaced and what is copied are different fields: nothing need stand in between.
def parts_of_elements():
    var l = List[Two]()
    l.append(Two(C("r1"), C("s1")))
    l.append(Two(C("r2"), C("s2")))
    print("part of another element")
    l[0].r = l[1].s
    print("part of the same element")
    l[0].r = l[0].s
    print(l[0].r, l[1].s)

def main():
    var a = C("a")
    var b = a
    print(a, b)
    by_var(a)
    by_var(b)
    var c = C("c")
    var d = by_read(c)
    print(c, d)
    var e = ident(C("e"))
    print(e)
    var f = ident(e)
    print(f)
    var l = List[C]()
    l.append(C("l0"))
    l.append(f)
    print(len(l))
    var g = l[0]
    print(g)
    var p = Pair(C("p1"), g)
    var q = p.copy()
    print(q.a, p.b)
    p.a = q.b
    print(p.a)
    print("end")
    var u = C("u")
    var unused = u
    print(u)
    unused = u
    print("last")
    var gone = u
    print("gone")
    var x = C("x")
    exchange(x, C("y"))
    print(x)
    parts_of_elements()

# output:
#   copy a'
#   C(a) C(a')
#   by_var C(a!)
#   del a!
#   by_var C(a'!)
#   del a'!
#   copy c'
#   C(c) C(c')
#   del c'
#   del c
#   move e
#   C(e)
#   move e
#   C(e)
#   move l0
#   move l0
#   move e
#   2
#   copy l0'
#   del l0
#   del e
#   C(l0')
#   move p1
#   move l0'
#   copy p1'
#   copy l0''
#   del p1
#   C(p1') C(l0')
#   copy l0'''
#   del p1'
#   del l0''
#   C(l0''')
#   del l0'''
#   del l0'
#   end
#   C(u)
#   last
#   del u
#   gone
#   del y
#   move x
#   copy x'
#   exchanged C(x)
#   del x
#   C(x')
#   del x'
#   move r1
#   move s1
#   move r1
#   move s1
#   move r2
#   move s2
#   move r1
#   move s1
#   move r2
#   move s2
#   part of another element
#   del r1
#   copy s2'
#   part of the same element
#   del s2'
#   copy s1'
#   C(s1') C(s2)
#   del s1'
#   del s1
#   del r2
#   del s2
