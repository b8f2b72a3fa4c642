"""Slices: what `a[lo:hi:step]` passes to `__getitem__`."""


@fieldwise_init
struct ContiguousSlice(ImplicitlyCopyable, Deinitable):
    """`a[lo:hi]`; an absent bound is None."""

    var start: Optional[Int]
    var end: Optional[Int]

    def resolve(self, length: Int) -> Tuple[Int, Int]:
        """Bounds within `0 … length`; traps where they are not."""
        var lower = self.start.or_else(0)
        var upper = self.end.or_else(length)
        return (lower, upper)


@fieldwise_init
struct StridedSlice(ImplicitlyCopyable, Deinitable):
    """`a[lo:hi:step]`; an absent bound is None."""

    var start: Optional[Int]
    var end: Optional[Int]
    var step: Int


@__builtin("slice")
@fieldwise_init
struct Slice(ImplicitlyCopyable, Deinitable, Writable):
    """A slice as a value, with every part optional."""

    var start: Optional[Int]
    var end: Optional[Int]
    var step: Optional[Int]

    def write_to(self, mut writer: Some[Writer]):
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


def slice(start: Int, end: Int, step: Int) -> Slice:
    """The slice `start:end:step`."""
    return Slice(Optional[Int](start), Optional[Int](end), Optional[Int](step))
