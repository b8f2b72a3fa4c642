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
    def __init__(out self, fill: Int):
        """One value everywhere."""
        self._values = Array[Int, Self.size](fill=fill)

    @always_inline
    def __init__(out self, *elems: Int, __list_literal__: NoneType = None):
        """The given values."""
        self._values = Array[Int, Self.size](unsafe_uninitialized=())
        for i in range(Self.size):
            self._values._initialize(i, elems[i])

    @always_inline
    @implicit
    def __init__[*Ts: Intable & Movable](out self, elems: Tuple[*Ts]):
        """The numbers of a tuple."""
        comptime assert len(Ts) == Self.size, "[IndexList] expected as many elements as the list has"
        self._values = Array[Int, Self.size](unsafe_uninitialized=())
        comptime for i in range(Self.size):
            self._values._initialize(i, elems[i].__int__())

    def __init__(out self, data: StaticTuple[Scalar[Self.element_type], Self.size]):
        """The numbers of a `StaticTuple`."""
        self._values = Array[Int, Self.size](unsafe_uninitialized=())
        for i in range(Self.size):
            self._values._initialize(i, Int(data[i]))

    def __init__(out self, *, copy: Self):
        self._values = copy._values.copy()

    @always_inline
    def __len__(self) -> Int:
        return Self.size

    @always_inline
    @__call_location
    def __getitem__[I: Indexer](self, idx: I) -> Int:
        var position = idx.__index__()
        _check_index(position, Self.size)
        return self._values.unsafe_get(position)

    @always_inline
    @__call_location
    def __setitem__(mut self, idx: Int, val: Int):
        _check_index(idx, Self.size)
        self._values.unsafe_get(idx) = val

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
def Index[*Ts: Intable, dtype: DType = DType.int64](*args: *Ts) -> IndexList[Ts.__len__(), element_type=dtype]:
    """The given numbers as indices."""
    var result = IndexList[Ts.__len__(), element_type=dtype]()
    comptime for i in range(Ts.__len__()):
        result[i] = args[i].__int__()
    return result


def product[size: Int](tuple: IndexList[size], end_idx: Int = size) -> Int:
    """The product of the first `end_idx` numbers."""
    return product(tuple, 0, end_idx)


def product[size: Int](tuple: IndexList[size], start_idx: Int, end_idx: Int) -> Int:
    """The product of the numbers from `start_idx` to before `end_idx`."""
    var result = 1
    for i in range(start_idx, end_idx):
        result *= Int(tuple[i])
    return result
