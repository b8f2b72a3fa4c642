# Generic bodies are checked against their bounds, and callers against `where` clauses.
def add[T: Copyable & Deinitable](a: T, b: T) -> T:
    return a + b  #~ error[M2325] "'T' does not implement the '__add__' method"


def less[T: Copyable](a: T, b: T) -> Bool:
    return a < b  #~ error[M2325] "'T' does not implement the '__lt__' method"


def twice[T: Movable](x: T) -> T:
    return x.copy()  #~ error[M2330] "'T' value has no attribute 'copy'"


def size[T: AnyType](x: T) -> Int:
    return len(x)  #~ error[M2351] "no matching function in call to 'len'"


def show[T: AnyType](x: T):
    comptime if conforms_to(T, Writable):
        print(x)
    else:
        print(x)  #~ error[M2350] "does not conform to trait 'Writable'"


trait Shape:
    def area(self) -> Float64:
        ...


def dynamic(s: Shape) -> Float64:
    return s.area()  #~ error[M2035] "dynamic traits are not supported; 'Shape' is a trait"


@fieldwise_init
struct Plain:
    var x: Int


struct Cell[T: Copyable & Deinitable]:
    var x: Self.T

    def __init__(out self, x: Self.T):
        self.x = x.copy()


def bounds() raises:
    var c: Cell[Plain]  #~ error[M2342] "'Cell' parameter 'T' has 'Copyable & Deinitable' type, but value has type 'AnyStruct[Plain]'"
    var d = Dict[Plain, Int]()  #~ error[M2342] "'Dict' parameter 'K' has 'KeyElement' type"


struct Ring[cap: Int](Movable) where cap > 0:
    def __init__(out self):
        pass


def ring[n: Int](r: Ring[n]) -> Int where n > 0:
    return n


def rings():
    var a = Ring[4]()
    print(ring(a))
    var b = Ring[0]()  #~ error[M2359] "invalid use of struct 'Ring': violated constraint"


# A container is writable if its elements are; where nothing is reached everything holds.
def both_ways[T: Copyable & Deinitable, U: Copyable & Deinitable](x: T, y: U):
    comptime if conforms_to(List[T], Writable):
        print(x)
        print(y)  #~ error[M2350] "does not conform to trait 'Writable'"
    comptime if conforms_to(Tuple[T, U], Writable):
        print(x, y)
    comptime if False:
        print(x)


def half[n: Int]() -> Int where n > 1:
    return n // 2


def even[n: Int]() -> Int where n % 2 == 0:
    return n // 2


def quarter[n: Int]() -> Int where n % 2 == 0:
    return even[n]()


def wheres[n: Int]():
    print(half[1]())  #~ error[M2350] "invalid call to 'half': violated constraint"
    print(half[n]())  #~ error[M2350] "invalid call to 'half': lacking evidence to prove correctness"
    print(even[4]())  #~ error[M2350] "invalid call to 'even': lacking evidence to prove correctness"


def less_than[a: Int, b: Int]() where a < b:
    pass


def at_least[a: Int]() where a >= 2:
    pass


def several[*ns: Int]() where ns.__len__() > 1:
    pass


# Nothing moves from one side of a comparison to the other, and `not` turns none around.
def evidence[a: Int, b: Int]() where a < b and a + b > 4:
    less_than[a, b]()
    less_than[3, b + a - 0 * a]()  #~ error[M2350] "lacking evidence"
    less_than[4, b + a]()
    less_than[a, a + 1]()  #~ error[M2350] "invalid call to 'less_than': lacking evidence to prove correctness"
    less_than[a + 1, b + 1]()  #~ error[M2350] "lacking evidence"
    comptime if a < 2:
        less_than[a, 2]()
    else:
        at_least[a]()  #~ error[M2350] "lacking evidence"
    several[a, b]()  #~ error[M2350] "invalid call to 'several': lacking evidence to prove correctness"


struct Slots:
    var v: Int

    def __init__(out self):
        self.v = 0

    def __getitem__(self, i: Int) -> Int:
        return self.v

    def __setitem__(mut self, i: Int, v: String):
        self.v = i


def first_area[T: Shape](shapes: List[T]) -> Float64:
    return shapes[0].area()


def grow[T: Shape](mut shapes: List[T], var shape: T):
    shapes.append(shape^)  #~ error[M2350] "invalid call to 'append': lacking evidence to prove correctness"


def keyed[T: Shape](d: Dict[String, T]):  #~ error[M2342] "'Dict' parameter 'V' has"
    pass


struct Gallery[T: Shape]:
    var shapes: List[Self.T]  #~ error[M2055] "field 'shapes' has non-'Deinitable' type 'List[T]'"


struct Dying:
    def __deinit__(self):  #~ error[M2046] "'self' argument must be passed as 'deinit'"
        pass


struct Complex[dt: DType]:
    def __init__(out self, v: SIMD[Self.dt, 2]):
        pass

    def __init__(out self, re: Scalar[Self.dt], im: Scalar[Self.dt] = 0):
        pass


def pick[T: Copyable & Deinitable](xs: List[T]) -> String:
    return "list"


def pick[T: AnyType](x: T) -> String:
    return "any"


def main():
    var s = Slots()
    s[0] = "x"  #~ error[M2310] "cannot implicitly convert 'StringLiteral["x"]' value to 'Int'"
    var c = Complex(Float64(1))  #~ error[M2352] "ambiguous call to '__init__'"
    print(pick(List[Int]()))  #~ error[M2352] "ambiguous call to 'pick'"
