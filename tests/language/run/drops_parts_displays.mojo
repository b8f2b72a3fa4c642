# Found by random programs: fields that are overwritten while their value dies elsewhere, and displays whose elements raise.
def say(what: StaticString, n: Int):
    print(what, n, sep="", end=" ")


struct R(Copyable):
    var n: Int

    def __init__(out self, n: Int):
        self.n = n
        say("+", n)

    def __init__(out self, *, copy: Self):
        self.n = copy.n + 1000
        say("c", self.n)

    def __deinit__(deinit self):
        say("-", self.n)


@fieldwise_init
struct P(Movable):
    var a: R
    var b: R


def hand(x: R, var y: R) -> R:
    say("h", x.n)
    return y^


# The value is replaced as a whole at the start of the next round, so its field is not needed, but dies with it.
def in_a_loop():
    var p = P(R(1), R(2))
    for i in range(2):
        p = P(R(10 + i), hand(p.b, R(20 + i)))
        p.a = p.b.copy()
    print()


def in_one_branch(take: Bool):
    var p = P(R(1), R(2))
    say("|", 0)
    if take:
        p.a = R(3)
        say("|", 1)
    else:
        p = P(R(4), R(5))
        say("|", 2)
    say("a", p.a.n)
    say("b", p.b.n)
    print()


@fieldwise_init
struct N(Movable):
    var p: P
    var r: R


# What is overwritten as a whole lives as a whole.
def nested():
    var n = N(P(R(1), R(2)), R(3))
    say("a", n.p.a.n)
    n.p = P(hand(n.p.b, R(4)), R(5))
    say("|", 0)
    n.p.a = R(6)
    n.p = P(R(7), R(8))
    say("r", n.r.n)
    print()


# A field that is overwritten after a loop is not needed in it.
def after_a_loop():
    var p = P(R(1), R(2))
    for i in range(2):
        p.a = R(10 + i)
    p.b = R(3)
    say("a", p.a.n)
    print()


def both_fields():
    var p = P(R(1), R(2))
    p.a = R(3)
    p.b = R(4)
    say("a", p.a.n)
    print()


def may(n: Int, bad: Int) raises -> R:
    if n == bad:
        raise Error("may")
    return R(n)


def array(bad: Int) raises:
    var a = [R(1), may(2, bad), may(3, bad)]
    say("a", a[0].n)


def list(bad: Int) raises:
    var l: List[R] = [R(1), hand(R(9), may(2, bad)), may(3, bad)]
    say("l", len(l))


def strings(bad: Int) raises -> Int:
    def text(n: Int) raises {imm bad} -> String:
        if n == bad:
            raise Error("text")
        return String("a text that is long enough for the heap, ", n)
    var a = [text(1), text(2)]
    var d = {1: text(3), 2: text(4)}
    var s = {text(5), text(6)}
    return len(a) + len(d) + len(s)


# An element of a tuple is set through a reference, as one of a list: the old value lives until the new one takes its place.
def tuple_elements() raises:
    var t = (R(1), R(2))
    say("|", t[0].n)
    t[0] = R(3)
    say("|", t[0].n)
    t[0] = hand(t[1], R(4))
    var x = R(5)
    t[0] = x^
    say("|", t[0].n)
    t[0] = t[1].copy()
    t[1] = may(6, 0)
    try:
        t[1] = may(7, 7)
    except:
        say("!", t[1].n)
    print()
    var u = (R(8), (R(9), R(10)))
    u[1][0] = R(11)
    u[1] = (R(12), R(13))
    say("|", u[1][0].n)
    say("|", u[0].n)
    print()


def main() raises:
    in_a_loop()
    in_one_branch(True)
    in_one_branch(False)
    nested()
    after_a_loop()
    both_fields()
    for bad in range(2, 5):
        try:
            array(bad)
        except:
            say("!", bad)
        print()
        try:
            list(bad)
        except:
            say("!", bad)
        print()
    for bad in range(1, 8):
        try:
            print(strings(bad), end=" ")
        except:
            say("!", bad)
    print()
    tuple_elements()

# output:
#   +1 +2 +10 +20 h2 -1 -2 -10 c1020 +11 +21 h20 -1020 -20 -11 c1021 -1021 -21 
#   +1 +2 |0 -1 +3 |1 a3 -3 -2 b2 
#   +1 +2 |0 -1 -2 +4 +5 |2 a4 -4 -5 b5 
#   +1 +2 +3 a1 +4 h2 -1 -2 +5 -4 |0 +6 -6 -5 +7 +8 -7 -8 -3 r3 
#   +1 +2 -2 -1 +10 -10 +11 +3 -11 -3 a11 
#   +1 +2 -1 -2 +3 +4 -3 -4 a3 
#   +1 -1 !2 
#   +1 +9 -9 -1 !2 
#   +1 +2 -2 -1 !3 
#   +1 +9 +2 h9 -9 -2 -1 !3 
#   +1 +2 +3 -1 -2 -3 a1 
#   +1 +9 +2 h9 -9 +3 -1 -2 -3 l3 
#   !1 !2 !3 !4 !5 !6 6 
#   +1 +2 |1 -1 +3 |3 +4 h2 -3 +5 -4 |5 c1002 -5 +6 -2 -1002 -6 !6 
#   +8 +9 +10 -9 +11 +12 +13 -11 -10 |12 -8 -12 -13 |8 
