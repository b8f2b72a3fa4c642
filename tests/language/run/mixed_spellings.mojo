# A file that mixes spellings has edition 1 where both mean something; what edition 1 rejects means what older programs meant.
# output:
#   3 b 2.5
#   [1, 2, 3, 4] [1, 2, 3]
#   alpha beta 2
#   7 5
#   6.0 14.0
#   4 [9, 8]
#   30 x2.5
#   True False fallback 3
#   8
#   2 4.0
#   12 2 a! 7 8.5 nine? 3
#   13 24
#   Square 2.0 Square 2.0 Square 2.0! Circle 1.0 Circle 1.0 named Circle 1.0
#   hello lo  olleh lit True False
#   16 16 1 two 3 True 10 5
#   1 2 [1, 2] first
#   [9, 5, 1] [1, 5, 9] [5, 1, 9] [7, 7, 7]
from algorithm import vectorize
from algorithm.sort import sort
from memory import ArcPointer, OwnedPointer, alloc
from sys.param_env import env_get_string
from utils import Variant

comptime Floats = UnsafePointer[Float32, MutExternalOrigin]


# `__str__` says the text of what is `Stringable`; `String.write` makes one.
trait Shape(Copyable, Movable, Stringable):
    fn name(self) -> String:
        ...


@fieldwise_init
struct Square(Shape):
    var side: Float64

    fn name(self) -> String:
        return "Square"

    fn __str__(self) -> String:
        return String.write(self.name(), " ", self.side)


@fieldwise_init
struct Circle(Shape, Writable):
    var radius: Float64

    fn name(self) -> String:
        return "Circle"

    fn __str__(self) -> String:
        return String.write(self)

    fn write_to[W: Writer](self, mut writer: W):
        writer.write("Circle ", self.radius)


fn text_of[T: Shape](shape: T) -> String:
    var text = String("named ")
    text.write(shape)
    return text


fn stringable():
    var square = Square(2)
    print(square, String(square), square.__str__() + "!", Circle(1), String(Circle(1)), text_of(Circle(1)))


# Parts of text are cut to what is there.
fn parts_of_text():
    var text = String("hello")
    print(text[0:99], text[-2:], text[3:1], text[::-1], "lit"[0:9], text[0:1].islower(), text.isdigit())


struct Cache[K: KeyElement, V: Copyable & Movable, //, compute: fn (K) raises -> V]:
    var store: Dict[K, V]

    fn __init__(out self):
        self.store = Dict[K, V]()

    fn get(mut self, key: K) raises -> V:
        if key not in self.store:
            self.store[key] = compute(key)
        return self.store[key]


fn squared(n: Int) raises -> Int:
    return n * n


fn both(n: Int) -> (Int, String):
    return n, String("two")


fn count[*Ts: AnyType]() -> Int:
    return len(VariadicList(Ts))


struct Key(KeyElement):
    var n: Int

    fn __init__(out self, n: Int):
        self.n = n

    fn __copyinit__(out self, other: Self):
        self.n = other.n

    fn __hash__(self) -> UInt:
        return hash(self.n) ^ 1

    fn __eq__(self, other: Self) -> Bool:
        return self.n == other.n

    fn __ne__(self, other: Self) -> Bool:
        return self.n != other.n


fn apply[F: fn (Int) unified -> Int](f: F, n: Int) -> Int:
    return f(n)


struct Counted:
    var n: Int

    fn __init__(out self, n: Int):
        self.n = n

    fn __copyinit__(out self, other: Self):
        self.n = other.n + 1


fn first_word(s: String) -> StringSlice[__origin_of(s)]:
    return s.as_string_slice()[: s.find(" ")]


fn copied_by_constructor():
    var counted = Counted(1)
    var again = counted
    print(counted.n, again.n, List[Int](1, 2).__str__(), first_word("first second"))


fn falling(a: Int, b: Int) -> Bool:
    return a > b


fn comparisons_in_brackets():
    var numbers: List[Int] = [5, 9, 1]
    sort[falling](numbers)
    print(numbers, end=" ")
    sort(numbers)
    print(numbers, end=" ")
    var base = 4

    @parameter
    fn nearer(a: Int, b: Int) -> Bool:
        return abs(a - base) < abs(b - base)

    sort[nearer](numbers)
    print(numbers, Array[Int, 3](7))


fn forms_of_2025() raises:
    var cache = Cache[squared]()
    var pair = both(1)
    var keys = Dict[Key, Int]()
    keys[Key(1)] = 3
    var k = 3

    fn times(x: Int) unified {read k} -> Int:
        return x * k

    fn plus(x: Int) unified {var k} -> Int:
        return x + k

    k = 5
    print(cache.get(4), cache.get(4), pair[0], pair[1], count[Int, Bool, Int](), Key(1) in keys, apply(times, 2), apply(plus, 2))


# What a container owns had the container's origin; accessors stand beside each other.
struct Shelf:
    var grid: List[List[Int]]
    var table: Dict[String, ArcPointer[String]]
    var maybe: Optional[Int]
    var either: Variant[Int, Float64]
    var boxed: OwnedPointer[String]

    fn __init__(out self):
        self.grid = [[1, 2], [3, 4]]
        self.table = {"a": ArcPointer(String("a!"))}
        self.maybe = 6
        self.either = Variant[Int, Float64](7.5)
        self.boxed = OwnedPointer(String("nine"))

    fn __getitem__(ref self, i: Int, j: Int) -> ref [__origin_of(self.grid)] Int:
        return self.grid[i][j]

    fn row(ref self, i: Int) -> ref [self.grid] List[Int]:
        return self.grid[i]

    fn rows(ref self) -> ref [self.grid] List[List[Int]]:
        return self.grid

    fn entry(self, name: String) raises -> ref [self.table] String:
        return self.table[name][]

    fn known(ref self) -> ref [self.maybe] Int:
        return self.maybe.value()

    fn half(ref self) -> ref [self.either] Float64:
        return self.either[Float64]

    fn box(ref self) -> ref [self.boxed] String:
        return self.boxed[]


fn first_of[T: Copyable & Movable](ref xs: List[T]) -> ref [xs] T:
    return xs[0]


fn lent_parts() raises:
    var shelf = Shelf()
    shelf[0, 1] += 10
    shelf.rows().append([5])
    shelf.known() += 1
    shelf.half() += 1
    shelf.box() += "?"
    print(shelf[0, 1], len(shelf.row(1)), shelf.entry("a"), shelf.known(), shelf.half(), shelf.box(), len(shelf.grid))
    first_of(shelf.grid)[0] += shelf[0, 1] - shelf[0, 1]
    print(shelf[0, 0] + shelf[0, 1], shelf[0, 1] + shelf[0, 1])


struct Buffer(Movable):
    var data: Floats
    var size: Int

    fn __init__(out self, size: Int):
        self.data = Floats()
        self.data = alloc[Float32](size)
        self.size = size
        for i in range(size):
            self.data[i] = i + 1

    fn __deinit__(deinit self):
        self.data.free()


fn total(buffer: Buffer, start: Int) -> Float32:
    var sum: Float32 = 0

    fn add[width: Int](i: Int) unified {mut}:
        sum += buffer.data.load[width=width](start + i).reduce_add()

    vectorize[4](buffer.size - start, add)
    return sum


fn first_words(text: String) raises -> List[String]:
    var words = List[String]()
    for part in text.split(" "):
        words.append(part)
    return words


# Parameters of the struct without 'Self.', and a bound that does not speak of destruction.
struct Stack[T: Copyable & Movable](Movable):
    var items: List[T]

    fn __init__(out self):
        self.items = List[T]()

    fn push(mut self, owned item: T):
        self.items.append(item^)

    fn top(self) -> T:
        return self.items[len(self.items) - 1].copy()


fn main() raises:
    var text = "abc"
    print(len(text), text[1], Float32(5) / len(text[1:3]))
    var numbers: List[Int] = [3, 1, 2]
    var copied = numbers
    copied.append(4)
    sort(numbers)
    sort(copied)
    print(copied, numbers)
    var words = first_words("alpha beta")
    print(words[0], words[1], len(words))
    var x = 7
    var place = UnsafePointer[Int].address_of(x)
    print(place[], 5)
    var buffer = Buffer(4)
    print(buffer.data[1] * 3, total(buffer, 1) + 5)
    var bytes = List[UInt8](length=2, fill=9)
    bytes[1] = 8
    var taken = bytes.steal_data()
    print(len(bytes) + 4, "[" + String(taken[0]) + ", " + String(taken[1]) + "]")
    taken.free()
    var pair = (30, String("x2.5"))
    print(pair.get[0, Int](), pair.get[1, String]())
    print(isdigit("7"), isdigit("x"), env_get_string["never_defined", "fallback"](), "3")
    constrained[8 > 7]()
    constrained[8 > 7, "never"]()
    print(8)
    var stack = Stack[Float64]()
    stack.push(3)
    stack.push(4)
    print(len(stack.items), stack.top())
    lent_parts()
    stringable()
    parts_of_text()
    forms_of_2025()
    copied_by_constructor()
    comparisons_in_brackets()
