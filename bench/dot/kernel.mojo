# One generic dot product over a trait, for wrapped Float32 and Int8; and the Float32 one where the source allows another order.
from std.benchmark import keep
from std.time import perf_counter_ns

comptime N = 20000
comptime REPEATS = 1500


trait Number(ImplicitlyCopyable, Deinitable):
    def times(self, other: Self) -> Self:
        ...

    def plus(self, other: Self) -> Self:
        ...

    @staticmethod
    def nothing() -> Self:
        ...

    def number(self) -> Float64:
        ...


@fieldwise_init
struct Single(Number):
    var value: Float32

    def times(self, other: Self) -> Self:
        return Self(self.value * other.value)

    def plus(self, other: Self) -> Self:
        return Self(self.value + other.value)

    @staticmethod
    def nothing() -> Self:
        return Self(0)

    def number(self) -> Float64:
        return self.value.cast[DType.float64]()


@fieldwise_init
struct Small(Number):
    var value: Int8

    def times(self, other: Self) -> Self:
        return Self(self.value * other.value)

    def plus(self, other: Self) -> Self:
        return Self(self.value + other.value)

    @staticmethod
    def nothing() -> Self:
        return Self(0)

    def number(self) -> Float64:
        return self.value.cast[DType.float64]()


@no_inline
def dot[T: Number](a: List[T], b: List[T]) -> T:
    var sum = T.nothing()
    for i in range(len(a)):
        sum = sum.plus(a[i].times(b[i]))
    return sum


def measure[T: Number](name: StaticString, a: List[T], b: List[T]):
    var best = Int.MAX
    var result = Float64(0)
    for _ in range(5):
        var start = perf_counter_ns()
        for _ in range(REPEATS):
            result = dot(a, b).number()
            keep(result)
            keep(a.unsafe_ptr())
        best = min(best, Int(perf_counter_ns() - start))
    print(name, result, best)


def main():
    var singles = List[Single]()
    var smalls = List[Small]()
    for i in range(N):
        singles.append(Single(Float32(i % 17) * 0.25))
        smalls.append(Small((i % 23 - 11).cast[DType.int8]()))
    measure("float32", singles, singles)
    measure("int8", smalls, smalls)
