# Types with parameters that nothing binds, and methods with special names.
from std.reflection import reflect


struct Pair[a: Int, b: Int]:
    comptime first = Self.a
    comptime sum = Self.a + Self.b

    def __init__(out self):
        pass

    def __init__(out self, *, like: Pair[Self.a, Self.b]):
        pass

    @staticmethod
    def of(like: Pair[Self.a, Self.b]) -> Int:
        return Self.b


def argument(x: Pair[1]):  #~ error[M2344] "'Pair' failed to infer parameter 'b'"
    pass


def view(x: Span[Int]) -> Int:  #~ error[M2344] "'Span' failed to infer parameter 'origin'"
    return 0


def open_argument(x: Pair[1, _], y: Pair[b=2, ...]) -> Int:
    return x.b + y.a


def result() -> Pair[1]:  #~ error[M2344] "failed to infer parameter 'b'"
    return Pair[1, 2]()


def open_result(x: List) -> List:  #~ error[M2036] "is not concrete, use '[]' to bind missing parameters"
    return x.copy()


comptime Half = Pair[1]  #~ error[M2344] "failed to infer parameter 'b'"
comptime OpenHalf = Pair[1, _]
comptime wrong = Pair[..., 3]  #~ error[M2340] "parameter after `...` must be passed by keyword"
comptime Later = Pair[..., b=3]


struct Words[*ns: Int]:
    pass


def open_words(x: Words[_]):  #~ error[M2340] "cannot be passed as a variadic parameter"
    pass


def named_words() -> Words[ns=3]:  #~ error[M2340] "unexpected keyword parameter 'ns'"
    return Words[3]()


def bodies():
    var p = Pair[1](like=Pair[1, 2]())
    print(Pair[1].of(p), Pair[1, _].first)
    var q: Pair[1] = Pair[1, 2]()  #~ error[M2344] "failed to infer"
    var r: List  #~ error[M2316] "'List[_]' is not concrete"
    print(Pair[1, _].sum)  #~ error[M2335] "cannot access comptime member 'sum' with unbound parameter 'Pair.b'"
    print(Pair.a)  #~ error[M2335] "'a' refers to an unbound parameter in 'Pair[_, _]'"
    several[Int, Int](1)  #~ error[M2350] "expected 2 elements in variadic pack, got 1 argument value"
    several[Int](1, 2)  #~ error[M2350] "expected 1 element in variadic pack, got 2 argument values"
    alone[*4]()  #~ error[M2350] "invalid unpack"


def lengths[*Ts: AnyType]() -> Int:
    return Ts.size  #~ error[M2330] "no attribute 'size'"


def doubled(x: Int) -> Int:
    return x * 2


def doubled(x: Float64) -> Float64:
    return x * 2


def applied[F: def(Int) -> Int](f: F) -> Int:
    return f(1)


def chosen[f: def(Int) thin -> Int]() -> Int:
    return f(1)


def names_at_run_time():
    comptime names = reflect[Special].field_names()
    print(names[0])  #~ error[M2312] "cannot materialize comptime value of type 'Array"
    print(chosen[doubled]())
    print(applied(doubled))  #~ error[M2350] "'doubled' does not name one function"
    comptime pair = (1, 2)
    comptime wrong: Float64 = pair[0]  #~ error[M2310] "cannot implicitly convert 'Int' value to 'Float64'"


def several[*Ts: AnyType](*xs: *Ts):
    pass


def alone[n: Int]():
    pass


def no_list(*xs: *Int):  #~ error[M2087] "pack argument type list"
    pass


def no_pack[*Ts: AnyType](xs: *Ts):  #~ error[M2088] "requires a variadic argument"
    pass


struct Knot[a: Knot]:  #~ error[M2007] "recursive reference to declaration 'Knot'"
    pass


struct Ring[n: Int]:
    def __init__(out self: Ring[4]):
        pass

    def __init__(out self: Ring[4], other: Ring[Self.n]):  #~ error[M2086] "cannot use Self parameter 'n'"
        pass


struct Special:
    def __add__(self, a: Int, b: Int = 0) -> Int:  #~ error[M2082] "'__add__' requires 2 operands"
        return a

    def __neg__(self, a: Int) -> Int:  #~ error[M2082] "'__neg__' requires 1 operand"
        return a

    def __pow__(self) -> Int:  #~ error[M2082] "'__pow__' requires at least 2 operands"
        return 0

    @staticmethod
    def __sub__(a: Int, b: Int) -> Int:  #~ error[M2084] "must not be a static method"
        return a

    def __iadd__(mut self, a: Int) -> Int:  #~ error[M2085] "result type must be elided"
        return a

    def __init__(mut self):  #~ error[M2039] "must return Self type"
        pass


@fieldwise_init
struct Bare(Copyable):
    var x: Int


@fieldwise_init
struct Unique(Movable):
    var x: Int


def nested[T: Copyable & Deinitable](x: List[List[T]]):
    pass


def tables[T: Copyable & Deinitable](x: Dict[String, List[T]]):
    pass


# What a display makes can hold what stands in it.
def displays():
    print(List == Int)  #~ error[M2316] "'List[_]' is not concrete, use '[]' to bind missing parameters"
    comptime either = Int if True else Dict  #~ error[M2316] "is not concrete"
    nested[Int]([[1, 2], [3]])
    nested([[1, 2], [3, 4]])  #~ error[M2350] "value passed to 'x' cannot be converted from"
    nested([[1, 2], [3]])  #~ error[M2317] "'Array[Int, Int(2)]' is not compatible with value of type 'Array[Int, Int(1)]'"
    tables({"a": [1]})  #~ error[M2350] "value passed to 'x' cannot be converted from"
    var a = {Bare(1), Bare(2)}  #~ error[M2351] "'Set' parameter 'T' has"
    var b = {Bare(1): 2}  #~ error[M2351] "'Dict' parameter 'K' has"
    var c = {1: Unique(2)}  #~ error[M2351] "a display copies its elements, and 'Unique' is not 'Copyable'"
    var d = {Bare(i) for i in range(3)}  #~ error[M2342] "'Set' parameter 'T' has"
    var e = {i: Unique(i) for i in range(3)}


def same(x: Some[Writable]) -> Int:
    return 1


def same[T: Writable](x: T) -> Int:  #~ error[M2005] "redefinition of function 'same' with identical signature"
    return 2


def whole[*Ts: AnyType]() where conforms_to(Ts, Writable):  #~ error[M2313] "'Ts' is not a type"
    pass


def __mul__(a: Int, b: Int) -> Int:  #~ error[M2083] "'__mul__' must be a method"
    return a


def main():
    pass
