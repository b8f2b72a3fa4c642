"""The demo's kernels: machine vectors from a type, rows on all processors. `plain.ts` holds the same in JavaScript."""
from std.algorithm import parallelize_chunks
from std.math import log2
from std.sys import num_logical_cores

comptime LANES = 8
"""Pixels at once: more than a register holds, so that the processor always has independent work."""
comptime Reals = SIMD[DType.float64, LANES]

comptime VALUES = 16
"""Colour values at once in the filter."""
comptime Values = SIMD[DType.float32, VALUES]


def processors() -> Int:
    """How many threads the kernels use."""
    return num_logical_cores()


@always_inline
def _escape_times(cx: Reals, cy: Reals, limit: Int) -> Reals:
    """When each point leaves the circle, as a smooth number of steps; 0 if it does not within the limit."""
    var x = Reals(0)
    var y = Reals(0)
    var steps = Reals(0)
    var radius = Reals(0)
    for _ in range(limit):
        var xx = x * x
        var yy = y * y
        var inside = (xx + yy).le(256.0)
        if not inside.reduce_or():
            break
        radius = inside.select(xx + yy, radius)
        steps += inside.select(Reals(1), Reals(0))
        # Points that have left go on, harmlessly: what counts is kept above.
        y = 2 * x * y + cy
        x = xx - yy + cx
    var smooth = steps + 4 - log2(log2(max(radius, Reals(1.001))))
    return steps.ge(Float64(limit)).select(Reals(0), smooth)


def mandelbrot[
    o: Origin[mut=True], //
](
    pixels: Span[UInt32, o],
    columns: Int,
    palette: Span[UInt32, _],
    left: Float64,
    top: Float64,
    step: Float64,
    limit: Int,
    threads: Bool,
):
    """Draws the set: one colour of the palette for each pixel, row by row from the top left corner at (`left`, `top`)."""
    var colours = palette.unsafe_ptr()
    var count = len(palette)
    var offsets = Reals(0)
    for lane in range(LANES):
        offsets[lane] = Float64(lane)

    def row(index: Int, line: Span[UInt32, o]) {imm}:
        var cy = Reals(top + Float64(index) * step)
        for first in range(0, len(line), LANES):
            var times = _escape_times(left + (offsets + Float64(first)) * step, cy, limit)
            for lane in range(min(LANES, len(line) - first)):
                var time = times[lane]
                line[first + lane] = 0xFF000000 if time == 0 else colours[unsafe_offset=Int(time * 16) % count]

    if threads:
        parallelize_chunks(pixels, columns, row)
    else:
        for index in range(len(pixels) // columns):
            row(index, pixels[index * columns : (index + 1) * columns])


def filter[
    o: Origin[mut=True], //
](source: Span[UInt8, _], target: Span[UInt8, o], columns: Int, weights: Span[Float32, _], amount: Float32, threads: Bool):
    """Blurs an RGBA image with the weights, and moves it away from the blurred image by `amount`: -1 blurs, above 0 sharpens.
    `columns` is a multiple of 4."""
    var line_length = 4 * columns
    var rows = len(source) // line_length
    var radius = len(weights) // 2
    # Weighted sums along the columns first; between the passes numbers are exact.
    var blurred_down = List[Float32](length=len(source), fill=0)
    var tall = Span(blurred_down)

    def down(row: Int, line: Span[Float32, origin_of(blurred_down)]) {imm}:
        for at in range(0, line_length, VALUES):
            var sum = Values(0)
            for k in range(len(weights)):
                var from_row = min(max(row + k - radius, 0), rows - 1)
                var values = source.unsafe_ptr().unsafe_offset(from_row * line_length + at).unsafe_load[width=VALUES]()
                sum += weights[k] * values.cast[DType.float32]()
            line.unsafe_ptr().unsafe_offset(at).unsafe_store(sum)

    def across(row: Int, line: Span[UInt8, o]) {imm}:
        # A row with its first and last pixel repeated, so that no sum looks beyond the image.
        var padded = List[Float32](length=line_length + 8 * radius, fill=0)
        var from_row = blurred_down.unsafe_ptr().unsafe_offset(row * line_length)
        for i in range(4 * radius):
            padded[i] = from_row[unsafe_offset=i % 4]
            padded[4 * radius + line_length + i] = from_row[unsafe_offset=line_length - 4 + i % 4]
        for i in range(line_length):
            padded[4 * radius + i] = from_row[unsafe_offset=i]
        for at in range(0, line_length, VALUES):
            var sum = Values(0)
            for k in range(len(weights)):
                sum += weights[k] * padded.unsafe_ptr().unsafe_offset(at + 4 * k).unsafe_load[width=VALUES]()
            var own = source.unsafe_ptr().unsafe_offset(row * line_length + at).unsafe_load[width=VALUES]()
            var original = own.cast[DType.float32]()
            var result = original + amount * (original - sum)
            var bytes = min(max(result + 0.5, Values(0)), Values(255)).cast[DType.uint8]()
            line.unsafe_ptr().unsafe_offset(at).unsafe_store(bytes)

    if threads:
        parallelize_chunks(tall, line_length, down)
        parallelize_chunks(target, line_length, across)
    else:
        for row in range(rows):
            down(row, tall[row * line_length : (row + 1) * line_length])
        for row in range(rows):
            across(row, target[row * line_length : (row + 1) * line_length])
