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


def main() raises:
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
#   {one=>11, two=>2} 2 True False True
#   13
#   caught no key six
#   {A()=>[1, 2, 3]} #1 #22
#   triangle 3 1.5 wide 0
