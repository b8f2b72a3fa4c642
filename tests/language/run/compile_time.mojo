# Values, loops and calls while compiling; patterns of names; functions that merge as pointers; what literals know of themselves.
# output:
#   120 21
#   [0, 1, 4, 9, 16]
#   0 10 20
#   Int wide
#   3 7
#   17
#   3 4 5 6 7 8
#   8 12 15 27 14
#   True False True -0.0 nan
#   4 14 2.5 True True 4.0
#   hellohello <b> 7
#   a 1 b 2 one#1 two#2 
comptime FACT5 = factorial(5)


def factorial(n: Int) -> Int:
    var r = 1
    for i in range(2, n + 1):
        r *= i
    return r


def squares(n: Int) -> List[Int]:
    var l = List[Int]()
    for i in range(n):
        l.append(i * i)
    return l^


comptime TABLE = squares(5)


def fib(n: Int) -> Int:
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def kind[T: AnyType, width: Int]() -> String:
    comptime if width > 32:
        return "wide"
    else:
        return "narrow"


def count[*Ts: Writable](*values: *Ts) -> Int:
    var n = 0
    comptime for i in range(values.__len__()):
        n += 1
    return n


def main():
    print(FACT5, fib(8))
    print(materialize[TABLE]())
    comptime for i in range(3):
        print(i * 10, end=" " if i < 2 else "\n")
    print("Int", kind[Int, 64]())
    print(count(1, "a", 2.5), comptime (TABLE[1] + 6))
    print(TOTAL)
    patterns()
    merged(True)
    comptime negative = -0.0
    print(FloatLiteral.nan.is_nan(), (1.5).is_nan(), FloatLiteral.negative_zero.is_neg_zero(), 0.0 * -1.0, 1.0 / negative)
    literals()


comptime TOTAL = sum_to(5) + 2


def sum_to(n: Int) -> Int:
    var t = 0
    for i in range(n + 1):
        t += i
    return t


comptime (WIDTH, HEIGHT) = size(3)


def size(n: Int) -> Tuple[Int, Int]:
    return (n, n + 1)


def patterns():
    comptime (a, _) = size(5)
    comptime (x, y), z = (size(6), 8)
    comptime (q) = 6
    print(WIDTH, HEIGHT, a, q, x + y - 6, z)


def double(x: Int) -> Int:
    return x * 2


def triple(x: Int) -> Int:
    return x * 3


def risky(x: Int) raises -> Int:
    return x + 10


def merged(flag: Bool):
    comptime table = [double, triple]
    comptime second = table[1]
    var functions = [double, triple, double]
    var lambdas = [lambda (x: Int) -> Int: x + 1, lambda (x: Int) -> Int: x * 3]
    var chosen = double if flag else risky
    try:
        print(functions[0](4), second(4), functions[1](5), lambdas[1](9), chosen(7))
    except:
        print("raised")


def literals():
    comptime large = (1 << 80).__add__(1)
    print(large >> 78, (3).__add__(4).__mul__(2), FloatLiteral.__truediv__(5, 2), (2).__lt__(3), IntLiteral.__bool__(2), FloatLiteral(4))
    var repeated: Named["hellohello"] = doubled(Named["hello"]())
    _: Named["hellohello"] = doubled(Named["hello"]())
    _: Float64 = 3
    print(repeated.text(), tagged["b"](), comptime (("<" + "hello" + ">").byte_length()))
    comptime for entry in counts().items():
        print(entry.key, entry.value, end=" ")
    comptime for entry in entries():
        print(entry.name, entry.rank, sep="#", end=" ")
    print()


struct Named[name: StringLiteral](TrivialRegisterPassable):
    def __init__(out self):
        pass

    def text(self) -> String:
        return String(Self.name)


def doubled[name: StringLiteral](x: Named[name]) -> Named[name + name]:
    return {}


def tagged[name: StringLiteral]() -> String:
    comptime open = "<" + name + ">"
    return String(open)


def counts() -> Dict[String, Int]:
    return {"a": 1, "b": 2}


@fieldwise_init
struct Entry(Copyable):
    var name: String
    var rank: Int


def entries() -> List[Entry]:
    return [Entry("one", 1), Entry("two", 2)]
