# output:
#   11 12 13
#   21
#   2 5 5
#   6
#   40
#   3
#   81 7 16
#   7
#   104
#   4
#   300
#   300
#   103 102
#   106 7
#   100 11
#   142
#   too big 100
#   8
#   49
#   8 100
from std.collections import Set

def apply[F: def(Int) -> Int](f: F, n: Int) -> Int:
    return f(n)

def run2(f: Some[def(Int) -> Int], n: Int) -> Int:
    return f(n)

def twice(f: def(Int) thin -> Int, n: Int) -> Int:
    return f(f(n))

def inc(n: Int) -> Int:
    return n + 1

def raising(f: Some[def(Int) raises -> Int]) raises -> Int:
    return f(3)

def main() raises:
    var k = 10
    def addk(n: Int) {imm k} -> Int:
        return n + k
    print(addk(1), apply(addk, 2), run2(addk, 3))
    k = 20
    print(addk(1))
    var count = 0
    def bump(n: Int) {mut count} -> Int:
        count += n
        return count
    print(bump(2), bump(3), count)
    count += 1
    print(bump(0))
    def own(n: Int) {var k} -> Int:
        return n * k
    k = 3
    print(own(2))
    var l: List[Int] = [1, 2, 3]
    def mv() {var l^} -> Int:
        return len(l)
    print(mv())
    def plain(n: Int) -> Int:
        return n * n
    print(twice(plain, 3), twice(inc, 5), apply(plain, 4))
    var f = lambda (x: Int) -> Int: x + k
    print(f(4))
    k = 100
    print(f(4))
    print((lambda (a: Int) -> Int: a + 1)(3))
    print(twice(lambda (a: Int) -> Int: a * 10, 3))
    print(apply(lambda (a: Int) -> Int: a * k, 3))
    def conv[T: Intable](x: T) {imm k} -> Int:
        return Int(x) + k
    print(conv(3), conv(2.5))
    def outer(n: Int) {imm k, mut count} -> Int:
        def inner(m: Int) {imm k, imm n, mut count} -> Int:
            count += 1
            return m + n + k
        return inner(5)
    print(outer(1), count)
    def deflt(n: Int) {mut} -> Int:
        count += n
        return k
    print(deflt(4), count)
    def both(n: Int) {imm} -> Int:
        return addk(n) + own(n)
    print(both(2))
    def rz(n: Int) raises {imm k} -> Int:
        if n > 2:
            raise Error("too big ", k)
        return n
    try:
        print(raising(rz))
    except e:
        print(e)
    var fs: List[def(Int) thin -> Int] = [inc, plain]
    for i in range(len(fs)):
        print(fs[i](7))
    print((lambda [n: Int](x: Int) {} -> Int: x + n)[5](3), (lambda [a: Int, b: Int](x: Int) {imm} -> Int: x * a + b + k)[5, 0](0))
