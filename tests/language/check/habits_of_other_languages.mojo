# What people write who come from Python, C or Rust: one message each, and it says what to write.
import numpy as np  #~ error[M2001] "'numpy' is a Python package"
from std.colections import Set  #~ error[M2001] "did you mean 'std.collections'?"
from std.collections import Dequeue  #~ error[M2002] "did you mean 'Deque'?"
from std.collections import sqrt  #~ error[M2002] "'sqrt' is in 'std.math'"

def untyped(x):  #~ error[M2032] "write 'x: Int'"
    return

def types_of_python(
    a: int,  #~ error[M2300] "did you mean 'Int'?"
    b: str,  #~ error[M2300] "did you mean 'String'?"
    c: list,  #~ error[M2300] "did you mean 'List'?"
    d: float,  #~ error[M2300] "did you mean 'Float64'?"
):
    pass

@dataclass  #~ error[M2021] "'@fieldwise_init' makes the initializer"
struct Dog:
    var age: Int

    def __init__(self, age: Int):  #~ error[M2039] "def __init__(out self"
        self.age = age

def uses_dog() -> Int:
    return Dog(3).age

class Cat:  #~ error[M1116] "write a struct"
    pass

def generator():
    yield 1  #~ error[M1117] "there are no generators"

def deleting(x: Int):
    del x  #~ error[M1117] "a value ends after its last use"

def formatted(name: String):
    print(f"hello {name}")  #~ error[M1112] "there are no f-strings"

def old_print():
    print "hello"  #~ error[M1104] "'print' is a function"

def increments(x: Int):
    x++
    pass  #~ error[M1111] "there is no '++'"

def logic(a: Bool, b: Bool):
    if a && b:  #~ error[M1111] "write 'and'"
        pass

def negation(a: Bool):
    if !a:  #~ error[M1001] "write 'not x'"
        pass

def chains(x: Int):
    if x > 1:
        pass
    else if x > 0:  #~ error[M1112] "'else if' is written 'elif'"
        pass

def braces(x: Int):
    if x > 1 {  #~ error[M1112] "there are no braces"
        pass

def typed_handler():
    try:
        pass
    except ValueError as e:  #~ error[M1112] "an 'except' has no type"
        pass

def assignment_in_condition(x: Int):
    if x = 2:  #~ error[M1112] "'==' compares"
        pass

def generators(xs: List[Int]):
    print((x for x in xs))  #~ error[M1112] "there are no generator expressions"

def declared_by_type():
    int n = 3  #~ error[M1104] "a variable is declared with 'var'"

def made_by_new(x: Int):
    var y = new Dog(3)  #~ error[M1104] "there is no 'new'"

def methods(mut xs: List[Int], s: String, d: Dict[String, Int]):
    xs.push(1)  #~ error[M2330] "write 'append'"
    xs.psuh(1)  #~ error[M2330] "write 'append'"
    var fixed = [1, 2]
    fixed.apend(3)  #~ error[M2330] "an Array has a fixed length"
    xs.sort()  #~ error[M2330] "write 'sort(xs)'"
    print(xs.length)  #~ error[M2330] "write 'len(xs)'"
    print(s.length())  #~ error[M2330] "write 's.byte_length()'"
    print(d.has_key("a"))  #~ error[M2330] "write 'key in d'"
    for k, v in d.items():  #~ error[M2381] "'items()' gives entries"
        print(k, v)

def names(xs: List[Int]):
    print(sum(xs))  #~ error[M2300] "there is no 'sum'"
    print(isinstance(xs, List))  #~ error[M2300] "types are known when the program is compiled"
    print(sqrtt(2.0))  #~ error[M2300] "use of unknown declaration 'sqrtt'"
    print(floor(2.5))  #~ error[M2300] "Add 'from std.math import floor'"
    print(true)  #~ error[M2300] "did you mean 'True'?"

def nones(x: Int):
    if x is None:  #~ error[M2325] "a value of type 'Int' is never None"
        pass

def imports(c: Bool):
    if c:
        import std.os  #~ error[M2484] "must be at module or function scope"

@fieldwise_init
struct Point:
    var x: Int

def fields_and_methods(s: String):
    print(Point.x)  #~ error[M2333] "cannot access instance field 'x' without an instance of 'Point'"
    s.upper  #~ error[M2460] "add '()' to call 'upper'"

from std.collections import InlineArray  #~ error[M2002] "does not contain 'InlineArray'"

def former_names[T: EqualityComparable](x: T):  #~ error[M2300] "'EqualityComparable'; did you mean 'Equatable'?"
    pass

def unhandled():
    # As in source order: the first mistake comes first.
    try:
        print(Int("3"))  #~ error[M2354] "cannot call function that may raise"
    print("after")  #~ error[M1171] "expected 'except' or 'finally' block"

def former_functions():
    print(div_ceil(7, 2))  #~ error[M2300] "did you mean 'ceildiv'?"

def wrong_default(x: Int = "a"):  #~ error[M2310] "to 'Int'"
    pass

print("started")  #~ error[M2010] "a program begins with 'def main():'"

def main():
    pass

var counter = 0  #~ error[M2009] "global variables are not supported"

def count_up():
    counter += 1
    print(counter)

def with_braces() {  #~ error[M1112] "expected ':' in function definition"
    print("hi")
}  #~ error[M1111] "unexpected token in expression"
