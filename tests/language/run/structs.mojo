# output:
#   3 4 25
#   Vector(4, 5)
#   True False
#   (8, 10) 2
#   origin 0 0
#   12 4 1
@fieldwise_init
struct Vector(ImplicitlyCopyable, Equatable, Writable):
    var x: Int
    var y: Int

    def __init__(out self):
        self.x = 0
        self.y = 0

    def norm(self) -> Int:
        return self.x * self.x + self.y * self.y

    def __add__(self, other: Self) -> Self:
        return Self(self.x + other.x, self.y + other.y)

    def __mul__(self, factor: Int) -> Self:
        return Self(self.x * factor, self.y * factor)

    def __eq__(self, other: Self) -> Bool:
        return self.x == other.x and self.y == other.y

    def __getitem__(self, index: Int) -> Int:
        return self.x if index == 0 else self.y

    def shift(mut self, by: Int):
        self.x += by
        self.y += by

    @staticmethod
    def unit() -> Vector:
        return Vector(1, 1)

    def write_to(self, mut writer: Some[Writer]):
        writer.write("Vector(", self.x, ", ", self.y, ")")


struct Mixed:
    var a: UInt8
    var b: UInt32
    var c: UInt8

    def __init__(out self):
        self.a = 1
        self.b = 2
        self.c = 3


def main():
    var v = Vector(3, 4)
    print(v.x, v.y, v.norm())
    var w = v + Vector.unit() * 2
    w.shift(-1)
    print(w)
    print(v == Vector(3, 4), v == w)
    var pair = (w * 2)
    print((pair[0], pair[1]), Vector.unit()[0] + 1)
    var o = Vector()
    print("origin", o.x, o.y)
    from std.sys import size_of, align_of
    print(size_of[Mixed](), align_of[Mixed](), size_of[Bool]())
