# Functions given as parameters, and defaults of parameters: both are checked where they stand.
def inc(x: Int) -> Int:
    return x + 1


def shown(x: Int) -> String:
    return String(x)


def risky(x: Int) raises -> Int:
    return x


def changes(mut x: Int) -> Int:
    return x


def add[n: Int](x: Int) -> String:
    return String(x + n)


struct Doubled:
    @staticmethod
    def of(x: Int) -> Float64:
        return Float64(x * 2)


def twice[f: def(Int) thin -> Int](x: Int) -> Int:
    return f(f(x))


def chain[*fs: def(Int) thin -> Int](x: Int) -> Int:
    var r = x
    comptime for i in range(fs.__len__()):
        r = fs[i](r)
    return r


struct Pipe[f: def(Int) thin -> Int]:
    def __init__(out self):
        pass


def wrong_functions():
    print(twice[inc](1), chain[inc, inc](2))
    print(twice[shown](1))  #~ error[M2350] "but value has type 'def shown(x: Int) thin -> String'"
    print(twice[risky](1))  #~ error[M2350] "but value has type 'def risky(x: Int) raises thin -> Int'"
    print(twice[changes](1))  #~ error[M2350] "but value has type 'def changes(mut x: Int) thin -> Int'"
    print(twice[add[3]](1))  #~ error[M2350] "but value has type 'def add(x: Int) thin -> String'"
    print(twice[Doubled.of](1))  #~ error[M2350] "'def of(x: Int) thin -> Float64'"
    print(chain[inc, shown](1))  #~ error[M2350] "'chain' parameter 'fs' has"
    var p = Pipe[shown]()  #~ error[M2340] "'Pipe' parameter 'f' has"


def forward[a: Int = b, b: Int = 2]() -> Int:  #~ error[M2300] "use of unknown declaration 'b'"
    return a + b


def default_of_wrong_type[f: def(Int) thin -> Int = shown](x: Int) -> Int:  #~ error[M2310] "cannot implicitly convert"
    return f(x)


struct Sized2[n: Int = "many"]:  #~ error[M2310] "cannot implicitly convert"
    pass


trait Animal:
    def noise(self) -> String:
        ...


struct Zoo:
    var animals: List[Animal]  #~ error[M2342] "but value has type 'AnyTrait[Animal]'"

    def __init__(out self):
        self.animals = []


struct Cell[T: Copyable & Deinitable]:
    var v: Self.T

    def __init__(out self, v: T):  #~ error[M2308] "use 'Self.T' instead"
        self.v = v.copy()


def pair[a: Int, b: Int]() -> Int:
    return a - b


def apart[n: Int, /, m: Int = 2, *, k: Int = 1]() -> Int:
    return n * m + k


def inferred[T: Writable, //, n: Int](x: T) -> String:
    return String(x) * n


struct Buffer[n: Int]:
    def __init__(out self):
        pass

    def hides[n: Int](self):  #~ error[M2004] "invalid redefinition of 'n'"
        pass

    def hides_too(self, n: Int):  #~ error[M2004] "invalid redefinition of 'n'"
        pass


def wrong_lists(n: Int):
    print(pair[3, b=1](), apart[3, 4, k=2](), inferred[2]("ab"))
    print(pair[a=3, 1]())  #~ error[M2350] "unexpected keyword parameter 'a'"
    print(pair[3, a=1]())  #~ error[M2350] "unexpected keyword parameter 'a'"
    print(apart[n=3]())  #~ error[M2350] "unexpected keyword parameter 'n'"
    print(apart[1, 2, 3]())  #~ error[M2350] "unexpected parameter"
    print(inferred[String, 2]("ab"))  #~ error[M2350] "unexpected parameter"
    var b = Buffer[Int]()  #~ error[M2340] "but value has type 'AnyStruct[Int]'"
    var c = Cell[3](3)  #~ error[M2340] "has 'Copyable & Deinitable' type, but value has type 'IntLiteral[3]'"
    comptime assert n > 0  #~ error[M2345] "in 'comptime assert' expression"


struct Tree:
    var root: Cell  #~ error[M2343] "'Cell[_]' is not concrete, use '[]' to bind missing parameters"

    def __init__(out self):
        self.root = Cell(3)


trait WithParameters[T: AnyType]:  #~ error[M2037] "do not support parameters"
    def get(self) -> T:
        ...


struct Chained:
    var next: Optional[Chained]  #~ error[M2055] "non-'Deinitable'"

    def __init__(out self):
        self.next = None


struct First:  #~ error[M2052] "recursive reference to itself by value"
    var second: Second


struct Second:
    var first: Optional[First]

    def __init__(out self):
        self.first = None


def uses_of_what_is_broken():
    print(forward(), len(Zoo().animals), Cell(3).v)


def keep[T: Copyable](x: T) -> T:
    return x.copy()


def vector_length(x: SIMD) -> Int:
    return Int(x.length)


def lifted[f: def(Int) thin -> Int]() -> Int:
    return f(3)


def called[F: def(Int) -> Int](f: F) -> Int:
    return f(3)


def passed_on[f: def[T: Writable](T) thin -> None](x: Third):
    f(x)  #~ error[M2350] "argument type 'Third' does not conform to trait 'Writable'"
    f(1)


struct Third:
    pass


def open_functions():
    _ = lifted[keep]()  #~ error[M2350] "'lifted' parameter 'f' has 'def(Int) thin -> Int' type"
    _ = lifted[vector_length]()  #~ error[M2350] "'lifted' parameter 'f' has"
    _ = called(keep)  #~ error[M2350] "cannot be converted"
    var f: def(Int) thin -> Int = keep  #~ error[M2310] "cannot implicitly convert"
    var g = keep  #~ error[M2379] "cannot use parametric function as a runtime closure"
    print(f(1), g(2), lifted[keep[Int]](), called(keep[Int]))


def defaults(
    a: Int = undefined_name,  #~ error[M2300] "unknown declaration"
    b: Int = "text",  #~ error[M2310] "cannot implicitly convert"
    c: Int = atol("3"),  #~ error[M2354] "cannot call raising function"
):
    pass


trait WithDefault:
    def f(self, x: Int = "text"):  #~ error[M2310] "cannot implicitly convert"
        ...


struct DecidesItself[T: AnyType](  #~ error[M2007] "recursive reference to declaration 'DecidesItself'"
    Writable where conforms_to(DecidesItself[T], Writable)
):
    def write_to(self, mut writer: Some[Writer]):
        pass


struct NeedsItself[n: Int] where NeedsItself[n].K > 0:  #~ error[M2007] "recursive reference"
    comptime K = Self.n


def first_default[n: Int = second_default()]() -> Int:  #~ error[M2007] "recursive reference to declaration 'n'"
    return n


def second_default[m: Int = first_default()]() -> Int:  #~ error[M2007] "recursive reference to declaration 'm'"
    return m


def two_numbers[n: Int, m: Int]() -> Int:
    return n + m


def partly_bound():
    comptime some = two_numbers[1]  #~ error[M2347] "failed to infer parameter 'm', specify the parameter or use '_'"
    comptime rest = two_numbers[1, _]
    print(rest[2](), some[2]())


def main():
    pass


def any_int[f: def(Some[Intable]) thin -> Int]() -> Int:
    return f(1)


def any_copied[f: def[T: Intable & Copyable](T) thin -> Int]() -> Int:
    return f(1)


def of_writable(x: Some[Writable]) -> Int:
    return 1


def of_int[T: Intable](x: T) -> Int:
    return 1


# The bounds of the two are the same, or the one is not the other.
def use_bounds():
    _ = any_int[of_int]()
    _ = any_int[of_writable]()  #~ error[M2350] "'def(Some[Intable]) thin -> Int' type, but value has type 'def of_writable(x: Some[Writable]) thin -> Int'"
    _ = any_copied[of_int]()  #~ error[M2350] "'def[T: Copyable & Intable](T) thin -> Int' type"


# Each target of a chain is assigned from the one beside it.
def chained():
    var wide: Float64
    var whole: Int
    wide = whole = 3  #~ error[M2310] "cannot implicitly convert 'Int' value to 'Float64'"
    _ = wide
    _ = whole


# A function type names what its arguments lend: who calls through it is checked as who calls the function.
def of_a_local[F: def(xs: List[Int]) -> Span[Int, origin_of(xs)]](f: F) -> Span[Int, ImmUntrackedOrigin]:
    var l: List[Int] = [1, 2, 3]
    return f(l)  #~ error[M2310] "'Span[Int, origin_of(l)]' value to 'Span[Int, ImmUntrackedOrigin]'"


def changes_what_is_lent[F: def[o: MutOrigin](ref[o] List[Int]) -> ref[o] List[Int]](f: F, l: List[Int]):
    f(l).append(1)  #~ error[M2350] "value passed to argument must be mutable"


def counted(ref xs: List[Int]) -> Int:
    return len(xs)


def parametric_pointers():
    var f: def(ref xs: List[Int]) thin -> Int = counted  #~ error[M2379] "bind the parameters of 'counted' first"


def whole(xs: List[Int]) -> ref[xs] List[Int]:
    return xs


def element[F: def(xs: List[Int]) -> ref[xs[0]] Int](f: F, l: List[Int]) -> Int:
    return f(l)


def of_other_shape():
    _ = element(whole, [1])  #~ error[M2350] "cannot be converted from 'def whole(xs: List[Int]) thin -> ref[origin_of(xs)] List[Int]'"
