"""Convolution in any number of dimensions, from one definition: the extents of the kernel are a variadic parameter.

`convolve[3](…)` slides three taps along an axis, `convolve[3, 3](…)` nine over an image, `convolve[3, 3, 3](…)` twenty-seven through a volume. The taps are
known while compiling: the innermost ones are written out, and the sums of a tile of channels and columns stay in registers.
"""
from max.algorithm import parallelize
from std.utils import IndexList
from .lanes import Floats, LANES, Vector, untracked
from .matmul import REGISTERS
from .tensor import Tensor, View

comptime CHANNELS = 8 if REGISTERS <= 1 else 4 if REGISTERS == 2 else 2
"""Output channels of a tile."""


@always_inline
def unchanged[width: Int](channel: Int, values: SIMD[DType.float32, width]) -> SIMD[DType.float32, width]:
    """The end of a convolution that is nothing but that."""
    return values


def convolve[
    F: def[width: Int](Int, SIMD[DType.float32, width]) -> SIMD[DType.float32, width], axes: Int, //, *kernel: Int
](
    result: View[mut=True, DType.float32, axes, _],
    input: View[DType.float32, axes, _],
    weights: View[DType.float32, axes + 1, _],
    finish: F,
    *,
    stride: Int = 1,
    padding: Int = 0,
    workers: Int = 1,
):
    """Each output channel is the sum over the input channels, each convolved with its kernel, at the places where the kernel fits.

    The first axis of `result` and `input` is that of the channels, the others are those of the image; `weights` is by output channel, input
    channel and tap. `finish(channel, values)` is applied before a value is written: a bias, an activation. The innermost axis of all
    three lies without gaps. Along each axis of the image the kernel moves by `stride`, and `padding` zeros are thought of around the image: the
    result has `(extent + 2 * padding - kernel) // stride + 1` places. Threads share the rows of the result.
    """
    if padding == 0:
        _convolve[*kernel](result, input, weights, finish, stride, workers)
        return
    var shape = input.shape
    var size = shape[0]
    comptime for axis in range(1, axes):
        shape[axis] += 2 * padding
        size *= shape[axis]
    var storage = Tensor[DType.float32, 1](size)
    var padded = View[DType.float32, axes](storage.unsafe_ptr(), shape)
    _copy_inside(untracked(storage.unsafe_ptr()), padded.strides, input, padding)
    _convolve[*kernel](result, padded, weights, finish, stride, workers)
    _ = storage


def _copy_inside[axes: Int, //](
    target: Floats, strides: IndexList[axes], input: View[DType.float32, axes, _], padding: Int
):
    """Copies an image to where it lies in the larger one."""
    var width = input.shape[axes - 1]
    var rows = 1
    comptime for axis in range(axes - 1):
        rows *= input.shape[axis]
    for row in range(rows):
        var rest = row
        var place = input.unsafe_ptr()
        var to = target.unsafe_offset(padding)
        comptime for back in range(axes - 1):
            comptime axis = axes - 2 - back
            comptime is_image = axis > 0
            var at = rest % input.shape[axis]
            rest //= input.shape[axis]
            place = place.unsafe_offset(at * input.strides[axis])
            to = to.unsafe_offset((at + padding if is_image else at) * strides[axis])
        for column in range(width):
            to[unsafe_offset=column] = place[unsafe_offset=column]


def _convolve[
    F: def[width: Int](Int, SIMD[DType.float32, width]) -> SIMD[DType.float32, width], axes: Int, //, *kernel: Int
](
    result: View[mut=True, DType.float32, axes, _],
    input: View[DType.float32, axes, _],
    weights: View[DType.float32, axes + 1, _],
    finish: F,
    stride: Int,
    workers: Int,
):
    """`convolve` of an image that has its padding."""
    comptime rank = kernel.__len__()
    comptime assert rank + 1 == axes, "a kernel has an extent for each axis of the image"
    comptime inner = kernel[rank - 1]
    var channels = result.shape[0]
    var width = result.shape[axes - 1]
    var rows = 1
    comptime for axis in range(rank):
        debug_assert(
            result.shape[axis + 1] == (input.shape[axis + 1] - kernel[axis]) // stride + 1, "shapes of a convolution"
        )
        comptime if axis + 1 < rank:
            rows *= result.shape[axis + 1]
    var target = untracked(result.unsafe_ptr())
    var source = input.unsafe_ptr()
    var taps = weights.unsafe_ptr()

    def convolve_row(row: Int) {imm}:
        # Where the row begins, in the result and in the input.
        var rest = row
        var to = target
        var origin = source
        comptime for back in range(rank - 1):
            comptime axis = rank - 1 - back
            var at = rest % result.shape[axis]
            rest //= result.shape[axis]
            to = to.unsafe_offset(at * result.strides[axis])
            origin = origin.unsafe_offset(at * stride * input.strides[axis])

        @always_inline
        def tile[count: Int, lanes: Int, is_dense: Bool](channel: Int, column: Int) {imm}:
            """The sums of `count` channels and `lanes` columns. Dense: the kernel moves by one."""
            var sums = Array[SIMD[DType.float32, lanes], count](fill=0)
            for input_channel in range(input.shape[0]):
                var tap = taps.unsafe_offset(channel * weights.strides[0] + input_channel * weights.strides[1])
                # Every place of the outer axes of the kernel.
                comptime for outer in range(_product[*kernel]() // inner):
                    var first = column if is_dense else column * stride
                    var place = origin.unsafe_offset(input_channel * input.strides[0] + first)
                    comptime for axis in range(rank - 1):
                        comptime at = _digit[*kernel](outer, axis)
                        place = place.unsafe_offset(at * input.strides[axis + 1])
                    comptime for x in range(inner):
                        var values: SIMD[DType.float32, lanes]
                        comptime if is_dense:
                            values = place.unsafe_load[width=lanes](x)
                        else:
                            values = 0
                            comptime for lane in range(lanes):
                                values[lane] = place[unsafe_offset=lane * stride + x]
                        comptime for c in range(count):
                            sums[c] += values * tap[unsafe_offset=c * weights.strides[0] + outer * inner + x]
            comptime for c in range(count):
                var values = finish[lanes](channel + c, sums[c])
                to.unsafe_store((channel + c) * result.strides[0] + column, values)

        @always_inline
        def columns[count: Int, is_dense: Bool](channel: Int) {imm}:
            """A row of `count` channels: whole vectors, the last of which may overlap the one before."""
            if width < LANES:
                for column in range(width):
                    tile[count, 1, is_dense](channel, column)
                return
            for column in range(0, width - LANES + 1, LANES):
                tile[count, LANES, is_dense](channel, column)
            if width % LANES != 0:
                tile[count, LANES, is_dense](channel, width - LANES)

        @always_inline
        def all_columns[count: Int](channel: Int) {imm}:
            if stride == 1:
                columns[count, True](channel)
            else:
                columns[count, False](channel)

        var channel = 0
        while channel + CHANNELS <= channels:
            all_columns[CHANNELS](channel)
            channel += CHANNELS
        while channel < channels:
            all_columns[1](channel)
            channel += 1

    parallelize(convolve_row, rows, workers)


def convolve[axes: Int, //, *kernel: Int](
    result: View[mut=True, DType.float32, axes, _],
    input: View[DType.float32, axes, _],
    weights: View[DType.float32, axes + 1, _],
    *,
    stride: Int = 1,
    padding: Int = 0,
    workers: Int = 1,
):
    """The same without a `finish`."""
    convolve[*kernel](result, input, weights, unchanged, stride=stride, padding=padding, workers=workers)


def _product[*extents: Int]() -> Int:
    """The number of taps."""
    var count = 1
    comptime for axis in range(extents.__len__()):
        count *= extents[axis]
    return count


def _digit[*extents: Int](outer: Int, axis: Int) -> Int:
    """The index along an axis of the tap whose number among the outer axes is `outer`."""
    var rest = outer
    comptime for back in range(extents.__len__() - 1):
        comptime here = extents.__len__() - 2 - back
        if here == axis:
            return rest % extents[here]
        rest //= extents[here]
    return 0
