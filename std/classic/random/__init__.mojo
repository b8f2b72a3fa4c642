"""`random` of classic Mojo, which filled pointers and made tensors."""
import std.random
import std.memory.pointer
from std.classic.pointers import DTypePointer
from std.classic.tensor import Tensor, TensorShape


def rand[dtype: DType](pointer: DTypePointer[Scalar[dtype]], size: Int):
    """Fills memory with numbers from 0 up to, but without, 1."""
    std.random.rand(pointer._pointer, size)


def rand[dtype: DType](pointer: std.memory.pointer.Pointer[Scalar[dtype], _], size: Int):
    """Fills memory with numbers from 0 up to, but without, 1."""
    std.random.rand(pointer, size)


def rand[dtype: DType](*dims: Int) -> Tensor[dtype]:
    """A tensor of numbers from 0 up to, but without, 1."""
    var shape = TensorShape()
    for i in range(len(dims)):
        shape._append(dims[i])
    return Tensor[dtype].rand(shape)


def rand[dtype: DType](shape: TensorShape) -> Tensor[dtype]:
    """A tensor of numbers from 0 up to, but without, 1."""
    return Tensor[dtype].rand(shape)


def randn[dtype: DType](pointer: DTypePointer[Scalar[dtype]], size: Int, mean: Float64 = 0, variance: Float64 = 1):
    """Fills memory with numbers of a normal distribution."""
    std.random.randn(pointer._pointer, size, mean, variance**0.5)


def randint[dtype: DType](
    pointer: DTypePointer[Scalar[dtype]], size: Int, low: Int, high: Int
) where dtype.is_integral():
    """Fills memory with integers from `low` to `high`, both included."""
    std.random.randint(pointer._pointer, size, low, high)
