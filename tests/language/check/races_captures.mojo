# Tasks that run in parallel: what each may do with what it captured. One mistake in each function.
from std.algorithm import parallelize, sync_parallelize
from std.atomic import Atomic, NotShared
from std.collections import Deque
from std.memory import ArcPointer, OwnedPointer
from std.python import PythonObject


struct N(Movable):
    var s: String

    def __init__(out self, s: String):
        self.s = s

    def touch(mut self):
        self.s += "!"

def t01():
    var total = 0
    def w(i: Int) {mut total}:
        total += i  #~ error[M3030] "'total' of type 'Int'"
    parallelize(w, 4)
def t02():
    var l = List[Int]()
    def w(i: Int) {mut l}:
        l.append(i)  #~ error[M3030] "'l' of type 'List[Int]'"
    parallelize(w, 4)
def t03():
    var out = List[Int](length=4, fill=0)
    def w(i: Int) {mut out}:
        out[0] += i  #~ error[M3030] "'out' of type 'List[Int]'"
    parallelize(w, 4)
def t04():
    var out = List[Int](length=4, fill=0)
    def w(i: Int) {mut out}:
        out[i] = i
    parallelize(w, 4)
def t05():
    var out = List[Int](length=4, fill=0)
    def w(i: Int) {mut}:
        out[i] = i
        out[i + 1] = i  #~ error[M3030] "'out' of type 'List[Int]'"
    parallelize(w, 4)
def t06():
    var a = List[Int](length=4, fill=0)
    var b = List[Int](length=4, fill=1)
    def w(i: Int) {mut a, imm b}:
        a[i] = b[3 - i] + b[0]
    parallelize(w, 4)
def t07():
    var s = String("")
    def w(i: Int) {mut s}:
        s += String(i)  #~ error[M3030] "'s' of type 'String'"
    parallelize(w, 4)
def t08():
    var d = Dict[Int, Int]()
    def w(i: Int) {mut d}:
        d[i] = i  #~ error[M3030] "'d' of type 'Dict[Int, Int]'"
    parallelize(w, 4)
def t09():
    var best = 0
    def w(i: Int) {mut best}:
        if i > best:  #~ error[M3030] "'best' of type 'Int'"
            best = i
    parallelize(w, 4)
def t10():
    var c = Atomic[Int64](0)
    def w(i: Int) {mut c}:
        _ = c.fetch_add(1)
    parallelize(w, 4)
def t11():
    var n = N("x")
    def w(i: Int) {mut n}:
        n.touch()  #~ error[M3030] "'n' of type 'N'"
    parallelize(w, 4)
def t12():
    var out = List[Int](length=8, fill=0)
    def w(i: Int) {mut out}:
        out[2 * i] = i
        out[2 * i + 1] = i
    parallelize(w, 4)
def t13():
    var out = List[Int](length=8, fill=0)
    def w(i: Int) {mut out}:
        var j = i
        j += 1
        out[j] = i  #~ error[M3030] "'out' of type 'List[Int]'"
    parallelize(w, 4)
def t14():
    var out = List[Int](length=8, fill=0)
    var p = Pointer(to=out)
    def w(i: Int) {imm p}:
        p[].append(i)  #~ error[M3030] "'p' of type 'Pointer[List[Int], origin_of(out)]'"
    parallelize(w, 4)
def t15():
    var out = List[List[Int]]()
    def w(i: Int) {mut out}:
        out[i].append(i)
    parallelize(w, 4)
def t16():
    var out = List[List[Int]]()
    def w(i: Int) {mut out}:
        for j in range(4):
            out[i][j] = j
            out[j][i] = j  #~ error[M3030] "'out' of type 'List[List[Int]]'"
    parallelize(w, 4)
def t17():
    var out = List[Int](length=8, fill=0)
    def w(i: Int) {mut out}:
        for j in range(2):
            out[i * 2 + j] = i
    parallelize(w, 4)
def t18():
    var out = List[Int](length=8, fill=0)
    var n = 8
    def w(i: Int) {mut out, imm n}:
        out[(i + 1) % n] = i  #~ error[M3030] "'out' of type 'List[Int]'"
    parallelize(w, 4)
def t20():
    var log = List[String]()
    def note(s: String) {mut log}: log.append(s)
    def w(i: Int) {imm note}:
        note(String(i))  #~ error[M3030] "'note' of type 'note[origin_of(log)]'"
    parallelize(w, 4)
def t21():
    var rows = 3
    var grid = List[Int](length=12, fill=0)
    def w(i: Int) {mut grid, imm rows}:
        for j in range(rows):
            grid[i * rows + j] = j
            grid[i * rows + j] += 1
        var first = i * rows
        for j in range(0, rows):
            grid[first + j] += 1
    parallelize(w, 4)
def t30():
    var rows = 3
    var grid = List[Int](length=12, fill=0)
    def w(i: Int) {mut grid, imm rows}:
        for j in range(rows + 1):
            grid[i * rows + j] = j  #~ error[M3030] "'grid' of type 'List[Int]'"
    parallelize(w, 4)
def t31():
    var rows = 3
    var grid = List[Int](length=12, fill=0)
    def w(i: Int) {mut grid, mut rows}:
        rows -= 1  #~ error[M3030] "'rows' of type 'Int'"
        for j in range(rows):
            grid[i * rows + j] = j  #~ error[M3030] "'grid' of type 'List[Int]'"
    parallelize(w, 4)
def t32():
    var count = 0
    def w(i: Int) {imm count}:
        print(count + i)
    parallelize(w, 4)
def t22():
    var n = N("x")
    def w(i: Int) {var n^}:
        print(n.s)
    parallelize(w, 4)
def t23():
    var flag = False
    def w(i: Int) {mut flag}:
        flag = True  #~ error[M3030] "'flag' of type 'Bool'"
    sync_parallelize(w, 4)
def t24():
    var xs: List[Float64] = [1.0, 2.0]
    var sum = 0.0
    def w(i: Int) {imm xs, mut sum}:
        sum += xs[i]  #~ error[M3030] "'sum' of type 'Float64'"
    parallelize(w, 2, 2)
def t25():
    var m = Array[Int, 4](fill=0)
    def w(i: Int) {mut m}:
        m[i] += 1
        print(len(m))
    parallelize(w, 4)
def t26():
    var out = List[Int](length=8, fill=0)
    def w(i: Int) {ref out}:
        out[i] = 1
        out[i - 1] = 1  #~ error[M3030] "'out' of type 'List[Int]'"
    parallelize(w, 4)
def helper(mut l: List[Int], i: Int): l[i] = 1
def t27():
    var out = List[Int](length=8, fill=0)
    def w(i: Int) {mut out}:
        helper(out, i)  #~ error[M3030] "'out' of type 'List[Int]'"
    parallelize(w, 4)
def t28():
    var t = (0, 0)
    def w(i: Int) {mut t}:
        t[0] = i  #~ error[M3030] "'t' of type 'Tuple[Int, Int]'"
    parallelize(w, 4)
def t29():
    var out = List[Int](length=8, fill=0)
    parallelize(lambda (i: Int) {mut out} -> None: out.append(i), 4)  #~ error[M3030] "'out' of type 'List[Int]'"

# ---- views: a pointer or span that a task got may be written through, wherever it lies

def v1():
    var s = String("")
    var p = Pointer(to=s)
    def w(i: Int) {p}:
        p[] += String(i)  #~ error[M3030] "'p' of type 'Pointer[String, origin_of(s)]'"
    parallelize(w, 4)
def v2():
    var n = 0
    var p = Pointer(to=n)
    def w(i: Int) {p}:
        var q = p  #~ error[M3030] "'p' of type 'Pointer[Int, origin_of(n)]'"
        q[] += i
    parallelize(w, 4)
def v3():
    var s: List[Int] = [0]
    var ps = [Pointer(to=s)]
    var maybe = Optional(Pointer(to=s))
    var t = (Pointer(to=s), 1)
    def w(i: Int) {imm ps}:
        ps[0][].append(i)  #~ error[M3030] "'ps' of type"
    def x(i: Int) {imm maybe}:
        maybe.value()[].append(i)  #~ error[M3030] "'maybe' of type"
    def y(i: Int) {imm t}:
        t[0][].append(i)  #~ error[M3030] "'t' of type"
    parallelize(w, 4)
    parallelize(x, 4)
    parallelize(y, 4)
def v4():
    var a = List[Int](length=4, fill=0)
    var b = List[Int](length=4, fill=0)
    def w(i: Int) {mut a, mut b}:
        ref t = a[i] if i % 2 == 0 else b[0]  #~ error[M3030] "'b' of type 'List[Int]'"
        t += 1
    parallelize(w, 4)

# ---- functions inside of a task, and captured ones

def c1():
    var xs = List[Int](length=4, fill=0)
    var sp = Span(xs)
    def inner(i: Int) {sp}:
        sp[0] = i
    def w(i: Int) {imm inner}:
        inner(i)  #~ error[M3030] "'inner' of type 'inner[origin_of(sp)]'"
    parallelize(w, 4)
def c2():
    var s: List[Int] = [0]
    def w(i: Int) {mut s}:
        def inner() {mut s}:
            s.append(1)  #~ error[M3030] "'s' of type 'List[Int]'"
        inner()
    parallelize(w, 4)
def c3():
    var grid = List[List[Int]](length=4, fill=[0])
    def w(i: Int) {mut grid}:
        ref row = grid[0]  #~ error[M3030] "'grid' of type 'List[List[Int]]'"
        def put(j: Int) {mut row}:
            row.append(j)
        put(1)
    parallelize(w, 4)
def c4():
    var out = List[Int](length=16, fill=0)
    def w(i: Int) {mut out}:
        def put(j: Int) {mut out, i}:
            out[i * 4 + j] = j  #~ error[M3030] "'out' of type 'List[Int]'"
        for j in range(5):
            put(j)
    parallelize(w, 4)

# ---- functions that hand code on to tasks

def run[F: def(Int)](f: F, n: Int):
    def w(i: Int) {imm f}:
        f(i)
    parallelize(w, n)
def run_first[F: def(Int)](f: F, n: Int):
    def w(i: Int) {imm f}:
        f(0)
    parallelize(w, n)
@fieldwise_init
struct Runner[F: def(Int)](Movable):
    var f: Self.F
    def run(self, n: Int):
        def w(i: Int) {imm self}:
            self.f(i)
        parallelize(w, n)
trait Worker:
    def go(self, i: Int): ...
@fieldwise_init
struct Adds[o: MutOrigin](Worker, Copyable):
    var p: Pointer[Int, Self.o]
    def go(self, i: Int):
        self.p[] += i
def run_worker[T: Worker](w: T):
    def task(i: Int) {imm w}:
        w.go(i)
    parallelize(task, 4)

def h1():
    var s = List[Int](length=4, fill=0)
    def inner(i: Int) {mut s}:
        s[i] += i
    run(inner, 4)
    Runner(inner).run(4)
def h2():
    var s = List[Int](length=4, fill=0)
    def inner(i: Int) {mut s}:
        s.append(i)  #~ error[M3030] "'s' of type 'List[Int]'"
    run(inner, 4)
def h3():
    var s = List[Int](length=4, fill=0)
    def inner(i: Int) {mut s}:
        s[i] += i  #~ error[M3030] "'s' of type 'List[Int]'"
    run_first(inner, 4)
def h4():
    var s: List[Int] = []
    def inner(i: Int) {mut s}:
        s.append(i)  #~ error[M3030] "'s' of type 'List[Int]'"
    Runner(inner).run(4)
def h5():
    var n = 0
    run_worker(Adds(Pointer(to=n)))  #~ error[M3031] "'Adds[origin_of(n)]'"

# ---- what types say

struct Stats:
    var hits: Atomic[Int64]
    var names: List[Int]
    var left: OwnedPointer[Int]
    def __init__(out self):
        self.hits = Atomic[Int64](0)
        self.names = []
        self.left = OwnedPointer(1)
struct Handle(NotShared):
    var n: Int
    def __init__(out self, n: Int):
        self.n = n
@fieldwise_init
struct Session(Movable):
    var handle: Handle

def y1():
    var stats = Stats()
    def w(i: Int) {mut stats}:
        stats.hits += Int64(len(stats.names))
    parallelize(w, 4)
def y2():
    var stats = Stats()
    def w(i: Int) {mut stats}:
        stats.hits += 1
        stats.names.append(i)  #~ error[M3030] "'stats.names' of type 'List[Int]'"
    def x(i: Int) {mut stats}:
        stats.left[] += i  #~ error[M3030] "'stats.left' of type 'OwnedPointer[Int]'"
    parallelize(w, 4)
    parallelize(x, 4)
def y3():
    var waiting = Deque[Int]()
    def w(i: Int) {mut waiting}:
        waiting.append(i)  #~ error[M3030] "'waiting' of type 'Deque[Int]'"
    parallelize(w, 4)
def y4(object: PythonObject):
    var handle = Handle(1)
    var session = Session(Handle(2))
    def w(i: Int) {imm handle, imm session}:
        print(handle.n + session.handle.n)  #~ error[M3033] "'handle' of type 'Handle'" #~ error[M3033] "'session' of type 'Session'"
    def x(i: Int) {imm object}:
        print(Bool(object is object))  #~ error[M3033] "'object' of type 'PythonObject'"
    parallelize(w, 4)
    parallelize(x, 4)

# What several owners share may be read by all tasks and written by none.
def shared_written():
    var a = ArcPointer(N("a"))
    def w(i: Int) {imm a}:
        a[].touch()  #~ error[M3030] "'a' of type 'ArcPointer[N]'"
    parallelize(w, 4)
def shared_read():
    var a = ArcPointer(List[Int](length=8, fill=1))
    var out = List[Int](length=8, fill=0)
    def w(i: Int) {imm a, mut out}:
        out[i] = a[][i] + len(a[])
    parallelize(w, 4)
# Tasks share one closure, and what it owns.
def owned_changed():
    var l: List[Int] = [1]
    def w(i: Int) {var l^}:
        l.append(i)  #~ error[M3030] "'l' of type 'List[Int]'"
    parallelize(w, 4)
def owned_changed_inside():
    var l: List[Int] = [1]
    def note(i: Int) {var l^}:
        l.append(i)
    def w(i: Int) {imm note}:
        note(i)  #~ error[M3030] "'note'"
    parallelize(w, 4)
def owned_read():
    var l: List[Int] = [1, 2]
    var out = List[Int](length=8, fill=0)
    def get(i: Int) {var l^} -> Int:
        return l[i % 2] + len(l)
    var own: List[Int] = [3, 4]
    def w(i: Int) {imm get, var own^, mut out}:
        out[i] = get(i) + own[i % 2]
    parallelize(w, 8)
# What one task writes through one capture, another may not see through a second.
def seen_through_a_view():
    var out = List[Int](length=8, fill=0)
    var s = Span(out)
    def w(i: Int) {mut out, imm s}:
        out[i] = s[(i + 1) % 8]  #~ error[M3030] "'out' of type 'List[Int]'"
    parallelize(w, 8)
def seen_through_a_closure():
    var out = List[Int](length=8, fill=0)
    def get(i: Int) {imm out} -> Int:
        return out[(i + 1) % 8]
    def w(i: Int) {mut out, imm get}:
        out[i] = get(i)  #~ error[M3030] "'out' of type 'List[Int]'"
    parallelize(w, 8)
def two_views_of_one_list():
    var out = List[Int](length=8, fill=0)
    var left = Span(out)[0:5]
    var right = Span(out)[3:8]
    def w(i: Int) {imm left, imm right}:
        left[i] = i  #~ error[M3030] "'right' of type 'Span[Int, origin_of(out)]'"
        right[i] = i
    parallelize(w, 4)
def length_of_what_is_viewed():
    var out = List[Int](length=8, fill=0)
    var s = Span(out)
    def w(i: Int) {imm s, imm out}:
        s[i] = len(out)
    parallelize(w, 8)
def view_with_an_origin_parameter[o: MutOrigin](s: Span[Int, o]):
    def w(i: Int) {imm s}:
        s[0] = i  #~ error[M3030] "'s' of type 'Span[Int, o]'"
    parallelize(w, 8)
struct HoldsView[o: MutOrigin](Movable):
    var s: Span[Int, Self.o]
    def __init__(out self, ref[Self.o] l: List[Int]):
        self.s = Span(l)
    def put(self, i: Int):
        self.s[0] = i
def view_in_a_field():
    var out = List[Int](length=8, fill=0)
    var h = HoldsView(out)
    def own(i: Int) {imm h}:
        h.s[i] += 1
    parallelize(own, 8)
    def w(i: Int) {imm h}:
        h.s[i // 2] += 1  #~ error[M3030] "'h.s' of type 'Span[Int, origin_of(out)]'"
    parallelize(w, 8)
    def by_method(i: Int) {imm h}:
        h.put(i)  #~ error[M3030] "'h' of type 'HoldsView[origin_of(out)]'"
    parallelize(by_method, 8)
# A method that only reads is told from one that writes, also where it hands the value on.
def bump(mut x: Int):
    x += 1
def peek(r: Reader, i: Int) -> Int:
    return r.at(i) + r.s[0]
def dot(a: Span[Int, _], b: List[Int]) -> Int:
    return a[0] * b[0]
def fill[o: MutOrigin](s: Span[Int, o]):
    s[0] = 1
@fieldwise_init
struct Reader[o: MutOrigin](Copyable):
    var s: Span[Int, Self.o]
    var n: Int
    def at(self, i: Int) -> Int:
        return self.s[i] + self.n + len(self.s)
    def total(self) -> Int:
        var sum = dot(self.s, [1])
        for x in self.s:
            sum += x
        ref first = self.s[0]
        return sum + first + peek(self, 1)
    def view(self) -> Span[Int, Self.o]:
        return self.s
    def slot(self) -> ref[Self.o] Int:
        return self.s[0]
    def by_loop(self):
        for ref x in self.s:
            x += 1
    def by_reference(self):
        ref x = self.s[0]
        x += 1
    def by_function(self):
        fill(self.s)
    def by_copy(self):
        var t = self.s
        t[0] = 1
    def by_slice(self):
        self.s[0:2][0] = 1
    def by_view(self):
        self.view()[0] = 1
    def by_slot(self):
        bump(self.slot())
    def by_closure(self):
        def inner() {imm self}:
            self.s[0] = 1
        inner()
    def deep(self, n: Int):
        if n > 0:
            self.by_loop()
        else:
            self.deep(1)
def readers(r: Reader):
    var out = List[Int](length=8, fill=0)
    def reads(i: Int) {imm r, mut out}:
        out[i] = r.at(i) + r.total() + peek(r, i)
    parallelize(reads, 8)
    def w1(i: Int) {imm r}:
        r.by_loop()  #~ error[M3030] "'r' of type 'Reader[o]'"
    parallelize(w1, 8)
    def w2(i: Int) {imm r}:
        r.by_reference()  #~ error[M3030] "'r' of type 'Reader[o]'"
    parallelize(w2, 8)
    def w3(i: Int) {imm r}:
        r.by_function()  #~ error[M3030] "'r' of type 'Reader[o]'"
    parallelize(w3, 8)
    def w4(i: Int) {imm r}:
        r.by_copy()  #~ error[M3030] "'r' of type 'Reader[o]'"
    parallelize(w4, 8)
    def w5(i: Int) {imm r}:
        r.by_slice()  #~ error[M3030] "'r' of type 'Reader[o]'"
    parallelize(w5, 8)
    def w6(i: Int) {imm r}:
        r.by_view()  #~ error[M3030] "'r' of type 'Reader[o]'"
    parallelize(w6, 8)
    def w7(i: Int) {imm r}:
        r.by_slot()  #~ error[M3030] "'r' of type 'Reader[o]'"
    parallelize(w7, 8)
    def w8(i: Int) {imm r}:
        r.by_closure()  #~ error[M3030] "'r' of type 'Reader[o]'"
    parallelize(w8, 8)
    def w9(i: Int) {imm r}:
        r.deep(0)  #~ error[M3030] "'r' of type 'Reader[o]'"
    parallelize(w9, 8)
def reader_of_what_is_written():
    var out = List[Int](length=8, fill=0)
    var r = Reader(Span(out), 0)
    def w(i: Int) {imm r, mut out}:
        out[i] = r.at(0)  #~ error[M3030] "'out' of type 'List[Int]'"
    parallelize(w, 8)
# Fields of a capture count for themselves.
struct Cells(Movable):
    var cells: List[Int]
    var sum: Int
    def __init__(out self):
        self.cells = List[Int](length=8, fill=0)
        self.sum = 0
    def total(self) -> Int:
        return self.cells[0]
    def counts(mut self):
        def w(i: Int) {mut self}:
            self.cells[i] = i
            self.sum += i  #~ error[M3030] "'self.sum' of type 'Int'"
        parallelize(w, 8)
    def looks(mut self):
        def w(i: Int) {mut self}:
            self.cells[i] = self.total()  #~ error[M3030] "'self.cells' of type 'List[Int]'"
        parallelize(w, 8)
def main(): pass
