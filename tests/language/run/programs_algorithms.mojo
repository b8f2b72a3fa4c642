# Small programs: graphs, the game of life, classical algorithms, itertools.
# output:
#   == graph
#   [0, 1, 1, 2, 2, 1] [0, 7, 9, 20, 20, 11]
#   [0, 1, 2, 3, 4, 5] [Edge(to=0, weight=9), Edge(to=1, weight=10), Edge(to=3, weight=11), Edge(to=5, weight=2)]
#   == life
#   ......
#   ......
#   ...#..
#   ....#.
#   ..###.
#   ......
#   == algos
#   [0, 1, 2, 3, 3] [a, b, c]
#   3 None
#   9
#   4 4
#   6 [[1, 2, 3], [1, 3, 2], [2, 1, 3], [2, 3, 1], [3, 2, 1], [3, 1, 2]]
#   7 A->C A->B C->B A->C B->A B->C A->C
#   == itert
#   1 x; 1 y; 2 x; 2 y; 
#   [5, 6, 7, 8]
#   [3, 4]
#   1 2 3 1 2 3 1 
#   ab|ab|ab|
#   [2, 4, 6]
#   10 a
#   11 b
#   [10, 7, 4, 1] 4
#   7 8
#   302
#   5
from std.collections import Deque, BinaryHeap
from std.itertools import product, take, drop, take_while, drop_while, cycle, repeat, count


# ---- graph

@fieldwise_init


struct Edge(Copyable, Writable):
    var to: Int
    var weight: Int


struct Graph:
    var adj: List[List[Edge]]
    def __init__(out self, n: Int):
        self.adj = [List[Edge]() for _ in range(n)]
    def add(mut self, a: Int, b: Int, w: Int = 1):
        self.adj[a].append(Edge(b, w))
        self.adj[b].append(Edge(a, w))
    def bfs(self, start: Int) -> List[Int]:
        var dist = List[Int](length=len(self.adj), fill=-1)
        var queue = Deque[Int]()
        dist[start] = 0
        queue.append(start)
        while len(queue) > 0:
            try:
                var v = queue.popleft()
                for ref e in self.adj[v]:
                    if dist[e.to] < 0:
                        dist[e.to] = dist[v] + 1
                        queue.append(e.to)
            except:
                break
        return dist^
    def dfs(self, v: Int, mut seen: List[Bool], mut order: List[Int]):
        seen[v] = True
        order.append(v)
        for ref e in self.adj[v]:
            if not seen[e.to]:
                self.dfs(e.to, seen, order)
    def shortest(self, start: Int) -> List[Int]:
        comptime INF = 1_000_000
        var dist = List[Int](length=len(self.adj), fill=INF)
        var done = List[Bool](length=len(self.adj), fill=False)
        dist[start] = 0
        for _ in range(len(self.adj)):
            var best = -1
            for v in range(len(self.adj)):
                if not done[v] and (best < 0 or dist[v] < dist[best]):
                    best = v
            done[best] = True
            for ref e in self.adj[best]:
                dist[e.to] = min(dist[e.to], dist[best] + e.weight)
        return dist^


def graph():
    var g = Graph(6)
    g.add(0, 1, 7); g.add(0, 2, 9); g.add(0, 5, 14)
    g.add(1, 2, 10); g.add(1, 3, 15); g.add(2, 3, 11)
    g.add(2, 5, 2); g.add(3, 4, 6); g.add(4, 5, 9)
    print(g.bfs(0), g.shortest(0))
    var seen = List[Bool](length=6, fill=False)
    var order = List[Int]()
    g.dfs(0, seen, order)
    print(order, g.adj[2])


# ---- life

struct Life(Copyable, Writable):
    var w: Int
    var h: Int
    var cells: List[Bool]
    def __init__(out self, rows: List[String]):
        self.h = len(rows)
        self.w = rows[0].byte_length()
        self.cells = []
        for ref r in rows:
            for c in r.codepoint_slices():
                self.cells.append(c == "#")
    def at(self, x: Int, y: Int) -> Bool:
        return self.cells[(y % self.h) * self.w + x % self.w]
    def step(self) -> Self:
        var next = self.copy()
        for y in range(self.h):
            for x in range(self.w):
                var n = 0
                for dy in range(-1, 2):
                    for dx in range(-1, 2):
                        if (dx != 0 or dy != 0) and self.at(x + dx, y + dy):
                            n += 1
                next.cells[y * self.w + x] = n == 3 or (n == 2 and self.at(x, y))
        return next^
    def write_to(self, mut writer: Some[Writer]):
        for y in range(self.h):
            for x in range(self.w):
                writer.write("#" if self.at(x, y) else ".")
            writer.write("\n")


def life():
    var game = Life(["......", "..#...", "...#..", ".###..", "......", "......"])
    for _ in range(4):
        game = game.step()
    print(game, end="")


# ---- algos

def quicksort[T: Comparable & Copyable & Deinitable](xs: List[T]) -> List[T]:
    if len(xs) <= 1:
        return xs.copy()
    var pivot = xs[len(xs) // 2].copy()
    var less = List[T]()
    var same = List[T]()
    var more = List[T]()
    for ref x in xs:
        if x < pivot: less.append(x.copy())
        elif x > pivot: more.append(x.copy())
        else: same.append(x.copy())
    var out = quicksort(less)
    out.extend(same^)
    out.extend(quicksort(more))
    return out^


def bsearch(xs: List[Int], target: Int) -> Optional[Int]:
    var lo, hi = 0, len(xs)
    while lo < hi:
        var mid = (lo + hi) // 2
        if xs[mid] == target: return mid
        if xs[mid] < target: lo = mid + 1
        else: hi = mid
    return None


def knapsack(weights: List[Int], values: List[Int], cap: Int) -> Int:
    var best = List[Int](length=cap + 1, fill=0)
    for w, v in zip(weights, values):
        for c in range(cap, w - 1, -1):
            best[c] = max(best[c], best[c - w] + v)
    return best[cap]


def queens(n: Int, row: Int, mut cols: List[Int]) -> Int:
    if row == n: return 1
    var total = 0
    for c in range(n):
        var ok = True
        for r, cc in enumerate(cols):
            if cc == c or abs(cc - c) == row - r:
                ok = False
                break
        if ok:
            cols.append(c)
            total += queens(n, row + 1, cols)
            _ = cols.pop()
    return total


def lcs(a: String, b: String) -> Int:
    var x = a.as_bytes()
    var y = b.as_bytes()
    var t = [[0 for _ in range(len(y) + 1)] for _ in range(len(x) + 1)]
    for i in range(len(x)):
        for j in range(len(y)):
            if x[i] == y[j]: t[i + 1][j + 1] = t[i][j] + 1
            else: t[i + 1][j + 1] = max(t[i][j + 1], t[i + 1][j])
    return t[len(x)][len(y)]


def permutations(var xs: List[Int], k: Int, mut out: List[List[Int]]):
    if k == len(xs):
        out.append(xs.copy())
        return
    for i in range(k, len(xs)):
        xs.swap_elements(k, i)
        permutations(xs.copy(), k + 1, out)
        xs.swap_elements(k, i)


def hanoi(n: Int, a: String, b: String, c: String, mut moves: List[String]):
    if n == 0: return
    hanoi(n - 1, a, c, b, moves)
    moves.append(String(a, "->", c))
    hanoi(n - 1, b, a, c, moves)


def algos():
    print(quicksort([3, 1, 2, 3, 0]), quicksort(["b", "a", "c"]))
    var s: List[Int] = [1, 3, 5, 7, 9]
    print(bsearch(s, 7), bsearch(s, 4))
    print(knapsack([1, 3, 4, 5], [1, 4, 5, 7], 7))
    var cols = List[Int]()
    print(queens(6, 0, cols), lcs("AGGTAB", "GXTXAYB"))
    var out = List[List[Int]]()
    permutations([1, 2, 3], 0, out)
    print(len(out), out)
    var moves = List[String]()
    hanoi(3, "A", "B", "C", moves)
    print(len(moves), " ".join(moves))


# ---- itert

def itert() raises:
    for a, b in product([1, 2], ["x", "y"]):
        print(a, b, end="; ")
    print()
    print([x for x in take(count(5), 4)])
    print([x for x in drop([1, 2, 3, 4], 2)])
    for x in take(cycle([1, 2, 3]), 7):
        print(x, end=" ")
    print()
    for s in repeat("ab", times=3):
        print(s, end="|")
    print()
    var m = [y for y in map[double]([1, 2, 3])]
    print(m)
    for i, v in enumerate(["a", "b"], start=10):
        print(i, v)
    print([i for i in range(10, 0, -3)], len(range(10, 0, -3)))
    var it = iter([7, 8])
    print(next(it), next(it))
    var total = 0
    for i in range(3):
        for j in range(i):
            if j == 1: continue
            total += i * j + 1
        else:
            total += 100
    print(total)
    var n = 0
    while True:
        n += 1
        if n == 5: break
    else:
        print("never")
    print(n)


def double(x: Int) -> Int: return x * 2


def main() raises:
    print("== graph")
    graph()
    print("== life")
    life()
    print("== algos")
    algos()
    print("== itert")
    itert()
