# __init__ requirements, static requirements, Self(...) in defaults, Defaultable.
trait Shape(Movable, Deinitable):
    def __init__(out self, n: Int):
        ...

    def area(self) -> Int:
        ...

    @staticmethod
    def label() -> String:
        return "shape"

    def grown(self) -> Self:
        return Self(self.area())

    @staticmethod
    def unit() -> Self:
        return Self(1)


struct Sq(Shape):
    var s: Int

    def __init__(out self, n: Int):
        self.s = n

    def area(self) -> Int:
        return self.s * self.s


struct Row(Defaultable, Shape):
    var w: Int
    var h: Int

    def __init__(out self):
        self.w = 2
        self.h = 7

    def __init__(out self, n: Int):
        self.w = n
        self.h = 3

    def area(self) -> Int:
        return self.w * self.h

    @staticmethod
    def label() -> String:
        return "row"


def build[T: Shape](n: Int) -> T:
    return T(n)


def total[*Ts: Shape](n: Int) -> Int:
    var t = 0
    comptime for i in range(Ts.__len__()):
        var s = Ts[i](n)
        print(Ts[i].label(), s.area(), s.grown().area(), end="; ")
        t += s.area()
    print()
    return t


def fresh[T: Defaultable & Movable & Deinitable]() -> T:
    return T()


def main():
    print(build[Sq](4).area(), build[Row](4).area())
    print(total[Sq, Row, Sq](5))
    print(Sq.unit().area(), Row.unit().area())
    print(fresh[Row]().area(), fresh[Int](), fresh[String]().byte_length())
    var l = fresh[List[Int]]()
    l.append(3)
    print(l)


# output:
#   16 12
#   shape 25 625; row 15 45; shape 25 625; 
#   65
#   1 3
#   14 0 0
#   [3]
