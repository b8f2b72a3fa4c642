struct W:
    var v: Int
    def __init__(out self):
        self.v = 1

def g(x: Int):
    x = 3  #~ error[M2370] "expression must be mutable in assignment"

def h() -> Int:
    return  #~ error[M2310] "cannot implicitly convert 'None' value to 'Int'"

def k():
    return 5  #~ error[M2310] "cannot implicitly convert 'IntLiteral[5]' value to 'None' in return va"

def gen() -> Tuple[Int, Int]:
    return (1, 2)

def main():
    var a: Int = "s"  #~ error[M2310] "cannot implicitly convert 'StringLiteral["
    var b = 1
    b = "t"  #~ error[M2310] "cannot implicitly convert 'StringLiteral["
    var x  #~ error[M2306] "cannot declare 'x' without a contextual type from its initializer"
    var w = W()
    w += 1  #~ error[M2325] "'W' does not implement the '__iadd__' method"
    var p, q, r = gen()  #~ error[M2450] "cannot declare 'p' without a contextual type from its initializer"
    var p2, q2 = 5  #~ error[M2381] "cannot unpack value of type 'Int' into 2 values"
    b, a = 1, 2, 3  #~ error[M2310] "cannot implicitly convert 'Tuple[Int, Int, Int]' value to 'Tuple[Int,"
    for i in range(3):
        i = 2  #~ error[M2370] "expression must be mutable in assignment"
    for z in 5:  #~ error[M2325] "'IntLiteral[5]' does not implement the '__iter__' method"
        pass
    5 = b  #~ error[M2370] "expression must be mutable in assignment"
    W = 3  #~ error[M2370] "expression must be mutable in assignment"
    b + 1
    if w:  #~ error[M2325] "'W' does not implement the '__bool__' method"
        pass
    struct Q:  #~ error[M2452] "struct inside a function not supported here"
        pass
    ref rr = 5  #~ error[M2323] "value of type 'Int' doesn't have a memory origin in 'ref' binding"
    break  #~ error[M2382] "'break' is not inside a loop"
    y: Int = 3  #~ error[M2301] "implicit declaration of 'y' is not allowed; add 'var' to declare a new"
    with w:  #~ error[M2311] "value of type 'W' cannot be implicitly copied"
        pass
    while True:
        var b = 1
        var b = 2  #~ error[M2302] "invalid redefinition of 'b'"


comptime BEYOND = 3


def indices():
    var numbers = [1, 2, 3]
    numbers[2] = numbers[3]  #~ error[M2395] "index 3 is out of bounds of an array of 3 elements"
    numbers[BEYOND] = 0  #~ error[M2395] "index 3 is out of bounds"
    numbers[-1] = 0  #~ error[M2396] "index -1 is negative"
    if var found := 5:  #~ error[M2306] "cannot declare 'found' without a contextual type"
        print(found)


# What a call hands out of a value that nobody keeps is there to be read.
@fieldwise_init
struct Shelf(Copyable):
    var count: Int
    var labels: List[String]

    def counter(ref self) -> ref[self.count] Int:
        return self.count


def shelf() -> Shelf:
    return Shelf(1, ["a"])


def increase(mut n: Int):
    n += 1


def results_of_calls():
    shelf().counter() = 2  #~ error[M2370] "expression must be mutable in assignment"
    shelf().counter() += 2  #~ error[M2370] "expression must be mutable for in-place operator destination"
    increase(shelf().counter())  #~ error[M2350] "value passed to mutable argument 'n' must be mutable"
    shelf().labels[0] = "b"  #~ error[M2370] "expression must be mutable in assignment"
    [shelf()][0].labels.append("b")  #~ error[M2350] "invalid use of mutating method on rvalue"
    ref count = shelf().counter()
    count = 3  #~ error[M2370] "expression must be mutable in assignment"
    print(shelf().counter(), shelf().labels[0])
