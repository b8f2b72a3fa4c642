@fieldwise_init
struct P:
    var x: Int

def main():
    var s = 5
    match s:
        case "a": pass  #~ error[M2350] "invalid call to '__eq__': value passed to 'rhs' cannot be converted"
        case (1, 2): pass  #~ error[M2384] "expected a tuple type to match against, got 'Int'"
        case [1]: pass
        case P(x=1): pass  #~ error[M2458] "cannot match value of type 'Int' against pattern type 'P'"
        case 1 | n: pass  #~ error[M2456] "or-pattern alternatives must bind the same names; 'n' is bound in one"
    var t = (1, 2)
    match t:
        case (1, 2, 3): pass  #~ error[M2457] "cannot match value of 'Tuple[Int, Int]' of 2 elements against a patter"
    var p = P(1)
    match p:
        case P(y=1): pass  #~ error[M2387] "'P' has no field 'y'"
    comptime for i in 5:  #~ error[M2325] "'IntLiteral[5]' does not implement the '__iter__' method"
        pass
    comptime if s > 3:  #~ error[M2345] "cannot use a dynamic value in 'comptime if' condition"
        pass
    comptime assert s > 3, "x"  #~ error[M2345] "cannot use a dynamic value in 'comptime assert' expression"
    var d = 7
    def f() -> Int:
        return d  #~ error[M2374] "Could not infer capture convention of the captured value d"
    def g() {zz}:  #~ error[M2453] "reference to an unknown value: zz"
        pass
    def h() {imm d^}:  #~ error[M2482] "'^' requires 'var' convention; write 'var d^' to move a capture"
        pass
    def twice() {imm d, mut d}:  #~ error[M2481] "duplicate capture of 'd'; remove the duplicate entry"
        pass
    def r() -> Int:
        return r()  #~ error[M2454] "recursive references to nested functions are not supported; define 'r'"
    def q(){imm d}:
        d = 2  #~ error[M2370] "expression must be mutable in assignment"
    def q2(){var d}:
        d = 2  #~ error[M2370] "expression must be mutable in assignment"
    var two = (1, 2)
    ref left, right = two
    right += 1  #~ error[M2370] "expression must be mutable for in-place operator destination"
    for ref first, second in [(1, 2)]:
        second += 1  #~ error[M2370] "expression must be mutable for in-place operator destination"
    raise  #~ error[M2356] "'raise' requires a surrounding 'try' block or the enclosing function t"
    raise "x"  #~ error[M2356] "'raise' requires a surrounding 'try' block or the enclosing function t"
    assert "z"  #~ error[M2351] "no matching function in call to 'debug_assert'"
    try:
        pass
    except e:
        pass
    _ = f
    f
    ref u = gg()  #~ error[M2300] "use of unknown declaration 'gg'"
    t[0], s = 1, "a"  #~ error[M2310] "cannot implicitly convert 'StringLiteral["


# What a capture list may name, and what a lambda that captures may be.
def overloaded() -> Int:
    return 1


def overloaded(x: Int) -> Int:
    return x


struct HoldsCallable:
    var f: def(Int) -> Int  #~ error[M2051] "'def(Int) -> Int' is a trait"


def lists_of_captures(text: String):
    var k = 3

    def several() {imm overloaded, imm k} -> Int:  #~ error[M2491] "ambiguous captured value: 'overloaded'"
        return k

    def again(k: Int) {imm k} -> Int:  #~ error[M2302] "invalid redefinition of 'k'"
        return k

    def writes() {mut text}:  #~ error[M2376] "cannot capture text by mut because it could be immutable"
        text += "x"

    comptime add = lambda (x: Int) -> Int: x + k  #~ error[M2348] "cannot use a capturing lambda in comptime initializer"
    var pair = lambda (a: Int, *, b: Int) -> Int: a + b
    print(pair(1, b=2))
    print(pair(1, 2))  #~ error[M2350] "missing required argument: 'b'"
    var merged = one_default if k == 2 else other_default  #~ error[M2318] "ambiguous merge"


def one_default(x: Int, y: Int = 1) -> Int:
    return x


def other_default(x: Int, y: Int = 2) -> Int:
    return x
