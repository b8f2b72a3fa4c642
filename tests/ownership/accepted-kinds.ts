/** What `accepted-cases.ts` builds from (more than 500 lines, most of them Mojo and a table): the program's types and functions, and for each kind of value how it is made, looked into and changed. */

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

/** Kinds of variables: how one is made, and the resources that it leads to. */
interface Entry {
  readonly make: (n: number) => string;
  readonly places: readonly string[];
  /** Other values in it: the kind, and where. */
  readonly inner: readonly (readonly [kind: string, place: string])[];
  /** Changes of the value as a whole; `#` is a number. After one of the second group the value is empty until it is filled. */
  readonly changes: readonly string[];
  readonly emptied: readonly (readonly [change: string, refill: string])[];
}

const TABLE = {
  R: {
    make: (n: number) => `R(${n})`,
    places: ['@'],
    inner: [],
    changes: ['@ = R(#)', '@.rename(SEEN)', 'set(@, SEEN)'],
    emptied: [['eat(@^)', '@ = R(#)']],
  },
  P: {
    make: (n: number) => `P(${n})`,
    places: ['@.a', '@.b', '@.first()'],
    inner: [['R', '@.a']],
    changes: ['@ = P(#)', '@.renew(SEEN)', 'renew(@, SEEN)', 'swap(@.a, @.b)'],
    emptied: [
      ['eat(@.a^)', '@.a = R(#)'],
      ['_ = @^', '@ = P(#)'],
    ],
  },
  L: {
    make: (n: number) => `row(${n})`,
    places: ['@[0]', '@[1]', 'first(@)', '@[len(@) - 1]'],
    inner: [['R', '@[0]']],
    changes: [
      ...['@ = [R(#), R(#)]', '@.append(R(#))', 'refill(@, SEEN)', 'grow(@, SEEN)', '@.append(SEEN.copy())'],
      ...['@.insert(0, R(#))', '@.reverse()', '@.reserve(#)', '@.extend([R(#)])', '@[0] = R(#)', '@.resize(2, R(#))'],
    ],
    emptied: [
      ['@.clear()', '@ = [R(#), R(#)]'],
      ['eat(@.pop())', '@ = [R(#), R(#)]'],
      ['_ = @^', '@ = [R(#), R(#)]'],
    ],
  },
  LL: {
    make: (n: number) => `rows(${n})`,
    places: ['@[0][0]', '@[0][1]'],
    inner: [['L', '@[0]']],
    changes: ['@.append([R(#)])', '@ = [[R(#), R(#)]]', '@[0] = [R(#), R(#)]'],
    emptied: [['_ = @.pop()', '@ = [[R(#), R(#)]]']],
  },
  O: {
    make: (n: number) => `Optional(R(${n}))`,
    places: ['@.value()'],
    inner: [['R', '@.value()']],
    changes: ['@ = R(#)', '@ = Optional(R(#))'],
    emptied: [
      ['@ = None', '@ = R(#)'],
      ['eat(@.take())', '@ = R(#)'],
    ],
  },
  D: {
    make: (n: number) => `{1: R(${n}), 2: R(${n + 1})}`,
    places: ['@[1]', '@[2]'],
    inner: [],
    changes: ['@[3] = R(#)', '@[1] = R(#)', '@ = {1: R(#), 2: R(#)}'],
    emptied: [
      ['eat(@.pop(1))', '@[1] = R(#)'],
      ['@.clear()', '@ = {1: R(#), 2: R(#)}'],
    ],
  },
  T: {
    make: (n: number) => `(R(${n}), R(${n + 1}))`,
    places: ['@[0]', '@[1]'],
    inner: [['R', '@[0]']],
    changes: ['@ = (R(#), R(#))', '@[0] = R(#)'],
    emptied: [['_ = @^', '@ = (R(#), R(#))']],
  },
  A: {
    make: (n: number) => `two_of(${n})`,
    places: ['@[0]', '@[1]'],
    inner: [['R', '@[0]']],
    changes: ['@ = [R(#), R(#)]', '@[0] = R(#)'],
    emptied: [['_ = @^', '@ = [R(#), R(#)]']],
  },
  B: {
    make: (n: number) => `Box(R(${n}))`,
    places: ['@.item', '@.get()'],
    inner: [['R', '@.item']],
    changes: ['@ = Box(R(#))', '@.put(R(#))', '@.item = R(#)'],
    emptied: [
      ['eat(@.item^)', '@.item = R(#)'],
      ['_ = @^', '@ = Box(R(#))'],
    ],
  },
  BL: {
    make: (n: number) => `Box(row(${n}))`,
    places: ['@.item[0]', '@.get()[1]'],
    inner: [
      ['L', '@.item'],
      ['L', '@.get()'],
    ],
    changes: ['@ = Box(row(#))', '@.put([R(#), R(#)])'],
    emptied: [],
  },
  OL: {
    make: (n: number) => `Optional(row(${n}))`,
    places: ['@.value()[0]'],
    inner: [['L', '@.value()']],
    changes: ['@ = [R(#), R(#)]'],
    emptied: [['@ = None', '@ = [R(#), R(#)]']],
  },
  H: {
    make: (n: number) => `Shelf(${n})`,
    places: ['@.top()', '@.rows[1]', '@.spare.value()', '@.view()[0]'],
    inner: [
      ['L', '@.rows'],
      ['O', '@.spare'],
    ],
    changes: ['@ = Shelf(#)', '@.grow(SEEN)'],
    emptied: [['_ = @^', '@ = Shelf(#)']],
  },
  W: {
    make: (n: number) => `OwnedPointer(R(${n}))`,
    places: ['@[]'],
    inner: [['R', '@[]']],
    changes: ['@ = OwnedPointer(R(#))'],
    emptied: [['_ = @^', '@ = OwnedPointer(R(#))']],
  },
  WP: {
    make: (n: number) => `OwnedPointer(Shelf(${n}))`,
    places: ['@[].top()', '@[].rows[0]'],
    inner: [['H', '@[]']],
    changes: ['@ = OwnedPointer(Shelf(#))'],
    emptied: [],
  },
  S: {
    make: (n: number) => `ArcPointer(Shelf(${n}))`,
    places: ['@[].rows[0]', '@[].top()'],
    inner: [['H', '@[]']],
    changes: ['@ = ArcPointer(Shelf(#))'],
    emptied: [['_ = @^', '@ = ArcPointer(Shelf(#))']],
  },
  V: {
    make: (n: number) => `Variant[R, P](R(${n}))`,
    places: ['@[R]'],
    inner: [],
    // Another type in it would be a trap where a closure looks for an 'R'.
    changes: ['@ = R(#)', '@.set(R(#))'],
    emptied: [['_ = @^', '@ = R(#)']],
  },
  DL: {
    make: (n: number) => `{1: row(${n}), 2: row(${n + 2})}`,
    places: ['@[1][0]', '@[2][1]'],
    inner: [['L', '@[1]']],
    changes: ['@[3] = row(#)', '@[1] = [R(#), R(#)]', '@.setdefault(4, row(#)).append(R(#))'],
    emptied: [
      ['_ = @.pop(1)', '@[1] = row(#)'],
      ['@.clear()', '@ = {1: row(#), 2: row(#)}'],
    ],
  },
  LO: {
    make: (n: number) => `options(${n})`,
    places: ['@[0].value()', '@[1].value()'],
    inner: [['O', '@[0]']],
    changes: ['@.append(R(#))', '@[0] = R(#)', '@ = options(#)', '@.reverse()'],
    emptied: [
      ['@.clear()', '@ = options(#)'],
      ['eat(@[0].take())', '@[0] = R(#)'],
    ],
  },
  LP: {
    make: (n: number) => `pairs(${n})`,
    places: ['@[0].a', '@[1].b', '@[0].first()'],
    inner: [['P', '@[0]']],
    changes: ['@.append(P(#))', '@[0] = P(#)', '@[0].a = R(#)', '@.insert(0, P(#))'],
    emptied: [['_ = @.pop(0)', '@ = pairs(#)']],
  },
  Q: {
    make: (n: number) => `queue(${n})`,
    places: ['@[0]', '@[1]'],
    inner: [['R', '@[0]']],
    changes: ['@.append(R(#))', '@.appendleft(R(#))', '@[0] = R(#)', '@ = queue(#)'],
    emptied: [
      ['@.clear()', '@ = queue(#)'],
      ['eat(@.pop())', '@ = queue(#)'],
    ],
  },
  AL: {
    make: (n: number) => `grid(${n})`,
    places: ['@[0][0]', '@[1][1]'],
    inner: [['L', '@[0]']],
    changes: ['@ = grid(#)', '@[0] = row(#)', '@[1].append(R(#))', 'swap(@[0], @[1])'],
    emptied: [['_ = @^', '@ = grid(#)']],
  },
  TO: {
    make: (n: number) => `(Optional(R(${n})), row(${n + 1}))`,
    places: ['@[0].value()', '@[1][0]'],
    inner: [
      ['O', '@[0]'],
      ['L', '@[1]'],
    ],
    changes: ['@ = (Optional(R(#)), row(#))', '@[0] = Optional(R(#))', '@[1] = row(#)'],
    emptied: [],
  },
  VL: {
    make: (n: number) => `Variant[List[R], P](row(${n}))`,
    places: ['@[List[R]][0]', '@[List[R]][1]'],
    inner: [['L', '@[List[R]]']],
    changes: ['@ = row(#)', '@.set(row(#))', '@[List[R]] = row(#)'],
    emptied: [['@ = P(#)', '@ = row(#)']],
  },
  DV: {
    make: (n: number) => `{"x": Variant[R, Int](R(${n}))}`,
    places: ['@["x"][R]'],
    inner: [['R', '@["x"][R]']],
    changes: ['@["y"] = Variant[R, Int](R(#))', '@["x"] = Variant[R, Int](R(#))'],
    emptied: [
      ['@["x"] = Variant[R, Int](3)', '@["x"] = Variant[R, Int](R(#))'],
      ['_ = @.pop("x")', '@["x"] = Variant[R, Int](R(#))'],
    ],
  },
  OT: {
    make: (n: number) => `Optional((R(${n}), R(${n + 1})))`,
    places: ['@.value()[0]', '@.value()[1]'],
    inner: [['T', '@.value()']],
    changes: ['@ = (R(#), R(#))'],
    emptied: [['_ = @.take()', '@ = (R(#), R(#))']],
  },
  WL: {
    make: (n: number) => `OwnedPointer(row(${n}))`,
    places: ['@[][0]', '@[][1]'],
    inner: [['L', '@[]']],
    changes: ['@[].append(R(#))', '@ = OwnedPointer(row(#))', '@[] = row(#)'],
    emptied: [],
  },
  C: {
    make: (n: number) => `chain(${n})`,
    places: ['@[].r', '@[].next.value()[].r', '@[].next.value()[].next.value()[].r'],
    inner: [['C', '@[].next.value()']],
    changes: ['@ = chain(#)', '@[].r = R(#)', '@[].next = chain(#)'],
    emptied: [
      ['@[].cut()', '@[].next = chain(#)'],
      ['@[].next = None', '@[].next = chain(#)'],
    ],
  },
  Z: {
    make: (n: number) => `letters(${n})`,
    places: [],
    inner: [],
    changes: ['@ += "xyz"', '@ = letters(#)', '@ += String("more").upper().lower()', '@.reserve(1000)'],
    emptied: [['_ = @^', '@ = letters(#)']],
  },
  LZ: {
    make: (n: number) => `words(${n})`,
    places: [],
    inner: [['Z', '@[0]']],
    changes: ['@.append(letters(#))', '@ = words(#)', '@[0] = letters(#)', '@[1] += "abc"'],
    emptied: [['@.clear()', '@ = words(#)']],
  },
} as const satisfies Record<string, Entry>;

export type KindName = keyof typeof TABLE;

export interface Kind extends Entry {
  readonly inner: readonly (readonly [kind: KindName, place: string])[];
}

export const KINDS: Readonly<Record<KindName, Kind>> = TABLE;
export const KIND_NAMES = Object.keys(TABLE) as KindName[];
