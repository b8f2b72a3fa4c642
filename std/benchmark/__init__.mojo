"""Help for measuring."""
from std.benchmark.bench import (
    Bench, BenchConfig, Bencher, BenchId, BenchMetric, BenchmarkInfo, Format, Mode, ThroughputMeasure,
)
from std.benchmark.quick_bench import QuickBench
from std.benchmark.run import run, Report, Unit, Batch


@__intrinsic("value.black_box")
def __black_box[T: TrivialRegisterPassable](value: T) -> T:
    ...


@always_inline
def keep[m: Bool, o: Origin[mut=m], T: AnyType, //](ref[o] value: T):
    """Makes the optimizer believe that the value is used."""
    comptime if conforms_to(T, TrivialRegisterPassable):
        _ = __black_box(value)
    else:
        _ = __black_box(Pointer(to=value))


@always_inline
def black_box[m: Bool, o: Origin[mut=m], T: AnyType, //](ref[o] value: T) -> ref[o] T:
    """The value, of which the optimizer knows nothing."""
    return __black_box(Pointer(to=value))[]


@always_inline
def black_box[T: Movable, //](*, var take: T) -> T:
    """The value, moved, of which the optimizer knows nothing."""
    _ = __black_box(Pointer(to=take))
    return take^


@always_inline
def clobber_memory():
    """Makes the optimizer believe that all memory is read and written here."""
    var word = 0
    keep(Pointer(to=word).unsafe_origin_cast[MutUntrackedOrigin]())
