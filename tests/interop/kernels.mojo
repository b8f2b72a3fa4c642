"""What the tests of the bridge call: each kind of value in and out."""
from std.time import sleep


def dot(a: Span[Float32, _], b: Span[Float32, _]) raises -> Float32:
    """The inner product of two vectors of one length."""
    if len(a) != len(b):
        raise Error("lengths differ: ", len(a), " and ", len(b))
    var sum = Float32(0)
    for i in range(len(a)):
        sum += a[i] * b[i]
    return sum


def scale(values: Span[mut=True, Float64, _], factor: Float64):
    for i in range(len(values)):
        values[i] *= factor


def address(values: Span[Float64, _]) -> Int:
    """Where the elements are."""
    return Int(values.unsafe_ptr())


def wait_for(flag: Span[Int64, _]) -> Bool:
    """Whether another thread sets the flag within ten seconds."""
    for _ in range(10_000):
        if flag[0] != 0:
            return True
        sleep(0.001)
    return False


def axpy(a: Float32, x: Span[Float32, _], y: Span[mut=True, Float32, _]):
    for i in range(min(len(x), len(y))):
        y[i] += a * x[i]


def add(a: Int, b: Int = 10) -> Int:
    return a + b


def small(a: Int8, b: UInt16) -> Int32:
    return Int32(Int(a) * Int(b))


def wide(a: Int64, b: UInt64) -> UInt64:
    return UInt64(Int(a)) + b


def flip(value: Bool) -> Bool:
    return not value


def greet(name: String) -> String:
    return "hello, " + name


def count_bytes(text: StringSpan[_]) -> Int:
    return text.byte_length()


def squares(n: Int) -> List[Float64]:
    var result = List[Float64]()
    for i in range(n):
        result.append(Float64(i * i))
    return result^


def total(values: List[Int32]) -> Int:
    var sum = 0
    for value in values:
        sum += Int(value)
    return sum


def find(values: Span[Int32, _], wanted: Int32) -> Optional[Int]:
    for i in range(len(values)):
        if values[i] == wanted:
            return i
    return None


def or_zero(value: Optional[Float64]) -> Float64:
    return value.value() if value else 0.0


def _divisor(b: Int) raises -> Int:
    if b == 0:
        raise Error("division by zero")
    return b


def quotient(a: Int, b: Int) raises -> Tuple[Int, Int]:
    var divisor = _divisor(b)
    return (a // divisor, a % divisor)


@fieldwise_init
struct Point(Copyable, ImplicitlyCopyable):
    """A place in the plane."""

    var x: Float64
    var y: Float64
    var label: String


def middle(a: Point, b: Point) -> Point:
    return Point((a.x + b.x) / 2, (a.y + b.y) / 2, a.label + b.label)


struct Counter(Movable):
    """Counts."""

    var count: Int
    var name: String

    def __init__(out self, name: String):
        self.count = 0
        self.name = name

    def bump(mut self, by: Int = 1) -> Int:
        self.count += by
        return self.count

    def describe(self) -> String:
        return self.name + ": " + String(self.count)

    def finish(deinit self) -> Int:
        return self.count

    @staticmethod
    def twice(x: Int64) -> Int64:
        return x * 2


def make_counter(start: Int) -> Counter:
    var counter = Counter("made")
    _ = counter.bump(start)
    return counter^


def read_counter(counter: Counter) -> Int:
    return counter.count


def bump_twice(mut counter: Counter):
    _ = counter.bump(2)


def end_counter(var counter: Counter) -> Int:
    return counter.count


def beyond() -> Int:
    return 1 << 60


def out_of_bounds(values: Span[Int32, _], at: Int) -> Int32:
    var copy = List[Int32]()
    for value in values:
        copy.append(value)
    return copy[at]


def delete(value: Int) -> Int:
    """A reserved word in JavaScript."""
    return -value


def generic[T: ImplicitlyCopyable](value: T) -> T:
    return value


def over(a: Int) -> Int:
    return a


def over(a: Float64) -> Float64:
    return a


def pointer(p: Pointer[Int, MutUntrackedOrigin]) -> Int:
    return p[]


def _private() -> Int:
    return 1


def main():
    pass
