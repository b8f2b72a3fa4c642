# One generic dot product, specialized for two element types. Each instance is a plain loop over machine numbers: the calls through
# the trait are gone after inlining, and the Int8 loop runs on vector registers.
from std.time import perf_counter_ns


trait Numeric(Copyable, Deinitable):
    """What the dot product needs of its elements."""

    def add(self, other: Self) -> Self:
        ...

    def mul(self, other: Self) -> Self:
        ...

    @staticmethod
    def zero() -> Self:
        ...


@fieldwise_init
struct Float32Scalar(Numeric, TrivialRegisterPassable):
    var value: Float32

    def add(self, other: Self) -> Self:
        return Self(self.value + other.value)

    def mul(self, other: Self) -> Self:
        return Self(self.value * other.value)

    @staticmethod
    def zero() -> Self:
        return Self(0)


@fieldwise_init
struct Int8Scalar(Numeric, TrivialRegisterPassable):
    var value: Int8

    def add(self, other: Self) -> Self:
        return Self(self.value + other.value)

    def mul(self, other: Self) -> Self:
        return Self(self.value * other.value)

    @staticmethod
    def zero() -> Self:
        return Self(0)


def dot_product[T: Numeric](a: List[T], b: List[T]) -> T:
    """The sum of the products, in order."""
    var result = T.zero()
    var count = len(a)
    for i in range(count):
        result = result.add(a.unsafe_get(i).mul(b.unsafe_get(i)))
    return result^


def main():
    var floats_a = List[Float32Scalar]()
    var floats_b = List[Float32Scalar]()
    var bytes_a = List[Int8Scalar]()
    var bytes_b = List[Int8Scalar]()
    for i in range(65536):
        floats_a.append(Float32Scalar(Float32(i % 7)))
        floats_b.append(Float32Scalar(Float32(i % 5)))
        bytes_a.append(Int8Scalar(Int8(i % 7)))
        bytes_b.append(Int8Scalar(Int8(i % 5)))

    var start = perf_counter_ns()
    var float_result = dot_product(floats_a, floats_b)
    var middle = perf_counter_ns()
    var byte_result = dot_product(bytes_a, bytes_b)
    var end = perf_counter_ns()
    print("Float32:", float_result.value)
    print("Int8:   ", byte_result.value, "(wraps at 8 bits)")
    print("time of 65536 products: Float32", (middle - start) // 1000, "us, Int8", (end - middle) // 1000, "us")
