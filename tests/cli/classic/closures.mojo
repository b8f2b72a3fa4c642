# Closures of all spellings: @parameter, capturing, escaping, nested fn, arrows, function arguments.
from algorithm import vectorize, parallelize
from sys.info import simdwidthof


fn apply(f: fn (Int) -> Int, x: Int) -> Int:
    return f(x)


fn apply_static[f: fn (Int) capturing -> Int](x: Int) -> Int:
    return f(x)


fn each[func: fn (Int) capturing -> None](n: Int):
    @unroll
    for i in range(3):
        func(i + n)


fn fold(fn combine(Int, Int) -> Int, start: Int) -> Int:
    var total = start
    for i in range(4):
        total = combine(total, i)
    return total


fn triple(x: Int) -> Int:
    return 3 * x


fn make(x: Int) -> Int:
    fn inner(y: Int) -> Int:
        return x + y

    return inner(10)


fn main():
    let base = 5
    print(apply(triple, 4))

    @parameter
    fn add(x: Int) -> Int:
        return x + base

    print(apply_static[add](1))
    var seen = 0

    @parameter
    fn visit(i: Int):
        seen += i

    each[visit](10)
    print(seen)
    print(fold(fn(a, b) => a + b, 100))
    print(make(1))
    let p = DTypePointer[DType.float32].alloc(10)

    @parameter
    fn fill[width: Int](i: Int):
        p.simd_store[width](i, SIMD[DType.float32, width](2.0))

    vectorize[simdwidthof[DType.float32](), fill](10)
    print(p.load(0) + p.load(9))

    @parameter
    fn row(i: Int):
        p.store(i, i)

    parallelize[row](10)
    print(p.load(7))
    p.free()
