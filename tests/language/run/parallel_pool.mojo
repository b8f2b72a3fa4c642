# The pool behind parallelize: every item once, whatever the numbers; calls inside items; results of reductions; chunks.
# output:
#   332833500
#   1 7 0
#   45 45
#   [3, 3, 3, 3, 3, 3, 3, 3, 3, 3]
#   499995000.0 3.0
#   10 abcdefghij
#   0 9 10 99
#   [0, 0, 1, 1, 2]
#   done
from std.algorithm import parallel_reduce, parallelize, parallelize_chunks, sync_parallelize
from max.algorithm import parallelize as max_parallelize
from std.atomic import Atomic
from std.memory import Span
from std.memory.alloc import unsafe_alloc


def main():
    var squares = List[Int](length=1000, fill=0)

    def square(i: Int) {mut squares}:
        squares[i] = i * i

    parallelize(square, 1000)
    var total = 0
    for x in squares:
        total += x
    print(total)

    # One item, no item, more workers than items, one worker.
    var counts = List[Int](length=3, fill=0)

    def count(i: Int) {mut counts}:
        counts[i] += 1

    parallelize(count, 1, 8)
    parallelize(count, 0)
    parallelize(count, 0, 4)
    print(counts[0], end=" ")

    var seven = List[Int](length=7, fill=0)

    def one(i: Int) {mut seven}:
        seven[i] += 1

    parallelize(one, 7, 100)
    total = 0
    for x in seven:
        total += x
    print(total, counts[2])

    # Many tasks of one item each, and the name of the other package.
    var sum = Atomic[Int](0)

    def add(i: Int) {imm sum}:
        _ = sum.fetch_add(i)

    sync_parallelize(add, 10)
    print(sum.load(), end=" ")
    max_parallelize(add, 10, 3)
    print(sum.load() - 45)

    # A call inside an item runs on that item's thread.
    var grid = unsafe_alloc[Int](100)

    def row(i: Int) {imm grid}:
        def cell(j: Int) {imm grid, imm i}:
            grid[unsafe_offset=i * 10 + j] = 3

        parallelize(cell, 10)

    parallelize(row, 10)
    var cells = List[Int]()
    for i in range(10):
        cells.append(grid[unsafe_offset=i * 11])
    grid.unsafe_free()
    print(cells)

    # Reductions keep the order; the result does not depend on the number of processors.
    var values = List[Float64]()
    for i in range(100000):
        values.append(Float64(i) * 0.1)

    def value(i: Int) {imm values} -> Float64:
        return values[i]

    def plus(a: Float64, b: Float64) -> Float64:
        return a + b

    print(parallel_reduce(len(values), Float64(0), value, plus), parallel_reduce(0, Float64(3), value, plus))

    def letter(i: Int) -> String:
        return String(chr(97 + i))

    def join(a: String, b: String) -> String:
        return a + b

    var word = parallel_reduce(10, String(""), letter, join)
    print(word.byte_length(), word)

    # Each chunk belongs to one task.
    var numbers = List[Int](length=100, fill=0)

    def number(index: Int, part: Span[Int, origin_of(numbers)]):
        for i in range(len(part)):
            part[i] = index * 10 + i

    parallelize_chunks(Span(numbers), 10, number)
    print(numbers[0], numbers[9], numbers[10], numbers[99])
    var uneven = List[Int](length=5, fill=9)

    def mark(index: Int, part: Span[Int, origin_of(uneven)]):
        for ref x in part:
            x = index

    parallelize_chunks(Span(uneven), 2, mark)
    print(uneven)

    # Many small jobs, one after the other.
    var ones = List[Int](length=4, fill=0)

    def more(i: Int) {mut ones}:
        ones[i] += 1

    for _ in range(2000):
        parallelize(more, 4, 4)
    for x in ones:
        if x != 2000:
            print("lost", x)
    print("done")
