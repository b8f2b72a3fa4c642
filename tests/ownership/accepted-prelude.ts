/** The types and functions of the programs that `accepted-cases.ts` makes. */

/** `R` owns a heap cell with its number, so that a use after its end reads what the heap check fills freed blocks with. */
export const PRELUDE = `from std.collections import Deque
from std.memory import ArcPointer, OwnedPointer, unsafe_alloc
from std.utils import Variant


trait Lends:
    def lend(ref self) -> ref[self] R: ...


struct R(Copyable, Lends):
    var cell: UnsafePointer[Int, MutUntrackedOrigin]

    def __init__(out self, n: Int):
        self.cell = unsafe_alloc[Int](1)
        self.cell[] = n

    def __init__(out self, *, copy: Self):
        self.cell = unsafe_alloc[Int](1)
        self.cell[] = copy.cell[]

    def __deinit__(deinit self):
        self.cell[] = -1
        self.cell.unsafe_free()

    def rename(mut self, other: Self):
        self.cell[] = other.cell[] + 1

    def lend(ref self) -> ref[self] R:
        return self


struct P(Copyable):
    var a: R
    var b: R

    def __init__(out self, n: Int):
        self.a = R(n)
        self.b = R(n + 1)

    def first(ref self) -> ref[self.a] R:
        return self.a

    def renew(mut self, seen: R):
        self.a = R(8)
        use(seen)


struct Box[T: Copyable & Deinitable](Copyable):
    var item: Self.T

    def __init__(out self, var item: Self.T):
        self.item = item^

    def get(ref self) -> ref[self.item] Self.T:
        return self.item

    def put(mut self, var item: Self.T):
        self.item = item^


struct Shelf(Copyable):
    var rows: List[R]
    var spare: Optional[R]

    def __init__(out self, n: Int):
        self.rows = [R(n), R(n + 1)]
        self.spare = R(n + 2)

    def top(ref self) -> ref[self.rows[0]] R:
        return self.rows[0]

    def view(ref self) -> Span[R, origin_of(self.rows)]:
        return Span(self.rows)

    def grow(mut self, seen: R):
        self.rows.append(seen.copy())
        self.rows.append(R(5))
        self.rows.append(R(6))
        use(seen)


@fieldwise_init
struct Holder[mut: Bool, //, o: Origin[mut=mut]](Copyable):
    var p: Pointer[R, Self.o]

    def get(self) -> ref[Self.o] R:
        return self.p[]


@fieldwise_init
struct Both[om: Bool, pm: Bool, //, o: Origin[mut=om], p: Origin[mut=pm]](Copyable):
    var a: Pointer[R, Self.o]
    var b: Pointer[R, Self.p]

    def either(self, n: Int) -> ref[origin_of(Self.o, Self.p)] R:
        if n % 2 == 0:
            return self.a[]
        return self.b[]


@fieldwise_init
struct Cursor[mut: Bool, //, o: Origin[mut=mut]](Copyable):
    var rows: Span[R, Self.o]
    var at: Int

    def next(mut self) -> ref[Self.o] R:
        self.at = (self.at + 1) % len(self.rows)
        return self.rows[self.at]


struct Link(Movable):
    var r: R
    var next: Optional[ArcPointer[Link]]

    def __init__(out self, n: Int, length: Int):
        self.r = R(n)
        self.next = None
        if length > 0:
            self.next = ArcPointer(Link(n + 1, length - 1))

    def cut(mut self):
        self.next = None


@fieldwise_init
struct Keep[F: def() -> None](Movable):
    var f: Self.F

    def call(self):
        self.f()


@no_inline
def use(x: R):
    if x.cell[] < 0 or x.cell[] > 1000000:
        print("DEAD")
    print(x.cell[], end=" ")


@no_inline
def two(x: R, y: R):
    use(x)
    use(y)


@no_inline
def text(x: StringSlice):
    for byte in x.as_bytes():
        if byte < 97 or byte > 122:
            print("DEAD")
    print(x, end=" ")


@no_inline
def all_of(x: Span[R, _]):
    for r in x:
        use(r)


@no_inline
def lent[T: Lends, //](ref x: T) -> ref[x] R:
    return x.lend()


@no_inline
def same[T: AnyType, //](ref x: T) -> ref[x] T:
    return x


@no_inline
def element[T: Copyable & Deinitable, //](ref x: List[T]) -> ref[x[0]] T:
    return x[0]


@no_inline
def longer[o: ImmOrigin, p: ImmOrigin, //](
    a: StringSlice[o], b: StringSlice[p]
) -> StringSlice[origin_of(o, p)]:
    return a if a.byte_length() > b.byte_length() else b


@no_inline
def set(mut x: R, y: R):
    x = R(y.cell[] + 100)
    use(y)


@no_inline
def refill(mut l: List[R], seen: R):
    l = [R(30), R(31)]
    use(seen)


@no_inline
def grow(mut l: List[R], seen: R):
    for i in range(20):
        l.append(R(40 + i))
    use(seen)


@no_inline
def renew(mut p: P, seen: R):
    p = P(50)
    use(seen)


@no_inline
def run[F: def() -> None](f: F, seen: R):
    f()
    use(seen)


@no_inline
def run_and_set[F: def() -> None](f: F, mut x: R):
    x = R(60)
    f()


@no_inline
def eat(var x: R):
    use(x)


@no_inline
def pick(n: Int, ref a: R, ref b: R) -> ref[a, b] R:
    if n % 2 == 0:
        return a
    return b


@no_inline
def first(ref l: List[R]) -> ref[l[0]] R:
    return l[0]


@no_inline
def pointer_to(ref x: R) -> Pointer[R, origin_of(x)]:
    return Pointer(to=x)


@no_inline
def row(n: Int) -> List[R]:
    return [R(n), R(n + 1)]


@no_inline
def rows(n: Int) -> List[List[R]]:
    return [row(n)]


@no_inline
def two_of(n: Int) -> Array[R, 2]:
    return [R(n), R(n + 1)]


@no_inline
def options(n: Int) -> List[Optional[R]]:
    return [Optional(R(n)), Optional(R(n + 1))]


@no_inline
def pairs(n: Int) -> List[P]:
    return [P(n), P(n + 2)]


@no_inline
def queue(n: Int) -> Deque[R]:
    var made = Deque[R]()
    made.append(R(n))
    made.append(R(n + 1))
    return made^


@no_inline
def grid(n: Int) -> Array[List[R], 2]:
    return [row(n), row(n + 2)]


@no_inline
def chain(n: Int) -> ArcPointer[Link]:
    return ArcPointer(Link(n, 2))


@no_inline
def words(n: Int) -> List[String]:
    return [letters(n), letters(n + 1)]


@no_inline
def letters(n: Int) -> String:
    var made = String("long enough for the heap").replace(" ", "")
    for i in range(n % 7):
        made += "abcdefghijklm"
    return made^


@no_inline
def fails(n: Int) raises:
    if n % 3 == 0:
        raise Error("fails")


`;
