# Small programs: texts, numbers, traits, assertions.
# output:
#   == text
#   Khoor, Zruog! abcxyz
#   A man, a plan, a canal: Panama True
#   nope False
#    True
#   a3bc2d4 abc 
#   |the quick   |
#   |brown fox   |
#   |jumps over  |
#   |the lazy dog|
#   3 [[name, age, city], [Ada, 36, London], [Bob, , Paris]]
#   name|age|city
#   Ada|36|London
#   Bob||Paris
#   [padded][padded	][  padded]
#   True True 2 3 -1
#   a+b+c 3 abc ABC
#   tle tit
#   ....x ..x.. x....
#   2 1 日 233 😀
#   True True True True
#   True True
#   10 -3 ? 3.5 ? 1000 
#   255 5 1000.0
#   0xff 0b101 0o10 -0x10
#   'it\'s' 'say "hi"' 'a\nb\tc\\' '\xc3\xa9\xe2\x98\x83'
#   True True False
#   == strs2
#   Hello, World!1 14
#   H.e.l.l.o.,. .W.o.r.l.d.!.1.
#   a 97 é 233 
#   104 195 169 
#   [Hello, World!1] 2 Hello
#   x-yy-zzz 1, 2, 3
#   Hello W e
#   True False True 0
#   found at 7
#   HELLO, WORLD!1 hello, world!1 HeLLo, WorLd!1 3
#   2
#   42|2.5|True
#   True True True y
#   tab	here quote"s single's back\slash
#   triple
#     quoted
#   161 2500.0 -0.5
#   String is not convertible to integer with base 10: '12a'
#   String is not convertible to float: 'x1'. The first character of 'x1' should be a digit or dot to convert it to a float.
#   1!dlroW ,olleH
#   abcabc =====
#   65 a end
#   3 [a, b, c]
#   x y a [***pad]
#   static 6 ta
#   False True True True
#   == nums
#   111 12586269025 [2, 3, 5, 7, 11, 13, 17, 19, 23, 29]
#   -4 1 -4 -1 -3.5 3.5
#   -3 -4 1 49 -4 -28 1 -7 -4 6
#   3.0 1.5 -4.0 0.5 56.25 3.75
#   0.3333333333333333 0.6666666666666666 10000000000.0 1e+16 1e-05 123456789.125 0.3 1.0 100.0
#   0.30000000000000004 0.30000000000000004 0.1 0.3 0.10000000149011612
#   3 -2 44 -128
#   9223372036854775807 -9223372036854775808 255 -32768 1.7976931348623157e+308
#   1.4142135623730951 2.0 3.0 -2.0 3.141592653589793
#   6 12 3628800 5.0
#   True True inf -inf nan
#   -3.0 3.0 8.0 10 4 16
#   2.57 -0.0 2.0 5.0
#   -56 4294967295 9223372036854775808 -1
#   True True 5 0
#   [1, 2, 3, 4] [2, 4, 6, 8] [2, 4, 6, 8] 10 3 4
#   [0.5, 0.5, 0.5, 0.5] [1.5, 1.5, 1.5, 1.5] [0.5, 1.0, 1.5, 2.0] [True, True, False, False] [1, 2, -3, -4]
#   True False 1 1.0
#   31 10 15 1000000 1000.0 0.5 5.0
#   True 1024 1 1.5
#   1.4636111111111112 2.9633877010385707
#   == trt
#   shape with 4 sides and area 6.0 triangle 4
#   14.0 True
#   <5>
#   <x>
#   <Tri(b=1.0, h=2.0)>
#   Al (30) True True True
#   W(5) W(s) W(6)
#   [a, b]
#   == testy
#   True True
#   True
#   inner True
#   done
from std.math import sqrt, floor, ceil, pi, sin, cos, gcd, lcm, factorial, hypot, isnan, isinf, inf, nan, trunc, copysign, log2, exp2, clamp, ceildiv, align_up
from std.testing import assert_equal, assert_true, assert_false, assert_raises, assert_almost_equal, assert_not_equal


# ---- text

def caesar(s: String, k: Int) -> String:
    var out = String()
    for c in s.codepoints():
        var v = Int(c)
        if v >= ord("a") and v <= ord("z"):
            out += chr((v - ord("a") + k) % 26 + ord("a"))
        elif v >= ord("A") and v <= ord("Z"):
            out += chr((v - ord("A") + k) % 26 + ord("A"))
        else:
            out += chr(v)
    return out


def is_palindrome(s: String) -> Bool:
    var letters = List[Int]()
    for c in s.lower().codepoints():
        var v = Int(c)
        if v >= ord("a") and v <= ord("z"):
            letters.append(v)
    var i = 0
    var j = len(letters) - 1
    while i < j:
        if letters[i] != letters[j]:
            return False
        i += 1
        j -= 1
    return True


def rle(s: String) -> String:
    var out = String()
    var prev = String()
    var n = 0
    for c in s.codepoint_slices():
        if String(c) == prev:
            n += 1
        else:
            if n > 0:
                out += prev + (String(n) if n > 1 else "")
            prev = String(c)
            n = 1
    if n > 0:
        out += prev + (String(n) if n > 1 else "")
    return out


def wrap(text: String, width: Int) -> List[String]:
    var lines = List[String]()
    var line = String()
    for word in text.split():
        if line.byte_length() == 0:
            line = String(word)
        elif line.byte_length() + 1 + word.byte_length() <= width:
            line += " " + String(word)
        else:
            lines.append(line)
            line = String(word)
    if line:
        lines.append(line)
    return lines^


def text() raises:
    print(caesar("Hello, World!", 3), caesar(caesar("abcxyz", 5), 21))
    for w in ["A man, a plan, a canal: Panama", "nope", ""]:
        print(w, is_palindrome(w))
    print(rle("aaabccdddd"), rle("abc"), rle(""))
    for l in wrap("the quick brown fox jumps over the lazy dog", 12):
        print("|", l.ascii_ljust(12), "|", sep="")
    var csv = "name,age,city\nAda,36,London\nBob,,Paris\n"
    var rows = List[List[String]]()
    for line in csv.splitlines():
        var row = List[String]()
        for f in line.split(","):
            row.append(String(f))
        rows.append(row^)
    print(len(rows), rows)
    for ref r in rows:
        print("|".join(r))
    var s = "  padded\t"
    print("[", s.strip(), "]", "[", s.lstrip(), "]", "[", s.rstrip(), "]", sep="")
    print("hello".startswith("he"), "hello".endswith("lo"), "hello".find("l"), "hello".rfind("l"), "hello".find("z"))
    var dashed = String("a-b-c")
    print(dashed.replace("-", "+"), "aaa".count("a"), "ABC".lower(), "abc".upper())
    var title = String("title")
    print(title.removeprefix("ti"), title.removesuffix("le"))
    print("x".ascii_rjust(5, "."), "x".ascii_center(5, "."), "x".ascii_ljust(5, "."))
    print("é".byte_length(), "é".count_codepoints(), "日本語"[byte=0:3], ord("é"), chr(0x1F600))
    print("b" > "a", "abc" < "abd", "Z" < "a", "" == "")
    print("abc" in "xabcx", "z" not in "abc")
    var nums: List[String] = ["10", "-3", "0x1F", "3.5", "abc", "1_000"]
    for n in nums:
        try:
            print(Int(n), end=" ")
        except e:
            try:
                print(Float64(n), end=" ")
            except e2:
                print("?", end=" ")
    print()
    print(atol("ff", 16), atol("0b101", 0), atof("1e3"))
    print(hex(255), bin(5), oct(8), hex(-16))
    print(repr("it's"), repr('say "hi"'), repr("a\nb\tc\\"), ascii("é☃"))
    print("A".isupper(), "a".islower(), "Ab".isupper())


# ---- strs2

def strs2() raises:
    var s = String("Hello")
    s += ", " + "World"
    s.write("!", 1)
    print(s, s.byte_length())
    for c in s.codepoint_slices():
        print(c, end=".")
    print()
    for cp in "aé".codepoints():
        print(cp, Int(cp), end=" ")
    print()
    for b in "hé".as_bytes():
        print(b, end=" ")
    print()
    var parts = s.split(", ")
    print(parts, len(parts), parts[0])
    var words: List[String] = ["x", "yy", "zzz"]
    print("-".join(words), ", ".join([1, 2, 3]))
    print(s[byte=0:5], s[byte=7], s[codepoint=1])
    var empty = String()
    print(empty == "", Bool(empty), Bool(s), empty.byte_length())
    if "World" in s and not s.startswith("World"):
        print("found at", s.find("World"))
    print(s.upper(), s.lower(), s.replace("l", "L"), s.count("l"))
    var n = 0
    for c in s.codepoints():
        if c.is_ascii_upper():
            n += 1
    print(n)
    print(String(42) + "|" + String(2.5) + "|" + String(True))
    print("a" < "b", "abc" == "abc", "a" != "b", max(String("x"), String("y")))
    print("tab\there", "quote\"s", 'single\'s', "back\\slash")
    print("""triple
  quoted""")
    var num = Int("123") + Int(" 45 ") + Int("-7")
    print(num, Float64("2.5e3"), Float64("-.5"))
    try:
        print(Int("12a"))
    except e:
        print(e)
    try:
        print(Float64("x1"))
    except e:
        print(e)
    var rev = String()
    for c in s.codepoint_slices_reversed():
        rev += c
    print(rev)
    print("abc" * 2, "=" * 5)
    print(ord("A"), chr(97), String("z") * 0 + "end")
    var lines = String("a\nb\r\nc\n").splitlines()
    print(len(lines), lines)
    print("  x y  ".strip(), "xxaxx".strip("x"), "[" + String("pad").ascii_rjust(6, "*") + "]")
    var st: StaticString = "static"
    print(st, st.byte_length(), st[byte=1:3])
    print(s.is_ascii_digit(), String("123").is_ascii_digit(), String("ab").islower(), String("AB").isupper())


# ---- nums

def collatz(n: Int) -> Int:
    var steps = 0
    var m = n
    while m != 1:
        m = m // 2 if m % 2 == 0 else 3 * m + 1
        steps += 1
    return steps


def fib(n: Int) -> Int:
    var a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


def is_prime(n: Int) -> Bool:
    if n < 2: return False
    for d in range(2, Int(sqrt(Float64(n))) + 1):
        if n % d == 0: return False
    return True


def nums():
    print(collatz(27), fib(50), [n for n in range(30) if is_prime(n)])
    print(-7 // 2, -7 % 2, 7 // -2, 7 % -2, -7 / 2, 7 / 2)
    var a = -7
    print(a / 2, a // 2, a % 2, a ** 2, a >> 1, a << 2, a & 3, a | 8, a ^ 5, ~a)
    var f = 7.5
    print(f // 2, f % 2, -f // 2, -f % 2, f ** 2, f / 2)
    print(1 / 3, 2.0 / 3.0, 1e10, 1e16, 1e-5, 123456789.125, 0.1 + 0.2, 1.0, 100.0)
    var x = 0.1
    var y = 0.2
    print(x + y, x * 3, Float32(x), Float32(x) + Float32(y), Float64(Float32(x)))
    print(Int(3.99 * x * 10), Int(-2.7 * (x * 10)), UInt8(300 & 255), Int8(127) + 1)
    print(Int.MAX, Int.MIN, UInt8.MAX, Int16.MIN, Float64.MAX_FINITE)
    print(sqrt(2.0), floor(2.7), ceil(2.1), trunc(-2.7), pi)
    print(gcd(12, 18), lcm(4, 6), factorial(10), hypot(3.0, 4.0))
    print(isnan(nan[DType.float64]()), isinf(inf[DType.float64]()), inf[DType.float64](), -inf[DType.float64](), nan[DType.float64]())
    print(copysign(3.0, -1.0), log2(8.0), exp2(3.0), clamp(15, 0, 10), ceildiv(7, 2), align_up(13, 8))
    print(round(2.567, 2), round(-0.5), round(1.5), Float64(5))
    var i8: Int8 = 100
    i8 += 100
    var u: UInt32 = 0
    u -= 1
    print(i8, u, UInt64(1) << 63, Int64(-1) >> 3)
    print(3 < 4 <= 4 < 5, not 0, 0 or 5, 3 and 0)
    var v = SIMD[DType.int32, 4](1, 2, 3, 4)
    print(v, v * 2, v + v, v.reduce_add(), v[2], v.reduce_max())
    var w = SIMD[DType.float32, 4](0.5)
    print(w, w * 3, v.cast[DType.float32]() / 2, v.lt(3), v.lt(3).select(v, -v))
    print(Bool(1), Bool(0), Int(True), Float64(True))
    print(0x1F, 0b1010, 0o17, 1_000_000, 1e3, .5, 5.)
    print(3.0 == 3, 2 ** 10, 10 % 3, 10.5 % 3)
    var total = 0.0
    for k in range(1, 6):
        total += 1.0 / Float64(k * k)
    print(total, sqrt(total * 6))


# ---- trt

trait Shape(Copyable, Deinitable):
    comptime SIDES: Int
    def area(self) -> Float64: ...
    def describe(self) -> String:
        return String("shape with ", Self.SIDES, " sides and area ", self.area())


@fieldwise_init


struct Rect(Shape):
    comptime SIDES = 4
    var w: Float64
    var h: Float64
    def area(self) -> Float64: return self.w * self.h


@fieldwise_init


struct Tri(Shape, Writable):
    comptime SIDES = 3
    var b: Float64
    var h: Float64
    def area(self) -> Float64: return self.b * self.h / 2
    def describe(self) -> String: return "triangle"


def total[T: Shape](shapes: List[T]) -> Float64:
    var t = 0.0
    for ref s in shapes: t += s.area()
    return t


def bigger[A: Shape, B: Shape](a: A, b: B) -> Bool: return a.area() > b.area()


def show(x: Some[Writable]): print("<", x, ">", sep="")


trait HasName:
    def name(self) -> String: ...


trait HasAge:
    def age(self) -> Int: ...


@fieldwise_init


struct Person(HasName, HasAge, Equatable, Comparable, Hashable, Copyable):
    var n: String
    var a: Int
    def name(self) -> String: return self.n
    def age(self) -> Int: return self.a
    def __lt__(self, o: Self) -> Bool: return self.a < o.a


def greet[T: HasName & HasAge](p: T) -> String: return String(p.name(), " (", p.age(), ")")


struct Wrapper[T: Writable & Copyable & Deinitable](Writable, Copyable):
    var v: Self.T
    def __init__(out self, v: Self.T): self.v = v.copy()
    def write_to(self, mut w: Some[Writer]): w.write("W(", self.v, ")")
    def map[F: def(Self.T) -> Self.T, //](self, f: F) -> Self: return Self(f(self.v))


def trt():
    print(Rect(2, 3).describe(), Tri(2, 3).describe(), Rect.SIDES)
    var rs: List[Rect] = [Rect(1, 2), Rect(3, 4)]
    print(total(rs), bigger(Rect(2, 2), Tri(2, 2)))
    show(5)
    show("x")
    show(Tri(1, 2))
    var p = Person("Al", 30)
    print(greet(p), p == Person("Al", 30), p < Person("Bo", 40), p >= Person("Cy", 20))
    var w = Wrapper(5)
    print(w, Wrapper("s"), w.map(lambda (x: Int) -> Int: x + 1))
    var ps: List[Person] = [Person("b", 3), Person("a", 1)]
    sort(ps)
    print([q.n for q in ps])


# ---- testy

def add(a: Int, b: Int) -> Int: return a + b


def bad() raises: raise Error("value too large: 7")


def testy() raises:
    assert_equal(add(2, 2), 4)
    assert_equal("a" + "b", "ab")
    assert_true(1 < 2)
    assert_false(2 < 1, msg="no")
    assert_almost_equal(0.1 + 0.2, 0.3)
    assert_not_equal(1, 2)
    with assert_raises(contains="too large"):
        bad()
    try:
        assert_equal(add(2, 2), 5)
    except e:
        print("AssertionError" in String(e), "4" in String(e))
    try:
        assert_true(False, "custom message")
    except e:
        print("custom message" in String(e))
    try:
        with assert_raises(contains="other"):
            bad()
    except e:
        print("inner", "too large" in String(e))
    print("done")


def main() raises:
    print("== text")
    text()
    print("== strs2")
    strs2()
    print("== nums")
    nums()
    print("== trt")
    trt()
    print("== testy")
    testy()
