"""Slices: what `a[lo:hi:step]` passes to `__getitem__`."""
from std.builtin.assertion import (
    _fail_at, __location_file_pointer, __location_file_length, __location_line, __location_column,
)


@no_inline
def _slice_bound_out_of_range(
    file: Pointer[UInt8, ImmStaticOrigin], length: Int, line: Int, column: Int, which: StaticString, bound: Int, count: Int
) -> Never:
    _fail_at(
        "assert", file, length, line, column,
        String("slice ", which, " index ", bound, " is out of bounds, valid range is 0 to ", count),
    )


@always_inline
@__call_location
def _check_slice(start: Int, end: Int, count: Int):
    """Traps at the caller's position unless `0 <= start <= end <= count`."""
    if UInt(end) > UInt(count):
        _slice_bound_out_of_range(
            __location_file_pointer(), __location_file_length(), __location_line(), __location_column(), "end", end, count
        )
    if UInt(start) > UInt(end):
        _slice_bound_out_of_range(
            __location_file_pointer(), __location_file_length(), __location_line(), __location_column(), "start", start, end
        )


@__builtin("contiguous-slice")
@fieldwise_init
struct ContiguousSlice(ImplicitlyCopyable, Deinitable, Writable):
    """`a[lo:hi]`; an absent bound is None."""

    var start: Optional[Int]
    var end: Optional[Int]

    def __init__(out self, start: Optional[Int], end: Optional[Int], step: NoneType):
        """The slice `start:end`."""
        self.start = start
        self.end = end

    @always_inline
    def lower(self) -> Int:
        """The first position."""
        return self.start.or_else(0)

    @always_inline
    def upper(self, count: Int) -> Int:
        """The position after the last one, in a sequence of `count` elements."""
        return self.end.or_else(count)

    def indices(self, length: Int) -> Tuple[Int, Int]:
        """Start and end for a sequence of `length` elements; bounds outside are brought to its ends."""
        var bounds = _indices(self.start, self.end, 1, length)
        return (bounds[0], bounds[1])

    def write_to(self, mut writer: Some[Writer]):
        """Writes the text that `print` shows."""
        writer.write("Slice(", self.start, ", ", self.end, ", None)")

    def write_repr_to(self, mut writer: Some[Writer]):
        """Writes the text that `repr` gives."""
        writer.write("Slice(start=", self.start, ", end=", self.end, ", step=None)")


@__builtin("strided-slice")
@fieldwise_init
struct StridedSlice(ImplicitlyCopyable, Deinitable, Writable):
    """`a[lo:hi:step]`; an absent bound is None."""

    var start: Optional[Int]
    var end: Optional[Int]
    var step: Int

    def indices(self, length: Int) -> Tuple[Int, Int, Int]:
        """Start, end and step for a sequence of `length` elements; bounds outside are brought to its ends."""
        return _indices(self.start, self.end, self.step, length)

    def write_to(self, mut writer: Some[Writer]):
        """Writes the text that `print` shows."""
        writer.write("Slice(", self.start, ", ", self.end, ", ", self.step, ")")

    def write_repr_to(self, mut writer: Some[Writer]):
        """Writes the text that `repr` gives."""
        writer.write("Slice(start=", self.start, ", end=", self.end, ", step=", self.step, ")")


def _clamp_bound(bound: Int, count: Int, step: Int) -> Int:
    """A bound of a strided slice: negative ones count from the end, the rest is cut to what the sequence has."""
    var value = bound + count if bound < 0 else bound
    if step < 0:
        return min(max(value, -1), count - 1)
    return min(max(value, 0), count)


def _indices(start: Optional[Int], end: Optional[Int], step: Int, count: Int) -> Tuple[Int, Int, Int]:
    var first = count - 1 if step < 0 else 0
    var last = -1 if step < 0 else count
    if start:
        first = _clamp_bound(start.value(), count, step)
    if end:
        last = _clamp_bound(end.value(), count, step)
    return (first, last, step)


@__builtin("slice")
@fieldwise_init
struct Slice(ImplicitlyCopyable, Deinitable, Equatable, Writable):
    """A slice as a value, with every part optional."""

    var start: Optional[Int]
    var end: Optional[Int]
    var step: Optional[Int]

    def __init__(out self, start: Int, end: Int):
        """The slice `start:end`."""
        self.start = Optional[Int](start)
        self.end = Optional[Int](end)
        self.step = Optional[Int]()

    @implicit
    def __init__(out self, value: ContiguousSlice):
        self.start = value.start
        self.end = value.end
        self.step = Optional[Int]()

    @implicit
    def __init__(out self, value: StridedSlice):
        self.start = value.start
        self.end = value.end
        self.step = Optional[Int](value.step)

    def indices(self, length: Int) -> Tuple[Int, Int, Int]:
        """Start, end and step for a sequence of `length` elements; bounds outside are brought to its ends."""
        return _indices(self.start, self.end, self.step.or_else(1), length)

    def __eq__(self, other: Self) -> Bool:
        return self.start == other.start and self.end == other.end and self.step == other.step

    def __ne__(self, other: Self) -> Bool:
        return not (self == other)

    def write_repr_to(self, mut writer: Some[Writer]):
        """Writes the text that `repr` gives."""
        writer.write_string("Slice(start=")
        self.start.write_to(writer)
        writer.write_string(", end=")
        self.end.write_to(writer)
        writer.write_string(", step=")
        self.step.write_to(writer)
        writer.write_string(")")

    def write_to(self, mut writer: Some[Writer]):
        """Writes the text that `print` shows."""
        writer.write_string("Slice(")
        self.start.write_to(writer)
        writer.write_string(", ")
        self.end.write_to(writer)
        writer.write_string(", ")
        self.step.write_to(writer)
        writer.write_string(")")


def slice(end: Int) -> Slice:
    """The slice `:end`."""
    return Slice(None, Optional[Int](end), None)


def slice(start: Int, end: Int) -> Slice:
    """The slice `start:end`."""
    return Slice(Optional[Int](start), Optional[Int](end), None)


def slice(start: Optional[Int], end: Optional[Int], step: Optional[Int]) -> Slice:
    """The slice `start:end:step`; each part may be None."""
    return Slice(start, end, step)
