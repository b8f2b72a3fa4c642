# Traits and generics, @parameter if and for, aliases, names of 2023.
from math import sqrt
from memory import memset_zero
from utils.index import Index
import math

alias Number = Float64
alias COUNT: Int = 3


trait Shape:
    fn area(self) -> Float64: ...

    fn name() -> String: ...


@value
struct Square(Shape):
    var side: Float64

    fn area(self) -> Float64:
        return self.side * self.side

    fn name() -> String:
        return "square"


@value
struct Disc(Shape):
    var radius: Float64

    fn area(self) -> Float64:
        return 3.0 * self.radius * self.radius

    fn name() -> String:
        return "disc"


fn describe[T: Shape](shape: T) -> Float64:
    print(T.name(), shape.area())
    return shape.area()


fn larger[T: Shape](a: T, b: T) -> T:
    if a.area() > b.area():
        return a
    return b


fn kind[n: Int]() -> Int:
    @parameter
    if n > 2:
        return 1
    else:
        return 0


fn total[n: Int]() -> Int:
    var sum = 0

    @parameter
    for i in range(n):
        sum += i
    return sum


fn half(n: Int) -> Float64:
    return n / 2


fn fails(x: Int) raises -> Int:
    if x > 2:
        raise Error("too large")
    return x


fn main():
    _ = describe(Square(2.0))
    _ = describe(Disc(1.0))
    print(larger(Square(1.0), Square(3.0)).side)
    print(kind[1](), kind[3](), total[5]())
    print(half(7), sqrt(Number(16.0)), COUNT)
    try:
        print(fails(1))
        print(fails(3))
    except e:
        print("caught", e)
    var v = DynamicVector[Int]()
    v.push_back(4)
    v.push_back(5)
    print(len(v), v[1])
    let text: String = "abc"
    print(len(text), int(3.7), str(12) + "x")
    print_no_newline("no", "line")
    print("")
