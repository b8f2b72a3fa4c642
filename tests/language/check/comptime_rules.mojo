# Compile-time values: what may be materialized, what a condition and an iterable may be, and what stays fixed.
from std.collections import Set

comptime L: List[Int] = [1, 2, 3]
comptime D: Dict[String, Int] = {"a": 1}
comptime S: Set[Int] = {1, 2}
comptime A: Array[Int, 3] = [1, 2, 3]


@fieldwise_init
struct Movable2(Copyable):
    var x: Int


comptime M = Movable2(1)


def risky(n: Int) raises -> Int:
    if n > 3:
        raise Error("too big")
    return n


comptime RAISES = risky(2)  #~ error[M2354] "cannot call raising function in comptime initializer"


def materialized():
    var a = L[1]  #~ error[M2312] "cannot materialize comptime value of type 'List[Int]'"
    print(len(L))  #~ error[M2312] "not 'ImplicitlyCopyable'"
    var d = D  #~ error[M2312] "cannot materialize"
    print(1 in S)  #~ error[M2312] "cannot materialize"
    for i in range(3):
        print(A[i])  #~ error[M2312] "cannot materialize"
    var m = M  #~ error[M2312] "'Movable2'"


def dynamic(n: Int, xs: List[Int]):
    comptime if n > 2:  #~ error[M2345] "cannot use a dynamic value in 'comptime if' condition"
        pass
    comptime for x in xs:  #~ error[M2345] "cannot use a dynamic value in 'for' iterator expression"
        pass
    comptime for i in range(n):  #~ error[M2345] "cannot use a dynamic value"
        pass
    comptime assert n > 2  #~ error[M2345] "cannot use a dynamic value"


def fixed[n: Int]():
    comptime x = 3
    x = 4  #~ error[M2370] "expression must be mutable"
    n = 4  #~ error[M2370] "expression must be mutable"
    comptime for i in range(3):
        i = 2  #~ error[M2370] "expression must be mutable"
    comptime x = 5  #~ error[M2302] "invalid redefinition of 'x'"
    var v = Array[Int, comptime (n + 1)](fill=0)  #~ error[M2322] "evaluated at compile time already"


def three(a: Array[Int, 3]) -> Int:
    return a[0]


def symbolic[n: Int](a: Array[Int, n]) -> Int:
    comptime if n == 3:
        return three(a)  #~ error[M2350] "cannot be converted"
    comptime if False:
        undefined_name()  #~ error[M2300] "use of unknown declaration"
    return 0


def make() -> List[Int]:
    return [1, 2]


struct P[l: List[Int]]:
    def __init__(out self):
        pass


def take(p: P[make()]):
    pass


def other_value():
    comptime other: List[Int] = [1, 3]
    take(P[other]())  #~ error[M2350] "cannot be converted"


comptime squares = [i * i for i in range(5)]  #~ error[M2386] "must execute in runtime contexts"


def some_squares() -> List[Int]:
    return [i * i for i in range(5)]


comptime good_squares = some_squares()


def at_compile_time(n: Int = len([i for i in range(3)])):  #~ error[M2386] "list comprehension"
    comptime for i in {i % 3 for i in range(9)}:  #~ error[M2386] "set comprehension"
        print(i)
    comptime if len({i: 2 for i in range(9)}) == 9:  #~ error[M2386] "dict comprehension"
        print(comptime (len(good_squares)))


def main():
    pass


comptime added[a: Int, b: Int] = a + b
comptime partly[a: Int] = added[a, ...]  #~ error[M9400] "parameters are left open"
