# output:
#   3 -1 12
#   no op div
#   [10, 20, 30]
#   <1> <3>
#   6
#   60
#   3 2 1 0 
#   3.0 8.0 
#   6.0 14.0 
#
#   4 True False
#   2 0
#   the 3; cat 1; dog 1; end 1; 
#   [0, 0, 0]
#   [0, 0, 5]
#   70
#   [1, 2, 3] 1 9 3
#   x x
#   0 a 1 b 2 c 
#   43 2.5 3!
#   33 -34 -33 False -4 2 1024
#   43 3!
#   <1><s> 25 <True>
#   one 1 any
#   24 1;two;2.5; 
#   reads 1
#   free 1
#   after
#   reads 2
#   free 2
#   after
#   reads 3
#   free 3
#   int 4
#   6 0 2 14 12 33 37
#   13 31 12 21
#   10 3 2 6
#   1 4 12
#   loud6 x6 loud,6 loud,2 loud,12
#   8 5 9 5 5
#   3 4 5 11 11 8 4
#   15 33 3 4 6
#   40 50 5
#   11 18 12 -1 ab.. ..ab --ab
#   8
#   [52, 2, 3] 3 True two
#   [0, 1, 2, 10, 11, 12] 6 10
#   [2, 3] [1, 2] [0, 1, 2, 10, 11, 12]
#   text!?
#   one two
from std.collections import Set, Deque

comptime Op = def(Int, Int) thin -> Int

# Calls through variables and function types: by name, with defaults, with variadic arguments.
def total(*xs: Int) -> Int:
    var t = 0
    for x in xs:
        t += x
    return t

def named(var **kws: Int) -> Int:
    return len(kws)

def tens(a: Int, b: Int = 4) -> Int:
    return a * 10 + b

def counted(a: Int, *xs: Int, k: Int = 3) -> Int:
    return a * 10 + len(xs) * 10 + k

def backwards(f: def(a: Int, b: Int) thin -> Int) -> Int:
    return f(b=1, a=3) + f(1, 2) - f(a=1, b=2)

def shown(text: String, n: Int) -> Int:
    print(text, end=" ")
    return n

def any_backwards(f: Some[def(a: Int, b: Int) -> Int]) -> Int:
    return f(b=shown("1", 1), a=shown("4", 1)) + f(b=1, a=0)

def four(f: Some[def(*Int) -> Int]) -> Int:
    return f(1, 2, 3, 4)

def three(f: def(*Int) thin -> Int) -> Int:
    return f(1, 1, 1)

struct Sums:
    var f: def(*Int) thin -> Int

    def __init__(out self, f: def(*Int) thin -> Int):
        self.f = f

def of_names(f: def(var **kws: Int) thin -> Int) -> Int:
    return f(a=1, c=3)

def picked() -> def(a: Int, b: Int) thin -> Int:
    return add

struct Operators:
    var ops: List[def(Int, Int) thin -> Int]

    def __init__(out self, f: def(Int, Int) thin -> Int):
        self.ops = [f]

    def get(self, i: Int) -> def(x: Int, y: Int) thin -> Int:
        return self.ops[i]

def by_other_names(f: def(p: Int, q: Int) thin -> Int) -> Int:
    return f(q=1, p=10)

def twice[T: Copyable & Deinitable](x: T, f: def(T, T) thin -> T) -> T:
    return f(x, x)

# Function types that differ in the names of arguments only.
def other_names():
    var g: def(x: Int, y: Int) thin -> Int = picked()
    var table = Operators(g)
    table.ops.append(g)
    print(g(1, 2), g(y=1, x=3), table.get(1)(1, y=4), by_other_names(g), by_other_names(picked()), twice(4, g), end=" ")
    g = table.get(0)
    print(g(y=2, x=2))

# Functions as defaults of parameters.
def one_more(x: Int) -> Int:
    return x + 1

def scaled[by: Int, f: def(Int) thin -> Int = one_more](x: Int) -> Int:
    return by * f(x)

def computed[n: Int = 2, *, f: def(Int) thin -> Int = lambda (x: Int) -> Int: x + 1]() -> Int:
    return f(n)

struct Uses[f: def(Int) thin -> Int = one_more]:
    var n: Int

    def __init__(out self, n: Int):
        self.n = n

    def go(self) -> Int:
        return Self.f(self.n)

def defaults_of_parameters():
    print(scaled[3](4), scaled[3, tens_of](1) + 3, computed(), Uses(3).go(), Uses[tens_of](0).go() + 6)

    print(same_again[tens_of](4), either(5), either[False](5))

def tens_of(x: Int) -> Int:
    return x * 10

def ones_of(x: Int) -> Int:
    return x

def same_again[f: def(Int) thin -> Int, g: def(Int) thin -> Int = f](x: Int) -> Int:
    return g(x)

def either[tens: Bool = True, f: def(Int) thin -> Int = tens_of if tens else ones_of](x: Int) -> Int:
    return f(x)

def variables_of_functions():
    var f = total
    var g = named
    var d = tens
    var c = counted
    print(f(1, 2, 3), f(), g(a=1, b=2), d(1), d(a=1, b=2), c(1, 2, 3), c(1, 2, 3, k=7))
    var swapped = tens
    print(backwards(swapped) - 18, backwards(tens), d(b=2, a=1), d(2, 1))
    var k = 2
    var count = lambda (*args: Int) {imm} -> Int: len(args) + k
    print(four(total), three(total), of_names(named), four(count))
    print(any_backwards(tens))

@fieldwise_init
struct Level(Copyable):
    var n: Int

def loud(a: Int, *, prefix: String = "loud", var tags: List[Int] = [1, 2], level: Level = Level(3)) -> String:
    return prefix + String(a + len(tags) + level.n)

def quiet(b: Int, prefix: String, var tags: List[Int], level: Level = Level(7)) -> String:
    return prefix + "," + String(b * len(tags) * level.n)

def added[n: Int](x: Int = n) -> Int:
    return x + n

# A variable keeps the names and defaults of the function that it was made of, whatever it holds later.
def variables_made_of_other_functions():
    var f = loud
    print(f(1), f(a=1, prefix="x"), end=" ")
    f = quiet
    print(f(1), f(a=1, level=Level(1)), end=" ")
    var g = f
    print(g(2))
    var r = added[4]
    print(r(), r(1), end=" ")
    r = added[5]
    var either = added[4] if r(0) == 5 else added[4]
    print(r(), either(1), [added[5], added[5]][1](0))

# A function type may have defaults and keyword-only arguments of its own; the function that stands for it need not.
comptime Padded = def(text: String, *, width: Int = 4, fill: String = ".") thin -> String

def left(text: String, *, width: Int, fill: String) -> String:
    return text + fill * (width - text.byte_length())

def right(text: String, *, width: Int = 9, fill: String = "#") -> String:
    return fill * (width - text.byte_length()) + text

def by_defaults[F: def(x: Int, y: Int = 2) -> Int](f: F, k: Int) -> Int:
    return f(k)

def sum_of(x: Int, y: Int = 9) -> Int:
    return x + y

def defaults_of_types():
    var k = 6
    def scaled(x: Int, y: Int) {imm k} -> Int:
        return x * k + y
    var once: def(x: Int, y: Int = 10) thin -> Int = sum_of
    print(once(1), once(x=8, y=10), by_defaults(sum_of, 10), by_defaults(lambda (x: Int, y: Int) -> Int: x - y, 1), end=" ")
    var padded: Padded = left
    print(padded("ab"), end=" ")
    padded = right
    print(padded("ab"), padded("ab", fill="-"))
    print(by_defaults(scaled, 1))

# A function type names what its arguments lend, and leaves open what its functions leave open.
def changed[F: def(ref xs: List[Int]) -> ref[xs[0]] Int](f: F, mut l: List[Int]):
    f(l) += 50

def first_of(ref l: List[Int]) -> ref[l[0]] Int:
    return l[0]

@fieldwise_init
struct Itself(def[o: Origin[mut=True]](ref[o] Int) -> ref[o] Int):
    def __call__[o: Origin[mut=True]](self, ref[o] x: Int) -> ref[o] Int:
        return x

def increased[F: def[o: Origin[mut=True]](ref[o] Int) -> ref[o] Int](f: F, mut x: Int):
    f(x) += 1

def is_shorter[F: def(s: String) -> ref[s] String, G: def(ref s: String) -> Int](
    f: F, g: G, a: String, b: String
) -> Bool:
    return f(a).byte_length() < g(b)

def longest[key: def[o: Origin](ref[o] s: String) thin -> ref[o] String](a: String, b: String) -> String:
    return key(a) if key(a).byte_length() > key(b).byte_length() else key(b)

def itself[o: Origin](ref[o] s: String) -> ref[o] String:
    return s

def each_chunk[F: def(Span[mut=True, Int, _], Int) -> None](mut l: List[Int], n: Int, f: F):
    for i in range(0, len(l), n):
        f(Span(l)[i : i + n], i)

def folded[F: def(Span[Int, _]) -> Int](l: List[Int], f: F) -> Int:
    return f(Span(l)) + f(Span(l)[0:1])

comptime View = def(xs: List[Int]) thin -> Span[Int, origin_of(xs)]

def front(xs: List[Int]) -> Span[Int, origin_of(xs)]:
    return Span(xs)[0:2]

def rest(l: List[Int]) -> Span[Int, origin_of(l)]:
    return Span(l)[1:]

def of_a_temporary[F: def(xs: List[String]) -> Span[String, origin_of(xs)]](f: F):
    var view = f(["one", "two"])
    print(view[0], view[1])

def whole(xs: List[String]) -> Span[String, origin_of(xs)]:
    return Span(xs)

def through[F: def(ref s: String) -> ref[s] String](f: F, ref s: String) -> ref[s] String:
    return f(s)

def lent(ref s: String) -> ref[s] String:
    return s

def origins_in_types():
    var l: List[Int] = [1, 2, 3]
    changed(first_of, l)
    var n = 2
    increased(Itself(), n)
    l[0] += n - 2
    var extra = 1
    def same(s: String) {} -> ref[s] String:
        return s
    print(
        l, n, is_shorter(same, lambda (ref s: String) {extra} -> Int: s.byte_length() + extra, "ab", "cd"),
        longest[itself]("a", "two"),
    )
    var m = List[Int](length=6, fill=0)
    var calls = 0
    def fill(part: Span[mut=True, Int, _], at: Int) {mut calls}:
        for i in range(len(part)):
            part[i] = at // 3 * 10 + i
            calls += 1
    each_chunk(m, 3, fill)
    def total(part: Span[Int, _]) {} -> Int:
        var sum = len(part)
        for x in part:
            sum += x
        return sum
    print(m, calls, folded([1, 2], total) + folded([0, 0], lambda (part: Span[Int, _]) -> Int: len(part)))
    l = [1, 2, 3]
    var view: View = front
    var second: View = rest
    print(List(second(l)), List(view(l)), m)
    var text = String("text")
    def same_text(ref s: String) {} -> ref[s] String:
        return s
    through(lent, text) += "!"
    through(same_text, text) += "?"
    print(text)
    of_a_temporary(whole)

# Functions whose type has parameters of its own are known at compile time; their parameters are given or inferred.
def bracketed[T: Writable](x: T):
    print("<", x, ">", sep="", end="")

def square[n: Int]() -> Int:
    return n * n

def for_each[f: def[T: Writable](T) thin -> None](x: Int, s: String):
    f(x)
    f(s)

def squares[f: def[n: Int]() thin -> Int]() -> Int:
    return f[3]() + f[4]()

def with_bool[f: def[T: Writable](T) thin -> None]():
    f[Bool](True)

def which(x: Int) -> String:
    return "one " + String(x)

def which[T: Copyable](x: T) -> String:
    return "any"

def answer(f: def(Int) thin -> String) -> String:
    return f(1)

def add(a: Int, b: Int) -> Int:
    return a + b
def sub(a: Int, b: Int) -> Int:
    return a - b

struct Table(Movable):
    var names: List[String]
    var ops: List[Op]
    def __init__(out self):
        self.names = List[String]()
        self.ops = List[Op]()
    def put(mut self, name: String, op: Op):
        self.names.append(name)
        self.ops.append(op)
    def run(self, name: String, a: Int, b: Int) raises -> Int:
        for i in range(len(self.names)):
            if self.names[i] == name:
                return self.ops[i](a, b)
        raise Error("no op ", name)

def mapped[T: Copyable & Movable, U: Copyable & Movable, F: def(T) -> U](xs: List[T], f: F) -> List[U]:
    var out = List[U]()
    for x in xs:
        out.append(f(x))
    return out^

def fold[T: Copyable & Movable & Deinitable, F: def(T, T) -> T](xs: List[T], init: T, f: F) -> T:
    var acc = init.copy()
    for x in xs:
        acc = f(acc, x)
    return acc^

def compose[F: def(Int) -> Int, G: def(Int) -> Int](f: F, g: G, x: Int) -> Int:
    def h(v: Int) {imm f, imm g} -> Int:
        return g(f(v))
    return h(x)

def countdown(n: Int) -> String:
    var s = String()
    for i in reversed(range(n)):
        s += String(i) + " "
    return s

struct Matrix[R: Int, C: Int](Copyable, Movable, Writable):
    var d: List[Float64]
    def __init__(out self):
        self.d = List[Float64](length=Self.R * Self.C, fill=0.0)
    def __getitem__(self, r: Int, c: Int) -> Float64:
        return self.d[r * Self.C + c]
    def __setitem__(mut self, r: Int, c: Int, v: Float64):
        self.d[r * Self.C + c] = v
    def __matmul__[K: Int](self, o: Matrix[Self.C, K]) -> Matrix[Self.R, K]:
        var res = Matrix[Self.R, K]()
        for i in range(Self.R):
            for j in range(K):
                var t = 0.0
                for k in range(Self.C):
                    t += self[i, k] * o[k, j]
                res[i, j] = t
        return res^
    def write_to[W: Writer](self, mut w: W):
        for i in range(Self.R):
            for j in range(Self.C):
                w.write(self[i, j], " ")
            w.write("\n")

def from_some(x: Some[Intable]) -> Int:
    return x.__int__() * 3


def of_any[f: def(Some[Intable]) thin -> Int]() -> Int:
    return f(4) + f(Int8(3)) + f(True)


def joined(*parts: *SomeTypeList[Writable]) -> String:
    var text = String()
    comptime for i in range(parts.__len__()):
        text += String(parts[i], ";")
    return text


# A function that only reads may stand where a function type lends its argument for change or hands it over.
struct Loud(Movable):
    var k: Int

    def __init__(out self, k: Int):
        self.k = k

    def __deinit__(deinit self):
        print("free", self.k)


def reads(x: Loud):
    print("reads", x.k)


def reads_number(x: Int):
    print("int", x)


def lends[F: def(mut Loud) -> None](f: F):
    var value = Loud(1)
    f(value)
    print("after")


def hands_over[F: def(var Loud) -> None](f: F):
    f(Loud(2))
    print("after")


def hands_to(f: def(var Loud) thin -> None):
    f(Loud(3))


def lends_number(f: def(mut Int) thin -> None):
    var number = 4
    f(number)


def main() raises:
    var t = Table()
    t.put("add", add)
    t.put("sub", sub)
    t.put("mul", lambda (a: Int, b: Int) -> Int: a * b)
    print(t.run("add", 1, 2), t.run("sub", 1, 2), t.run("mul", 3, 4))
    try:
        print(t.run("div", 1, 2))
    except e:
        print(e)
    var xs: List[Int] = [1, 2, 3]
    var k = 10
    var ys = mapped(xs, lambda (x: Int) {imm k} -> Int: x * k)
    print(ys)
    var ss = mapped(xs, lambda (x: Int) -> String: "<" + String(x) + ">")
    print(ss[0], ss[2])
    print(fold(xs, 0, lambda (a: Int, b: Int) -> Int: a + b))
    print(compose(lambda (x: Int) -> Int: x + 1, lambda (x: Int) {imm k} -> Int: x * k, 5))
    print(countdown(4))
    var m = Matrix[2, 3]()
    var n = Matrix[3, 2]()
    for i in range(2):
        for j in range(3):
            m[i, j] = Float64(i + j)
            n[j, i] = Float64(i * j + 1)
    print(m @ n)
    var s = {1, 2, 3, 2}
    s.add(9)
    print(len(s), 2 in s, 5 in s)
    var dq = Deque[Int]()
    dq.append(1)
    dq.appendleft(0)
    print(len(dq), dq[0])
    var d = Dict[String, Int]()
    for w in "the cat the dog the end".split(" "):
        var key = String(w)
        d[key] = d.get(key, 0) + 1
    for e in d.items():
        print(e.key, e.value, end="; ")
    print()
    var grid: List[List[Int]] = [[0 for _ in range(3)] for _ in range(2)]
    grid[1][2] = 5
    for row in grid:
        print(row)
    var total = 0
    for i in range(10):
        for j in range(10):
            if j == 3:
                break
            if (i + j) % 2 == 0:
                continue
            total += i * j
    print(total)
    var a: List[Int] = [3, 1, 2]
    sort(a)
    print(a, min(3, 1), max(2, 9, 4), abs(-3))
    var o: Optional[String] = "x"
    print(o.value(), o.or_else("y"))
    for i, c in enumerate("abc".codepoint_slices()):
        print(i, c, end=" ")
    print()
    print(Int("42") + 1, Float64("2.5"), String(3) + "!")
    var b = 5
    b **= 2
    b //= 3
    b <<= 2
    b ^= 1
    print(b, ~b, -b, not (b > 3), 7 // -2, -7 % 3, 2 ** 10)
    print(Int("42") + 1, String(3) + "!")
    for_each[bracketed](1, "s")
    print("", squares[square](), end=" ")
    with_bool[bracketed]()
    print()
    print(answer(which), which("a"))
    print(of_any[from_some](), joined(1, "two", 2.5), joined())
    lends(reads)
    hands_over(reads)
    hands_to(reads)
    lends_number(reads_number)
    variables_of_functions()
    variables_made_of_other_functions()
    other_names()
    defaults_of_parameters()
    defaults_of_types()
    origins_in_types()
