# output:
#   4 4 4 28 7
#   4 8
#   3 x
#   5
#   10203 10506 10209
#   3 2 0
#   6 0
#   9 3
#   9 5 abc
#   [0, 1, 4, 9, 16, 1]
#   0 one 2 
#   ab
#   8 24
#   4 4 0.3 2.5
#   2 3
from std.sys import size_of, simd_width_of
struct Vec[n: Int, T: Copyable & Deinitable & Writable](Copyable, Sized):
    comptime size = Self.n
    comptime Twice = Vec[Self.n * 2, Self.T]
    var items: List[Self.T]
    def __init__(out self, fill: Self.T):
        self.items = List[Self.T]()
        for _ in range(Self.n):
            self.items.append(fill.copy())
    def __getitem__(ref self, i: Int) -> ref[self.items[0]] Self.T:
        return self.items[i]
    def __len__(self) -> Int: return Self.n
comptime IntVec = Vec[_, Int]
comptime Triple[T: Copyable & Deinitable & Writable] = Vec[3, T]
def take[n: Int](v: Vec[n, Int]) -> Int: return n * v[0]
def double_len[n: Int](v: Vec[n, Int]) -> Vec[n * 2, Int]:
    return Vec[n + n, Int](v[0])
def defaults[a: Int, b: Int = a * 2, *, c: Int = a + b]() -> Int: return a * 10000 + b * 100 + c
def where_pos[n: Int]() -> Int where n > 0: return n
def choose[flag: Bool](x: Int) -> Int:
    comptime if flag:
        return x + 1
    else:
        return x - 1
def sum_pack[*ns: Int]() -> Int:
    var t = 0
    comptime for i in range(ns.__len__()):
        t += ns[i]
    return t
def ack(m: Int, n: Int) -> Int:
    if m == 0: return n + 1
    if n == 0: return ack(m - 1, 1)
    return ack(m - 1, ack(m, n - 1))
def make_table(n: Int) -> List[Int]:
    var l = List[Int]()
    for i in range(n): l.append(i * i)
    return l^
comptime TABLE = make_table(5)
comptime STR: String = "abc"
comptime LEN = len(TABLE)
def main():
    var v = Vec[4, Int](7)
    print(v.n, v.size, len(v), take(v), v[2])
    print(Vec[2, Int].Twice.n, len(double_len(v)))
    var t = Triple[String]("x")
    print(t.n, t[1])
    var iv = IntVec[5](1)
    print(iv.n)
    print(defaults[1](), defaults[1, 5](), defaults[1, c=9]())
    print(where_pos[3](), choose[True](1), choose[False](1))
    print(sum_pack[1, 2, 3](), sum_pack())
    comptime A = ack(2, 3)
    print(A, comptime (ack(1, 1)))
    print(comptime (TABLE[3]), LEN, STR)
    var m = materialize[TABLE]()
    m.append(1)
    print(m)
    comptime for i in range(3):
        comptime if i == 1:
            print("one", end=" ")
        else:
            print(i, end=" ")
    print()
    comptime for s in ["a", "b"]:
        print(s, end="")
    print()
    print(size_of[Int](), size_of[Vec[2, Int]]())
    comptime x = 1 << 70
    print(x >> 68, 2 ** 100 // 2 ** 98, 0.1 + 0.2, 10 / 4)
    comptime assert LEN == 5, "len"
    var arr: Array[Int, 3] = [1, 2, 3]
    print(arr[1], len(arr))
