/** The types of generated programs, which tell of their lives on standard output. No method is inlined, which would make the optimizer work for
 *  minutes on the same code again and again. */
export const TYPES_OF_PROGRAMS = `from std.memory import Pointer, unsafe_alloc
from std.utils import Variant


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


struct Told(Movable):
    var n: Int
    var text: String

    @no_inline
    def __init__(out self, n: Int):
        self.n = n
        self.text = String("a context manager that is told of errors, number ", n)
        say("+", n)

    @no_inline
    def __enter__(mut self):
        say("[", self.n)

    @no_inline
    def __exit__(mut self):
        say("]", self.n)

    @no_inline
    def __exit__(mut self, error: E) -> Bool:
        say("!", error.n)
        say("]", self.n)
        return self.n % 2 == 0

    @no_inline
    def __deinit__(deinit self):
        say("-", self.n)


struct Entered(Movable):
    var n: Int
    var text: String

    @no_inline
    def __init__(out self, n: Int):
        self.n = n
        self.text = String("a context manager that is gone when it is entered, number ", n)
        say("+", n)

    @no_inline
    def __enter__(var self) -> R:
        say("[", self.n)
        return R(self.n + 1)

    @no_inline
    def __deinit__(deinit self):
        say("-", self.n)


struct Bag[T: Movable & Deinitable](Movable, Sized):
    var data: UnsafePointer[Self.T, MutUntrackedOrigin]
    var size: Int
    var capacity: Int

    def __init__(out self):
        self.data = unsafe_alloc[Self.T](1)
        self.size = 0
        self.capacity = 1

    def __init__(out self, *, deinit move: Self):
        self.data = move.data
        self.size = move.size
        self.capacity = move.capacity

    @no_inline
    def __deinit__(deinit self):
        for i in range(self.size):
            self.data.unsafe_offset(i).unsafe_deinit_pointee()
        self.data.unsafe_free()

    @no_inline
    def append(mut self, var item: Self.T):
        if self.size == self.capacity:
            var larger = unsafe_alloc[Self.T](self.capacity * 2)
            for i in range(self.size):
                larger.unsafe_offset(i).unsafe_write(self.data.unsafe_offset(i).unsafe_take_pointee())
            self.data.unsafe_free()
            self.data = larger
            self.capacity *= 2
        self.data.unsafe_offset(self.size).unsafe_write(item^)
        self.size += 1

    @no_inline
    def pop(mut self) -> Self.T:
        self.size -= 1
        return self.data.unsafe_offset(self.size).unsafe_take_pointee()

    @no_inline
    def clear(mut self):
        for i in range(self.size):
            self.data.unsafe_offset(i).unsafe_deinit_pointee()
        self.size = 0

    def __getitem__(ref self, i: Int) -> ref[self] Self.T:
        return self.data.unsafe_offset(i)[]

    def __len__(self) -> Int:
        return self.size


`;
