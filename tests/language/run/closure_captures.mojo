struct R(Copyable):
    var s: String
    def __init__(out self, s: String):
        self.s = s
    def __init__(out self, *, copy: Self):
        self.s = copy.s + "'"
        print("copy", self.s)
    def __init__(out self, *, deinit move: Self):
        self.s = move.s^
        print("move", self.s)
    def __deinit__(deinit self):
        print("-", self.s, sep="")

def apply[F: def(Int) -> Int](f: F, n: Int) -> Int:
    return f(n) + f(n + 1)

def each(xs: List[Int], f: Some[def(Int) -> None]):
    for x in xs:
        f(x)

def main():
    var k = 3
    var total = 0
    var names = List[String]()
    def addk(x: Int) {imm k} -> Int:
        return x + k
    def acc(x: Int) {mut total, mut names, k}:
        total += x * k
        names.append(String("n", x))
    print(apply(addk, 1))
    k = 10
    print(apply(addk, 1))
    each([1, 2, 3], acc)
    print(total, names)
    def frozen(x: Int) {var k} -> Int:
        return x * k
    k = 0
    print(frozen(5), k)
    var r = R("r")
    def own() {var r^} -> Int:
        return r.s.byte_length()
    print("before", own())
    print("after")
    var c = R("c")
    def cop() {imm c} -> String:
        return c.s
    print(cop(), c.s)

# output:
#   9
#   23
#   60 [n1, n2, n3]
#   50 0
#   move r
#   -r
#   before 1
#   after
#   c c
#   -c
