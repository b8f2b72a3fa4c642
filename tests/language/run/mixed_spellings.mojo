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
from algorithm import vectorize
from algorithm.sort import sort
from memory import alloc
from sys.param_env import env_get_string

comptime Floats = UnsafePointer[Float32, MutExternalOrigin]


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
