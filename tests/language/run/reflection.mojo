# Reflection: names, fields and field types of structs; handles as types; source positions; conditions through `__bool__`;
# tuples of literals infer natural types.
# output:
#   Point 3
#   x = 1
#   y = 2.5
#   name = p
#   SIMD[DType.int, 1]
#   List[SIMD[DType.int, 1]]
#   Dict SIMD
#   True 8 2 8
#   3.5 SIMD[DType.float64, 1]
#   True True
#   x y name changed q
#   56 47 True
#   58
#   1
#   x
#   2.5
#   found at 1
#   nothing
#   caller_line show of_int
#   caller_line True
#   Ring[4 : SIMD[DType.int, 1], reflection.Item, False](items=[Item(n=1)]) [Item(n=1)]
#   reflection.Ring[4 : SIMD[DType.int, 1], SIMD[DType.uint8, 1], True]
#   std.collections.optional.Optional[List[reflection.Item]]
#   x|y|name 4 1
#   x/4 y/4 name/4 
#   renamed,y,name 3
from std.reflection import Reflected, SourceLocation, call_location, get_function_name, get_linkage_name, source_location


@fieldwise_init
struct Point(Copyable):
    var x: Int
    var y: Float64
    var name: String


def dump[T: AnyType](v: T):
    comptime names = reflect[T].field_names()
    comptime types = reflect[T].field_types()
    print(reflect[T].base_name(), reflect[T].field_count())
    comptime for i in range(reflect[T].field_count()):
        comptime if conforms_to(types[i], Writable):
            ref f = reflect[T].field_ref[i](v)
            print(comptime (names[i]), "=", f)


@always_inline
def caller_line() -> Int:
    return call_location().line()


def where_am_i():
    var here: SourceLocation = source_location()
    print(here.line(), here.column(), here.file_name().endswith("reflection.mojo"))
    print(caller_line())


def find(xs: List[Int], v: Int) -> Optional[Int]:
    for i in range(len(xs)):
        if xs[i] == v:
            return i
    return None


comptime XS: List[Int] = [4, 5, 6]


def report[found: Optional[Int]]():
    comptime if found:
        print("found at", comptime (found.value()))
    else:
        print("nothing")


def show[*Ts: Copyable](t: Tuple[*Ts]):
    comptime for i in range(Ts.__len__()):
        comptime if conforms_to(Ts[i], Writable):
            print(t[i])


struct Maker:
    @staticmethod
    def of_int(n: Int) -> Int:
        return n


def name_of[f: def() thin -> Int]() -> StaticString:
    return get_function_name[f]()


@fieldwise_init
struct Item(Copyable, Writable):
    var n: Int


@fieldwise_init
struct Ring[capacity: Int, T: Copyable & Deinitable & Writable, growing: Bool = False](Writable):
    var items: List[Self.T]

    def write_repr_to(self, mut w: Some[Writer]):
        w.write(self.items)


def function_names():
    print(get_function_name[caller_line](), get_function_name[show[Int, String]](), get_function_name[Maker.of_int]())
    comptime linked = get_linkage_name[caller_line]()
    print(name_of[caller_line](), "caller_line" in linked)


def main():
    var p = Point(1, 2.5, "p")
    dump(p)
    print(reflect[Int].name())
    print(reflect[List[Int]].name())
    print(reflect[Dict[String, Int]].base_name(), reflect[Int].base_name())
    comptime r = reflect[Point]
    print(
        r.name().endswith(".Point"), r.field_offset[name="y"](), r.field_index["name"](), r.field_offset[index=1]()
    )
    comptime y = r.field["y"]
    var v: y.T = 3.5
    comptime second = r.field_at[1]
    print(v, second.name())
    print(r.is_struct(), Reflected[Point].field_count() == 3)
    for name in r.field_names():
        print(name, end=" ")
    r.field_ref[2](p) = "q"
    print("changed", p.name)
    where_am_i()
    show((1, String("x"), 2.5))
    report[find(XS, 5)]()
    report[find(XS, 7)]()
    function_names()
    var ring = Ring[4, Item]([Item(1)])
    print(ring, repr(ring))
    print(reflect[Ring[4, UInt8, True]].name())
    print(reflect[Optional[List[Item]]].name())
    table[Point]()
    var names = materialize[reflect[Point].field_names()]()
    names[0] = "renamed"
    print(joined(names, ","), len(names))


def joined[n: Int](names: Array[StaticString, n], sep: String) -> String:
    var s = String()
    for i in range(n):
        if i > 0:
            s += sep
        s += String(names[i])
    return s


def longest[n: Int](names: Array[StaticString, n]) -> Int:
    var best = 0
    for name in names:
        best = max(best, name.byte_length())
    return best


struct Column[name: StaticString, width: Int]:
    @staticmethod
    def show() -> String:
        return String(Self.name, "/", Self.width)


def table[T: AnyType]():
    comptime names = reflect[T].field_names()
    comptime width = longest(names)
    comptime header = joined(names, "|")
    comptime key = "y"
    print(header, width, reflect[Point].field_index[key]())
    comptime for name in names:
        print(Column[name, width].show(), end=" ")
    print()
