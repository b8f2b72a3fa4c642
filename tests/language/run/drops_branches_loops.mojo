# destructor order in branches, loops, early return
struct R(Movable):
    var s: String
    def __init__(out self, s: String):
        self.s = s
        print("+", s, sep="")
    def __init__(out self, *, deinit move: Self):
        self.s = move.s^
        print("m", self.s, sep="")
    def __deinit__(deinit self):
        print("-", self.s, sep="")

def branch(flag: Bool):
    var a = R("a")
    var b = R("b")
    if flag:
        print("use", a.s)
    else:
        print("none")
    print("join")

def early(n: Int) -> Int:
    var x = R("x")
    var y = R("y")
    if n == 0:
        return 0
    if n == 1:
        var z = R("z")
        return z.s.byte_length() + x.s.byte_length()
    for i in range(n):
        var t = R(String("t", i))
        if i == 2:
            print("leaving", x.s)
            return i
        if i == 1:
            continue
        print("iter", t.s)
    print("end", y.s)
    return n

def chain(var r: R) -> R:
    print("chain", r.s)
    return r^

def loop_break():
    var outer = R("outer")
    var i = 0
    while True:
        var inner = R(String("inner", i))
        i += 1
        if i == 3:
            break
        print("w", inner.s, outer.s)
    print("after")

def main():
    branch(True)
    branch(False)
    print(early(0))
    print(early(1))
    print(early(2))
    print(early(5))
    var c = chain(chain(R("c")))
    print("got", c.s)
    loop_break()
    var d = R("d1")
    d = R("d2")
    print("assigned")
    d = R("d3")
    print(d.s)
    d = chain(d^)
    print("fin")

# output:
#   +a
#   +b
#   -b
#   use a
#   -a
#   join
#   +a
#   +b
#   -b
#   -a
#   none
#   join
#   +x
#   +y
#   -y
#   -x
#   0
#   +x
#   +y
#   -y
#   +z
#   -z
#   -x
#   2
#   +x
#   +y
#   +t0
#   iter t0
#   -t0
#   +t1
#   -t1
#   -x
#   end y
#   -y
#   2
#   +x
#   +y
#   +t0
#   iter t0
#   -t0
#   +t1
#   -t1
#   +t2
#   -t2
#   -y
#   leaving x
#   -x
#   2
#   +c
#   chain c
#   mc
#   chain c
#   mc
#   got c
#   -c
#   +outer
#   +inner0
#   w inner0 outer
#   -inner0
#   +inner1
#   w inner1 outer
#   -inner1
#   +inner2
#   -inner2
#   -outer
#   after
#   +d1
#   -d1
#   +d2
#   -d2
#   assigned
#   +d3
#   d3
#   chain d3
#   md3
#   md3
#   -d3
#   fin
