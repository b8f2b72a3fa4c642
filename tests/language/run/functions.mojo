# output:
#   1 2 3
#   9 2 8
#   6 0 15
#   int float string
#   10 25
#   12 [2, 3, 4]
#   8
#   3 5
def defaults(a: Int, b: Int = 2, *, c: Int = 3):
    print(a, b, c)


def total(*values: Int) -> Int:
    var t = 0
    for v in values:
        t += v
    return t


def which(x: Int) -> String:
    return "int"


def which(x: Float64) -> String:
    return "float"


def which(x: String) -> String:
    return "string"


def apply[F: def(Int) -> Int](f: F, x: Int) -> Int:
    return f(x)


def square(x: Int) -> Int:
    return x * x


def twice(f: def(Int) thin -> Int, x: Int) -> Int:
    return f(f(x))


def main():
    defaults(1)
    defaults(9, c=8)
    print(total(1, 2, 3), total(), total(4, 5, 6))
    print(which(1), which(1.5), which("s"))
    var offset = 5

    def add(x: Int) {imm offset} -> Int:
        return x + offset

    print(apply(add, 5), apply(square, 5))
    var seen = List[Int]()

    def note(x: Int) {mut seen} -> Int:
        seen.append(x)
        return x * 3

    _ = apply(note, 2)
    _ = apply(note, 3)
    print(apply(note, 4), seen)
    print(apply(lambda (x: Int) -> Int: x + offset, 3))
    print(twice(lambda (x: Int) -> Int: x - 1, 5), twice(lambda (x: Int) -> Int: x, 5))
