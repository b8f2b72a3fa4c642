# Compile-time values of many types, recursion and loops while compiling, text.
# output:
#   3 11 [3, 3] 22 3.0 11 [3.0, 3.0] 22 2 12 
#   3 2 2 10
#   1 2
#   even 3
#   odd 2
#   3
#   Config(width=4, name=cfg) 4
#   1 two 3.5
#   two
#   opt
#   1 a
#   2 b
#   int 5
#   a 1
#   b 2
#   3 2
#   abcabc 6
#   1024 12 720
#   541 1048575 23416728348467685
#   2 3 5 7 11 13 17 19 23 29 31 37 41 43 47 
#   SOME_LONG_NAME
#   10 20 -1 40 
#   age = 3
#   name = bob
#   a, b, c
#   5
#   1123
#   True
#   3 2 7 2 1 3 2
#   7 2 x 2.5 41 3
#   24 3 abb 0 25
from std.collections import Set
from std.utils import Variant


@fieldwise_init
struct Node(Copyable):
    var key: Int
    var children: List[Int]

@fieldwise_init
struct Config(ImplicitlyCopyable, Writable):
    var width: Int
    var name: StaticString

def tree() -> List[Node]:
    var out = List[Node]()
    for i in range(3):
        var kids = List[Int]()
        for j in range(i):
            kids.append(j * 10)
        out.append(Node(i, kids^))
    return out^

def groups() -> Dict[String, List[Int]]:
    var d = Dict[String, List[Int]]()
    d["even"] = [0, 2, 4]
    d["odd"] = [1, 3]
    return d^

def choose(n: Int) -> Variant[Int, String]:
    if n > 0:
        return n
    return String("none")

comptime TREE = tree()
comptime G = groups()
comptime CFG = Config(4, "cfg")
comptime PAIR = (1, String("two"), 3.5)
comptime OPT: Optional[String] = String("opt")
comptime NESTED: List[Tuple[Int, String]] = [(1, "a"), (2, "b")]
comptime V = choose(5)


def power[base: Int, exp: Int]() -> Int:
    comptime if exp == 0:
        return 1
    else:
        return base * power[base, exp - 1]()

def gcd[a: Int, b: Int]() -> Int:
    comptime if b == 0:
        return a
    else:
        return gcd[b, a % b]()

struct Nat[n: Int]:
    @staticmethod
    def fact() -> Int:
        comptime if Self.n <= 1:
            return 1
        else:
            return Self.n * Nat[Self.n - 1].fact()

def is_prime(n: Int) -> Bool:
    if n < 2:
        return False
    var i = 2
    while i * i <= n:
        if n % i == 0:
            return False
        i += 1
    return True

def nth_prime(k: Int) -> Int:
    var count = 0
    var n = 1
    while count < k:
        n += 1
        if is_prime(n):
            count += 1
    return n

def hanoi(n: Int) -> Int:
    return 0 if n == 0 else 2 * hanoi(n - 1) + 1

def memo_fib(n: Int) -> Int:
    var d = Dict[Int, Int]()
    d[0] = 0
    d[1] = 1
    for i in range(2, n + 1):
        d[i] = d.get(i - 1, 0) + d.get(i - 2, 0)
    return d.get(n, 0)

comptime P = nth_prime(100)
comptime H = hanoi(20)
comptime F = memo_fib(80)

def sieve[n: Int]() -> Array[Bool, n]:
    var a = Array[Bool, n](fill=True)
    a[0] = False
    a[1] = False
    for i in range(2, n):
        if a[i]:
            var j = i * i
            while j < n:
                a[j] = False
                j += i
    return a^


def upper_snake(s: String) -> String:
    var out = String()
    var first = True
    for c in s.codepoint_slices():
        if c == "-":
            out += "_"
        else:
            out += String(c).upper()
        first = False
    return out

def parse_int(s: String) raises -> Int:
    var v = 0
    for b in s.as_bytes():
        if b < 48 or b > 57:
            raise Error("bad digit in " + s)
        v = v * 10 + Int(b) - 48
    return v

def parse_or(s: String, d: Int) -> Int:
    try:
        return parse_int(s)
    except:
        return d

def parse_csv(s: String) -> List[Int]:
    var out = List[Int]()
    for part in s.split(","):
        out.append(parse_or(String(part), -1))
    return out^

comptime NAME = upper_snake("some-long-name")
comptime NUMS = parse_csv("10,20,x,40")

struct Field[name: StaticString, T: Writable & Copyable & Deinitable](Copyable):
    var value: Self.T
    def __init__(out self, value: Self.T):
        self.value = value.copy()
    def show(self):
        print(Self.name, "=", self.value)


def values_part():
    var t = materialize[TREE]()
    print(len(t), t[2].key, len(t[2].children), t[2].children[1])
    comptime n = TREE[1].key
    comptime m = len(TREE[2].children)
    print(n, m)
    var g = materialize[G]()
    for e in g.items():
        print(e.key, len(e.value))
    comptime evens = len(G.get("even").value())
    print(evens)
    print(CFG, CFG.width)
    var p = PAIR
    print(p[0], p[1], p[2])
    print(PAIR[1])
    print(OPT.value())
    comptime for e in NESTED:
        print(e[0], e[1])
    comptime if V.isa[Int]():
        print("int", comptime (V[Int]))
    comptime for number, text in NESTED:
        print(text, number)
    ref kept = materialize[G]()
    kept["none"] = []
    print(len(kept), len(materialize[G]()))
    comptime s = String("abc") * 2
    print(s, comptime (s.byte_length()))


def recursion_part():
    print(power[2, 10](), gcd[48, 36](), Nat[6].fact())
    print(P, H, F)
    comptime S = sieve[50]()
    comptime for i in range(50):
        comptime if S[i]:
            print(i, end=" ")
    print()


def strings_part():
    print(NAME)
    comptime for n in NUMS:
        print(n, end=" ")
    print()
    Field["age", Int](3).show()
    Field["name", String]("bob").show()
    comptime joined = ", ".join(["a", "b", "c"])
    print(joined)
    comptime found = NAME.find("LONG")
    print(found)
    comptime n = parse_or("123", 0) + parse_or("zz", 1000)
    print(n)
    comptime has = "ell" in String("hello")
    print(has)


@fieldwise_init
struct Shape(Copyable):
    var sizes: List[Int]
    var inner: Tuple[Int, List[Int]]


comptime SHAPE = Shape([3, 4], (7, [1, 2]))
comptime FIRST = SHAPE.sizes[0]


def fields_part():
    """Parts of compile-time values are values."""
    print(FIRST, comptime (len(SHAPE.sizes)), comptime (SHAPE.inner[0]), comptime (SHAPE.inner[1][1]), end=" ")
    comptime for n in SHAPE.inner[1]:
        comptime if n == 1:
            print(n, end=" ")
    comptime sizes = SHAPE.sizes
    print(comptime (sizes[0]), len(materialize[sizes]()))


def pair() -> Tuple[Int, List[Int]]:
    return (7, [1, 2])


comptime LEFT, RIGHT = pair()
comptime ONE, TEXT, HALF = 1, "x", 2.5


def divided[n: Int]() -> Int:
    comptime half, rest = n // 2, n % 2
    return half * 10 + rest


def names_part():
    comptime a, _ = 1, 2
    comptime sum, unused = a + 2, a
    print(LEFT, len(materialize[RIGHT]()), TEXT, HALF, divided[9](), sum)


struct Dims[*dims: Int]:
    @staticmethod
    def size() -> Int:
        var n = 1
        for d in Self.dims:
            n *= d
        return n

    @staticmethod
    def at(i: Int) -> Int:
        return Self.dims[i]


def joined_texts[*texts: StaticString](k: Int) -> String:
    var r = String()
    for text in texts:
        r += text
    return r + texts[k]


def sum_of[*ns: Int]() -> Int:
    var s = 0
    for n in ns:
        s += n
    return s


def parameter_lists_part():
    """Variadic parameters counted at run time."""
    comptime size = Dims[5, 5].size()
    print(Dims[2, 3, 4].size(), Dims[2, 3, 4].at(1), joined_texts["a", "b"](1), sum_of[](), size)


def tuples_part():
    """Tuples whose index is known only per instance."""
    comptime kinds = (DType.int8, DType.float32)
    comptime widths = (1, 2)
    var heights = (10, 20, 30)
    comptime for i in range(len(kinds)):
        comptime for j in range(len(widths)):
            print(SIMD[kinds[i], widths[j]](3), heights[j] + widths[j], end=" ")
    comptime corners = ((1, 2), (3, 4))
    comptime for i in range(2):
        comptime corner = corners[i]
        print(corner[0] * corner[1], end=" ")
    print()


def main():
    tuples_part()
    values_part()
    recursion_part()
    strings_part()
    fields_part()
    names_part()
    parameter_lists_part()
