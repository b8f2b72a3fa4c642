/** The Mojo text before generated programs: types that tell of their lives, and the functions that programs call. */

/** Types that tell of their lives on standard output, and the functions that programs call. None is inlined, which would make the
 *  optimizer work for minutes on the same code again and again. */
export const PRELUDE = `from std.memory import Pointer


@no_inline
def say(what: StaticString, n: Int):
    print(what, n, sep="", end=" ")


def step(mut k: Int) -> Bool:
    k = (k * 13 + 7) % 64
    return k >= 32


struct R(Copyable):
    var n: Int
    var text: String

    @no_inline
    def __init__(out self, n: Int):
        self.n = n
        self.text = String("a resource that owns memory, number ", n)
        say("+", n)

    @no_inline
    def __init__(out self, *, copy: Self):
        self.n = copy.n + 1000
        self.text = copy.text
        say("c", self.n)

    @no_inline
    def __init__(out self, *, deinit move: Self):
        self.n = move.n
        self.text = move.text^

    @no_inline
    def __deinit__(deinit self):
        say("-", self.n)


struct I(ImplicitlyCopyable):
    var n: Int
    var text: String

    @no_inline
    def __init__(out self, n: Int):
        self.n = n
        self.text = String("implicitly copied, number ", n)
        say("+", n)

    @no_inline
    def __init__(out self, *, copy: Self):
        self.n = copy.n + 1000
        self.text = copy.text
        say("c", self.n)

    @no_inline
    def __init__(out self, *, deinit move: Self):
        self.n = move.n
        self.text = move.text^

    @no_inline
    def __deinit__(deinit self):
        say("-", self.n)


struct M(Movable):
    var n: Int

    @no_inline
    def __init__(out self, n: Int):
        self.n = n
        say("+", n)

    @no_inline
    def __init__(out self, *, deinit move: Self):
        self.n = move.n
        say("m", self.n)

    @no_inline
    def __deinit__(deinit self):
        say("-", self.n)


struct Q(RegisterPassable):
    var n: Int

    @no_inline
    def __init__(out self, n: Int):
        self.n = n
        say("+", n)

    @no_inline
    def __deinit__(deinit self):
        say("-", self.n)


struct E(Movable):
    var n: Int
    var text: String

    @no_inline
    def __init__(out self, n: Int):
        self.n = n
        self.text = String("an error that owns memory, number ", n)
        say("x", n)

    @no_inline
    def __init__(out self, *, deinit move: Self):
        self.n = move.n
        self.text = move.text^

    @no_inline
    def __deinit__(deinit self):
        say("y", self.n)


struct P(Movable):
    var a: R
    var b: R

    @no_inline
    def __init__(out self, var a: R, var b: R):
        self.a = a^
        self.b = b^

    @no_inline
    def __init__(out self, *, mut half: Int, n: Int) raises E:
        self.a = R(n)
        fail(half, n)
        self.b = R(n + 50)

    @no_inline
    def open(deinit self) -> R:
        return self.b^

    @no_inline
    def close(deinit self, mut k: Int, n: Int) raises E -> R:
        use(self.a)
        fail(k, n)
        return self.b^


@fieldwise_init
struct Box[T: Movable & Deinitable](Copyable where conforms_to(T, Copyable), Movable):
    var item: Self.T


@fieldwise_init
struct View[mut: Bool, //, o: Origin[mut=mut]](Copyable):
    var p: Pointer[R, Self.o]

    @no_inline
    def get(self) -> ref[Self.o] R:
        return self.p[]


@fieldwise_init
struct Keep[F: def() -> None](Movable):
    var f: Self.F

    @no_inline
    def call(self):
        self.f()


@fieldwise_init
struct N(Movable):
    var p: P
    var r: R

    @no_inline
    def open(deinit self) -> R:
        return self.r^


@fieldwise_init
struct W(Movable):
    var a: M
    var b: M

    @no_inline
    def open(deinit self) -> M:
        return self.b^


struct D(Movable):
    var a: R
    var b: R

    @no_inline
    def __init__(out self, var a: R, var b: R):
        self.a = a^
        self.b = b^

    @no_inline
    def open(deinit self) -> R:
        return self.a^

    @no_inline
    def __deinit__(deinit self):
        say("~", 0)


struct Guard(Movable):
    var n: Int
    var text: String

    @no_inline
    def __init__(out self, n: Int):
        self.n = n
        self.text = String("a context manager, number ", n)
        say("+", n)

    @no_inline
    def __enter__(mut self):
        say("[", self.n)

    @no_inline
    def __exit__(mut self):
        say("]", self.n)

    @no_inline
    def __deinit__(deinit self):
        say("-", self.n)


@no_inline
def use(x: R):
    say("u", x.n)


@no_inline
def use(x: R, y: R):
    say("u", x.n)
    say("u", y.n)


@no_inline
def use(x: I):
    say("u", x.n)


@no_inline
def use(x: M):
    say("u", x.n)


@no_inline
def use(x: Q):
    say("u", x.n)


@no_inline
def use(x: E):
    say("u", x.n)


@no_inline
def use(x: Box[R]):
    say("u", x.item.n)


@no_inline
def use(x: Box[M]):
    say("u", x.item.n)


@no_inline
def use(x: P):
    say("u", x.a.n)
    say("u", x.b.n)


@no_inline
def use(x: N):
    use(x.p)
    use(x.r)


@no_inline
def use(x: D):
    say("u", x.a.n)


@no_inline
def use(x: W):
    say("u", x.a.n)
    say("u", x.b.n)


@no_inline
def use(x: List[R]):
    say("l", len(x))
    if len(x) > 0:
        say("u", x[0].n)


@no_inline
def use(x: Optional[R]):
    if x:
        say("u", x.value().n)
    else:
        say("o", 0)


@no_inline
def use(x: Tuple[R, R]):
    say("u", x[0].n)
    say("u", x[1].n)


@no_inline
def eat(var x: R):
    say("e", x.n)


@no_inline
def eat(var x: I):
    say("e", x.n)


@no_inline
def eat(var x: M):
    say("e", x.n)


@no_inline
def eat(var x: Q):
    say("e", x.n)


@no_inline
def eat(var x: Box[R]):
    say("e", x.item.n)


@no_inline
def eat(var x: Box[M]):
    say("e", x.item.n)


@no_inline
def eat(var x: P):
    say("e", x.a.n)


@no_inline
def eat(var x: N):
    say("e", x.r.n)


@no_inline
def eat(var x: D):
    say("e", x.a.n)


@no_inline
def eat(var x: W):
    say("e", x.a.n)


@no_inline
def eat(var x: List[R]):
    say("e", len(x))


@no_inline
def eat(var x: Optional[R]):
    say("e", 1 if x else 0)


@no_inline
def eat(var x: Tuple[R, R]):
    say("e", x[0].n)


@no_inline
def ignore[T: Movable & Deinitable](var x: T):
    say("i", 0)


@no_inline
def touch(mut x: R):
    x.n += 100
    say("t", x.n)


@no_inline
def reset(mut x: R, n: Int):
    x = R(n)


@no_inline
def may(mut k: Int, n: Int) raises E -> R:
    if step(k):
        raise E(n)
    return R(n)


@no_inline
def fail(mut k: Int, n: Int) raises E:
    if step(k):
        raise E(n)


@no_inline
def passed[T: Movable & Deinitable](var x: T) -> T:
    return x^


@no_inline
def pick(mut k: Int, ref a: R, ref b: R) -> ref[a, b] R:
    if step(k):
        return a
    return b


@no_inline
def run[F: def() -> None](f: F):
    f()


@no_inline
def twice[F: def() -> None](f: F):
    f()
    f()


@no_inline
def hand(x: R, var y: R) -> R:
    say("h", x.n)
    return y^


@no_inline
def popped(mut l: List[R], n: Int) -> R:
    if len(l) > 0:
        return l.pop()
    return R(n)


@no_inline
def taken(mut o: Optional[R], n: Int) -> R:
    if o:
        return o.take()
    return R(n)

`;

/** Lines before the first program. */
export const PRELUDE_LINES = PRELUDE.split('\n').length - 1;
