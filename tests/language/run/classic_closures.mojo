# mojo: edition=classic
# output:
#   24.5
#   6
#   8
#   21
#   7
#   13
#   5 6 10
fn vz[width: Int, func: fn[w: Int](Int) capturing -> None](n: Int):
    var i = 0
    while i + width <= n:
        func[width](i)
        i += width
    while i < n:
        func[1](i)
        i += 1

fn vz[func: fn[w: Int](Int) capturing -> None, width: Int](n: Int):
    vz[width, func](n)

fn par[func: fn(Int) capturing -> None](n: Int):
    for i in range(n):
        func(i)

fn par[func: fn(Int) capturing -> None](n: Int, workers: Int):
    par[func](n)

struct M:
    var p: DTypePointer[DType.float32]
    var n: Int
    fn __init__(inout self, n: Int):
        self.n = n
        self.p = DTypePointer[DType.float32].alloc(n)
        memset_zero(self.p, n)
    fn __del__(owned self):
        self.p.free()
    fn fill(inout self, x: Float32):
        @parameter
        fn body[w: Int](i: Int):
            self.p.simd_store[w](i, self.p.simd_load[w](i) + x)
        vz[4, body](self.n)
    fn sum(self) -> Float32:
        var s: Float32 = 0
        for i in range(self.n):
            s += self.p[i]
        return s

fn outer[T: AnyRegType, f: fn(T) capturing -> T](x: T) -> T:
    return f(f(x))

fn nest(n: Int) -> Int:
    var total = 0
    @parameter
    fn row(i: Int):
        @parameter
        fn col[w: Int](j: Int):
            total += i * j * w
        vz[col, 2](n)
    par[row](n, 2)
    return total

fn compose(a: fn(Int) -> Int, b: fn(Int) -> Int, x: Int) -> Int:
    return b(a(x))

fn inc(x: Int) -> Int:
    return x + 1

fn dbl(x: Int) -> Int:
    return x * 2

fn each[
    origins: OriginSet, //, func: fn (Int) capturing [origins] -> None
](n: Int):
    for i in range(n):
        func(i)

fn main():
    var m = M(7)
    m.fill(1.5)
    m.fill(2)
    print(m.sum())
    print(nest(3))
    print(compose(inc, dbl, 3))
    let k = 10
    @parameter
    fn addk(x: Int) -> Int:
        return x + k
    print(outer[Int, addk](1))
    var acc = 0
    fn plain(x: Int):
        acc += x
    plain(3)
    plain(4)
    print(acc)
    @parameter
    fn more(i: Int):
        acc += i
    each[more](4)
    print(acc)
    let y: Int = 5 if k > 3 else 6
    var z = y
    z += 1
    print(y, z, k)
