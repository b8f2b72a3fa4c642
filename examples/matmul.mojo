# One generic matrix product: Float32 weights, and Int8 weights with a scale. The weight type is a parameter with a trait bound, so
# each kind of weight gets a loop of its own, without a branch or a call inside.
from std.time import perf_counter_ns


trait Weight(TrivialRegisterPassable):
    """A stored weight that can be widened to Float32."""

    def widen(self) -> Float32:
        ...

    @staticmethod
    def store(value: Float32) -> Self:
        ...


@fieldwise_init
struct FullWeight(Weight):
    var value: Float32

    def widen(self) -> Float32:
        return self.value

    @staticmethod
    def store(value: Float32) -> Self:
        return Self(value)


@fieldwise_init
struct QuantizedWeight(Weight):
    """A number between -4 and 4 in steps of 1/32."""

    var value: Int8

    def widen(self) -> Float32:
        return Float32(self.value) * 0.03125

    @staticmethod
    def store(value: Float32) -> Self:
        return Self(Int8(value * 32))


def matmul[W: Weight](weights: List[W], x: List[Float32], mut result: List[Float32], rows: Int, columns: Int):
    """`result = weights * x`, with `weights` in row-major order."""
    for row in range(rows):
        var sum = Float32(0)
        for column in range(columns):
            sum += weights.unsafe_get(row * columns + column).widen() * x.unsafe_get(column)
        result[row] = sum


def measure[W: Weight](name: StaticString, rows: Int, columns: Int):
    """Multiplies a test matrix, prints a checksum and the time."""
    var weights = List[W](capacity=rows * columns)
    for i in range(rows * columns):
        weights.append(W.store(Float32(i % 13 - 6) * 0.25))
    var x = List[Float32](capacity=columns)
    for i in range(columns):
        x.append(Float32(i % 4))
    var result = List[Float32](length=rows, fill=Float32(0))
    var start = perf_counter_ns()
    matmul(weights, x, result, rows, columns)
    var end = perf_counter_ns()
    var sum = Float32(0)
    for row in range(rows):
        sum += result[row]
    print(name, "checksum", sum, "in", (end - start) // 1000, "us")


def main():
    measure[FullWeight]("Float32 weights:", 512, 512)
    measure[QuantizedWeight]("Int8 weights:   ", 512, 512)
