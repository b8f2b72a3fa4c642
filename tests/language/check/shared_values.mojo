# What an `ArcPointer` shares may be changed through any owner: references into it end when another owner may have done so. One
# mistake in each function; the rest is fine. What two arguments lead to is compared when the program runs (`cli/traps`).
from std.algorithm import parallelize
from std.atomic import Atomic
from std.memory import ArcPointer, OwnedPointer


struct Bag(Movable, Deinitable):
    var items: List[String]
    var log: List[String]
    var size: Int
    var children: List[ArcPointer[Bag]]
    var next: Optional[ArcPointer[Bag]]

    def __init__(out self):
        self.items = ["a", "b"]
        self.log = []
        self.size = 0
        self.children = []
        self.next = None

    def add(mut self, item: String):
        self.items.append(item)

    def note(mut self, text: String):
        self.log.append(text)

    def fill(self, other: ArcPointer[Bag]):
        other[].items.append("more")


comptime Shared = ArcPointer[Bag]


@fieldwise_init
struct Owner(ImplicitlyCopyable):
    var bag: Shared

    def push(mut self):
        self.bag[].items.append("pushed")


def grow(bag: Shared):
    bag[].items.append("grown")


def grow_later(bag: Shared):
    grow(bag)


def show(item: String, bag: Shared):
    grow_later(bag)
    print(item)


def first(ref bag: Shared) -> ref[bag[].items[0]] String:
    return bag[].items[0]


def direct():
    var a = Shared(Bag())
    var b = a
    ref item = a[].items[0]
    b[].items.append("c")
    print(item)  #~ error[M3021] "use of invalidated interior reference 'a["shared"].items["element"]'"


def by_method():
    var a = Shared(Bag())
    var b = a.copy()
    ref item = a[].items[0]
    b[].add("c")
    print(item)  #~ error[M3021] "use of invalidated"


def assigned():
    var a = Shared(Bag())
    var b = a
    ref item = a[].items[0]
    b[].items = List[String]()
    print(item)  #~ error[M3021] "use of invalidated"


def all_assigned(a: Shared, b: Shared):
    ref item = a[].items[0]
    b[] = Bag()
    print(item)


def by_call(a: Shared):
    ref item = a[].items[0]
    grow_later(a)
    print(item)  #~ error[M3021] "use of invalidated"


def by_owner_in_struct():
    var a = Shared(Bag())
    var owner = Owner(a)
    ref item = a[].items[0]
    owner.push()
    print(item)  #~ error[M3021] "use of invalidated"


def by_closure():
    var a = Shared(Bag())
    var b = a
    ref item = a[].items[0]
    def change() {imm b}:
        grow(b)
    change()
    print(item)  #~ error[M3021] "use of invalidated"


def by_own_method(a: Shared, b: Shared):
    ref item = a[].items[0]
    a[].fill(b)
    print(item)  #~ error[M3021] "use of invalidated"


def view(a: Shared, b: Shared):
    var view = Span(a[].items)
    b[].items.append("c")
    print(view[0])


def view_of_text(a: ArcPointer[String], b: ArcPointer[String]):
    var bytes = a[].as_bytes()
    b[] += "more"
    print(bytes[0])


def loop_variable(a: Shared, b: Shared):
    for item in a[].items:
        b[].items = List[String]()
        print(item)
        break


def deeper():
    var a = Shared(Bag())
    a[].next = Shared(Bag())
    var b = a
    ref item = a[].next.value()[].items[0]
    b[].next = None
    print(item)
    b[].next = Shared(Bag())
    ref owner = a[].next.value()
    b[].next = None
    owner = Shared(Bag())  #~ error[M3021] "use of invalidated"


def owned_inside(a: ArcPointer[OwnedPointer[String]], b: ArcPointer[OwnedPointer[String]]):
    ref text = a[][]
    b[] = OwnedPointer(String("b"))
    print(text)


def from_function():
    var a = Shared(Bag())
    var b = a
    ref item = first(a)
    b[].items.clear()
    print(item)  #~ error[M3021] "use of invalidated"


def passed_along(a: Shared):
    show(a[].items[0], a)  #~ error[M3026] "reference 'a["shared"].items["element"]' is passed to a function that may change"


# Tasks: several of them may hold the same owner.
def tasks_by_call():
    var a = Shared(Bag())
    def task(i: Int) {imm a}:
        grow(a)  #~ error[M3030] "'a' of type 'ArcPointer[Bag]'"
    parallelize(task, 4)


def tasks_by_struct():
    var owner = Owner(Shared(Bag()))
    def task(i: Int) {imm owner}:
        owner.bag[].items.append("x")  #~ error[M3030] "'owner' of type 'Owner'"
    parallelize(task, 4)


def tasks_by_copy():
    var a = ArcPointer(0)
    def task(i: Int) {var a}:
        var b = a  #~ error[M3030] "'a' of type 'ArcPointer[Int]'"
        b[] += 1
    parallelize(task, 4)


def tasks_that_share():
    var count = ArcPointer(Atomic[Int64](0))
    var a = Shared(Bag())
    var out = List[Int](length=4, fill=0)
    def task(i: Int) {imm, mut out}:
        var own = Shared(Bag())
        own[].items.append("mine")
        _ = count[].fetch_add(1)
        out[i] = len(a[].items) + len(own[].items)
    parallelize(task, 4)


def walk(bag: Shared, depth: Int) -> Int:
    var sum = depth
    for child in bag[].children:
        sum += walk(child, depth + 1)
    return sum


def insert(bag: Shared, size: Int):
    if bag[].next:
        insert(bag[].next.value(), size)
    else:
        bag[].next = Shared(Bag())
    bag[].size += 1


def prune(bag: Shared):
    var kept: List[Shared] = []
    for child in bag[].children:
        prune(child)
        if child[].size > 0:
            kept.append(child)
    bag[].children = kept^


def other_field(a: Shared, b: Shared):
    ref item = a[].items[0]
    b[].note(item)
    b[].size += 1
    a[].items[1] = "x"
    print(item)


def read_at_once(a: Shared, b: Shared):
    a[].items.append("c")
    b[].items.append(a[].items[0])
    print(a[].items[0], b[].items[1])
    for item in a[].items:
        b[].log.append(item)
        print(item)


def own_values():
    var a = Shared(Bag())
    var b = Shared(Bag())
    ref item = a[].items[0]
    b[].items.append("c")
    grow(b)
    print(item)


def main():
    pass
