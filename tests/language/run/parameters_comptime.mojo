# output:
#   3
#   ab 8 3
#   1024 copyable not
#   4 -4 6
#   10
#   2 3 5 7 11 13 17 19 23 29 
#   3z 5z 3k
#   8
#   [10, 3, 4, 5] [20, 6, 8, 10] 22 5
#   [5.0, 1.5, 2.0, 2.5]
#   [True, True, False, True]
#   3 4 8
#   abcd
#   x
#   y
#   [0, 1, 4]
# parameters and compile time
from std.sys import size_of

comptime Pair[T: Copyable] = Tuple[T, T]

struct Fixed[T: Copyable & Deinitable, n: Int](Copyable, Movable):
    var data: List[Self.T]
    comptime size = Self.n * 2
    def __init__(out self, fill: Self.T):
        self.data = List[Self.T]()
        for _ in range(Self.n):
            self.data.append(fill.copy())
    def get[i: Int](self) -> Self.T where i < Self.n:
        return self.data[i].copy()

def pow2[n: Int]() -> Int:
    comptime if n == 0:
        return 1
    else:
        return 2 * pow2[n - 1]()

def describe[T: AnyType]() -> String:
    comptime if conforms_to(T, Copyable):
        return "copyable"
    else:
        return "not"

def pick[b: Bool](x: Int) -> Int:
    comptime if b:
        return x
    else:
        return -x

def unroll[*ns: Int]() -> Int:
    var t = 0
    comptime for i in range(len(ns)):
        t += ns[i]
    return t

struct NoCopy:
    var x: Int
    def __init__(out self):
        self.x = 0

def primes(n: Int) -> List[Int]:
    var out = List[Int]()
    for i in range(2, n):
        var ok = True
        for p in out:
            if i % p == 0:
                ok = False
                break
        if ok:
            out.append(i)
    return out^

comptime PRIMES = primes(30)
comptime NP = len(PRIMES)

def dflt[n: Int = 3, s: StaticString = "z"]() -> String:
    return String(n) + s

def infer[w: SIMDLength, //](x: SIMD[DType.int32, w]) -> Int:
    return Int(w)

def simd_ops():
    var v = SIMD[DType.int32, 4](1, 2, 3, 4)
    v += 1
    v[0] = 10
    print(v, v * 2, v.reduce_add(), v[3])
    var f = v.cast[DType.float32]()
    print(f / 2)
    print(v.eq(SIMD[DType.int32, 4](10, 3, 0, 5)))

def main():
    var p: Pair[Int] = (1, 2)
    print(p[0] + p[1])
    var f = Fixed[String, 3]("ab")
    print(f.get[2](), Fixed[Int, 4].size, len(f.data))
    print(pow2[10](), describe[Int](), describe[NoCopy]())
    print(pick[True](4), pick[False](4), unroll[1, 2, 3]())
    print(NP)
    comptime for i in range(NP):
        comptime q = PRIMES[i]
        print(q, end=" ")
    print()
    print(dflt(), dflt[5](), dflt[s="k"]())
    print(infer(SIMD[DType.int32, 8](1)))
    simd_ops()
    comptime k = 3 if NP > 5 else 4
    print(k, size_of[Int32](), size_of[Int]())
    comptime s = String("abc") + "d"
    print(s)
    comptime names = ["x", "y"]
    comptime for i in range(2):
        print(materialize[names]()[i])
    var arr = [i * i for i in range(k)]
    print(arr)
