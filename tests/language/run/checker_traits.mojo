# output:
#   dog! 4 tweet b 2
#   3 bird 1
#   True Dog(age=4)
#   writable 3
#   opaque
#   box 5
#   Box(5)
#   $10 $-10 True True True $10 20 15 True
#   5 $8
#   yes
#   int float str gen gen
#   $1 $3 3
#   True False
trait Animal(Copyable, Deinitable):
    comptime Food: Writable
    comptime legs: Int = 4
    def name(self) -> String: ...
    def speak(self) -> String:
        return self.name() + "!"
    @staticmethod
    def make() -> Self: ...
@fieldwise_init
struct Dog(Animal, Equatable, Writable):
    comptime Food = String
    var age: Int
    def name(self) -> String: return "dog"
    @staticmethod
    def make() -> Self: return Self(3)
@fieldwise_init
struct Bird(Animal):
    comptime Food = Int
    comptime legs = 2
    var n: String
    def name(self) -> String: return self.n
    def speak(self) -> String: return "tweet " + self.n
    @staticmethod
    def make() -> Self: return Self("bird")
def describe[T: Animal](x: T) -> String:
    return String(x.speak(), " ", T.legs)
def create[T: Animal]() -> T: return T.make()
def both(a: Some[Animal], b: Some[Animal]) -> Int: return len(List[Int]()) + 1
def maybe_print[T: AnyType](x: T):
    comptime if conforms_to(T, Writable):
        print("writable", x)
    else:
        print("opaque")
struct Opaque(Copyable):
    def __init__(out self): pass
struct Box[T: Copyable & Deinitable](Copyable, Writable where conforms_to(T, Writable)):
    var v: Self.T
    def __init__(out self, var v: Self.T): self.v = v^
    def show(self) where conforms_to(Self.T, Writable):
        print("box", self.v)
    def write_to(self, mut w: Some[Writer]) where conforms_to(Self.T, Writable):
        w.write("Box(", self.v, ")")
@fieldwise_init
struct Money(ImplicitlyCopyable, Deinitable, Comparable, Writable):
    var c: Int
    @implicit
    def __init__(out self, s: String): self.c = s.byte_length()
    def __lt__(self, o: Self) -> Bool: return self.c < o.c
    def __eq__(self, o: Self) -> Bool: return self.c == o.c
    def __add__(self, o: Self) -> Self: return Self(self.c + o.c)
    def __radd__(self, o: Int) -> Self: return Self(self.c + o)
    def __iadd__(mut self, o: Self): self.c += o.c
    def __neg__(self) -> Self: return Self(-self.c)
    def __bool__(self) -> Bool: return self.c != 0
    def __call__(self, k: Int) -> Int: return self.c * k
    def __getitem__(self, i: Int) -> Int: return self.c + i
    def __contains__(self, i: Int) -> Bool: return i == self.c
    def write_to(self, mut w: Some[Writer]): w.write("$", self.c)
def pay(m: Money) -> Int: return m.c
def over(x: Int) -> String: return "int"
def over(x: Float64) -> String: return "float"
def over(x: String) -> String: return "str"
def over[T: Writable](x: T) -> String: return "gen"
def main():
    print(describe(Dog(2)), describe(Bird("b")))
    print(create[Dog]().age, create[Bird]().n, both(Dog(1), Bird("x")))
    print(Dog(1) == Dog(1), Dog(4))
    maybe_print(3)
    maybe_print(Opaque())
    var b = Box(5)
    b.show()
    print(b)
    var m = Money(3)
    var k = m + Money(4)
    k += m
    print(k, -k, k > m, m < k, m <= k, max(m, k), k(2), k[5], 10 in k)
    print(pay(String("hello")), 5 + m)
    if m: print("yes")
    print(over(1), over(1.5), over("a"), over(True), over(UInt8(3)))
    var xs: List[Money] = [Money(3), Money(1), Money(2)]
    sort(xs)
    print(xs[0], xs[2], len(xs))
    print(conforms_to(Box[Int], Writable), conforms_to(Box[Opaque], Writable))
