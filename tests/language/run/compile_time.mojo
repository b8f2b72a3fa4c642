# output:
#   120 21
#   [0, 1, 4, 9, 16]
#   0 10 20
#   Int wide
#   3 7
#   17
comptime FACT5 = factorial(5)


def factorial(n: Int) -> Int:
    var r = 1
    for i in range(2, n + 1):
        r *= i
    return r


def squares(n: Int) -> List[Int]:
    var l = List[Int]()
    for i in range(n):
        l.append(i * i)
    return l^


comptime TABLE = squares(5)


def fib(n: Int) -> Int:
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def kind[T: AnyType, width: Int]() -> String:
    comptime if width > 32:
        return "wide"
    else:
        return "narrow"


def count[*Ts: Writable](*values: *Ts) -> Int:
    var n = 0
    comptime for i in range(values.__len__()):
        n += 1
    return n


def main():
    print(FACT5, fib(8))
    print(materialize[TABLE]())
    comptime for i in range(3):
        print(i * 10, end=" " if i < 2 else "\n")
    print("Int", kind[Int, 64]())
    print(count(1, "a", 2.5), comptime (TABLE[1] + 6))
    print(TOTAL)


comptime TOTAL = sum_to(5) + 2


def sum_to(n: Int) -> Int:
    var t = 0
    for i in range(n + 1):
        t += i
    return t
