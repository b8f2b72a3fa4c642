# mojo: edition=classic
# `def` of the classic dialect: raises, declares by assignment, owns the arguments it assigns.
def checked(n: Int) -> Int:
    if n < 0:
        raise Error("negative")
    return n


def halve(n: Int, step: Int) -> Int:
    n = n // 2
    total = n + step
    return total


def tuple_sum(a: Int, b: Int) -> Int:
    a, b = b, a
    return a * 10 + b


def main():
    x = 9
    print(halve(x, 1), x)
    print(tuple_sum(1, 2))
    try:
        print(checked(3))
        print(checked(-1))
    except e:
        print("caught:", e)
