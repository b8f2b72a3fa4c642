"""The vector that all kernels compute with.

It has 16 lanes on every processor, so that a sum is made of the same partial sums in the same order everywhere: with `--fp-mode strict` a
result has the same bits natively, in WebAssembly, and on any number of threads. A processor with shorter registers takes several
of them for a vector, which also keeps its adders busy.
"""

from std.bit import log2_floor
from std.utils import IndexList

comptime LANES = 16
comptime Vector = SIMD[DType.float32, LANES]

comptime Floats = Pointer[Float32, MutUntrackedOrigin]
"""Where several threads write, each its own part: the compiler does not track what stands behind it."""


@always_inline
def untracked(place: Pointer[Float32, _]) -> Floats:
    """An address that threads may share. Its owner must be kept alive by the caller of the kernel, who passed a view of it."""
    return place.unsafe_mut_cast[True]().unsafe_origin_cast[MutUntrackedOrigin]()


@always_inline
def largest_lane[width: SIMDLength, //](values: SIMD[DType.float32, width]) -> Float32:
    """The largest of all lanes. A NaN may get lost, unlike in `reduce_max`, which takes four times as long."""
    comptime if width == 1:
        return values[0]
    else:
        comptime half = width // 2
        var low = values.slice[half]()
        var high = values.slice[half, offset=half]()
        return largest_lane(high.gt(low).select(high, low))


@always_inline
def transpose(mut rows: Array[Vector, LANES]):
    """Makes columns of the rows of a square: what differs in one bit of the row's and of the column's number changes places, bit by bit."""
    comptime for bit in range(log2_floor(LANES)):
        comptime distance = 1 << bit
        comptime for r in range(LANES):
            comptime if r & distance == 0:
                var upper = rows[r]
                var lower = rows[r + distance]
                rows[r] = upper.shuffle[mask=_of_two_rows(distance, 0)](lower)
                rows[r + distance] = upper.shuffle[mask=_of_two_rows(distance, distance)](lower)


def _of_two_rows(distance: Int, place: Int) -> IndexList[LANES]:
    """Of two rows, the elements whose number has the bit `distance` as `place` has it: those of the second row, where the bit is set."""
    var mask = IndexList[LANES]()
    for lane in range(LANES):
        mask[lane] = (lane & ~distance | place) + (LANES if lane & distance != 0 else 0)
    return mask
