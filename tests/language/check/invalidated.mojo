# References into memory that a container or a holder owns end when that memory may be replaced: each mistake in a function of its own.
from std.collections import Set
from std.memory import ArcPointer, OwnedPointer
from std.utils import Variant


struct Label:
    var text: Optional[String]

    def __init__(out self):
        self.text = String("text")

    def clear(mut self):
        self.text = None

    def at(ref self) -> ref[self.text.value()] String:
        return self.text.value()


def empty(mut o: Optional[String]):
    o = None


def after_append():
    var l: List[Int] = [1, 2]
    ref first = l[0]
    l.append(3)
    print(first)  #~ error[M3021] "use of invalidated interior reference"


def while_iterating():
    var l: List[Int] = [1, 2]
    for ref x in l:
        l.append(5)
        print(x)  #~ error[M3021] "use of invalidated interior reference"


def through_an_immutable_view():
    var text = String("text")
    var view = StringSlice(text).as_imm()
    text += "!"
    print(view)  #~ error[M3021] "use of invalidated interior reference"


def while_iterating_over_a_set():
    var names: Set[String] = {"a", "b"}
    for name in names:
        names.clear()
        print(name)  #~ error[M3021] "use of invalidated interior reference"


def after_setting_the_outer_element():
    var l: List[List[String]] = [["a"]]
    ref a = l[0][0]
    l[0] = ["x"]
    print(a)  #~ error[M3021] "use of invalidated interior reference 'l["element"]["element"]'"


def through_a_reference():
    var l: List[List[String]] = [["a"]]
    ref inner = l[0]
    ref a = inner[0]
    inner = ["x"]
    print(a)  #~ error[M3021] "use of invalidated interior reference"


def span_of_an_element():
    var l: List[List[Int]] = [[1, 2]]
    var s = Span(l[0])
    l[0].append(5)
    print(s[0])  #~ error[M3021] "use of invalidated interior reference"


def optional_assigned():
    var o = Optional(String("a"))
    ref s = o.value()
    o = None
    print(s)  #~ error[M3021] "use of invalidated interior reference"


def optional_taken():
    var o = Optional(String("a"))
    var p = Pointer(to=o.value())
    print(o.take())
    print(p[])  #~ error[M3021] "use of invalidated interior reference"


def optional_lent():
    var o = Optional(String("a"))
    ref s = o.value()
    empty(o)
    print(s)  #~ error[M3021] "use of invalidated interior reference"


def optional_in_a_field():
    var l = Label()
    ref s = l.text.value()
    l.clear()
    print(s)  #~ error[M3021] "use of invalidated interior reference"


def list_in_an_optional():
    var o = Optional(List[Int](length=1, fill=3))
    var s = Span(o.value())
    o.value().append(5)
    print(s[0])  #~ error[M3021] "use of invalidated interior reference"


def variant_set():
    var v = Variant[String, Int](String("a"))
    ref s = v[String]
    v = Variant[String, Int](5)
    print(s)  #~ error[M3021] "use of invalidated interior reference 'v["value"]'"


def owned_pointer_replaced():
    var o = OwnedPointer(String("a"))
    ref s = o[]
    o = OwnedPointer(String("b"))
    print(s)  #~ error[M3021] "use of invalidated interior reference"


def shared_pointer_replaced():
    var a = ArcPointer(String("a"))
    ref s = a[]
    a = ArcPointer(String("b"))
    print(s)  #~ error[M3021] "use of invalidated interior reference"


# What is changed in place stays, and an accessor that takes `ref self` replaces nothing.
def fine() raises:
    var o = Optional(String("a"))
    ref s = o.value()
    s += "b"
    o.value() += "c"
    print(s, o.value())
    var l = Label()
    ref text = l.text.value()
    text += "!"
    print(text, l.at(), l.at())
    var a = ArcPointer(List[Int]())
    ref items = a[]
    items.append(1)
    items.append(2)
    print(items[1], len(a[]))


# Methods called inside a loop over a field: what they do to that field counts.
struct Journal:
    var items: List[String]
    var log: List[String]
    var total: Int

    def __init__(out self):
        self.items = ["a"]
        self.log = []
        self.total = 0

    def note(mut self, k: Int):
        self.total += k
        self.log.append(String(k))

    def grow(mut self):
        self.grow_later()

    def grow_later(mut self):
        self.items.append("x")

    def empty_by_closure(mut self):
        def go() {mut self}:
            self.items.clear()
        go()

    def walk(mut self):
        for item in self.items:
            self.note(item.byte_length())
            print(item, self.total)

    def walk_growing(mut self):
        for item in self.items:
            self.grow()
            print(item)  #~ error[M3021] "use of invalidated interior reference 'self.items["element"]'"

    def walk_emptying(mut self):
        for item in self.items:
            self.empty_by_closure()
            print(item)  #~ error[M3021] "use of invalidated interior reference 'self.items["element"]'"

    def view(mut self):
        var part = Span(self.items)
        self.grow()
        print(part[0])  #~ error[M3021] "use of invalidated interior reference 'self.items["element"]'"


# A closure that another one captured names the same memory, as what both captured.
def captured_beside() -> Int:
    var l: List[Int] = [1, 2, 3]

    def add() {mut l}:
        l.append(4)

    def both() {mut l, imm add} -> Int:
        add()
        ref e = l[0]
        e += 1
        add()
        return e  #~ error[M3021] "use of invalidated interior reference"

    return both()


def main():
    pass


# What an origin parameter or a captured variable names is watched like a variable.
def named_by_origin[o: MutOrigin](ref[o] l: List[String]):
    ref e = l[0]
    l.append("x")
    print(e)  #~ error[M3021] "use of invalidated interior reference"


def span_by_origin[o: MutOrigin](ref[o] l: List[String]):
    var s = Span(l)
    l.append("x")
    print(s[0])  #~ error[M3021] "use of invalidated interior reference"


def loop_by_pointer[o: MutOrigin](p: Pointer[List[String], o]):
    for s in p[]:
        p[].clear()
        print(s)  #~ error[M3021] "use of invalidated interior reference"


def loop_over_capture():
    var l: List[String] = ["a", "b"]

    def walk() {mut l}:
        for s in l:
            l.clear()
            print(s)  #~ error[M3021] "use of invalidated interior reference"

    walk()


# Elements of an array lie in the array and stay where they are; what they own does not.
def in_arrays():
    var numbers: Array[Int, 3] = [1, 2, 3]
    ref second = numbers[1]

    def set_all() {mut numbers}:
        for ref n in numbers:
            n = 7

    set_all()
    print(second)
    var texts: Array[String, 2] = ["a text that is too long for the inline form", "b"]
    var bytes = texts[0].as_bytes()

    def replace() {mut texts}:
        texts[0] = "b"

    replace()
    print(bytes[0])  #~ error[M3021] "use of invalidated interior reference"
    var rows: Array[List[Int], 2] = [[1, 2], [3]]
    ref first = rows[0][0]
    rows[0].append(4)
    print(first)  #~ error[M3021] "use of invalidated interior reference"
    var maybe: Array[Optional[String], 1] = [String("x")]
    ref text = maybe[0].value()
    maybe[0] = None
    print(text)  #~ error[M3021] "use of invalidated interior reference"


# A place is read when all parts of the expression are there.
def read_late():
    var l: List[Int] = [1, 2, 3]
    print(l[0] + l.pop())  #~ error[M3021] "use of invalidated interior reference"


# A closure that owns a view leads where the view leads, wherever it is kept.
def counts[F: def() -> Int](f: F) -> Int:
    return f()


struct Keeps[F: def() -> Int](Movable):
    var f: Self.F

    def __init__(out self, var f: Self.F):
        self.f = f^


def owns_view():
    var l: List[Int] = [1, 2, 3]
    var s = Span(l)

    def first() {var s} -> Int:
        return s[0]

    l.append(4)
    print(counts(first))  #~ error[M3021] "use of invalidated interior reference 'l["


def owns_view_deeper(mut l: List[Int]):
    var s = Span(l)

    def first() {s^} -> Int:
        return s[0]

    def around() {first^} -> Int:
        return first()

    var kept = Keeps(around^)
    l.clear()
    print(kept.f())  #~ error[M3021] "use of invalidated interior reference 'l["


def owns_text():
    var text = String("x") * 60
    var view = StringSlice(text)
    var show = lambda {var view} -> String: String(view)
    text = "y"
    print(show())  #~ error[M3021] "use of invalidated interior reference 'text["


def owns_pointer():
    var l: List[Int] = [1, 2, 3]
    var p = Pointer(to=l)

    def clear() {var p}:
        p[].clear()

    ref first = l[0]
    clear()
    print(first)  #~ error[M3021] "use of invalidated interior reference 'l["


# What stands between a returned reference and the return.
def returned(mut l: List[Int]) -> ref[l[0]] Int:
    try:
        return l[0]  #~ error[M3021] "use of invalidated interior reference 'l["
    finally:
        l.clear()


struct Clears[o: MutOrigin](Movable):
    var p: Pointer[List[Int], Self.o]

    def __init__(out self, ref[Self.o] l: List[Int]):
        self.p = Pointer(to=l)

    def __enter__(self):
        pass

    def __exit__(self):
        self.p[].clear()


def returned_through(mut l: List[Int]) -> ref[l[0]] Int:
    with Clears(l):
        return l[0]  #~ error[M3021] "use of invalidated interior reference 'l["


# The loop variable of a list, captured: it is one element, not the list.
def element_of_loop(mut l: List[Int]):
    for ref x in l:

        def add(n: Int) {mut x}:
            x += n

        add(1)
        add(2)


# A pointer to what a view hands out leads into the list, although its type says the list's own origin.
struct Rows(Movable):
    var rows: List[String]

    def __init__(out self):
        self.rows = ["a", "b"]

    def view(ref self) -> Span[String, origin_of(self.rows)]:
        return Span(self.rows)


def pointer_from_view():
    var table = Rows()
    var p = Pointer(to=table.view()[0])
    table.rows.clear()
    print(p[])  #~ error[M3021] "use of invalidated interior reference 'table.rows["


def pointers_from_views_in_containers():
    var table = Rows()
    var pair = [Pointer(to=table.view()[0])]
    var list = List[Pointer[String, origin_of(table.rows)]]()
    list.append(Pointer(to=table.view()[1]))
    print(pair[0][], list[0][])
    var first = pair[0]
    table.rows.clear()
    print(pair[0][])  #~ error[M3021] "use of invalidated interior reference 'table.rows["
    print(list[0][])  #~ error[M3021] "use of invalidated interior reference 'table.rows["
    print(first[])  #~ error[M3021] "use of invalidated interior reference 'table.rows["


# A container of one's own names the memory that it owns.
struct Shelf:
    var data: Pointer[String, MutUntrackedOrigin]

    def __init__(out self, data: Pointer[String, MutUntrackedOrigin]):
        self.data = data

    def at(ref self) -> ref[origin_of(self)._get_owned_interior["slot"]] String:
        return self.data[]

    def rebuild(mut self):
        self.data = self.data


def own_interior(mut shelf: Shelf):
    ref first = shelf.at()
    shelf.rebuild()
    print(first)  #~ error[M3021] "use of invalidated interior reference 'shelf["slot"]'"


# What an `Optional` in a tuple holds goes with it.
def inside_a_tuple() raises:
    var pair = (Optional(String("a")), List[Int]())
    ref text = pair[0].value()
    pair[1].append(2)
    print(text)
    _ = pair[0].take()
    print(text)  #~ error[M3021] "use of invalidated interior reference 'pair.0["


# Through a function type that says what the result leads to.
def over_a_change[F: def(xs: List[Int]) -> Span[Int, origin_of(xs)]](f: F) -> Int:
    var l: List[Int] = [1, 2, 3]
    var s = f(l)
    l.append(4)
    return s[0]  #~ error[M3021] "use of invalidated interior reference 'l["
