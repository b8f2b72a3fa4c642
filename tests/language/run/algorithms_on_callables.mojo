def reduce_by[T: Copyable & Deinitable, F: def(T, T) -> T](xs: List[T], start: T, f: F) -> T:
    var acc = start.copy()
    for x in xs:
        acc = f(acc, x)
    return acc^

def map_to[T: Copyable & Deinitable, U: Copyable & Deinitable, F: def(T) -> U](xs: List[T], f: F) -> List[U]:
    var out = List[U](capacity=len(xs))
    for x in xs:
        out.append(f(x))
    return out^

def find_if[T: Copyable & Deinitable, F: def(T) -> Bool](xs: List[T], f: F) -> Optional[T]:
    for x in xs:
        if f(x):
            return x.copy()
    return None

def apply_n[F: def(Int) -> Int](n: Int, x: Int, f: F) -> Int:
    var r = x
    for _ in range(n):
        r = f(r)
    return r

def add(a: Int, b: Int) -> Int:
    return a + b

def cat(a: String, b: String) -> String:
    return a + b

def main():
    var xs: List[Int] = [1, 2, 3, 4]
    print(reduce_by(xs, 0, add))
    var off = 100
    print(map_to(xs, lambda (x: Int) -> Int: x * off))
    def name(x: Int) {imm off} -> String:
        return String("#", x + off)
    var names = map_to(xs, name)
    print(names, reduce_by(names, String(""), cat))
    var f = find_if(xs, lambda (x: Int) -> Bool: x * x > 8)
    print(f.value(), Bool(find_if(xs, lambda (x: Int) -> Bool: x > off)))
    var step = 3
    def inc(x: Int) {step} -> Int:
        return x * 2 + step
    print(apply_n(4, 1, inc))

# output:
#   10
#   [100, 200, 300, 400]
#   [#101, #102, #103, #104] #101#102#103#104
#   3 False
#   61
