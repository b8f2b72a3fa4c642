"""Functions that call functions of the caller."""


def apply[F: def(Int) raises -> Int, //](f: F, x: Int) raises -> Int:
    return f(x) + 1


def apply_plain(f: Some[def(Int) -> Int], x: Int) -> Int:
    return f(x) * 2


def all_kinds[
    F: def(Bool, Int32, Int64, UInt64, Float32, String, List[Float64]) raises -> String, //
](f: F) raises -> String:
    var xs: List[Float64] = [1.5, 2.5]
    return "<" + f(True, -7, -(1 << 60), 1 << 63, 0.5, "grüße", xs) + ">"


def integrate[F: def(Float64) raises -> Float64, //](f: F, a: Float64, b: Float64, steps: Int) raises -> Float64:
    var sum = 0.0
    var step = (b - a) / Float64(steps)
    for i in range(steps):
        sum += f(a + (Float64(i) + 0.5) * step)
    return sum * step


def keep_going[F: def(Int) raises -> None, //](f: F, count: Int) -> Int:
    """How many calls raised; the last text is printed."""
    var failed = 0
    var text = String("")
    for i in range(count):
        try:
            f(i)
        except e:
            failed += 1
            text = String(e)
    print(text)
    return failed


def wide[F: def(Int64) raises -> Int64, G: def() raises -> Bool, //](f: F, g: G) raises -> Int64:
    return f(1) if g() else 0


def scale(values: Span[mut=True, Float64, _], f: Some[def(Float64) -> Float64]):
    for ref value in values:
        value = f(value)


def trap(f: Some[def() -> None]) -> Int:
    var xs = List[Int]()
    f()
    return xs[len(xs)]


struct Tree:
    var values: List[Int]

    def __init__(out self):
        self.values = [3, 1, 2]

    def visit[F: def(Int) raises -> None, //](self, f: F) raises:
        for value in self.values:
            f(value)

    def change[F: def(Int) raises -> Int, //](mut self, f: F) raises:
        for ref value in self.values:
            value = f(value)

    def add(mut self, value: Int):
        self.values.append(value)

    def size(self) -> Int:
        return len(self.values)


def join(mut a: Tree, b: Tree):
    for value in b.values:
        a.add(value)


def thin_one(f: def(Int) thin -> Int) -> Int:
    return f(1)
