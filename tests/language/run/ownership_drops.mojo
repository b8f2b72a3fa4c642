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
