# test: check
# Changes that the call itself does not show: by members of type parameters, through function pointers, pointers and closures in
# structs, by copies, and by functions that keep an element of what they were lent.
from std.memory import ArcPointer


struct Bag(Movable):
    var items: List[String]
    var log: List[String]

    def __init__(out self):
        self.items = ["a"]
        self.log = []

    def merge(self, other: Shared):
        ref first = self.items[0]
        other[].items.clear()
        print(first)


comptime Shared = ArcPointer[Bag]


def grow(bag: Shared):
    bag[].items.append("more")


def note(bag: Shared):
    bag[].log.append("note")


trait Observer(Copyable, Deinitable):
    def on(mut self, word: String):
        ...


@fieldwise_init
struct Grower(Observer):
    var bag: Shared

    def on(mut self, word: String):
        grow(self.bag)


@fieldwise_init
struct Quiet(Observer):
    var bag: Shared

    def on(mut self, word: String):
        note(self.bag)


# ---- members of type parameters


def send[T: Observer](mut observer: T):
    observer.on("x")


def by_member(bag: Shared, mut grower: Grower, mut quiet: Quiet):
    ref first = bag[].items[0]
    send(quiet)
    print(first)
    send(grower)
    print(first)  #~ error[M3021] "use of invalidated interior reference 'bag["shared"].items["element"]'"


def keep[T: Observer](bag: Shared, mut observer: T):
    ref first = bag[].items[0]
    observer.on(first)
    print(first)


def keep_deeper[T: Observer](bag: Shared, mut observer: T):
    keep(bag, observer)


def where_it_is_decided(bag: Shared, mut grower: Grower, mut quiet: Quiet):
    keep(bag, quiet)
    keep(bag, grower)  #~ error[M3027] "'keep' uses reference 'bag["shared"].items["element"]' after the shared value"
    keep_deeper(bag, grower)  #~ error[M3027] "after the shared value"


@fieldwise_init
struct Word(Copyable, Equatable, Writable):
    var bag: Shared

    def __eq__(self, other: Self) -> Bool:
        grow(self.bag)
        return True

    def write_to(self, mut writer: Some[Writer]):
        note(self.bag)


def by_the_library(bag: Shared, words: List[Word]):
    ref first = bag[].items[0]
    ref entry = bag[].log[0]
    print(words[0])
    print(entry)  #~ error[M3021] "invalidated"
    print(words[0] in words)
    print(first)  #~ error[M3021] "invalidated"


# ---- function pointers: any function of the shape whose address is taken


def by_pointer(bag: Shared, change: def(Shared) thin -> None, shout: def(String) thin -> String):
    for item in bag[].items:
        print(shout(item))
        change(bag)
        print(item)  #~ error[M3021] "invalidated"


def upper(word: String) -> String:
    return word.upper()


def takes_addresses(bag: Shared):
    by_pointer(bag, grow, upper)


# ---- closures


def each[F: def(String)](bag: Shared, f: F):
    for item in bag[].items:
        f(item)


def by_closure(bag: Shared):
    def grows(word: String) {imm bag}:
        grow(bag)

    def notes(word: String) {imm bag}:
        note(bag)

    each(bag, notes)
    each(bag, grows)  #~ error[M3027] "after the shared value"


struct Runner[F: def()](Movable):
    var f: Self.F

    def __init__(out self, var f: Self.F):
        self.f = f^

    def go(self):
        self.f()


def by_closure_in_struct(bag: Shared):
    def grows() {var bag}:
        grow(bag)

    var list: List[Int] = [1]

    def appends() {mut list}:
        list.append(1)

    var shared = Runner(grows^)
    ref first = bag[].items[0]
    shared.go()
    print(first)  #~ error[M3021] "invalidated"
    var captured = Runner(appends)
    ref number = list[0]
    captured.go()
    print(number)  #~ error[M3021] "'list["element"]'"


def less_that_grows(bag: Shared, other: Shared):
    def less(a: String, b: String) {imm other} -> Bool:
        grow(other)
        return a < b

    sort(bag[].items, less)  #~ error[M3026] "may change"


# ---- pointers in structs


struct Editor[o: MutOrigin]:
    var target: Pointer[List[Int], Self.o]

    def __init__(out self, ref[Self.o] list: List[Int]):
        self.target = Pointer(to=list)

    def push(self):
        self.target[].append(1)

    def set(self):
        self.target[][0] = 1


def push(target: Pointer[mut=True, List[Int], _]):
    target[].append(1)


def through_pointers():
    var list: List[Int] = [1]
    var editor = Editor(list)
    ref first = list[0]
    editor.set()
    print(first)
    editor.push()
    print(first)  #~ error[M3021] "'list["element"]'"
    ref again = list[0]
    push(Pointer(to=list))
    print(again)  #~ error[M3021] "invalidated"


# ---- copies


struct Counted(Copyable):
    var bag: Shared

    def __init__(out self, bag: Shared):
        self.bag = bag

    def __init__(out self, *, copy: Self):
        self.bag = copy.bag
        note(self.bag)


def by_copies(bag: Shared, list: List[Counted]):
    ref entry = bag[].log[0]
    var all = list.copy()
    print(entry, len(all))  #~ error[M3021] "invalidated"


# ---- what is lent


def holds(words: List[String], bag: Shared):
    ref first = words[0]
    bag[].items.clear()
    print(first)


def copies(words: List[String], bag: Shared):
    for word in words:
        bag[].items.append(word)


def lends(bag: Shared, other: List[String]):
    holds(bag[].log, bag)
    holds(other, bag)
    copies(bag[].items, bag)
    holds(bag[].items, bag)  #~ error[M3027] "'holds' uses reference 'words["element"]' after the shared value"
    bag[].merge(bag)  #~ error[M3027] "after the shared value"


# ---- what is lent to code that a type, a closure or a pointer brings


trait Reader:
    def read(self, words: List[String]):
        ...


@fieldwise_init
struct Calm(Reader):
    def read(self, words: List[String]):
        ref first = words[0]
        print(first)


@fieldwise_init
struct Clearing[T: Copyable](Reader):
    var bag: Shared

    def read(self, words: List[String]):
        ref first = words[0]
        self.bag[].items.clear()
        print(first)


def drive[R: Reader](reader: R, bag: Shared):
    reader.read(bag[].items)


def call[F: def(List[String], Shared)](f: F, bag: Shared):
    f(bag[].items, bag)


def call_deeper[F: def(List[String], Shared)](f: F, bag: Shared):
    call(f, bag)


def prints(words: List[String], bag: Shared):
    print(words[0], len(bag[].items))


def through_others(bag: Shared, f: def(List[String], Shared) thin -> None, g: def(List[String], Int) thin -> None):
    drive(Calm(), bag)
    drive(Clearing[Int](bag), bag)  #~ error[M3027] "'drive' uses reference 'words["element"]' after"
    call_deeper(prints, bag)
    call_deeper(holds, bag)  #~ error[M3027] "'call_deeper' uses reference"
    f(bag[].items, bag)  #~ error[M3027] "'holds' uses reference"
    g(bag[].items, 1)

    def inner(words: List[String], other: Shared) {imm bag}:
        ref first = words[0]
        bag[].items.clear()
        print(first)

    call(inner, bag)  #~ error[M3027] "'call' uses reference"


def main():
    pass
