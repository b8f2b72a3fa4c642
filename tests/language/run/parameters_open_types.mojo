# Open parameters, types compared as compile-time values, literals that decide a type parameter.
struct Tensor[dt: DType, rank: Int, layout: StaticString = "row"](Copyable):
    var n: Int

    def __init__(out self, n: Int):
        self.n = n


def any_rank(t: Tensor[...]) -> Int:
    return t.n + t.rank


def rank_one(t: Tensor[rank=1, ...]) -> String:
    return String(t.dt) + " " + String(t.layout)


comptime Matrix = Tensor[_, 2, ...]
comptime Row[dt: DType] = Tensor[dt, 1]


def cells(m: Matrix) -> Int:
    return m.n * m.rank


trait Container:
    comptime Item: Copyable & Deinitable


struct Ints(Container):
    comptime Item = Int


struct Texts(Container):
    comptime Item = String


def same_item[A: Container, B: Container]() -> Bool:
    return A.Item == B.Item


def kind[T: Copyable & Deinitable](x: T) -> String:
    comptime if T == Int:
        return "int " + String(rebind[Int](x) + 1)
    elif T != String:
        return "other"
    else:
        return "text " + rebind[String](x)


def first[T: Copyable & Deinitable, //, default: T](xs: List[T]) -> T:
    return xs[0].copy() if len(xs) else materialize[default]()


def taken(var s: String) -> String:
    return "handed over"


def taken(s: String) -> String:
    return "lent"


# The default of a parameter tells what its type leaves open.
struct Shape[*dims: Int]:
    def __init__(out self):
        pass


def rank[shape: Shape = Shape[4, 5, 6]()]() -> Int:
    return shape.dims.__len__()


def double(x: Int) -> Int:
    return x * 2


def shout(x: String) -> String:
    return x.upper()


def same_length[T: Copyable & Deinitable](a: List[T], b: List[T] = []) -> Bool:
    return len(a) == len(b)


def look(p: UnsafePointer[mut=False, Int, _]) -> Int:
    return p[]


def main():
    print(rank(), rank[Shape[1]()]())
    var functions = Tuple(double, shout)
    print(functions[0](4), functions[1]("a"))
    print(same_length([1]), same_length([1], [2]))
    var seen = 5
    print(look(UnsafePointer(to=seen)))
    print(any_rank(Tensor[DType.int8, 1, "col"](7)), rank_one(Tensor[DType.int8, 1, "col"](7)))
    print(cells(Matrix[DType.int32, "zz"](9)), Row[DType.int16](2).layout)
    print(same_item[Ints, Texts](), same_item[Ints, Ints](), Ints.Item == Int)
    print(kind(4), kind(String("q")), kind(1.5))
    print(first[5]([1, 2]), first[default=9](List[Int]()))
    var text = String("t")
    print(taken(text), taken(text^), taken(String("fresh")))


# output:
#   3 1
#   8 A
#   False True
#   5
#   8 int8 col
#   18 row
#   False True True
#   int 5 text q other
#   1 9
#   lent handed over handed over
