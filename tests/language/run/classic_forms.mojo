# mojo: edition=classic
# output:
#   1 10 4
#   copy
#   move
#   6 5
#   del 6
#   del 5
#   6
#   913 40 42
#   2 1
#   7
#   3.5 3
#   5 e o el
#   0 1 2 3 
#   big
#   916
#   1 2 3 3
#   8
#   7
#   4.5 4.5
#   20C 20C 20C <20C> <3> Plain(degrees=4) 3

@value
struct Pair:
    var a: Int
    var b: Int

struct Acc:
    var total: Int
    fn __init__(inout self):
        self.total = 0
    fn add(inout self, x: Int):
        self.total += x
    fn __copyinit__(inout self, existing: Self):
        print("copy")
        self.total = existing.total
    fn __moveinit__(inout self, owned existing: Self):
        print("move")
        self.total = existing.total
    fn __del__(owned self):
        print("del", self.total)

fn takes[f: fn (Int) capturing -> None](n: Int):
    for i in range(n):
        f(i)

fn vec[func: fn[w: Int](Int) capturing -> None, width: Int](n: Int):
    func[width](0)
    func[1](n)

let g: Int = 40
var h = g + 2

fn swap(inout a: Int, inout b: Int):
    let t = a
    a = b
    b = t

def defaults(n: Int, s: String = "x") -> Int:
    i = 0
    j = 0
    while i < n:
        j = i * 2
        i += 1
    n = n + j
    return n

fn named(x: Int) -> Int as r:
    r = x * 2

fn lam(f: fn(Int, Int) -> Int) -> Int:
    return f(3, 4)


struct Celsius(Stringable):
    var degrees: Int

    fn __init__(inout self, degrees: Int):
        self.degrees = degrees

    fn __str__(self) -> String:
        return str(self.degrees) + "C"


struct Plain(Writable):
    var degrees: Int

    fn __init__(inout self, degrees: Int):
        self.degrees = degrees


fn text[T: Stringable](value: T) -> String:
    return "<" + str(value) + ">"


fn length(text: StringLiteral) -> Int:
    return len(text)


fn main():
    let x = 3
    let y: Int
    y = x + 1
    var p = Pair(1, 2)
    let q = p
    p.a = 10
    print(q.a, p.a, y)
    var acc = Acc()
    acc.add(5)
    var acc2 = acc
    acc2.add(1)
    let acc3 = acc2^
    print(acc3.total, acc.total)
    var s = 0
    @parameter
    fn body(i: Int):
        s += i
    takes[body](4)
    print(s)
    @parameter
    fn v[w: Int](i: Int):
        s += w * 100 + i
    vec[v, 8](7)
    print(s, g, h)
    var a = 1
    var b = 2
    swap(a, b)
    print(a, b)
    try:
        print(defaults(3))
    except e:
        print(e)
    print(7 / 2, 7 // 2)
    let name: String = "hello"
    print(len(name), name[1], name[-1], name[1:3])
    alias N = 4
    @parameter
    for i in range(N):
        print(i, end=" ")
    print()
    @parameter
    if N > 3:
        print("big")
    else:
        print("small")
    @unroll
    for i in range(3):
        s += i
    print(s)
    var l = List[Int](1, 2, 3)
    for e in l:
        print(e[], end=" ")
    print(l[-1])
    print(named(4))
    fn add(x: Int, y: Int) -> Int:
        return x + y
    print(lam(add))
    let f32: Float32 = 1.5
    print(f32 * x, x + f32)
    let warm = Celsius(20)
    print(warm, str(warm), String(warm), text(warm), text(3), Plain(4), length("abc"))
