# Memory that is reached in two ways while a loop runs: inner lists that grow, rows exchanged, structs seen through a pointer to their
# fields, storage that holds first one type and then another. What the optimizer believes about fields must not show.
from std.utils import Variant


@fieldwise_init
struct Pair(Copyable):
    var first: Int
    var second: Int


@fieldwise_init
struct Table(Copyable):
    var rows: List[List[Int]]
    var width: Int


def grow(mut rows: List[List[Int]]) -> Int:
    var total = 0
    for j in range(20):
        rows[0].append(j)
        total += rows[0][j] + len(rows[0])
        rows[1][j % 2] += rows[0][j]
    return total


def exchange(mut rows: List[List[Int]]) -> Int:
    var total = 0
    for j in range(6):
        rows[0][j] = total
        rows.reverse()
        total += rows[0][j] * 10 + rows[1][j]
    return total


def through_fields(mut pair: Pair) -> Int:
    var fields = Pointer(to=pair).unsafe_bitcast[Int]()
    var total = 0
    for i in range(5):
        fields[unsafe_offset=1] = i
        total += pair.second
        pair.second = total
        total += fields[unsafe_offset=1]
    return total


def increase(mut n: Int):
    n += 1


def one_field(mut table: Table) -> Int:
    var total = 0
    for i in range(4):
        increase(table.width)
        table.rows[0][i] = table.width
        total += table.rows[0][i] * table.width
    return total


def kinds(mut values: List[Variant[Int, List[Int]]]) -> Int:
    var total = 0
    for round in range(6):
        for i in range(len(values)):
            if values[i].isa[Int]():
                total += values[i][Int]
                values[i] = List[Int](length=2, fill=total)
            else:
                total += values[i][List[Int]][0] + len(values[i][List[Int]])
                values[i] = round
    return total


def product(a: List[List[Float64]], b: List[List[Float64]], mut c: List[List[Float64]]):
    for i in range(len(a)):
        for j in range(len(b[0])):
            for k in range(len(b)):
                c[i][j] += a[i][k] * b[k][j]


def words(mut rows: List[List[String]]) -> String:
    var all = String()
    for i in range(len(rows)):
        for j in range(len(rows[i])):
            rows[i][j] += String(j)
            all += rows[i][j] + " "
    return all


def main():
    var rows: List[List[Int]] = [[], [0, 0]]
    print(grow(rows), rows[1])
    var more: List[List[Int]] = [[1, 2, 3, 4, 5, 6], [7, 8, 9, 10, 11, 12]]
    print(exchange(more), more[0], more[1])
    var pair = Pair(1, 2)
    print(through_fields(pair), pair.first, pair.second)
    var table = Table([[0, 0, 0, 0]], 7)
    print(one_field(table), table.rows[0], table.width)
    var values = List[Variant[Int, List[Int]]]()
    values.append(1)
    values.append(List[Int](length=3, fill=5))
    values.append(3)
    print(kinds(values))
    var a: List[List[Float64]] = [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]
    var b: List[List[Float64]] = [[1.0, 0.5, 2.0], [0.25, 1.0, 3.0]]
    var c: List[List[Float64]] = [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
    product(a, b, c)
    print(c[0], c[1], c[2])
    # A matrix times itself, in place of itself: each element is read after it was written.
    var square: List[List[Int]] = [[1, 2], [3, 4]]
    for i in range(2):
        for j in range(2):
            for k in range(2):
                square[i][j] += square[i][k] * square[k][j]
    print(square[0], square[1])
    var texts: List[List[String]] = [["a", "b"], [], ["a rather long text that lies on the heap"]]
    print(words(texts) + "|")

# output:
#   400 [90, 100]
#   3720 [0, 2, 160, 4, 860, 6] [7, 70, 9, 410, 11, 1830]
#   52 1 26
#   366 [8, 9, 10, 11] 11
#   587
#   [1.5, 2.5, 8.0] [4.0, 5.5, 18.0] [6.5, 8.5, 28.0]
#   [8, 90] [135, 147731870]
#   a0 b1 a rather long text that lies on the heap0 |
