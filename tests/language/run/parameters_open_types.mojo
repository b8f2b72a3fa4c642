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


def main():
    print(any_rank(Tensor[DType.int8, 1, "col"](7)), rank_one(Tensor[DType.int8, 1, "col"](7)))
    print(cells(Matrix[DType.int32, "zz"](9)), Row[DType.int16](2).layout)
    print(same_item[Ints, Texts](), same_item[Ints, Ints](), Ints.Item == Int)
    print(kind(4), kind(String("q")), kind(1.5))
    print(first[5]([1, 2]), first[default=9](List[Int]()))
    var text = String("t")
    print(taken(text), taken(text^), taken(String("fresh")))


# output:
#   8 int8 col
#   18 row
#   False True True
#   int 5 text q other
#   1 9
#   lent handed over handed over
