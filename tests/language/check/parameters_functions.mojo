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


def uses_of_what_is_broken():
    print(forward(), len(Zoo().animals), Cell(3).v)


def main():
    pass
