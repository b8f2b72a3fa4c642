"""`Tensor` owns numbers in memory of its own; `View` looks at numbers that somebody else owns.

A tensor is moved with `^`, copied only by `.copy()`, and frees its memory once, when its life ends. A view is an address with a shape and
strides: slicing, transposing and reshaping make another view and copy nothing. Its type carries the origin of the memory, so the
owner lives as long as the view does, and a view of something immutable cannot be written through.
"""
from std.memory import unsafe_memcpy, unsafe_memset_zero
from std.memory.alloc import unsafe_alloc
from std.os import abort
from std.utils import IndexList

comptime ALIGNMENT = 64
"""Bytes: a cache line, and the widest vector register."""


struct Tensor[dtype: DType, rank: Int](Copyable, Movable):
    """Numbers in rows, the last axis innermost, in memory that belongs to the tensor."""

    comptime Element = Scalar[Self.dtype]

    var _data: Pointer[Self.Element, MutUntrackedOrigin]
    var shape: IndexList[Self.rank]

    def __init__(out self, *extents: Int, zeroed: Bool = True):
        """Zeros. One extent for each axis, outermost first; an axis may be empty. Who writes every element first needs no zeros."""
        if len(extents) != Self.rank:
            abort(String("a tensor of rank ", Self.rank, " needs as many extents, not ", len(extents)))
        self.shape = IndexList[Self.rank]()
        var count = 1
        for axis in range(Self.rank):
            self.shape[axis] = extents[axis]
            count *= extents[axis]
        self._data = unsafe_alloc[Self.Element](count, alignment=ALIGNMENT)
        if zeroed:
            unsafe_memset_zero(self._data, count)

    def __init__(out self, *, copy: Self):
        self.shape = copy.shape
        self._data = unsafe_alloc[Self.Element](copy.size(), alignment=ALIGNMENT)
        unsafe_memcpy(dest=self._data, src=copy._data, count=copy.size())

    def __deinit__(deinit self):
        self._data.unsafe_free()

    def size(self) -> Int:
        """The number of elements."""
        var count = 1
        for axis in range(Self.rank):
            count *= self.shape[axis]
        return count

    @always_inline
    def unsafe_ptr(ref self) -> Pointer[Self.Element, origin_of(self)]:
        """The address of the first element."""
        return self._data.unsafe_mut_cast[origin_of(self).mut]().unsafe_origin_cast[origin_of(self)]()

    @always_inline
    def span(ref self) -> Span[Self.Element, origin_of(self)]:
        """All elements in a row."""
        return Span[Self.Element, origin_of(self)](unsafe_ptr=self.unsafe_ptr(), length=self.size())

    def view(ref self) -> View[Self.dtype, Self.rank, origin_of(self)]:
        """All elements in their shape."""
        return View[Self.dtype, Self.rank, origin_of(self)](self.unsafe_ptr(), self.shape)

    def __getitem__(ref self, *index: Int) -> ref[self] Self.Element:
        """An element, by one index for each axis."""
        if len(index) != Self.rank:
            abort(String("a tensor of rank ", Self.rank, " needs as many indices, not ", len(index)))
        var offset = 0
        for axis in range(Self.rank):
            check_index(index[axis], self.shape[axis])
            offset = offset * self.shape[axis] + index[axis]
        return self._data[unsafe_offset=offset]


struct View[mut: Bool, //, dtype: DType, rank: Int, origin: Origin[mut=mut]](ImplicitlyCopyable, Movable):
    """Numbers of another owner, by shape and strides. It costs two words and two for each axis, whatever it shows."""

    comptime Element = Scalar[Self.dtype]

    var _data: Pointer[Self.Element, Self.origin]
    var shape: IndexList[Self.rank]
    var strides: IndexList[Self.rank]
    """For each axis, how many elements apart neighbours along it are."""

    def __init__(out self, data: Pointer[Self.Element, Self.origin], shape: IndexList[Self.rank]):
        """Elements that lie in rows, the last axis innermost."""
        self._data = data
        self.shape = shape
        self.strides = IndexList[Self.rank]()
        var stride = 1
        comptime for back in range(Self.rank):
            comptime axis = Self.rank - 1 - back
            self.strides[axis] = stride
            stride *= shape[axis]

    def __init__(
        out self,
        data: Pointer[Self.Element, Self.origin],
        shape: IndexList[Self.rank],
        strides: IndexList[Self.rank],
    ):
        """Elements wherever the strides say."""
        self._data = data
        self.shape = shape
        self.strides = strides

    def size(self) -> Int:
        """The number of elements."""
        var count = 1
        for axis in range(Self.rank):
            count *= self.shape[axis]
        return count

    def is_contiguous(self) -> Bool:
        """Whether the elements lie in rows without gaps, so that they are one span."""
        var stride = 1
        comptime for back in range(Self.rank):
            comptime axis = Self.rank - 1 - back
            if self.shape[axis] != 1 and self.strides[axis] != stride:
                return False
            stride *= self.shape[axis]
        return True

    @always_inline
    def unsafe_ptr(self) -> Pointer[Self.Element, Self.origin]:
        """The address of the first element."""
        return self._data

    def span(self) -> Span[Self.Element, Self.origin]:
        """All elements in a row; they must lie so."""
        if not self.is_contiguous():
            abort("a view with gaps is no span")
        return Span[Self.Element, Self.origin](unsafe_ptr=self._data, length=self.size())

    def __getitem__(self, *index: Int) -> ref[Self.origin] Self.Element:
        """An element, by one index for each axis."""
        if len(index) != Self.rank:
            abort(String("a view of rank ", Self.rank, " needs as many indices, not ", len(index)))
        var offset = 0
        for axis in range(Self.rank):
            check_index(index[axis], self.shape[axis])
            offset += index[axis] * self.strides[axis]
        return self._data[unsafe_offset=offset]

    # ---- other views of the same elements

    def part[axis: Int](self, start: Int, end: Int) -> Self:
        """The elements whose index along an axis is in `start ..< end`."""
        if start < 0 or end > self.shape[axis] or start > end:
            abort(String("the part ", start, " to ", end, " of an axis of ", self.shape[axis]))
        var result = self
        result._data = self._data.unsafe_offset(start * self.strides[axis])
        result.shape[axis] = end - start
        return result

    def at(self, index: Int) -> View[Self.dtype, Self.rank - 1, Self.origin]:
        """What has this index along the first axis: a row of a matrix, a matrix of a stack."""
        check_index(index, self.shape[0])
        var shape = IndexList[Self.rank - 1]()
        var strides = IndexList[Self.rank - 1]()
        comptime for axis in range(1, Self.rank):
            shape[axis - 1] = self.shape[axis]
            strides[axis - 1] = self.strides[axis]
        return View[Self.dtype, Self.rank - 1, Self.origin](
            self._data.unsafe_offset(index * self.strides[0]), shape, strides
        )

    def transposed[first: Int = Self.rank - 2, second: Int = Self.rank - 1](self) -> Self:
        """Two axes exchanged, without an argument the last two."""
        var result = self
        result.shape[first] = self.shape[second]
        result.shape[second] = self.shape[first]
        result.strides[first] = self.strides[second]
        result.strides[second] = self.strides[first]
        return result

    def reshaped[new_rank: Int](self, shape: IndexList[new_rank]) -> View[Self.dtype, new_rank, Self.origin]:
        """The same elements in the same order in another shape; they must lie without gaps."""
        var result = View[Self.dtype, new_rank, Self.origin](self._data, shape)
        if not self.is_contiguous() or result.size() != self.size():
            abort("a view is reshaped to as many elements, and only if it has no gaps")
        return result

    def copy_elements(self) -> Tensor[Self.dtype, Self.rank]:
        """A tensor of its own with the same elements, in rows."""
        var result: Tensor[Self.dtype, Self.rank]
        comptime if Self.rank == 1:
            result = Tensor[Self.dtype, Self.rank](self.shape[0])
        elif Self.rank == 2:
            result = Tensor[Self.dtype, Self.rank](self.shape[0], self.shape[1])
        elif Self.rank == 3:
            result = Tensor[Self.dtype, Self.rank](self.shape[0], self.shape[1], self.shape[2])
        else:
            comptime assert Self.rank == 4, "views of up to four axes are copied"
            result = Tensor[Self.dtype, Self.rank](self.shape[0], self.shape[1], self.shape[2], self.shape[3])
        for place in range(result.size()):
            var rest = place
            var offset = 0
            comptime for back in range(Self.rank):
                comptime axis = Self.rank - 1 - back
                offset += rest % self.shape[axis] * self.strides[axis]
                rest //= self.shape[axis]
            result._data[unsafe_offset=place] = self._data[unsafe_offset=offset]
        return result^


@always_inline
def check_index(index: Int, extent: Int):
    """Ends the program if an index is outside its axis."""
    if UInt(index) >= UInt(extent):
        abort(String("index ", index, " of an axis of ", extent))
