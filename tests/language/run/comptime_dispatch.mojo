# comptime if/for, function tables and values, conformance, packs, dependent parameters.
# output:
#   negative zero small large
#   149 0
#   1 -1
#   0134
#   1 2
#   106 1
#   9 1 4 
#   2 5 8 
#   x 1;yy 2;zzz 3;
#   3
#   6 24
#   11 12
#   12
#   42
#   12
#   7 12 -1
#   5 sized 7 opaque
#   <3> <s>
#   True True
#   no
#   19.5 6.75 4 2
#   26.25
#   2x3 float64 3x2 float64 1x4 int32
#   11 5.5 9
#   9 float64
#   21.0
#   0.0
#   circle|rect|rect
#   9 2.5 zz
#   [1] a 2 3.5
#   [2] 
#   [3] x-y!
#   [9] 1~b~True
#   1 two 3.5 
#   2
#   2
#   103905 0 101

def classify[n: Int]() -> String:
    comptime if n < 0:
        return "negative"
    elif n == 0:
        return "zero"
    elif n < 10:
        return "small"
    else:
        return "large"

def unroll[n: Int](x: Int) -> Int:
    var total = 0
    comptime for i in range(n):
        comptime for j in range(i):
            comptime if (i + j) % 2 == 0:
                total += x * (i * 10 + j)
            else:
                total -= 1
    return total

def early[n: Int](xs: List[Int]) -> Int:
    comptime for i in range(n):
        if xs[i] > 10:
            return i
    return -1

def skip[n: Int]() -> String:
    var s = String()
    comptime for i in range(n):
        comptime if i == 2:
            continue
        comptime if i == 5:
            break
        s += String(i)
    return s

def only_branches[b: Bool]() -> Int:
    comptime if b:
        return 1
    else:
        return 2

def with_else[n: Int, stop: Int]() -> Int:
    var acc = 0
    comptime for i in range(n):
        comptime if i == stop:
            break
        acc += i
    else:
        acc += 100
    return acc



comptime Op = def(Int, Int) thin -> Int

def add(a: Int, b: Int) -> Int:
    return a + b
def mul(a: Int, b: Int) -> Int:
    return a * b

def fold[f: Op](xs: List[Int], start: Int) -> Int:
    var acc = start
    for x in xs:
        acc = f(acc, x)
    return acc

def compose[f: def(Int) thin -> Int, g: def(Int) thin -> Int](x: Int) -> Int:
    return f(g(x))

def inc(x: Int) -> Int:
    return x + 1
def dbl(x: Int) -> Int:
    return x * 2

def apply_n[F: def(Int) -> Int, n: Int](f: F, x: Int) -> Int:
    var r = x
    comptime for _ in range(n):
        r = f(r)
    return r

def select[which: Int]() -> Op:
    comptime if which == 0:
        return add
    else:
        return mul

struct Dispatcher[*fs: Op]:
    @staticmethod
    def run(i: Int, a: Int, b: Int) -> Int:
        comptime for k in range(Self.fs.__len__()):
            if i == k:
                return Self.fs[k](a, b)
        return -1


def describe[T: AnyType](x: T) -> String:
    comptime if conforms_to(T, Writable):
        return String(x)
    elif conforms_to(T, Sized):
        return String("sized ", len(x))
    else:
        return "opaque"

@fieldwise_init
struct Bag(Sized):
    var n: Int
    def __len__(self) -> Int:
        return self.n

struct Nothing:
    def __init__(out self): pass

struct Wrap[T: Copyable & Deinitable](Copyable, Writable where conforms_to(T, Writable)):
    var v: Self.T
    def __init__(out self, var v: Self.T):
        self.v = v^
    def write_to(self, mut w: Some[Writer]) where conforms_to(Self.T, Writable):
        w.write("<", self.v, ">")


struct Matrix[rows: Int, cols: Int, dt: DType = DType.float64](Copyable):
    var data: List[Scalar[Self.dt]]
    comptime size = Self.rows * Self.cols

    def __init__(out self, fill: Scalar[Self.dt] = 0):
        self.data = List[Scalar[Self.dt]](length=Self.size, fill=fill)

    def __getitem__(self, i: Int, j: Int) -> Scalar[Self.dt]:
        return self.data[i * Self.cols + j]

    def __setitem__(mut self, i: Int, j: Int, v: Scalar[Self.dt]):
        self.data[i * Self.cols + j] = v

    def __matmul__[k: Int](self, other: Matrix[Self.cols, k, Self.dt]) -> Matrix[Self.rows, k, Self.dt]:
        var r = Matrix[Self.rows, k, Self.dt]()
        for i in range(Self.rows):
            for j in range(k):
                var s = Scalar[Self.dt](0)
                for p in range(Self.cols):
                    s += self[i, p] * other[p, j]
                r[i, j] = s
        return r^

    def transpose(self) -> Matrix[Self.cols, Self.rows, Self.dt]:
        var r = Matrix[Self.cols, Self.rows, Self.dt]()
        for i in range(Self.rows):
            for j in range(Self.cols):
                r[j, i] = self[i, j]
        return r^

comptime Square[n: Int] = Matrix[n, n]
comptime Row = Matrix[1, _, DType.int32]

def trace[n: Int](m: Square[n]) -> Float64:
    var t = 0.0
    for i in range(n):
        t += m[i, i]
    return t

def shape[r: Int, c: Int, //](m: Matrix[r, c, _]) -> String:
    return String(r, "x", c, " ", m.dt)

def scaled[T: DType, //, factor: Int = 2, *, bias: Scalar[T] = 1](x: Scalar[T]) -> Scalar[T]:
    return x * Scalar[T](factor) + bias


trait Shape:
    comptime NAME: StaticString
    def area(self) -> Float64: ...

@fieldwise_init
struct Circle(Shape, Copyable):
    comptime NAME: StaticString = "circle"
    var r: Float64
    def area(self) -> Float64:
        return 3.0 * self.r * self.r

@fieldwise_init
struct Rect(Shape, Copyable):
    comptime NAME: StaticString = "rect"
    var w: Float64
    var h: Float64
    def area(self) -> Float64:
        return self.w * self.h

def total_area[*Ts: Shape](*shapes: *Ts) -> Float64:
    var t = 0.0
    comptime for i in range(shapes.__len__()):
        t += shapes[i].area()
    return t

def names[*Ts: Shape]() -> String:
    var s = String()
    comptime for i in range(Ts.__len__()):
        s += Ts[i].NAME
        comptime if i + 1 < Ts.__len__():
            s += "|"
    return s

def max_of[T: Comparable & ImplicitlyCopyable & Deinitable](first: T, *rest: T) -> T:
    var best = first
    for x in rest:
        if x > best:
            best = x
    return best

def log[*Ts: Writable](level: Int, *parts: *Ts, sep: String = " ", end: String = "\n"):
    print("[", level, "] ", sep="", end="")
    comptime for i in range(parts.__len__()):
        print(parts[i], end="")
        comptime if i < parts.__len__() - 1:
            print(sep, end="")
    print(end, end="")

def relay[*Ts: Writable](*parts: *Ts):
    log(9, *parts, sep="~")

struct Bundle[*Ts: Copyable & Deinitable & Writable]:
    var items: Tuple[*Self.Ts]
    def __init__(out self, var *items: *Self.Ts):
        self.items = Tuple(*items^)
    def show(self):
        comptime for i in range(Self.Ts.__len__()):
            print(self.items[i], end=" ")
        print()
    @staticmethod
    def arity() -> Int:
        return Self.Ts.__len__()

def count_if[*Ts: AnyType]() -> Int:
    var n = 0
    comptime for i in range(Ts.__len__()):
        comptime if conforms_to(Ts[i], Writable):
            n += 1
    return n

def kw(a: Int, *rest: Int, scale: Int = 1, var **extra: Int) -> Int:
    var t = a
    for r in rest:
        t += r * scale
    for e in extra.items():
        t += e.value
    return t


def control_part():
    print(classify[-4](), classify[0](), classify[7](), classify[99]())
    print(unroll[4](3), unroll[0](1))
    print(early[3]([1, 20, 3]), early[2]([1, 2]))
    print(skip[8]())
    print(only_branches[True](), only_branches[False]())
    print(with_else[4, 9](), with_else[4, 2]())
    comptime for x in [3, 1, 2]:
        comptime sq = x * x
        print(sq, end=" ")
    print()
    comptime for i in range(2, 11, 3):
        print(i, end=" ")
    print()
    comptime words: List[String] = ["x", "yy", "zzz"]
    comptime for w in words:
        print(w, w.byte_length(), end=";")
    print()
    var i = 0
    comptime for k in range(3):
        def add() {mut i}:
            i += k
        add()
    print(i)


def functions_part():
    print(fold[add]([1, 2, 3], 0), fold[mul]([1, 2, 3, 4], 1))
    print(compose[inc, dbl](5), compose[dbl, inc](5))
    var k = 3
    def addk(x: Int) {imm k} -> Int:
        return x + k
    print(apply_n[n=4](addk, 0))
    comptime h = select[1]()
    print(h(6, 7))
    comptime quad = compose[dbl, dbl]
    print(quad(3))
    print(Dispatcher[add, mul].run(0, 3, 4), Dispatcher[add, mul].run(1, 3, 4), Dispatcher[add, mul].run(2, 3, 4))


def conformance_part():
    print(describe(5), describe(Bag(7)), describe(Nothing()))
    print(Wrap(3), Wrap(String("s")))
    print(conforms_to(Wrap[Int], Writable), conforms_to(Int, Hashable))
    comptime if conforms_to(Bag, Writable):
        print("yes")
    else:
        print("no")


def params_part():
    var a = Matrix[2, 3](1.5)
    var b = a.transpose()
    b[0, 0] = 10
    var c = a @ b
    print(c[0, 0], c[1, 1], c.size, c.rows)
    print(trace(c))
    print(shape(a), shape(b), shape(Row[4](3)))
    print(scaled(Int32(5)), scaled[3](Float32(1.5)), scaled[bias=UInt8(7)](UInt8(1)))
    comptime f = scaled[10]
    print(Square[3].size, Matrix[2, 2].dt)


def packs_part():
    print(total_area(Circle(1.0), Rect(2.0, 3.0), Circle(2.0)))
    print(total_area())
    print(names[Circle, Rect, Rect]())
    print(max_of(3, 9, 4), max_of(2.5), max_of(String("a"), String("zz"), String("m")))
    log(1, "a", 2, 3.5)
    log(2)
    log(3, "x", "y", sep="-", end="!\n")
    relay(1, "b", True)
    Bundle(1, String("two"), 3.5).show()
    print(Bundle[Int, String].arity())
    print(count_if[Int, String, Circle]())


def ranges[n: Int, m: Int = 3]() -> Int:
    var t = 0
    comptime for i in range(n):
        t += i
    comptime for i in range(1, n):
        t += 10 * i
    comptime for i in range(n, 0, -1):
        t = t * 2 + i
    comptime for i in range(n, n * m, 2):
        t += i * 100
    comptime for i in range(n - 3):
        t += 100000
    return t


def main():
    control_part()
    functions_part()
    conformance_part()
    params_part()
    packs_part()
    print(ranges[4](), ranges[0](), ranges[1]())
