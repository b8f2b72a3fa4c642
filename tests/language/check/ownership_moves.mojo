# Moves in all their places: each mistake in a function of its own.
struct N(Movable):
    var s: String

    def __init__(out self, s: String):
        self.s = s


@fieldwise_init
struct Pair(Movable):
    var a: N
    var b: N


def eat(var n: N):
    print(n.s)


def eat_pair(var p: Pair):
    print(p.a.s)


def show(n: N):
    print(n.s)


def show_pair(p: Pair):
    print(p.a.s)


def size(var n: N, after: Int):
    print(n.s, after)


def in_time():
    # A variable is handed over when the call is made.
    var a = N("a")
    size(a^, a.s.byte_length())


def twice_in_one_call():
    var a = N("a")
    size(a^, length(a^))  #~ error[M3001] "'a'"


def length(var n: N) -> Int:
    return n.s.byte_length()


def overwritten_too_late():
    var p = Pair(N("a"), N("b"))  #~ error[M3005] "field 'p.a' destroyed out of the middle"
    eat(p.a^)
    p = Pair(N("c"), N("d"))
    show_pair(p)


# Where the rest was needed last: at the branch whose other way destroys the whole.
def taken_on_one_way(flag: Bool):
    var p = Pair(N("a"), N("b"))
    print(p.a.s)
    if flag:  #~ error[M3005] "field 'p.a' destroyed out of the middle"
        print("taken")
        eat(p.a^)
    print("end")


def read_before():
    var p = Pair(N("a"), N("b"))  #~ error[M3005] "field 'p.a' destroyed out of the middle"
    print(p.a.s)
    eat(p.a^)


# Also of a value whose end does nothing.
@fieldwise_init
struct Number(Movable):
    var n: Int


@fieldwise_init
struct Numbers(Movable):
    var a: Number
    var b: Number


def out_of_plain_value() -> Number:
    var p = Numbers(Number(1), Number(2))  #~ error[M3005] "field 'p.a' destroyed out of the middle"
    return p.a^


def out_of_plain_argument(var p: Numbers) -> Number:  #~ error[M3005] "field 'p.a' destroyed out of the middle"
    return p.a^


# Set again on one of the ways, so that the whole is destroyed there: the error is at the move.
def set_again_unless_raised(flag: Bool) raises:
    var p = Pair(N("a"), N("b"))
    eat(p.a^)  #~ error[M3004] "value 'p.a' cannot be consumed, because 'p' is used later"
    if flag:
        raise "left"
    p.a = N("c")


def set_again_unless_left():
    var p = Pair(N("a"), N("b"))
    for i in range(3):
        eat(p.a^)  #~ error[M3004] "value 'p.a' cannot be consumed, because 'p' is used later"
        if i == 1:
            return
        p.a = N("c")


def field_after_move():
    var p = Pair(N("a"), N("b"))
    eat_pair(p^)  #~ error[M3004] "value 'p' cannot be consumed"
    p.a = N("c")


def built_by_hand():
    var p: Pair
    p.a = N("a")
    p.b = N("b")
    show_pair(p)  #~ error[M3024] "'p' used with all fields manually initialized"


def result_by_hand(out p: Pair):  #~ error[M3024] "'p' used with all fields manually initialized"
    p.a = N("a")
    p.b = N("b")


def through_two_closures():
    var a = N("a")

    def inner() {imm}:
        show(a)

    def outer() {imm}:
        inner()

    eat(a^)
    outer()  #~ error[M3023] "use of uninitialized value 'a'"


def on_the_error_edge(fail: Bool) raises:
    var a = N("a")
    try:
        eat(a^)
        raise Error("x")
    except:
        show(a)  #~ error[M3001] "use of uninitialized value 'a'"


def condition(flag: Bool):
    var a = N("a")
    if flag and length(a^) > 0:
        print("yes")
    else:
        show(a)  #~ error[M3001] "use of uninitialized value 'a'"


# A value that was moved as a whole comes back as a whole, not field by field.
@fieldwise_init
struct Box(Movable):
    var text: String
    var count: Int


def eat_box(var b: Box):
    print(b.text)


def refilled():
    var b = Box("a", 1)
    eat_box(b^)  #~ error[M3004] "value 'b' cannot be consumed, because 'b.text' is used later"
    b.text = "x"
    b.count = 2
    print(b.text)


def refilled_in_part(n: Int):
    var b = Box("a", 1)
    if n > 1:
        eat_box(b^)  #~ error[M3004] "value 'b' cannot be consumed"
    b.count = 2


def lent_and_refilled(mut b: Box):  #~ error[M3024] "'b' used with all fields manually initialized but without calling an '__init__' method"
    eat_box(b^)
    b.text = "x"
    b.count = 2


# Results that refer to what the call consumed.
def of_owned(var s: String) -> ref[s] String:
    return s


def of_moved():
    var t = String("t")
    ref r = of_owned(t^)
    print(r)  #~ error[M3025] "use of uninitialized value 't'"


def of_temporary():
    ref r = of_owned(String("t"))
    print(r)  #~ error[M3025] "use of uninitialized value '(expression temporary)'"


def unseen():
    _ = of_owned(String("t"))


# A closure of a variable without a value: the error stands where the function begins.
struct Named(Movable):
    var name: String

    def __init__(out self, name: String):
        self.name = name


def take_named(var named: Named):
    pass


def captured_after_move():  #~ error[M3001] "use of uninitialized value 'r'"
    var r = Named("a")
    take_named(r^)
    def show() {imm r}:
        print(r.name)
    show()


def moved_into_two():  #~ error[M3001] "use of uninitialized value 'r'"
    var r = Named("a")
    def one() {var r^}:
        print(r.name)
    def two() {var r^}:
        print(r.name)
    one()
    two()


# A part that is given a new value as a whole ends as a whole, also inside a larger value.
@fieldwise_init
struct Outer(Movable):
    var pair: Pair
    var last: N


def replaced_part():
    var o = Outer(Pair(N("a"), N("b")), N("c"))
    eat(o.pair.a^)  #~ error[M3004] "value 'o.pair.a' cannot be consumed, because 'o' is used later"
    print(o.pair.b.s)
    o.pair = Pair(N("d"), N("e"))
    print(o.last.s)


def replaced_at_once():
    var o = Outer(Pair(N("a"), N("b")), N("c"))  #~ error[M3005] "field 'o.pair.a' destroyed out of the middle"
    eat(o.pair.a^)
    o.pair = Pair(N("d"), N("e"))
    print(o.last.s)


def part_moved_whole():
    var o = Outer(Pair(N("a"), N("b")), N("c"))
    var pair = o.pair^
    eat(pair.a^)
    pair.a = N("f")
    o.pair = Pair(N("d"), N("e"))
    eat(o.pair.a^)
    o.pair.a = N("g")
    print(o.last.s, pair.b.s)


# A variable may hold some fields of a value; the value itself comes from a constructor.
def one_field_missing():
    var p: Pair
    p.a = N("a")
    eat_pair(p^)  #~ error[M3001] "use of uninitialized value 'p.b'"


def one_field_of_the_result(out p: Pair):  #~ error[M3003] "'p.a' is uninitialized at the implicit return from this function"
    p.b = N("b")


def nested_field_missing():
    var o: Outer
    o.pair.a = N("a")
    print(o.pair.b.s)  #~ error[M3001] "use of uninitialized value 'o.pair.b.s'"


struct Assembled:
    var pair: Pair

    def __init__(out self):  #~ error[M3003] "'self.pair' is uninitialized at the implicit return from this function"
        self.pair.a = N("a")
        self.pair.b = N("b")


struct Ending(Movable):
    var s: String

    def __init__(out self):
        self.s = "s"

    def __deinit__(deinit self):
        print("end", self.s)


def two_makers(flag: Bool):
    var e: Ending
    if flag:
        e.s = "t"
    else:
        e = Ending()
    print(e.s)  #~ error[M3024] "'e' used with all fields manually initialized but without calling an '__init__' method"


def main():
    pass


@fieldwise_init
struct NamedParts(Movable):
    var name: String
    var more: String

    def __deinit__(deinit self):
        pass


def fails_in_parts() raises NamedParts:
    raise NamedParts("a", "b")


def takes_part_of_error():
    try:
        fails_in_parts()  #~ error[M3005] "field 'e.name' destroyed out of the middle of a value"
        print("not here")
    except e:
        var name = e.name^
        print(name)
