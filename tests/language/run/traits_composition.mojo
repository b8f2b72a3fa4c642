# Composition, aliases of compositions, static polymorphism over lists of types.
comptime Key = Equatable & Copyable & Deinitable & Writable


trait HasId:
    comptime id: Int

    def tag(self) -> String:
        return String("#", Self.id)


# What a method returns may convert to what the trait asks for.
@fieldwise_init
struct Width(Copyable, Writable):
    var text: String

    @implicit
    def __init__(out self, value: Float64):
        self.text = String(value, " wide")

    def write_to(self, mut writer: Some[Writer]):
        writer.write(self.text)


trait Labelled:
    comptime Size: Writable & Movable & Deinitable

    def name(self) -> String:
        ...

    @staticmethod
    def sides() raises -> String:
        ...

    def width[k: Int](self) -> Self.Size:
        ...

    def parts(self) -> Span[Int, ImmUntrackedOrigin]:
        ...


@fieldwise_init
struct Triangle(Labelled):
    comptime Size = Width

    def name(self) -> StaticString:
        return "triangle"

    @staticmethod
    def sides() -> StaticString:
        return "3"

    def width[k: Int](self) -> Float64:
        return 1.5 * Float64(k)

    def parts(self) -> Span[Int, MutUntrackedOrigin]:
        return {}


def label[T: Labelled](x: T) raises -> String:
    return String(x.name(), " ", T.sides(), " ", x.width[1](), " ", len(x.parts()))


@fieldwise_init
struct Entry[K: Key, V: Copyable & Deinitable & Writable](Copyable):
    var k: Self.K
    var v: Self.V


struct Assoc[K: Key, V: Copyable & Deinitable & Writable](Sized, Writable):
    var items: List[Entry[Self.K, Self.V]]

    def __init__(out self):
        self.items = []

    def __len__(self) -> Int:
        return len(self.items)

    def __setitem__(mut self, k: Self.K, var v: Self.V):
        for ref e in self.items:
            if e.k == k:
                e.v = v^
                return
        self.items.append(Entry(k.copy(), v^))

    def __getitem__(self, k: Self.K) raises -> Self.V:
        for e in self.items:
            if e.k == k:
                return e.v.copy()
        raise Error(String("no key ", k))

    def __contains__(self, k: Self.K) -> Bool:
        for e in self.items:
            if e.k == k:
                return True
        return False

    def write_to(self, mut w: Some[Writer]):
        w.write("{")
        var first = True
        for e in self.items:
            if not first:
                w.write(", ")
            first = False
            w.write(e.k, "=>", e.v)
        w.write("}")


@fieldwise_init
struct A(Copyable, Equatable, HasId, Writable):
    comptime id = 1


@fieldwise_init
struct B(Copyable, HasId):
    comptime id = 22


def use(x: Some[HasId & Copyable & Deinitable]) -> String:
    var y = x.copy()
    return y.tag()


# Two traits ask for the same method; what one has a default for serves the other.
trait Priced:
    comptime unit: Int = 7

    def price(self) -> Int:
        return 1 + self.tax()

    def tax(self) -> Int:
        return Self.unit


trait Billed:
    comptime unit: Int

    def price(self) raises -> Int:
        ...

    def tax(self) -> Int:
        ...


trait Repriced(Priced):
    def price(self) -> Int:
        ...


@fieldwise_init
struct Plain(Billed, Priced):
    pass


@fieldwise_init
struct Again(Repriced):
    pass


@fieldwise_init
struct Special(Billed, Priced):
    comptime unit = 20

    def tax(self) -> Int:
        return 40


def priced[T: Priced](x: T) -> Int:
    return x.price()


def billed[T: Billed](x: T) raises -> Int:
    return x.price() * 10 + x.tax() + T.unit


def both[T: Priced & Billed](x: T) -> Int:
    return x.price() + x.tax()


# A method may lend what its trait wants a value of, and keep or only read what the trait hands over to be dismantled.
trait Holder:
    comptime Item: Copyable & Deinitable

    def get(self) -> Self.Item:
        ...

    def close(deinit self) -> Int:
        ...


struct Loud(Copyable):
    var k: Int

    def __init__(out self, k: Int):
        self.k = k

    def __init__(out self, *, copy: Self):
        self.k = copy.k
        print("copy", self.k)

    def __deinit__(deinit self):
        print("free", self.k)


struct Lender(Holder):
    comptime Item = Loud
    var item: Loud

    def __init__(out self):
        self.item = Loud(7)

    def get(self) -> ref[self.item] Loud:
        return self.item

    def close(var self) -> Int:
        return self.item.k


struct Reader(Holder):
    comptime Item = Int

    def __init__(out self):
        pass

    def get(self) -> Int:
        return 1

    def close(self) -> Int:
        return 5


def held[H: Holder](var h: H) -> Int:
    var item = h.get()
    print("got")
    _ = item^
    return h^.close()


def main() raises:
    print(held(Lender()), held(Reader()))
    print(priced(Plain()), billed(Plain()), both(Plain()), priced(Again()))
    print(priced(Special()), billed(Special()), both(Special()), Special().price())
    var a = Assoc[String, Int]()
    a["one"] = 1
    a["two"] = 2
    a["one"] = 11
    print(a, len(a), "two" in a, "six" in a, "six" not in a)
    print(a["one"] + a["two"])
    try:
        print(a["six"])
    except e:
        print("caught", e)
    var b = Assoc[A, List[Int]]()
    b[A()] = [1, 2, 3]
    print(b, use(A()), use(B()))
    print(label(Triangle()))


# output:
#   copy 7
#   got
#   free 7
#   free 7
#   got
#   7 5
#   8 94 15 8
#   41 470 81 41
#   {one=>11, two=>2} 2 True False True
#   13
#   caught no key six
#   {A()=>[1, 2, 3]} #1 #22
#   triangle 3 1.5 wide 0
