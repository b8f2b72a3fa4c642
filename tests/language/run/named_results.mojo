struct R(Movable):
    var s: String
    def __init__(out self, s: String):
        self.s = s
        print("+", s, sep="")
    def __init__(out self, *, deinit move: Self):
        self.s = move.s^
        print("m", self.s, sep="")
    def __deinit__(deinit self):
        print("-", self.s, sep="")

def make(n: Int, out r: R):
    r = R("first")
    if n == 0:
        return
    r = R("second")
    r.s += String(n)

def maybe(n: Int, out r: R) raises:
    if n < 0:
        raise Error("negative")
    r = R("ok")
    if n > 5:
        raise Error("big ", r.s)

def two(out t: Tuple[Int, String]):
    t = (1, "x")

def loopy(out best: Int):
    best = 0
    for i in range(10):
        if i * 7 % 10 > best:
            best = i * 7 % 10
        if best == 8:
            return

# The result may stand anywhere among the arguments.
def first(out sum: Int, a: Int, b: Int = 10):
    sum = a + b

struct Maker:
    @staticmethod
    def make(out self: Int, text: String):
        self = text.byte_length()

def main():
    var a = make(0)
    print(a.s)
    var b = make(3)
    print(b.s)
    for n in [1, -1, 9]:
        try:
            var r = maybe(n)
            print("got", r.s)
        except e:
            print(e)
    print(two()[1], loopy())
    print(first(1), first(b=1, a=2), Maker.make("four"))

# output:
#   +first
#   first
#   -first
#   +first
#   -first
#   +second
#   second3
#   -second3
#   +ok
#   got ok
#   -ok
#   negative
#   +ok
#   -ok
#   big ok
#   x 8
#   11 3 4
