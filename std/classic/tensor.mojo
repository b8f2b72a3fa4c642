"""`Tensor`: numbers in a block of memory with a shape of any rank, as classic Mojo had it."""
import std.random
from std.classic.pointers import DTypePointer
from std.memory.memory import unsafe_alloc, unsafe_memset_zero, unsafe_memcpy
from std.utils.index import IndexList


struct TensorShape(Copyable, ImplicitlyCopyable, Movable, Deinitable, Sized, Equatable, Writable):
    """The sizes of a tensor, the slowest dimension first."""

    var _dims: List[Int]

    def __init__(out self):
        self._dims = List[Int]()

    def __init__(out self, *dims: Int):
        self._dims = List[Int]()
        for i in range(len(dims)):
            self._dims.append(dims[i])

    @implicit
    def __init__(out self, dims: VariadicList[Int, _]):
        """The dimensions that a function was called with."""
        self = Self()
        for i in range(len(dims)):
            self._append(dims[i])

    def __init__[rank: Int, //](out self, dims: IndexList[rank]):
        self._dims = List[Int]()
        for i in range(rank):
            self._dims.append(dims[i])

    def __init__(out self, *, copy: Self):
        self._dims = copy._dims.copy()

    def _append(mut self, dim: Int):
        self._dims.append(dim)

    def __getitem__(self, index: Int) -> Int:
        return self._dims[index if index >= 0 else len(self._dims) + index]

    def __len__(self) -> Int:
        return len(self._dims)

    def rank(self) -> Int:
        """The number of dimensions."""
        return len(self._dims)

    def num_elements(self) -> Int:
        """The product of the sizes."""
        var result = 1
        for i in range(len(self._dims)):
            result *= self._dims[i]
        return result

    def __eq__(self, other: Self) -> Bool:
        if len(self._dims) != len(other._dims):
            return False
        for i in range(len(self._dims)):
            if self._dims[i] != other._dims[i]:
                return False
        return True

    def write_to(self, mut writer: Some[Writer]):
        """Writes the text that `print` shows."""
        for i in range(len(self._dims)):
            if i > 0:
                writer.write("x")
            writer.write(self._dims[i])

    def __str__(self) -> String:
        return String(self)


struct TensorSpec(Copyable, ImplicitlyCopyable, Movable, Deinitable, Equatable, Writable):
    """An element type and a shape."""

    var _dtype: DType
    var shape: TensorShape

    def __init__(out self, dtype: DType, *dims: Int):
        self._dtype = dtype
        self.shape = TensorShape()
        for i in range(len(dims)):
            self.shape._append(dims[i])

    def __init__(out self, dtype: DType, shape: TensorShape):
        self._dtype = dtype
        self.shape = shape

    def __init__(out self, *, copy: Self):
        self._dtype = copy._dtype
        self.shape = copy.shape

    def dtype(self) -> DType:
        """The type of the elements."""
        return self._dtype

    def rank(self) -> Int:
        """The number of dimensions."""
        return self.shape.rank()

    def num_elements(self) -> Int:
        """The number of elements."""
        return self.shape.num_elements()

    def __getitem__(self, index: Int) -> Int:
        return self.shape[index]

    def __eq__(self, other: Self) -> Bool:
        return self._dtype == other._dtype and self.shape == other.shape

    def write_to(self, mut writer: Some[Writer]):
        """Writes the text that `print` shows."""
        writer.write(self.shape, "x", self._dtype)

    def __str__(self) -> String:
        """The text that `print` shows."""
        return String(self)


struct Tensor[dtype: DType](Copyable, ImplicitlyCopyable, Movable, Deinitable, Equatable, Writable):
    """Owns its numbers, which start as zeros."""

    var _shape: TensorShape
    var _data: Pointer[Scalar[Self.dtype], MutUntrackedOrigin]

    def __init__(out self):
        self = Self(TensorShape(0))

    def __init__(out self, *dims: Int):
        var shape = TensorShape()
        for i in range(len(dims)):
            shape._append(dims[i])
        self = Self(shape)

    def __init__(out self, shape: TensorShape):
        self._shape = shape
        var count = shape.num_elements()
        self._data = unsafe_alloc[Scalar[Self.dtype]](count)
        unsafe_memset_zero(self._data, count)

    def __init__(out self, spec: TensorSpec):
        self = Self(spec.shape)

    def __init__(out self, shape: TensorShape, value: Scalar[Self.dtype]):
        """One value everywhere."""
        self = Self(shape)
        for i in range(shape.num_elements()):
            self._data.unsafe_store(i, value)

    def __init__(out self, shape: TensorShape, *values: Scalar[Self.dtype]):
        self = Self(shape)
        for i in range(len(values)):
            self._data.unsafe_store(i, values[i])

    def __init__(out self, shape: TensorShape, data: DTypePointer[Scalar[Self.dtype]]):
        """Takes the memory over."""
        self._shape = shape
        self._data = data._pointer

    def __init__(out self, shape: TensorShape, values: List[Scalar[Self.dtype]]):
        self = Self(shape)
        for i in range(len(values)):
            self._data.unsafe_store(i, values[i])

    def __init__(out self, *, copy: Self):
        self._shape = copy._shape
        var count = copy._shape.num_elements()
        self._data = unsafe_alloc[Scalar[Self.dtype]](count)
        unsafe_memcpy(dest=self._data, src=copy._data, count=count)

    def __deinit__(deinit self):
        self._data.unsafe_free()

    # ---- shape

    @always_inline
    @staticmethod
    def rand(shape: TensorShape) -> Self:
        """Numbers from 0 up to, but without, 1."""
        var result = Self(shape)
        std.random.rand(result._data, result.num_elements())
        return result^

    @staticmethod
    def rand(*dims: Int) -> Self:
        """Numbers from 0 up to, but without, 1."""
        var shape = TensorShape()
        for i in range(len(dims)):
            shape._append(dims[i])
        return Self.rand(shape)

    @staticmethod
    def randn(shape: TensorShape, mean: Float64 = 0, variance: Float64 = 1) -> Self:
        """Numbers of a normal distribution."""
        var result = Self(shape)
        std.random.randn(result._data, result.num_elements(), mean, variance**0.5)
        return result^

    def shape(self) -> TensorShape:
        """The dimensions."""
        return self._shape

    def spec(self) -> TensorSpec:
        """The type of the elements and the dimensions."""
        return TensorSpec(Self.dtype, self._shape)

    def type(self) -> DType:
        """The type of the elements."""
        return Self.dtype

    @always_inline
    def rank(self) -> Int:
        """The number of dimensions."""
        return self._shape.rank()

    @always_inline
    def dim(self, index: Int) -> Int:
        """One of the dimensions."""
        return self._shape[index]

    @always_inline
    def num_elements(self) -> Int:
        """The number of elements."""
        return self._shape.num_elements()

    def bytecount(self) -> Int:
        """The bytes of all elements."""
        return self._shape.num_elements() * self._element_bytes()

    def _element_bytes(self) -> Int:
        return Int(Pointer(to=self._data[unsafe_offset=1])) - Int(Pointer(to=self._data[]))

    @always_inline
    def data(self) -> DTypePointer[Scalar[Self.dtype]]:
        """The address of the elements."""
        return DTypePointer[Scalar[Self.dtype]](self._data)

    def unsafe_ptr(self) -> Pointer[Scalar[Self.dtype], MutUntrackedOrigin]:
        """The address of the elements."""
        return self._data

    def reshape(self, shape: TensorShape) raises -> Self:
        """The same numbers under another shape."""
        if shape.num_elements() != self.num_elements():
            raise Error("the number of elements must not change")
        var result = self.copy()
        result._shape = shape
        return result^

    def ireshape(mut self, shape: TensorShape) raises:
        """Changes the shape in place."""
        if shape.num_elements() != self.num_elements():
            raise Error("the number of elements must not change")
        self._shape = shape

    # ---- elements

    @always_inline
    def _offset(self, *indices: Int) -> Int:
        var result = 0
        for i in range(len(indices)):
            result = result * self._shape[i] + indices[i]
        return result

    @always_inline
    def __getitem__(self, index: Int) -> Scalar[Self.dtype]:
        """By the flat index."""
        return self._data.unsafe_load(index)

    @always_inline
    def __getitem__(self, i: Int, j: Int) -> Scalar[Self.dtype]:
        return self._data.unsafe_load(self._offset(i, j))

    @always_inline
    def __getitem__(self, i: Int, j: Int, k: Int) -> Scalar[Self.dtype]:
        return self._data.unsafe_load(self._offset(i, j, k))

    @always_inline
    def __getitem__(self, i: Int, j: Int, k: Int, l: Int) -> Scalar[Self.dtype]:
        return self._data.unsafe_load(self._offset(i, j, k, l))

    @always_inline
    def __getitem__[rank: Int, //](self, index: IndexList[rank]) -> Scalar[Self.dtype]:
        return self._data.unsafe_load(self._flat(index))

    @always_inline
    def __setitem__(mut self, index: Int, value: Scalar[Self.dtype]):
        self._data.unsafe_store(index, value)

    @always_inline
    def __setitem__(mut self, i: Int, j: Int, value: Scalar[Self.dtype]):
        self._data.unsafe_store(self._offset(i, j), value)

    @always_inline
    def __setitem__(mut self, i: Int, j: Int, k: Int, value: Scalar[Self.dtype]):
        self._data.unsafe_store(self._offset(i, j, k), value)

    @always_inline
    def __setitem__[rank: Int, //](mut self, index: IndexList[rank], value: Scalar[Self.dtype]):
        self._data.unsafe_store(self._flat(index), value)

    @always_inline
    def _flat[rank: Int, //](self, index: IndexList[rank]) -> Int:
        var result = 0
        comptime for i in range(rank):
            result = result * self._shape[i] + index[i]
        return result

    @always_inline
    def load[width: SIMDLength = 1](self, index: Int) -> SIMD[Self.dtype, width]:
        """A vector of elements that stand one after the other, from a position on."""
        return self._data.unsafe_load[width=width](index)

    @always_inline
    def load[width: SIMDLength = 1](self, i: Int, j: Int) -> SIMD[Self.dtype, width]:
        """A vector of elements that stand one after the other, from a position on."""
        return self._data.unsafe_load[width=width](self._offset(i, j))

    @always_inline
    def simd_load[width: SIMDLength](self, index: Int) -> SIMD[Self.dtype, width]:
        """A vector of elements that stand one after the other, from a position on."""
        return self._data.unsafe_load[width=width](index)

    @always_inline
    def simd_load[width: SIMDLength](self, i: Int, j: Int) -> SIMD[Self.dtype, width]:
        """A vector of elements that stand one after the other, from a position on."""
        return self._data.unsafe_load[width=width](self._offset(i, j))

    @always_inline
    def store[width: SIMDLength = 1](mut self, index: Int, value: SIMD[Self.dtype, width]):
        """Writes a vector of elements from a position on."""
        self._data.unsafe_store(index, value)

    @always_inline
    def simd_store[width: SIMDLength](mut self, index: Int, value: SIMD[Self.dtype, width]):
        """Writes a vector of elements from a position on."""
        self._data.unsafe_store(index, value)

    @always_inline
    def simd_store[width: SIMDLength](mut self, index: IndexList[2], value: SIMD[Self.dtype, width]):
        """Writes a vector of elements from a position on."""
        self._data.unsafe_store(self._flat(index), value)

    # ---- arithmetic by element

    def _binary[op: def(Scalar[Self.dtype], Scalar[Self.dtype]) thin -> Scalar[Self.dtype]](self, other: Self) -> Self:
        debug_assert(self._shape == other._shape, "tensors of different shapes")
        var result = Self(self._shape)
        for i in range(self.num_elements()):
            result._data.unsafe_store(i, op(self._data.unsafe_load(i), other._data.unsafe_load(i)))
        return result^

    def _scalar[op: def(Scalar[Self.dtype], Scalar[Self.dtype]) thin -> Scalar[Self.dtype]](
        self, other: Scalar[Self.dtype]
    ) -> Self:
        var result = Self(self._shape)
        for i in range(self.num_elements()):
            result._data.unsafe_store(i, op(self._data.unsafe_load(i), other))
        return result^

    def __add__(self, other: Self) -> Self:
        return self._binary[_add[Self.dtype]](other)

    def __add__(self, other: Scalar[Self.dtype]) -> Self:
        return self._scalar[_add[Self.dtype]](other)

    def __sub__(self, other: Self) -> Self:
        return self._binary[_sub[Self.dtype]](other)

    def __sub__(self, other: Scalar[Self.dtype]) -> Self:
        return self._scalar[_sub[Self.dtype]](other)

    def __mul__(self, other: Self) -> Self:
        return self._binary[_mul[Self.dtype]](other)

    def __mul__(self, other: Scalar[Self.dtype]) -> Self:
        return self._scalar[_mul[Self.dtype]](other)

    def __truediv__(self, other: Self) -> Self:
        return self._binary[_div[Self.dtype]](other)

    def __truediv__(self, other: Scalar[Self.dtype]) -> Self:
        return self._scalar[_div[Self.dtype]](other)

    def __radd__(self, other: Scalar[Self.dtype]) -> Self:
        return self + other

    def __rmul__(self, other: Scalar[Self.dtype]) -> Self:
        return self * other

    def __neg__(self) -> Self:
        return self * Scalar[Self.dtype](-1)

    def __eq__(self, other: Self) -> Bool:
        if self._shape != other._shape:
            return False
        for i in range(self.num_elements()):
            if self._data.unsafe_load(i) != other._data.unsafe_load(i):
                return False
        return True

    # ---- text

    def write_to(self, mut writer: Some[Writer]):
        """Writes the text that `print` shows."""
        writer.write("Tensor(")
        self._write_part(writer, 0, 0)
        writer.write(", dtype=", Self.dtype, ", shape=", self._shape, ")")

    def _write_part(self, mut writer: Some[Writer], depth: Int, start: Int):
        if depth == self.rank():
            writer.write(self._data.unsafe_load(start))
            return
        var step = 1
        for i in range(depth + 1, self.rank()):
            step *= self._shape[i]
        writer.write("[")
        for i in range(self._shape[depth]):
            if i > 0:
                writer.write(", " if depth == self.rank() - 1 else ",\n")
            self._write_part(writer, depth + 1, start + i * step)
        writer.write("]")

    def __str__(self) -> String:
        return String(self)


@always_inline
def _add[dtype: DType](a: Scalar[dtype], b: Scalar[dtype]) -> Scalar[dtype]:
    return a + b


@always_inline
def _sub[dtype: DType](a: Scalar[dtype], b: Scalar[dtype]) -> Scalar[dtype]:
    return a - b


@always_inline
def _mul[dtype: DType](a: Scalar[dtype], b: Scalar[dtype]) -> Scalar[dtype]:
    return a * b


@always_inline
def _div[dtype: DType](a: Scalar[dtype], b: Scalar[dtype]) -> Scalar[dtype]:
    return a / b
