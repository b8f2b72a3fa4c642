# What stands beside a syntax error is checked all the same; what the broken part declares is not reported missing.
def broken(a: Int:  #~ error[M1112] "expected ')'"
    return undefined_in_broken

def sound() -> Int:
    return "text"  #~ error[M2310] "cannot implicitly convert"

def uses_broken():
    broken(1)
    nowhere()  #~ error[M2300] "use of unknown declaration 'nowhere'"

def patterns(x: Int, t: Tuple[Int, Int]):
    match x:
        case (a, b):  #~ error[M2384] "expected a tuple type to match against, got 'Int'"
            print(a, b)
    match t:
        case (a, b, c):  #~ error[M2457] "of 2 elements against a pattern with 3 elements"
            print(a, b, c)
    match x:
        case 1 | y:  #~ error[M2456] "'y' is bound in one alternative but not the other"
            print(y)
    if (n := 3) > 2:  #~ error[M2301] "implicit declaration of 'n' is not allowed"
        print(n)

def decorated():
    @parameter
    var v = 1  #~ error[M1142] "'var' statement does not support decorators"
    @somewhat
    v = 2  #~ error[M1142] "statement does not support decorators"

def prints():
    print(prints())  #~ error[M2350] "with type 'None' does not conform to trait 'Writable'"

def lanes(v: SIMD[DType.int32, 4]):
    # What the unknown name would have told is not asked for a second time.
    print(v.shuffle[mask=Missing[4](3, 2, 1, 0)]())  #~ error[M2300] "use of unknown declaration 'Missing'"

struct Looking[origin: ImmutOrigin]:  #~ error[M2300] "did you mean 'ImmOrigin'?"
    # A type that a wrong parameter leaves open, and whoever uses it, say nothing more.
    var text: StringSlice[Self.origin]

    def __init__(out self, text: StringSlice[Self.origin]):
        self.text = text

def looks() -> Int:
    return len(Looking("abc").text)

def main():
    pass

def not_indented():  #~ error[M1103] "body must not be empty"
print(1)
print(2)

def after_it() -> Int:
    return "text"  #~ error[M2310] "cannot implicitly convert"

def no_handler():
    try:
        print(1)
    print(2)  #~ error[M1171] "expected 'except' or 'finally' block"

def stray_clause(x: Int):
    print(x)
    elif x:  #~ error[M1111] "'if', 'for', 'while', 'try' or 'match'"
        print(2)

def no_colon(x: Int)  #~ error[M1112] "expected ':' in function definition"
    print(x)

def no_colon_after_raises() raises  #~ error[M1112] "expected ':' in function definition"
    print(1)
