def run_n(n: Int, f: Some[def() -> None]):
    for _ in range(n):
        f()

def map_list[F: def(Int) -> String](xs: List[Int], f: F) -> List[String]:
    var out = List[String]()
    for x in xs:
        out.append(f(x))
    return out^

def filter[F: def(Int) -> Bool](xs: List[Int], pred: F) -> List[Int]:
    return [x for x in xs if pred(x)]

def risky_each[F: def(Int) raises -> None](xs: List[Int], f: F) raises:
    for x in xs:
        f(x)

@fieldwise_init
struct Counter(Copyable):
    var n: Int
    def bump(mut self) -> Int:
        self.n += 1
        return self.n

def main() raises:
    var c = Counter(0)
    def tick() {mut c}:
        _ = c.bump()
    run_n(3, tick)
    print(c.n)
    tick()
    print(c.n)
    var prefix = String("#")
    print(map_list([1, 2], lambda (x: Int) -> String: prefix + String(x)))
    var limit = 2
    def big(x: Int) {limit} -> Bool:
        return x > limit
    print(filter([1, 2, 3, 4], big))
    limit = 3
    print(filter([1, 2, 3, 4], big))
    var seen = List[Int]()
    def check(x: Int) raises {mut seen}:
        if x == 3:
            raise Error("three after ", len(seen))
        seen.append(x)
    try:
        risky_each([1, 2, 3, 4], check)
    except e:
        print(e, seen)
    # closure capturing closure
    def twice(x: Int) {imm} -> Bool:
        return big(x) and big(x - 1)
    print(twice(4), twice(5))
    # generic closure
    var k = 5
    def conv[T: Intable](x: T) {imm k} -> Int:
        return Int(x) + k
    print(conv(True), conv(Float64(2.7)))
    # ref capture
    var text = String("t")
    def app() {ref text}:
        text += "!"
    app()
    app()
    print(text)
    # nested levels
    var depth = 0
    def outer() {mut depth}:
        depth += 1
        def inner() {mut depth}:
            depth += 10
        inner()
    outer()
    outer()
    print(depth)
    var v: Int = 5
    def snapshot() {var v} -> Int:
        return v
    v = 100
    print(snapshot(), v)

# output:
#   3
#   4
#   [#1, #2]
#   [3, 4]
#   [4]
#   three after 2 [1, 2]
#   False True
#   6 7
#   t!!
#   22
#   5 100
