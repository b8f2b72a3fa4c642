# One convolution for images of any rank. The shape is a variadic parameter: strides, coordinates and the offsets of the kernel's
# taps are computed while compiling, so the 2-D and the 3-D instance are each what one would write for that rank by hand.

comptime WIDTH = 3  # of the kernel along each axis


struct Shape[*dims: Int]:
    """The extents of an image, outermost first; elements lie in rows."""

    comptime rank = Self.dims.__len__()

    @staticmethod
    def size() -> Int:
        var n = 1
        comptime for axis in range(Self.rank):
            n *= Self.dims[axis]
        return n

    @staticmethod
    def stride[axis: Int]() -> Int:
        """How far apart neighbours along an axis are."""
        var n = 1
        comptime for inner in range(axis + 1, Self.rank):
            n *= Self.dims[inner]
        return n

    @staticmethod
    def output_size() -> Int:
        """The places where the kernel fits."""
        var n = 1
        comptime for axis in range(Self.rank):
            n *= Self.dims[axis] - WIDTH + 1
        return n

    @staticmethod
    def taps() -> List[Int]:
        """For each element of the kernel its distance from the first one, in the image."""
        var offsets = List[Int]()
        for tap in range(WIDTH**Self.rank):
            var rest = tap
            var offset = 0
            comptime for back in range(Self.rank):
                comptime axis = Self.rank - 1 - back
                offset += rest % WIDTH * Self.stride[axis]()
                rest //= WIDTH
            offsets.append(offset)
        return offsets^


def convolve[*dims: Int](image: List[Float32], kernel: List[Float32]) -> List[Float32]:
    """Slides a kernel of WIDTH elements along each axis over every place where it fits."""
    comptime S = Shape[*dims]
    comptime TAPS = S.taps()
    var output = List[Float32](capacity=S.output_size())
    for place in range(S.output_size()):
        var rest = place
        var corner = 0
        comptime for back in range(S.rank):
            comptime axis = S.rank - 1 - back
            comptime extent = dims[axis] - WIDTH + 1
            corner += rest % extent * S.stride[axis]()
            rest //= extent
        var sum = Float32(0)
        # One multiplication for each tap, with its offset as a constant.
        comptime for tap in range(len(TAPS)):
            sum += image[corner + comptime (TAPS[tap])] * kernel[tap]
        output.append(sum)
    return output^


def ramp(count: Int) -> List[Float32]:
    var values = List[Float32]()
    for i in range(count):
        values.append(Float32(i % 7))
    return values^


def main():
    # A 4 x 5 image and a 3 x 3 kernel.
    print(convolve[4, 5](ramp(20), ramp(9)))
    # A 3 x 4 x 4 image and a 3 x 3 x 3 kernel: the same function.
    print(convolve[3, 4, 4](ramp(48), ramp(27)))

# output:
#   [67.0, 61.0, 55.0, 65.0, 80.0, 67.0]
#   [285.0, 223.0, 212.0, 255.0]
