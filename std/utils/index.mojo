"""`IndexList`: a fixed number of integers, as indices of tensors are."""
from std.builtin.assertion import _check_index
from std.hash.hashable import Hasher
from std.utils.static_tuple import StaticTuple


struct IndexList[size: Int, *, element_type: DType = DType.int64](
    Copyable, ImplicitlyCopyable, Movable, Deinitable, Defaultable, Sized, Equatable, Comparable, Hashable, Writable
):
    """`size` integers of the type `element_type`."""

    var _values: Array[Int, Self.size]

    @always_inline
    def __init__(out self):
        """Zeros."""
        self._values = Array[Int, Self.size](fill=0)

    @always_inline
    def __init__(out self, value: Int):
        """One value everywhere."""
        self._values = Array[Int, Self.size](fill=value)

    @always_inline
    def __init__(out self, *values: Int):
        """The given values."""
        self._values = Array[Int, Self.size](unsafe_uninitialized=())
        for i in range(Self.size):
            self._values._initialize(i, values[i])

    @always_inline
    @implicit
    def __init__(out self, values: Tuple[Int]):
        self = Self(values[0])

    @always_inline
    @implicit
    def __init__(out self, values: Tuple[Int, Int]):
        self = Self(values[0], values[1])

    @always_inline
    @implicit
    def __init__(out self, values: Tuple[Int, Int, Int]):
        self = Self(values[0], values[1], values[2])

    @always_inline
    @implicit
    def __init__(out self, values: Tuple[Int, Int, Int, Int]):
        self = Self(values[0], values[1], values[2], values[3])

    def __init__(out self, *, copy: Self):
        self._values = copy._values.copy()

    @always_inline
    def __len__(self) -> Int:
        return Self.size

    @always_inline
    @__call_location
    def __getitem__(self, index: Int) -> Int:
        _check_index(index, Self.size)
        return self._values.unsafe_get(index)

    @always_inline
    @__call_location
    def __setitem__(mut self, index: Int, value: Int):
        _check_index(index, Self.size)
        self._values.unsafe_get(index) = value

    def flattened_length(self) -> Int:
        """The product of the values."""
        var result = 1
        for i in range(Self.size):
            result *= self._values.unsafe_get(i)
        return result

    def __eq__(self, other: Self) -> Bool:
        for i in range(Self.size):
            if self._values.unsafe_get(i) != other._values.unsafe_get(i):
                return False
        return True

    def __lt__(self, other: Self) -> Bool:
        """Whether every value is smaller than the other's."""
        for i in range(Self.size):
            if self._values.unsafe_get(i) >= other._values.unsafe_get(i):
                return False
        return True

    def __le__(self, other: Self) -> Bool:
        """Whether no value is larger than the other's."""
        for i in range(Self.size):
            if self._values.unsafe_get(i) > other._values.unsafe_get(i):
                return False
        return True

    def __gt__(self, other: Self) -> Bool:
        return other < self

    def __ge__(self, other: Self) -> Bool:
        return other <= self

    def __add__(self, other: Self) -> Self:
        var result = Self()
        for i in range(Self.size):
            result._values.unsafe_get(i) = self._values.unsafe_get(i) + other._values.unsafe_get(i)
        return result

    def __sub__(self, other: Self) -> Self:
        var result = Self()
        for i in range(Self.size):
            result._values.unsafe_get(i) = self._values.unsafe_get(i) - other._values.unsafe_get(i)
        return result

    def __mul__(self, other: Self) -> Self:
        var result = Self()
        for i in range(Self.size):
            result._values.unsafe_get(i) = self._values.unsafe_get(i) * other._values.unsafe_get(i)
        return result

    def __floordiv__(self, other: Self) -> Self:
        var result = Self()
        for i in range(Self.size):
            result._values.unsafe_get(i) = self._values.unsafe_get(i) // other._values.unsafe_get(i)
        return result

    def __rfloordiv__(self, rhs: Self) -> Self:
        return rhs // self

    def __hash__[H: Hasher](self, mut hasher: H):
        for i in range(Self.size):
            self._values.unsafe_get(i).__hash__(hasher)

    def reverse(self) -> Self:
        """The values, last first."""
        var result = Self()
        for i in range(Self.size):
            result._values.unsafe_get(i) = self._values.unsafe_get(Self.size - 1 - i)
        return result

    def canonicalize(self) -> IndexList[Self.size]:
        """The same values as 64-bit integers."""
        return self.cast[DType.int64]()

    def cast[dtype: DType](self) -> IndexList[Self.size, element_type=dtype]:
        """The same values in another type of integers."""
        var result = IndexList[Self.size, element_type=dtype]()
        for i in range(Self.size):
            result._values.unsafe_get(i) = Int(Scalar[dtype](self._values.unsafe_get(i)))
        return result

    def as_tuple(self) -> StaticTuple[Int, Self.size]:
        """The values as a tuple."""
        var result = StaticTuple[Int, Self.size]()
        for i in range(Self.size):
            result[i] = self._values.unsafe_get(i)
        return result

    def get_row_major_strides(self) -> Self:
        """How far neighbours along each axis of a tensor of this shape are apart, the last axis being contiguous."""
        var result = Self(1)
        for i in reversed(range(Self.size - 1)):
            result._values.unsafe_get(i) = result._values.unsafe_get(i + 1) * self._values.unsafe_get(i + 1)
        return result

    def remu(self, rhs: Self) -> Self:
        """The remainders of unsigned division by the other's values."""
        var result = Self()
        for i in range(Self.size):
            result._values.unsafe_get(i) = Int(UInt(self._values.unsafe_get(i)) % UInt(rhs._values.unsafe_get(i)))
        return result

    @always_inline
    def get[index: Int](self) -> Int:
        """A value at a constant position."""
        return self._values.unsafe_get(index)

    def write_repr_to(self, mut writer: Some[Writer]):
        """Writes the text that `repr` gives."""
        writer.write_string("IndexList[")
        Self.size.write_to(writer)
        writer.write(", ", Self.element_type, "](")
        self.write_to(writer)
        writer.write_string(")")

    def write_to(self, mut writer: Some[Writer]):
        """Writes the text that `print` shows."""
        writer.write_string("(")
        for i in range(Self.size):
            if i > 0:
                writer.write_string(", ")
            self._values.unsafe_get(i).write_to(writer)
        comptime if Self.size == 1:
            writer.write_string(",")
        writer.write_string(")")


@always_inline
def Index[*, dtype: DType = DType.int64](x: Int) -> IndexList[1, element_type=dtype]:
    """One index."""
    return IndexList[1, element_type=dtype](x)


@always_inline
def Index[*, dtype: DType = DType.int64](x: Int, y: Int) -> IndexList[2, element_type=dtype]:
    """Two indices."""
    return IndexList[2, element_type=dtype](x, y)


@always_inline
def Index[*, dtype: DType = DType.int64](x: Int, y: Int, z: Int) -> IndexList[3, element_type=dtype]:
    """Three indices."""
    return IndexList[3, element_type=dtype](x, y, z)


@always_inline
def Index[*, dtype: DType = DType.int64](x: Int, y: Int, z: Int, w: Int) -> IndexList[4, element_type=dtype]:
    """Four indices."""
    return IndexList[4, element_type=dtype](x, y, z, w)


@always_inline
def Index[*, dtype: DType = DType.int64](x: Int, y: Int, z: Int, w: Int, v: Int) -> IndexList[5, element_type=dtype]:
    """Five indices."""
    return IndexList[5, element_type=dtype](x, y, z, w, v)


def product[size: Int](tuple: IndexList[size], end_idx: Int = size) -> Int:
    """The product of the first `end_idx` numbers."""
    return product(tuple, 0, end_idx)


def product[size: Int](tuple: IndexList[size], start_idx: Int, end_idx: Int) -> Int:
    """The product of the numbers from `start_idx` to before `end_idx`."""
    var result = 1
    for i in range(start_idx, end_idx):
        result *= Int(tuple[i])
    return result
