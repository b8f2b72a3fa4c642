# What the mode of a function may change, and what it may not; the mode reaches callees.
# output:
#   13013.0 13013.0
#   0.0
#   True
#   inf nan
@fp_mode("fast")
def any_order(values: List[Float32]) -> Float32:
    var sum = Float32(0)
    for i in range(len(values)):
        sum = plus(sum, values[i] * values[i])
    return sum


def plus(a: Float32, b: Float32) -> Float32:
    return a + b


@fp_mode("strict")
def in_order(values: List[Float32]) -> Float32:
    var sum = Float32(0)
    for i in range(len(values)):
        sum = plus(sum, values[i] * values[i])
    return sum


@fp_mode("strict")
def not_fused(a: Float32, b: Float32, c: Float32) -> Float32:
    return a * b + c


def main():
    var values = List[Float32]()
    for i in range(1001):
        values.append(Float32(i % 7))
    # Small whole numbers: every order gives the same.
    print(any_order(values), in_order(values))
    # 2^-12 squared is lost beside 1 when the product is rounded, and not when it is fused.
    var x = Float32(1) + Float32(0.000244140625)
    print(not_fused(x, x, -(x * x)))
    print(x.fma(x, -not_fused(x, x, 0)) != 0)
    var zero = Float64(0)
    print(1 / zero, zero / zero)
