# What tasks that run in parallel may not do with what they captured.
from std.algorithm import parallelize, sync_parallelize


struct Counter:
    var n: Int

    def __init__(out self):
        self.n = 0

    def bump(mut self):
        self.n += 1


def for_each[F: def(Int) -> None](n: Int, f: F):
    parallelize(f, n)


def main():
    var total = 0

    def accumulate(i: Int) {mut total}:
        total += i  #~ error[M3030] "'total' of type 'Int' is captured mutably"

    parallelize(accumulate, 8)
    var cells: List[Int] = [1, 2, 3, 4]

    def neighbour(i: Int) {mut cells}:
        cells[i] = cells[(i + 1) % 4]  #~ error[M3030] "'cells'"

    sync_parallelize(neighbour, 4)

    def append(i: Int) {mut cells}:
        cells.append(i)  #~ error[M3030] "'cells'"

    for_each(4, append)
    var c = Counter()

    def call(i: Int) {mut c}:
        c.bump()  #~ error[M3030] "'c'"

    parallelize(call, 4, 2)
    var view = Span(cells)

    def through_view(i: Int) {imm view}:
        view[0] = i  #~ error[M3030] "'view'"

    parallelize(through_view, 4)

    def helper(n: Int) {mut total}:
        total += n

    def through_closure(i: Int) {imm helper}:
        helper(i)  #~ error[M3030] "'helper'"

    parallelize(through_closure, 4)

    def through_reference(i: Int) {mut cells}:
        ref slot = cells[i]
        slot += cells[0]  #~ error[M3030] "'cells'"

    parallelize(through_reference, 4)
    var other = Counter()

    def by_changing_stride(i: Int) {mut cells, mut other}:
        other.n = i + 1  #~ error[M3030] "'other.n'"
        for j in range(other.n):
            cells[i * other.n + j] = 0  #~ error[M3030] "'cells'"

    parallelize(by_changing_stride, 4)
    var wide = Counter()

    def by_other_stride(i: Int) {mut cells, imm c, imm wide}:
        for j in range(wide.n):
            cells[i * c.n + j] = 0  #~ error[M3030] "'cells'"

    parallelize(by_other_stride, 4)
