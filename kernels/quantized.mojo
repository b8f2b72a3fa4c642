"""Weights of 8 and 4 bits.

Some neighbouring weights (a group, a block) share a scale: `weight = scale * integer`. The vector is brought into the same form, so that a
product is made of integers, summed exactly in 32 bits, and each sum is scaled once.

- `GroupWeights`: all integers of a matrix, then all scales as `Float32`, as llama2.c exports them.
- `BlockWeights`: blocks of 32 weights, each after its scale as `Float16`; the integers have 8 bits (as `q8_0` of llama.cpp) or 4 (`q4_0`).
"""
from std.bit import count_trailing_zeros
from std.memory import bitcast
from std.sys.intrinsics import prefetch
from .int8_dot import add_products, start_of_sums
from .lanes import LANES, Vector
from .tensor import Tensor, View
from .weights import VectorInput, Weights

comptime UNIT = 32
"""Integers that have one scale in every format here: a group is a unit, or two, four, eight, …"""
comptime STEP = 4 * LANES
"""Integers of one step: a vector of sums of four products each."""
comptime LARGEST = 127
"""Of an 8-bit integer, also downwards."""


struct GroupInput(VectorInput):
    """A vector in groups of 8-bit integers with a scale, which stands beside each four of them, as their sum will."""

    var _integers: Tensor[DType.int8, 1]
    var _scales: Tensor[DType.float32, 1]
    var _starts: Tensor[DType.int32, 1]
    """Where the sums of products start (see `int8_dot`)."""
    var _group: Int

    def __init__(out self, size: Int, group: Int = UNIT):
        """Room for vectors of a size that is a multiple of the group."""
        self._group = group
        self._integers = Tensor[DType.int8, 1](size)
        self._scales = Tensor[DType.float32, 1](size // 4)
        self._starts = Tensor[DType.int32, 1](size // 4)

    def load(mut self, values: Span[Float32, _]):
        var source = values.unsafe_ptr()
        var integers = self._integers.unsafe_ptr()
        var scales = self._scales.unsafe_ptr()
        var starts = self._starts.unsafe_ptr()
        for first in range(0, len(values), self._group):
            var scale = _scale_of(source.unsafe_offset(first), self._group, LARGEST)
            var inverse = 1 / scale if scale > 0 else Float32(0)
            for at in range(first, first + self._group, UNIT):
                var rounded = round(source.unsafe_load[width=UNIT](at) * inverse).cast[DType.int8]()
                integers.unsafe_store(at, rounded)
                starts.unsafe_store(at // 4, start_of_sums[UNIT // 4](rounded))
                scales.unsafe_store(at // 4, SIMD[DType.float32, UNIT // 4](scale))


@always_inline
def _scale_of(values: Pointer[Float32, _], count: Int, largest: Int) -> Float32:
    """The scale with which `count` values become integers of at most that size."""
    var top = SIMD[DType.float32, UNIT](0)
    for at in range(0, count, UNIT):
        top = max(top, abs(values.unsafe_load[width=UNIT](at)))
    return top.reduce_max() / Float32(largest)


struct GroupWeights[mut: Bool, //, origin: Origin[mut=mut]](Weights):
    """Rows of 8-bit integers; each group of 32, 64, 128, … of them has a scale."""

    comptime Input = GroupInput

    var _integers: Pointer[Int8, Self.origin]
    var _scales: Pointer[Float32, Self.origin]
    var _rows: Int
    var _columns: Int
    var _shift: Int
    """Units of a group, as a power of two."""

    def __init__(
        out self,
        integers: Pointer[Int8, Self.origin],
        scales: Pointer[Float32, Self.origin],
        rows: Int,
        columns: Int,
        group: Int,
    ):
        """The matrix whose integers and scales begin at these addresses; `columns` is a multiple of the group."""
        debug_assert(group >= UNIT and group.is_power_of_two() and columns % group == 0, "groups of 32, 64, … integers")
        self._shift = count_trailing_zeros(group // UNIT)
        self._integers = integers
        self._scales = scales
        self._rows = rows
        self._columns = columns

    @always_inline
    def rows(self) -> Int:
        return self._rows

    @always_inline
    def columns(self) -> Int:
        return self._columns

    @always_inline
    def _group_of(self, index: Int) -> Int:
        """The number of the group that an integer belongs to."""
        return index // UNIT >> self._shift

    def input(self) -> Self.Input:
        return GroupInput(self._columns, UNIT << self._shift)

    def dot[count: Int](self, row: Int, x: Self.Input) -> SIMD[DType.float32, count]:
        var left = self._integers.unsafe_offset(row * self._columns)
        var groups = self._group_of(self._columns)
        var scales = self._scales.unsafe_offset(row * groups)
        var right = x._integers.unsafe_ptr()
        var right_scales = x._scales.unsafe_ptr()
        var starts = x._starts.unsafe_ptr()
        var sums = Array[Vector, count](fill=0)
        var whole = self._columns - self._columns % STEP
        for k in range(0, whole, STEP):
            var integers = right.unsafe_load[width=STEP](k)
            var start = starts.unsafe_load[width=LANES](k // 4)
            var scale = right_scales.unsafe_load[width=LANES](k // 4)
            comptime for r in range(count):
                var weights = left.unsafe_load[width=STEP](r * self._columns + k)
                prefetch(left.unsafe_offset((r + 2 * count) * self._columns + k))
                var sum = add_products(start, weights, integers).cast[DType.float32]()
                # Half of the lanes are sums of one unit, half of the next.
                var row_scales = scales.unsafe_offset(r * groups)
                var first = SIMD[DType.float32, LANES // 2](row_scales[unsafe_offset=self._group_of(k)])
                var second = SIMD[DType.float32, LANES // 2](row_scales[unsafe_offset=self._group_of(k + UNIT)])
                sums[r] += sum * (scale * rebind[Vector](first.join(second)))
        var result = SIMD[DType.float32, count](0)
        comptime for r in range(count):
            result[r] = sums[r].reduce_add()
        if whole < self._columns:
            # Half a step is left.
            var integers = right.unsafe_load[width=UNIT](whole)
            var start = starts.unsafe_load[width = UNIT // 4](whole // 4)
            var scale = right_scales[unsafe_offset=whole // 4]
            comptime for r in range(count):
                var weights = left.unsafe_load[width=UNIT](r * self._columns + whole)
                var sum = add_products(start, weights, integers).reduce_add().cast[DType.float32]()
                result[r] += sum * (scale * scales[unsafe_offset=r * groups + self._group_of(whole)])
        return result

    def read_row(self, row: Int, target: Span[mut=True, Float32, _]):
        for k in range(self._columns):
            var at = row * self._columns + k
            target[k] = Float32(self._integers[unsafe_offset=at]) * self._scales[unsafe_offset=self._group_of(at)]


struct BlockWeights[mut: Bool, //, bits: Int, origin: Origin[mut=mut]](Weights):
    """Rows of blocks: a scale, then 32 integers of 8 bits, or of 4 bits, which are moved up by 8. The first 16 of those are in the
    low halves of the bytes."""

    comptime Input = GroupInput
    comptime BLOCK = 2 + UNIT * Self.bits // 8
    """Bytes of a block."""

    var _data: Pointer[UInt8, Self.origin]
    var _rows: Int
    var _columns: Int

    def __init__(out self, data: Pointer[UInt8, Self.origin], rows: Int, columns: Int):
        """The matrix that begins at an address; `columns` is a multiple of 32."""
        comptime assert Self.bits == 8 or Self.bits == 4, "integers of 8 or 4 bits"
        self._data = data
        self._rows = rows
        self._columns = columns

    @always_inline
    def rows(self) -> Int:
        return self._rows

    @always_inline
    def columns(self) -> Int:
        return self._columns

    def input(self) -> Self.Input:
        return GroupInput(self._columns)

    def dot[count: Int](self, row: Int, x: Self.Input) -> SIMD[DType.float32, count]:
        comptime Sums = SIMD[DType.float32, UNIT // 4]
        var stride = self._columns // UNIT * Self.BLOCK
        var block = self._data.unsafe_offset(row * stride)
        var right = x._integers.unsafe_ptr()
        var right_scales = x._scales.unsafe_ptr()
        var starts = x._starts.unsafe_ptr()
        var sums = Array[Sums, count](fill=0)
        for k in range(0, self._columns, UNIT):
            var integers = right.unsafe_load[width=UNIT](k)
            var start = starts.unsafe_load[width = UNIT // 4](k // 4)
            var scale = right_scales[unsafe_offset=k // 4]
            comptime for r in range(count):
                var place = block.unsafe_offset(r * stride)
                var sum = add_products(start, _integers_of[Self.bits](place), integers).cast[DType.float32]()
                sums[r] += sum * (scale * _scale_at(place))
            block = block.unsafe_offset(Self.BLOCK)
        var result = SIMD[DType.float32, count](0)
        comptime for r in range(count):
            result[r] = sums[r].reduce_add()
        return result

    def read_row(self, row: Int, target: Span[mut=True, Float32, _]):
        var block = self._data.unsafe_offset(row * (self._columns // UNIT) * Self.BLOCK)
        for k in range(0, self._columns, UNIT):
            var values = _integers_of[Self.bits](block).cast[DType.float32]() * _scale_at(block)
            target.unsafe_ptr().unsafe_store(k, values)
            block = block.unsafe_offset(Self.BLOCK)


@always_inline
def _scale_at(block: Pointer[UInt8, _]) -> Float32:
    return block.unsafe_bitcast[Float16]()[].cast[DType.float32]()


@always_inline
def _integers_of[bits: Int](block: Pointer[UInt8, _]) -> SIMD[DType.int8, UNIT]:
    """The integers of the block that begins there."""
    comptime if bits == 8:
        return bitcast[DType.int8, UNIT](block.unsafe_load[width=UNIT](2))
    else:
        var pairs = block.unsafe_load[width = UNIT // 2](2)
        return rebind[SIMD[DType.int8, UNIT]](((pairs & 15).join(pairs >> 4)).cast[DType.int8]() - 8)


# ---- making them


def quantize_groups(
    integers: Span[mut=True, Int8, _], scales: Span[mut=True, Float32, _], values: Span[Float32, _], group: Int
):
    """8-bit integers and scales of values whose number is a multiple of the group. A value is at most half a scale off."""
    var source = values.unsafe_ptr()
    for first in range(0, len(values), group):
        var scale = _scale_of(source.unsafe_offset(first), group, LARGEST)
        var inverse = 1 / scale if scale > 0 else Float32(0)
        scales[first // group] = scale
        for i in range(first, first + group):
            integers[i] = round(values[i] * inverse).cast[DType.int8]()


def quantize_blocks[bits: Int](matrix: View[DType.float32, 2, _]) -> Tensor[DType.uint8, 2]:
    """The blocks of a matrix whose rows lie without gaps and are multiples of 32 long, by row."""
    comptime LIMIT = LARGEST if bits == 8 else 7
    comptime SIZE = 2 + UNIT * bits // 8
    var rows = matrix.shape[0]
    var blocks = matrix.shape[1] // UNIT
    var result = Tensor[DType.uint8, 2](rows, blocks * SIZE)
    var source = matrix.span().unsafe_ptr()
    var place = result.unsafe_ptr()
    for _ in range(rows * blocks):
        var scale = _scale_of(source, UNIT, LIMIT).cast[DType.float16]()
        place.unsafe_bitcast[Float16]()[] = scale
        var inverse = 1 / scale.cast[DType.float32]() if scale > 0 else Float32(0)
        var integers = round(source.unsafe_load[width=UNIT](0) * inverse).cast[DType.int8]()
        comptime if bits == 8:
            place.unsafe_store(2, bitcast[DType.uint8, UNIT](integers))
        else:
            var halves = bitcast[DType.uint8, UNIT](integers + 8).split()
            place.unsafe_store(2, halves[0] | (halves[1] << 4))
        source = source.unsafe_offset(UNIT)
        place = place.unsafe_offset(SIZE)
    return result^
