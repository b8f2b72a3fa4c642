# Walks over values that have several owners: what a reference leads through stays alive, even when the place of its owner is
# emptied, replaced or taken on the way. Programs of this kind read freed memory where nothing keeps the owner.
# output:
#   end g1
#   end k1
#   leave g0, a name that is too long to lie in the string
#   after g0, a name that is too long to lie in the string
#   leave k0, a name that is too long to lie in the string
#   after k0, a name that is too long to lie in the string
#   end g0
#   end k0
#   leave r0, a name that is too long to lie in the string
#   left x0, a name that is too long to lie in the string
#   end x0
#   look x1, a name that is too long to lie in the string
#   end x1
#   let go x2, a name that is too long to lie in the string
#   end x2
#   end r0
#   end c1
#   last c2, a name that is too long to lie in the string
#   end c2
#   end c0
#   cut at v0, a name that is too long to lie in the string
#   visited v0, a name that is too long to lie in the string
#   end v0
#   no kids
#   cut v1, a name that is too long to lie in the string
#   applied v1, a name that is too long to lie in the string
#   end v1
#   look v2, a name that is too long to lie in the string
#   end v2
#   comptime w0, a name that is too long to lie in the string
#   end w0
#   comptime w1, a name that is too long to lie in the string
#   end w1
#   end r1
#   run h0, a name that is too long to lie in the string
#   end h0
#   look at o0, a name that is too long to lie in the string
#   end o0
#   took d0, a name that is too long to lie in the string
#   end d0
#   main h1, a name that is too long to lie in the string
#   end h1
#   over h2, a name that is too long to lie in the string
#   end h2
#   end h3
#   end p1
#   p0, a name that is too long to lie in the string 2 [3, 2, 1]
#   p0, a name that is too long to lie in the string
#   end p0
#   p0, a text that is too long to lie in the string link of p0
#   link of p0 0
#   s0, a text that is too long to lie in the string link of s0
#   r0, a text that is too long to lie in the string
#   item h0, a name that is too long to lie in the string
#   end h0
#   end e1
from std.memory import ArcPointer


struct Node(Movable):
    var name: String
    var next: Optional[ArcPointer[Node]]
    var kids: List[ArcPointer[Node]]

    def __init__(out self, name: String):
        self.name = name + ", a name that is too long to lie in the string"
        self.next = None
        self.kids = []

    def __deinit__(deinit self):
        print("end", self.name[byte=0:2])

    def leave(self, parent: ArcPointer[Node]):
        parent[].kids.clear()
        print("left", self.name)

    def let_go(mut self):
        self.kids.clear()
        print("let go", self.name)


def look(node: ArcPointer[Node], root: ArcPointer[Node]):
    root[].kids.clear()
    print("look", node[].name)


def walk(node: ArcPointer[Node], root: ArcPointer[Node], depth: Int):
    for kid in node[].kids:
        walk(kid, root, depth + 1)
        print("after", kid[].name)
    if depth == 2:
        root[].kids.clear()
    print("leave", node[].name)


def trees() raises:
    var root = ArcPointer(Node("r0"))
    for i in range(2):
        var kid = ArcPointer(Node(String("k", i)))
        kid[].kids.append(ArcPointer(Node(String("g", i))))
        root[].kids.append(kid)
    walk(root, root, 0)
    root[].kids.append(ArcPointer(Node("x0")))
    root[].kids[0][].leave(root)
    root[].kids.append(ArcPointer(Node("x1")))
    look(root[].kids[0], root)
    # The last owner of this one lies in itself.
    root[].kids.append(ArcPointer(Node("x2")))
    ref cycle = root[].kids[0]
    cycle[].kids.append(cycle)
    var again = root
    again[].kids.clear()
    cycle[].let_go()
    var chain = ArcPointer(Node("c0"))
    chain[].next = ArcPointer(Node("c1"))
    chain[].next.value()[].next = ArcPointer(Node("c2"))
    ref last = chain[].next.value()[].next.value()[]
    var other = chain
    other[].next = None
    print("last", last.name)


# ---- through type parameters, closures, pointers and errors


trait Visitor:
    def visit(mut self, node: ArcPointer[Node]) raises:
        ...


struct Cutter(Visitor):
    var root: ArcPointer[Node]

    def __init__(out self, root: ArcPointer[Node]):
        self.root = root

    def visit(mut self, node: ArcPointer[Node]) raises:
        self.root[].kids.clear()
        print("cut at", node[].name)
        if len(node[].kids) == 0:
            raise Error("no kids")


def visit_all[V: Visitor](mut visitor: V, node: ArcPointer[Node]) raises:
    for kid in node[].kids:
        try:
            visitor.visit(kid)
        finally:
            print("visited", kid[].name)


def apply[F: def(ArcPointer[Node]) raises](node: ArcPointer[Node], f: F) raises:
    for kid in node[].kids:
        f(kid)
        print("applied", kid[].name)


def callbacks() raises:
    var root = ArcPointer(Node("r1"))
    var cutter = Cutter(root)
    root[].kids.append(ArcPointer(Node("v0")))
    try:
        visit_all(cutter, root)
    except e:
        print(e)
    root[].kids.append(ArcPointer(Node("v1")))
    var other = root

    def cut(node: ArcPointer[Node]) raises {imm other}:
        other[].kids.clear()
        print("cut", node[].name)

    apply(root, cut)
    root[].kids.append(ArcPointer(Node("v2")))
    var f: def(ArcPointer[Node], ArcPointer[Node]) thin -> None = look
    f(root[].kids[0], root)
    comptime for i in range(2):
        root[].kids.append(ArcPointer(Node(String("w", i))))
        ref last = root[].kids[len(root[].kids) - 1]
        other[].kids.clear()
        print("comptime", last[].name)


# ---- owners in fields, in structs that lie in shared values, in dictionaries and in Optionals


struct Item(Movable):
    var name: String

    def __init__(out self, name: String):
        self.name = name + ", a name that is too long to lie in the string"

    def __deinit__(deinit self):
        print("end", self.name[byte=0:2])


struct Holder(Movable):
    var item: ArcPointer[Item]

    def __init__(out self, name: String):
        self.item = ArcPointer(Item(name))

    def run(self, desk: ArcPointer[Desk]):
        ref item = self.item[]
        desk[].holder = Holder("h1")
        print("run", item.name)


struct Desk(Movable):
    var holder: Holder
    var by_name: Dict[String, ArcPointer[Item]]
    var current: Optional[ArcPointer[Item]]

    def __init__(out self):
        self.holder = Holder("h0")
        self.by_name = {}
        self.current = None


def empty(desk: ArcPointer[Desk]):
    desk[].current = None


def look_at(item: Item, desk: ArcPointer[Desk]):
    empty(desk)
    print("look at", item.name)


def take_a(item: ArcPointer[Item], desk: ArcPointer[Desk]) raises:
    _ = desk[].by_name.pop("a")
    print("took", item[].name)


def item_of(holder: Holder) -> ref[holder.item] ArcPointer[Item]:
    return holder.item


def over[F: def()](holder: Holder, f: F):
    ref item = holder.item[]
    f()
    print("over", item.name)


def places() raises:
    var desk = ArcPointer(Desk())
    desk[].holder.run(desk)
    desk[].current = ArcPointer(Item("o0"))
    look_at(desk[].current.value()[], desk)
    desk[].by_name["a"] = ArcPointer(Item("d0"))
    take_a(desk[].by_name["a"], desk)
    var other = desk
    ref item = item_of(desk[].holder)[]
    other[].holder = Holder("h2")
    print("main", item.name)

    def replace() {imm other}:
        other[].holder = Holder("h3")

    over(desk[].holder, replace)


# ---- what is stored may be what it is stored in, through another owner


struct Pair(Movable):
    var first: ArcPointer[Item]
    var second: ArcPointer[Item]
    var numbers: List[Int]

    def __init__(out self):
        self.first = ArcPointer(Item("p0"))
        self.second = ArcPointer(Item("p1"))
        self.numbers = [1, 2, 3]


def turned(numbers: List[Int]) -> List[Int]:
    var result = List[Int]()
    for number in numbers:
        result.insert(0, number)
    return result^


def store(a: ArcPointer[Pair], b: ArcPointer[Pair]):
    a[].first = b[].first
    a[].second = b[].first
    a[].numbers = turned(b[].numbers)
    swap(a[].numbers, b[].numbers)
    print(a[].first[].name, a[].second.count(), a[].numbers)


def stores():
    var pair = ArcPointer(Pair())
    store(pair, pair)

    def again() {ref pair}:
        pair[].first = pair[].first

    again()
    print(pair[].first[].name)


# ---- what was lent may lie in what is read through an owner: its old value stays until then


@fieldwise_init
struct Page(Copyable):
    var text: String
    var links: List[ArcPointer[Page]]


trait Source:
    def page(self) -> Page: ...


@fieldwise_init
struct Origin(Source):
    var first: ArcPointer[Page]

    def page(self) -> Page:
        return self.first[].copy()


struct Slot[T: Copyable & Deinitable](Movable):
    var item: Self.T

    def __init__(out self, item: Self.T):
        self.item = item.copy()

    def fill(mut self, other: ArcPointer[Slot[Self.T]]):
        self.item = other[].item.copy()


def put[S: Source](mut page: Page, source: S):
    page = source.page()


def put_behind[S: Source](page: ArcPointer[Page], source: S):
    page[] = source.page()


def made_again[T: Copyable](item: T) -> T:
    return item.copy()


def set_to[T: Copyable & Deinitable](mut item: T, other: T):
    item = made_again(other)


def new_page(text: String) -> Page:
    return Page(text + ", a text that is too long to lie in the string", [ArcPointer(Page("link of " + text, []))])


def lent():
    var page = ArcPointer(new_page("p0"))
    put(page[], Origin(page))
    put_behind(page, Origin(page))
    print(page[].text, page[].links[0][].text)
    var other = page
    set_to(page[], other[].links[0][])
    print(page[].text, len(page[].links))
    var slot = ArcPointer(Slot(new_page("s0")))
    var owner = slot
    slot[].fill(owner)
    print(slot[].item.text, slot[].item.links[0][].text)
    var ring = ArcPointer(new_page("r0"))
    ring[].links[0] = ring
    ring[].text = ring[].links[0][].text
    print(ring[].text)
    ring[].links.clear()


# ---- a destructor that empties what is in use


struct Emptying(Movable):
    var desk: ArcPointer[Desk]

    def __init__(out self, desk: ArcPointer[Desk]):
        self.desk = desk

    def __deinit__(deinit self):
        self.desk[].holder = Holder("e1")


def destructors():
    var desk = ArcPointer(Desk())
    ref item = desk[].holder.item[]
    var emptying = Emptying(desk)
    print("item", item.name)


def main() raises:
    trees()
    callbacks()
    places()
    stores()
    lent()
    destructors()
