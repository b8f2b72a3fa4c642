# What `^` cannot take: captured values, elements, what a reference designates.
struct N(Movable):
    var s: String

    def __init__(out self, s: String):
        self.s = s


def eat(var n: N):
    print(n.s)


def owned_capture():
    var a = N("a")

    def run() {var a^}:  #~ error[M2483] "captured value 'a' is uninitialized at the end of this function"
        eat(a^)

    run()


def borrowed_capture():
    var a = N("a")

    def run() {mut a}:
        eat(a^)  #~ error[M2372] "does not designate a value with an origin"

    run()


def tuple_element():
    var t = (N("a"), N("b"))
    eat(t[0]^)  #~ error[M2372] "does not designate a value with an origin"


def list_element(mut l: List[N]):
    eat(l[0]^)  #~ error[M2372] "does not designate a value with an origin"


def reference():
    var a = N("a")
    ref r = a
    eat(r^)  #~ error[M2372] "does not designate a value with an origin"


def closure_itself():
    var a = N("a")

    def run() {var a^}:
        print(a.s)

    var moved = run^
    moved()


def main():
    pass
