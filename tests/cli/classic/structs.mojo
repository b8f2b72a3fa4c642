# Structs of all spellings: @value, register_passable, copy, move, del, Self {…}, aliases, static methods.
@value
struct Point:
    var x: Int
    var y: Int

    fn sum(self) -> Int:
        return self.x + self.y


@value
struct Named:
    var name: String
    var point: Point

    fn label(self) -> String:
        return self.name + "!"


@register_passable("trivial")
struct Pair:
    alias SIZE = 2
    var a: Int
    var b: Int

    fn __init__(a: Int, b: Int) -> Self:
        return Self {a: a, b: b}

    @staticmethod
    fn zero() -> Self:
        return Self {a: 0, b: 0}

    fn total(borrowed self) -> Int:
        return self.a + self.b


struct Buffer:
    var data: DTypePointer[DType.int32]
    var size: Int

    fn __init__(inout self, size: Int):
        self.data = DTypePointer[DType.int32].alloc(size)
        self.size = size
        for i in range(size):
            self.data.store(i, i * i)

    fn __copyinit__(inout self, existing: Self):
        print("copy", existing.size)
        self.size = existing.size
        self.data = DTypePointer[DType.int32].alloc(self.size)
        memcpy(self.data, existing.data, existing.size)

    fn __moveinit__(inout self, owned existing: Self):
        self.size = existing.size
        self.data = existing.data

    fn __del__(owned self):
        print("free", self.size)
        self.data.free()

    fn __getitem__(self, i: Int) -> Int32:
        return self.data.load(i)


fn take(owned b: Buffer) -> Int32:
    return b[b.size - 1]


fn grow(inout p: Point, by: Int):
    p.x += by


fn main():
    var p = Point(1, 2)
    let q = p
    grow(p, 10)
    print(p.sum(), q.sum())
    let n = Named("kiln", p)
    print(n.label(), n.point.x)
    print(Pair(3, 4).total(), Pair.zero().total(), Pair.SIZE)
    let b = Buffer(4)
    let c = b
    print(c[3], take(b^))
    print(c[2])
