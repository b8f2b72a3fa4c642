# output:
#   +a
#   +b
#   use a
#   -a
#   copy b
#   -b
#   got b'
#   -b'
#   +c
#   -c
#   +d
#   -d
#   +in
#   last in
#   -in
#   +x
#   took x
#   -x
#   end
#   +s
#   +p
#   +q
#   -p
#   copy s
#   -s'
#   -q
#   -s
#   +t
#   -t
#   +u
#   copy u
#   -u
#   -u'
#   +v
#   +v'
#   -v
#   -v'
#   +w
#   +x
#   -x
#   -w
#   discarded
#   +a
#   +b
#   +c
#   +m
#   +d
#   a b c d
#   -b
#   -a
#   -d
#   -c
#   made m
#   -m
#   +a
#   +b
#   +c
#   +m
#   +d
#   -m
#   -b
#   -a
#   -d
#   -c
#   failed
#   +a
#   +c
#   +f
#   -f
#   -a
#   -c
#   failed
struct Noisy(Copyable):
    var name: String

    def __init__(out self, name: String):
        self.name = name
        print("+", name, sep="")

    def __init__(out self, *, copy: Self):
        self.name = copy.name + "'"
        print("copy", copy.name)

    def __deinit__(deinit self):
        print("-", self.name, sep="")


def take(var value: Noisy):
    print("took", value.name)


def last(flag: Bool):
    var inner = Noisy("in")
    if flag:
        print("last", inner.name)


struct Pair:
    var first: Noisy
    var second: Noisy

    def __init__(out self, first: String, second: String):
        self.first = Noisy(first)
        self.second = Noisy(second)


# The source of a copy and the place it is assigned to die at one point: the latest declared first.
def together():
    var source = Noisy("s")
    var pair = Pair("p", "q")
    pair.first = source.copy()


def the_other_way():
    var target = Noisy("t")
    var source = Noisy("u")
    target = source.copy()


def made_from(ref it: Noisy) -> Noisy:
    return Noisy(it.name + "'")


# A discarded result ends after what its making used for the last time.
def discarded():
    var used = Noisy("v")
    _ = made_from(used)
    var list: List[Noisy] = []
    list.append(Noisy("w"))
    list.append(Noisy("x"))
    _ = list.pop(0)
    print("discarded")


# Of several that end at one point: the result, then arguments, then locals, each from the last to the first.
def of_every_kind(var a: Noisy, var b: Noisy, fails: Bool, out made: Noisy) raises:
    var c = Noisy("c")
    made = Noisy("m")
    var d = Noisy("d")
    if fails:
        raise "x"
    print(a.name, b.name, c.name, d.name)


struct Half:
    var first: Noisy
    var second: Noisy

    def __init__(out self, var a: Noisy) raises:
        var c = Noisy("c")
        self.first = Noisy("f")
        if c.name != a.name:
            raise "x"
        self.second = Noisy("g")
        print(a.name, c.name)


def kinds():
    try:
        print("made", of_every_kind(Noisy("a"), Noisy("b"), False).name)
        print("made", of_every_kind(Noisy("a"), Noisy("b"), True).name)
    except:
        print("failed")
    try:
        print("made", Half(Noisy("a")).first.name)
    except:
        print("failed")


def main():
    var a = Noisy("a")
    var b = Noisy("b")
    print("use", a.name)
    var c = b.copy()
    _ = b^
    print("got", c.name)
    _ = c^
    var d = Noisy("c")
    d = Noisy("d")
    _ = d^
    last(True)
    var x = Noisy("x")
    take(x^)
    print("end")
    together()
    the_other_way()
    discarded()
    kinds()
