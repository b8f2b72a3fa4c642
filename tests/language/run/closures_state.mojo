# What closures are besides callable: their state, the registers they fit, structs that stand for functions; fields of values
# that nobody keeps; places that are changed are reached once; a list is extended by a span of itself.
from std.memory import ArcPointer


@fieldwise_init
struct Tally(ImplicitlyCopyable):
    var n: Int


@fieldwise_init
struct Traced(Movable):
    var items: List[Int]
    var tag: String

    def __deinit__(deinit self):
        print("-", self.tag)

    def another(self) -> Traced:
        return Traced(self.items.copy(), self.tag + "'")


def thrice[F: def() -> Int](f: F) -> Int:
    var total = 0
    for _ in range(3):
        total += f()
    return total


struct Machine[F: def() -> Int](Movable):
    var step: Self.F

    def __init__(out self, var step: Self.F):
        self.step = step^

    def twice(self) -> Int:
        return self.step() + self.step()


def replace[T: ImplicitlyCopyable & Deinitable & Writable](x: T, y: T):
    def swap() {var x, imm y}:
        print(x, end=" ")
        x = y

    swap()
    swap()
    print()


def state():
    var tally = Tally(0)

    def count() {var tally} -> Int:
        tally.n += 1
        return tally.n

    print(count(), thrice(count), count(), tally.n)

    def beyond() {imm count} -> Int:
        return count() + 100

    print(thrice(beyond), count())
    var machine = Machine(count^)
    print(machine.twice(), machine.twice())
    var moved = machine^
    print(moved.twice())
    var seen: List[Int] = []

    def note(x: Int) {var seen^} -> Int:
        seen.append(x)
        for ref old in seen:
            old += 1
        return seen[0] * 100 + len(seen)

    print(note(5), note(6), note(7))
    var word: String = "a"
    var k = 1

    def grow() {var word, imm k} -> Int:
        word += "b"
        return word.byte_length() + k

    print(thrice(grow), thrice(grow), word)
    var other = grow
    print(other(), grow(), other())
    replace(1, 2)
    replace(String("one"), "two")


def in_registers[F: RegisterPassable & ImplicitlyCopyable & def(Int) -> Int](f: F) -> Int:
    var g = f
    return g(1) + f(2)


def trivial[T: TrivialRegisterPassable](x: T) -> String:
    return "trivial"


def only_registers[F: def() -> Int](f: F) -> Int where conforms_to(F, RegisterPassable):
    return f()


def registers():
    var k = 3

    def by_value(x: Int) {var k} -> Int:
        return x + k

    def by_reference(x: Int) {imm k} -> Int:
        return x * k

    def writes() {mut k} -> Int:
        k += 1
        return k

    print(in_registers(by_value), in_registers(by_reference), only_registers(writes), k)
    print(trivial(by_value), trivial(by_reference), trivial(writes))


@fieldwise_init
struct Adder(def(Int) -> Int):
    var k: Int

    def __call__(self, x: Int) -> Int:
        return x + self.k

    def __call__(self, x: Int, y: Int) -> Int:
        return x + y + self.k


@fieldwise_init
struct Show[T: Writable & Copyable & Deinitable](def(T) -> None):
    var before: String

    def __call__(self, x: Self.T):
        print(self.before, x)


@fieldwise_init
struct Safe(def(Int) raises -> Int):
    var limit: Int

    def __call__(self, x: Int) -> Int:
        return min(x, self.limit)


def apply(f: Some[def(Int) -> Int], x: Int) -> Int:
    return f(x)


def apply_raising[F: def(Int) raises -> Int](f: F, x: Int) raises -> Int:
    return f(x)


def show(f: Some[def(String) -> None]):
    f("text")


def structs() raises:
    print(apply(Adder(3), 4), Adder(1)(2, 3))
    show(Show[String]("shown:"))
    print(apply_raising(Safe(10), 40), apply_raising(Adder(1), 40))


def repeat[f: def(Int) capturing [_] -> None](n: Int):
    for i in range(n):
        f(i)


def parameter_closures():
    var total = 0

    @parameter
    def add(i: Int):
        total += i

    repeat[add](5)
    print(total)


def make(tag: String) -> Traced:
    return Traced([1, 2, 3], tag)


def pair() -> Tuple[Traced, Int]:
    return (make("t"), 4)


def fields_of_values():
    print(make("a").items[1])
    print(make("b").another().items[2])
    for x in make("c").items:
        print(x, end=" ")
    print()
    ref items = make("d").items
    items.append(9)
    print(len(items))
    var p = Pointer(to=make("e").items)
    print(len(p[]))
    print(pair()[0].items[0] + pair()[1])
    print(len(make("f").items))


struct Meter:
    var n: Int
    var text: String
    var by_name: Dict[String, Int]
    var reached: Int

    def __init__(out self):
        self.n = 0
        self.text = ""
        self.by_name = {"a": 1}
        self.reached = 0

    def me(mut self) -> ref[self] Meter:
        self.reached += 1
        return self


def reached_once() raises:
    var m = Meter()
    m.me().n += 1
    m.me().text += "x"
    m.me().by_name["a"] += 1
    m.me().n -= 3
    print(m.n, m.text, m.by_name["a"], m.reached)


def extended_by_itself():
    var a = ArcPointer(List[String](["a" * 40, "b"]))
    var b = a
    for _ in range(3):
        a[].extend(Span(b[]))
    a[].extend(b[][1:3])
    print(len(a[]), a[][15], a[][14].byte_length(), a[][16], a[][17].byte_length())


def closures_in_closures():
    var n = 2
    var xs: List[Int] = [1, 2, 3]

    def more() {mut n}:
        n += 1

    def at(i: Int) {mut xs}:
        xs[i] += 3

    def all_of_them() {mut more, mut at}:
        more()
        for i in range(3):
            at(i)

    def twice[F: def() -> None](mut f: F):
        f()
        f()

    twice(all_of_them)
    print(n, xs)


def main() raises:
    state()
    registers()
    structs()
    parameter_closures()
    fields_of_values()
    reached_once()
    extended_by_itself()
    closures_in_closures()

# output:
#   1 9 5 0
#   321 9
#   21 25
#   29
#   601 702 803
#   12 21 a
#   9 9 10
#   1 2 
#   one two 
#   9 9 4 4
#   trivial trivial trivial
#   7 6
#   shown: text
#   10 41
#   10
#   2
#   - a
#   - b
#   3
#   - b'
#   - c
#   1 2 3 
#   - d
#   4
#   - e
#   3
#   - t
#   - t
#   5
#   - f
#   3
#   -2 x 2 4
#   18 b 40 b 40
#   4 [7, 8, 9]
