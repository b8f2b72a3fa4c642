@fieldwise_init
struct Slice2[mut: Bool, //, T: Copyable & Deinitable, o: Origin[mut=mut]](ImplicitlyCopyable, Sized):
    var data: Span[Self.T, Self.o]
    var start: Int
    var end: Int
    def __len__(self) -> Int:
        return self.end - self.start
    def __getitem__(self, i: Int) -> ref[Self.o] Self.T:
        return self.data[self.start + i]

struct Owner(Movable):
    var xs: List[Int]
    var tag: String
    def __init__(out self, tag: String, n: Int):
        self.tag = tag
        self.xs = List[Int]()
        for i in range(n):
            self.xs.append(i * i)
    def view(ref self) -> Span[Int, origin_of(self.xs)]:
        return Span(self.xs)
    def __deinit__(deinit self):
        print("drop", self.tag)

struct Cursor[o: MutOrigin]:
    var p: Pointer[Owner, Self.o]
    var at: Int
    def __init__(out self, ref [Self.o] owner: Owner):
        self.p = Pointer(to=owner)
        self.at = 0
    def set(mut self, v: Int):
        self.p[].xs[self.at] = v
        self.at += 1

def sum(s: Span[Int, _]) -> Int:
    var t = 0
    for x in s:
        t += x
    return t

def max_ref[o: Origin](xs: Span[Int, o]) -> Pointer[Int, o]:
    var best = 0
    for i in range(len(xs)):
        if xs[i] > xs[best]:
            best = i
    return Pointer(to=xs[best])

def read_only[o: Origin](ref[o] s: String) -> StringSlice[ImmOrigin(o)]:
    return StringSlice(s).as_imm()

def total[o: ImmOrigin](xs: Span[Int, o]) -> Int:
    var t = 0
    for x in xs:
        t += x
    return t

# A view of what may be written, where one for reading is wanted: inferred as such.
@fieldwise_init
struct ReadsText[o: ImmOrigin](Copyable, Movable):
    var text: StringSlice[Self.o]


def reads_text(ref t: String) -> ReadsText[ImmOrigin(origin_of(t))]:
    return ReadsText(StringSlice(t))


def too_long(ref t: String) raises ReadsText[ImmOrigin(origin_of(t))] -> Int:
    if t.byte_length() > 3:
        raise ReadsText(StringSlice(t))
    return t.byte_length()


def reading_views():
    var t = String("text")
    var kept = reads_text(t)

    def shown() {kept^} -> String:
        return String(kept.text)

    print(shown())
    try:
        print(too_long(t))
    except e:
        print("too long:", e.text)


# `ref[o]` with an immutable `o` reads: what `into` reads already may be given again.
def keep[o: ImmOrigin](mut into: List[Pointer[String, o]], ref[o] s: String):
    into.append(Pointer(to=s))


def kept_twice():
    var s = String("kept")
    var pointers: List[Pointer[String, ImmOrigin(origin_of(s))]] = []
    keep(pointers, s)
    keep(pointers, s)
    print(pointers[0][], len(pointers))


# An immutable view has the immutable origin of what it views.
@fieldwise_init
struct Word[o: ImmOrigin](Copyable):
    var text: StringSlice[Self.o]

def words(text: StringSlice) -> List[Word[ImmOrigin(text.origin)]]:
    var found = List[Word[ImmOrigin(text.origin)]]()
    for part in text.as_imm().split(" "):
        found.append(Word(part))
    return found^

def main():
    var line = String("two words")
    print(words(line)[1].text)
    var ow = Owner("one", 5)
    var v = ow.view()
    print(sum(v), len(v))
    v[0] = 1000
    print(ow.xs)
    print("dead soon")
    var c = Owner("two", 3)
    var cur = Cursor(c)
    cur.set(7)
    cur.set(8)
    print(c.xs)
    var ys: List[Int] = [4, 9, 2]
    var m = max_ref(Span(ys))
    m[] = 0
    print(ys)
    var names: List[String] = ["x", "y", "z"]
    var sl = Slice2(Span(names), 1, 3)
    print(len(sl), sl[0], sl[1])
    sl[0] += "!"
    print(names)
    var temp = sum(Owner("temp", 3).view())
    print(temp)

    var text = String("first")
    print(read_only(text), total(Span(ys).as_imm()))
    reading_views()
    kept_twice()

# output:
#   words
#   30 5
#   [1000, 1, 4, 9, 16]
#   drop one
#   dead soon
#   [7, 8, 4]
#   drop two
#   [4, 0, 2]
#   2 y z
#   [x, y!, z]
#   drop temp
#   5
#   first 6
#   text
#   too long: text
#   kept 2
