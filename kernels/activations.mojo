"""Activation functions on vectors of any width. They are ordinary functions: where a kernel takes an activation, any function of this
shape will do, also a closure of the caller's."""
from std.algorithm import vectorize
from std.math import erf, exp, tanh
from .lanes import LANES, untracked

comptime Activation = def[width: SIMDLength](SIMD[DType.float32, width]) -> SIMD[DType.float32, width]


@always_inline
def relu[width: SIMDLength](x: SIMD[DType.float32, width]) -> SIMD[DType.float32, width]:
    """`max(x, 0)`."""
    return max(x, 0)


@always_inline
def sigmoid[width: SIMDLength](x: SIMD[DType.float32, width]) -> SIMD[DType.float32, width]:
    """`1 / (1 + exp(-x))`."""
    return 1 / (1 + exp(-x))


@always_inline
def silu[width: SIMDLength](x: SIMD[DType.float32, width]) -> SIMD[DType.float32, width]:
    """`x * sigmoid(x)`, also called swish."""
    return x / (1 + exp(-x))


@always_inline
def gelu[width: SIMDLength](x: SIMD[DType.float32, width]) -> SIMD[DType.float32, width]:
    """`x` times the probability that a normal variable is below `x`."""
    return 0.5 * x * (1 + erf(x * 0.7071067811865476))


@always_inline
def gelu_tanh[width: SIMDLength](x: SIMD[DType.float32, width]) -> SIMD[DType.float32, width]:
    """The approximation of `gelu` by `tanh` that many models were trained with; at most 0.0005 off."""
    return 0.5 * x * (1 + tanh(0.7978845608028654 * (x + 0.044715 * x * x * x)))


def activate[F: def[width: SIMDLength](SIMD[DType.float32, width]) -> SIMD[DType.float32, width], //](
    values: Span[mut=True, Float32, _], activation: F
):
    """Applies an activation to each value, in place."""
    var place = untracked(values.unsafe_ptr())

    def apply[width: Int](i: Int) {imm}:
        place.unsafe_store(i, activation[width](place.unsafe_load[width=width](i)))

    vectorize[LANES](len(values), apply)
