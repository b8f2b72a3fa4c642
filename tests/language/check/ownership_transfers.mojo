# What `^` cannot take: captured values, elements, what a reference designates.
struct N(Movable):
    var s: String

    def __init__(out self, s: String):
        self.s = s


def eat(var n: N):
    print(n.s)


def owned_capture():
    var a = N("a")

    def run() {var a^}:  #~ error[M2483] "captured value 'a' is uninitialized at the end of this function"
        eat(a^)

    run()


def borrowed_capture():
    var a = N("a")

    def run() {mut a}:
        eat(a^)  #~ error[M2372] "does not designate a value with an origin"

    run()


def tuple_element():
    var t = (N("a"), N("b"))
    eat(t[0]^)  #~ error[M2372] "does not designate a value with an origin"


def list_element(mut l: List[N]):
    eat(l[0]^)  #~ error[M2372] "does not designate a value with an origin"


def reference():
    var a = N("a")
    ref r = a
    eat(r^)  #~ error[M2372] "does not designate a value with an origin"


def closure_itself():
    var a = N("a")

    def run() {var a^}:
        print(a.s)

    var moved = run^
    moved()


struct Pinned(Movable where False):
    var n: Int

    def __init__(out self):
        self.n = 1


def kept_generic[T: Deinitable](var x: T):
    var y = x^  #~ error[M2378] "because 'T' doesn't conform to 'Movable'"
    _ = y^


def passed_on[T: Deinitable](var x: T):
    pass


def pinned() -> Pinned:
    var here = Pinned()
    passed_on(Pinned())
    return here^  #~ error[M2378] "because 'Pinned' doesn't conform to 'Movable'"


struct Tree:
    var kids: List[Tree]  #~ error[M2055] "field 'kids' has non-'Deinitable' type 'List[Tree]'"

    def __init__(out self):
        self.kids = []


struct OwnEnd:
    var kids: List[OwnEnd]

    def __init__(out self):
        self.kids = []

    def __deinit__(deinit self):
        pass


struct First:
    var rest: List[Second]

    def __init__(out self):
        self.rest = []


struct Second:
    var rest: Optional[First]  #~ error[M2055] "field 'rest' has non-'Deinitable' type 'Optional[First]'"

    def __init__(out self):
        self.rest = None


struct Shelf(Movable):
    var count: Int

    def add(mut self, deinit a: Pair):  #~ error[M2063] "'deinit' must only be applied to arguments of Self type"
        self.count += 1

    def join(mut self, deinit other: Self):
        self.count += other.count


def taken_apart(deinit a: Pair):  #~ error[M2049] "'deinit' convention is only valid on struct method arguments"
    pass


def called_type[F: def(Int) -> Int](x: Int) -> Int:
    return F(x)  #~ error[M2358] "take the callable as an argument: 'f: F'"


struct CallsType[F: def(Int) -> Int]:
    @staticmethod
    def run(x: Int) -> Int:
        return Self.F(x)  #~ error[M2358] "keep the callable in a field: 'var f: Self.F'"


def unpacked():
    var a = Pair()
    var b = Pair()
    a, b = b^, a^  #~ error[M2311] "cannot be implicitly copied"


struct Pair(Copyable):
    def __init__(out self):
        pass


# Results that refer to what is not there after the call.
def of_register(x: Int) -> ref[x] Int:  #~ error[M2485] "value of type 'Int' doesn't have a memory origin in origin specifier"
    return x


def of_register_pointer(x: Int) -> Pointer[Int, origin_of(x)]:  #~ error[M2485] "value of type 'Int' doesn't have a memory origin"
    return Pointer(to=x)


def of_lent_register(mut x: Int) -> ref[x] Int:  #~ error[M2486] "cannot return 'x's origin, because it has RegisterPassable type 'Int'"
    return x


def of_open_type[T: Comparable](x: T, y: T) -> ref[x, y] T:  #~ error[M2486] "cannot return 'x's origin, because it might expand to a RegisterPassable type"
    if x < y:
        return x
    return y


def of_ref[T: Comparable](ref x: T, ref y: T) -> ref[x, y] T:
    if x < y:
        return x
    return y


def main():
    pass
