# output:
#   Rex says Woof
#   ... says ...
#   12 3.5
#   9 2
#   b z
#   42 16 8
trait Speaker:
    comptime legs: Int

    def name(self) -> String:
        ...

    def sound(self) -> String:
        return "..."


@fieldwise_init
struct Dog(Speaker):
    comptime legs = 4
    var called: String

    def name(self) -> String:
        return self.called

    def sound(self) -> String:
        return "Woof"


struct Fish(Speaker):
    comptime legs = 0

    def __init__(out self):
        pass

    def name(self) -> String:
        return "..."


def speak[T: Speaker](animal: T):
    print(animal.name(), "says", animal.sound())


@fieldwise_init
struct Box[T: Copyable & Deinitable](Copyable):
    var value: Self.T

    def get(self) -> Self.T:
        return self.value.copy()

    def replace[U: Copyable & Deinitable](self, other: U) -> Box[U]:
        return Box[U](other.copy())


def largest[T: Comparable & Copyable & Deinitable](a: T, b: T) -> T:
    if a < b:
        return b.copy()
    return a.copy()


def power[base: Int, exponent: Int]() -> Int:
    comptime if exponent == 0:
        return 1
    else:
        return base * power[base, exponent - 1]()


struct Matrix[rows: Int, columns: Int]:
    var cells: Int

    def __init__(out self):
        self.cells = Self.rows * Self.columns


def area[r: Int, c: Int](m: Matrix[r, c]) -> Int:
    return r * c + m.cells - r * c


def main():
    speak(Dog("Rex"))
    speak(Fish())
    print(Box(12).get(), Box(1).replace(3.5).get())
    print(largest(9, 2), Dog.legs // 2 - Fish.legs)
    print(largest(String("a"), String("b")), largest("z", "y"))
    print(area(Matrix[6, 7]()), power[2, 4](), power[2, 3]())
