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

# A field that gets another value before it is read needs no copy; where there is no old value, none is in the way.
def replaced_fields():
    var t = Two(C("t1"), C("t2"))
    var u = C("u1")
    t.r = u
    t.r = t.s
    print(t.r, t.s, u)
    var l: List[C] = [C("l1")]
    var w = Two(C("w1"), C("w2"))
    print(w.s)
    w.s = l[0]
    print(w.s, w.r)


# Elements of one's own: asking for the place that is set may end the reference to what is read, so that is read before.
struct Own:
    var items: List[C]
    def __init__(out self):
        self.items = [C("o0"), C("o1")]
    def __getitem__(ref self, i: Int) -> ref[self.items[0]] C:
        return self.items[i]


def own_elements():
    var own = Own()
    own[0] = own[1]
    print(own[0])


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
    print("replaced")
    replaced_fields()
    print("own")
    own_elements()

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
#   replaced
#   move t1
#   move t2
#   del t1
#   copy t2'
#   C(t2') C(t2) C(u1)
#   del u1
#   del t2'
#   del t2
#   move l1
#   move w1
#   move w2
#   C(w2)
#   del w2
#   copy l1'
#   del l1
#   C(l1') C(w1)
#   del w1
#   del l1'
#   own
#   move o0
#   move o1
#   copy o1'
#   del o0
#   move o1'
#   C(o1')
#   del o1'
#   del o1
