from std.algorithm import Concurrent, parallelize
from std.atomic import Atomic, SharedMutable
from std.memory import Span
from std.utils.lock import BlockingScopedLock, BlockingSpinLock


@fieldwise_init
struct Shape(Copyable):
    var rows: Int
    var cols: Int


struct Matrix(Copyable):
    var shape: Shape
    var cells: List[Int]

    def __init__(out self, rows: Int, cols: Int):
        self.shape = Shape(rows, cols)
        self.cells = List[Int](length=rows * cols, fill=1)

    def times(self, other: Self) -> Self:
        var result = Self(self.shape.rows, other.shape.cols)
        ref cells = result.cells

        def row(i: Int) {mut cells, imm self, imm other}:
            for j in range(other.shape.cols):
                for k in range(self.shape.cols):
                    cells[i * other.shape.cols + j] += self.cells[i * self.shape.cols + k] * other.cells[k * other.shape.cols + j]

        parallelize(row, self.shape.rows)
        return result^

def fill(s: Span[mut=True, Int, _], v: Int):
    for ref x in s:
        x = v

struct Image(Movable):
    var width: Int
    var height: Int
    var pixels: List[Int]
    var rows: List[List[Int]]
    def __init__(out self, width: Int, height: Int):
        self.width = width
        self.height = height
        self.pixels = List[Int](length=width * height, fill=0)
        self.rows = List[List[Int]](length=height, fill=[])
    def paint(mut self):
        def line(y: Int) {mut self}:
            for x in range(self.width):
                self.pixels[y * self.width + x] = x + y
            self.rows[y].append(y)
        parallelize(line, self.height)
    def shade(mut self):
        ref pixels = self.pixels
        def line(i: Int) {mut pixels, imm self}:
            pixels[i] += self.width
        parallelize(line, len(pixels))

# Functions inside of a task, views that are only read, code that is handed on, values of several threads.
@fieldwise_init
struct Runner[F: def(Int)](Movable):
    var f: Self.F
    def run(self, n: Int):
        def work(i: Int) {imm self}:
            self.f(i)
        parallelize(work, n)

# Says that no two tasks use one number.
def in_pairs[F: Concurrent & def(Int)](f: F, n: Int):
    def work(c: Int) {imm f}:
        for i in range(2 * c, 2 * c + 2):
            f(i)
    parallelize(work, n // 2)

struct Stats:
    var hits: Atomic[Int64]
    var names: List[String]
    def __init__(out self):
        self.hits = Atomic[Int64](0)
        self.names = ["a", "bb"]

struct Log(SharedMutable):
    var lock: BlockingSpinLock
    var lines: UnsafePointer[List[String], MutUntrackedOrigin]
    def __init__(out self, ref lines: List[String]):
        self.lock = BlockingSpinLock()
        self.lines = UnsafePointer(to=lines).unsafe_mut_cast[True]().unsafe_origin_cast[MutUntrackedOrigin]()
    def note(mut self, i: Int):
        with BlockingScopedLock(self.lock):
            self.lines[].append(String(i))

def inside_of_tasks():
    var n = 4
    var table = List[Int](length=16, fill=0)
    var sums = List[Int](length=4, fill=0)
    def fill(i: Int) {mut table, mut sums, n}:
        var base = i * n
        def put() {mut table, base, n}:
            for j in range(n):
                table[base + j] = base + j
        var sum = 0
        def add(x: Int) {mut sum}:
            sum += x
        put()
        add(i)
        sums[i] = sum
    parallelize(fill, 4)
    print(table, sums)
    var rows = List[List[Int]](length=3, fill=[])
    def grow(i: Int) {mut rows}:
        ref row = rows[i]
        def put(j: Int) {mut row}:
            row.append(j)
        put(i)
        put(1)
    parallelize(grow, 3)
    print(rows)

def handed_on():
    var squares = List[Int](length=4, fill=0)
    def square(i: Int) {mut squares}:
        squares[i] += i * i
    Runner(square).run(4)
    in_pairs(square, 4)
    print(squares)
    var texts: List[String] = ["a", "bb", "ccc"]
    var p = Pointer(to=texts)
    var maybe = Optional(p)
    var lengths = List[Int](length=3, fill=0)
    def measure(i: Int) {p, imm maybe, mut lengths}:
        var q = p
        if maybe:
            lengths[i] = maybe.value()[][i].byte_length() + q[][0].byte_length()
    parallelize(measure, 3)
    print(lengths)

def of_several_threads():
    var stats = Stats()
    def count(i: Int) {mut stats}:
        stats.hits += Int64(stats.names[i % 2].byte_length())
    parallelize(count, 10)
    print(stats.hits.load())
    var lines = List[String]()
    var log = Log(lines)
    def note(i: Int) {mut log}:
        log.note(i)
    parallelize(note, 10)
    print(len(lines))

def main():
    var xs: List[Int] = [4, 9, 2, 7]
    var ys = List[Int](length=4, fill=0)
    def copy(i: Int) {mut ys, imm xs}:
        ys[i] = xs[i] + xs[(i + 1) % 4] + len(ys)
    parallelize(copy, 4)
    print(ys)
    var s = Span(xs)
    def dbl(i: Int) {imm s}:
        s[i] *= 2
    parallelize(dbl, 4)
    print(xs)
    var names: List[String] = ["a", "b", "c"]
    def tag(i: Int) {mut names}:
        names[i] += String(i)
        ref n = names[i]
        n += "!"
    parallelize(tag, 3)
    print(names)
    var grid = List[List[Int]]()
    for i in range(3):
        grid.append(List[Int]())
    def row(i: Int) {mut grid}:
        for j in range(3):
            grid[i].append(i * j)
    parallelize(row, 3)
    print(grid)
    var k = 10
    def helper(x: Int) {imm k} -> Int:
        return x + k
    def use(i: Int) {imm helper, mut ys}:
        ys[i] = helper(i)
    parallelize(use, 4)
    print(ys)
    var arr: Array[Int, 4] = [0, 0, 0, 0]
    def arrw(i: Int) {mut arr, imm s}:
        arr[i] = s[i] + s[0]
    parallelize(arrw, 4)
    print(arr[0], arr[3])
    var rows = 2
    var table = List[Int](length=8, fill=0)
    def fill_rows(i: Int) {mut table, imm rows}:
        for j in range(rows):
            table[i * rows + j] = 10 * i + j
            table[i * rows + j] += 1
    parallelize(fill_rows, 4)
    print(table)
    print(Matrix(2, 3).times(Matrix(3, 4)).cells)
    var image = Image(3, 2)
    image.paint()
    image.shade()
    print(image.pixels, image.rows)
    inside_of_tasks()
    handed_on()
    of_several_threads()

# output:
#   [17, 15, 13, 15]
#   [8, 18, 4, 14]
#   [a0!, b1!, c2!]
#   [[0, 0, 0], [0, 1, 2], [0, 2, 4]]
#   [10, 11, 12, 13]
#   16 22
#   [1, 2, 11, 12, 21, 22, 31, 32]
#   [4, 4, 4, 4, 4, 4, 4, 4]
#   [3, 4, 5, 4, 5, 6] [[0], [1]]
#   [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15] [0, 1, 2, 3]
#   [[0, 1], [1, 1], [2, 1]]
#   [0, 2, 8, 18]
#   [2, 3, 4]
#   15
#   10
