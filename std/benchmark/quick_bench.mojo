"""`QuickBench`: `Bench` for functions of plain values, without a `Bencher`."""
from std.benchmark.bench import Bench, BenchId, Bencher, ThroughputMeasure


struct QuickBench(Deinitable):
    """Measures functions of up to ten arguments, whose results are kept from the optimizer."""

    var m: Bench
    """What measures, and holds the results."""

    def __init__(out self) raises:
        """No results yet."""
        self.m = Bench()

    def dump_report(mut self) raises:
        """Prints the results."""
        self.m.dump_report()

    def run[Out: TrivialRegisterPassable](
        mut self, func: def() thin -> Out, *, bench_id: BenchId, measures: List[ThroughputMeasure] = {},
    ) raises:
        """Measures a function of 0 arguments."""

        def body(mut bencher: Bencher) raises {imm func}:
            def call() {imm func}:
                _ = _kept(func())

            bencher.iter(call)

        self.m.bench_function(body, bench_id, measures)

    def run[T0: TrivialRegisterPassable, /, Out: TrivialRegisterPassable](
        mut self, func: def(T0) thin -> Out, x0: T0, *, bench_id: BenchId, measures: List[ThroughputMeasure] = {},
    ) raises:
        """Measures a function of 1 argument."""

        def body(mut bencher: Bencher) raises {imm func, imm x0}:
            def call() {imm func, imm x0}:
                _ = _kept(func(x0))

            bencher.iter(call)

        self.m.bench_function(body, bench_id, measures)

    def run[T0: TrivialRegisterPassable, T1: TrivialRegisterPassable, /, Out: TrivialRegisterPassable](
        mut self, func: def(T0, T1) thin -> Out, x0: T0, x1: T1, *, bench_id: BenchId, measures: List[ThroughputMeasure] = {},
    ) raises:
        """Measures a function of 2 arguments."""

        def body(mut bencher: Bencher) raises {imm func, imm x0, imm x1}:
            def call() {imm func, imm x0, imm x1}:
                _ = _kept(func(x0, x1))

            bencher.iter(call)

        self.m.bench_function(body, bench_id, measures)

    def run[T0: TrivialRegisterPassable, T1: TrivialRegisterPassable, T2: TrivialRegisterPassable, /, Out: TrivialRegisterPassable](
        mut self, func: def(T0, T1, T2) thin -> Out, x0: T0, x1: T1, x2: T2, *, bench_id: BenchId, measures: List[ThroughputMeasure] = {},
    ) raises:
        """Measures a function of 3 arguments."""

        def body(mut bencher: Bencher) raises {imm func, imm x0, imm x1, imm x2}:
            def call() {imm func, imm x0, imm x1, imm x2}:
                _ = _kept(func(x0, x1, x2))

            bencher.iter(call)

        self.m.bench_function(body, bench_id, measures)

    def run[T0: TrivialRegisterPassable, T1: TrivialRegisterPassable, T2: TrivialRegisterPassable, T3: TrivialRegisterPassable, /, Out: TrivialRegisterPassable](
        mut self, func: def(T0, T1, T2, T3) thin -> Out, x0: T0, x1: T1, x2: T2, x3: T3, *, bench_id: BenchId, measures: List[ThroughputMeasure] = {},
    ) raises:
        """Measures a function of 4 arguments."""

        def body(mut bencher: Bencher) raises {imm func, imm x0, imm x1, imm x2, imm x3}:
            def call() {imm func, imm x0, imm x1, imm x2, imm x3}:
                _ = _kept(func(x0, x1, x2, x3))

            bencher.iter(call)

        self.m.bench_function(body, bench_id, measures)

    def run[T0: TrivialRegisterPassable, T1: TrivialRegisterPassable, T2: TrivialRegisterPassable, T3: TrivialRegisterPassable, T4: TrivialRegisterPassable, /, Out: TrivialRegisterPassable](
        mut self, func: def(T0, T1, T2, T3, T4) thin -> Out, x0: T0, x1: T1, x2: T2, x3: T3, x4: T4, *, bench_id: BenchId, measures: List[ThroughputMeasure] = {},
    ) raises:
        """Measures a function of 5 arguments."""

        def body(mut bencher: Bencher) raises {imm func, imm x0, imm x1, imm x2, imm x3, imm x4}:
            def call() {imm func, imm x0, imm x1, imm x2, imm x3, imm x4}:
                _ = _kept(func(x0, x1, x2, x3, x4))

            bencher.iter(call)

        self.m.bench_function(body, bench_id, measures)

    def run[T0: TrivialRegisterPassable, T1: TrivialRegisterPassable, T2: TrivialRegisterPassable, T3: TrivialRegisterPassable, T4: TrivialRegisterPassable, T5: TrivialRegisterPassable, /, Out: TrivialRegisterPassable](
        mut self, func: def(T0, T1, T2, T3, T4, T5) thin -> Out, x0: T0, x1: T1, x2: T2, x3: T3, x4: T4, x5: T5, *, bench_id: BenchId, measures: List[ThroughputMeasure] = {},
    ) raises:
        """Measures a function of 6 arguments."""

        def body(mut bencher: Bencher) raises {imm func, imm x0, imm x1, imm x2, imm x3, imm x4, imm x5}:
            def call() {imm func, imm x0, imm x1, imm x2, imm x3, imm x4, imm x5}:
                _ = _kept(func(x0, x1, x2, x3, x4, x5))

            bencher.iter(call)

        self.m.bench_function(body, bench_id, measures)

    def run[T0: TrivialRegisterPassable, T1: TrivialRegisterPassable, T2: TrivialRegisterPassable, T3: TrivialRegisterPassable, T4: TrivialRegisterPassable, T5: TrivialRegisterPassable, T6: TrivialRegisterPassable, /, Out: TrivialRegisterPassable](
        mut self, func: def(T0, T1, T2, T3, T4, T5, T6) thin -> Out, x0: T0, x1: T1, x2: T2, x3: T3, x4: T4, x5: T5, x6: T6, *, bench_id: BenchId, measures: List[ThroughputMeasure] = {},
    ) raises:
        """Measures a function of 7 arguments."""

        def body(mut bencher: Bencher) raises {imm func, imm x0, imm x1, imm x2, imm x3, imm x4, imm x5, imm x6}:
            def call() {imm func, imm x0, imm x1, imm x2, imm x3, imm x4, imm x5, imm x6}:
                _ = _kept(func(x0, x1, x2, x3, x4, x5, x6))

            bencher.iter(call)

        self.m.bench_function(body, bench_id, measures)

    def run[T0: TrivialRegisterPassable, T1: TrivialRegisterPassable, T2: TrivialRegisterPassable, T3: TrivialRegisterPassable, T4: TrivialRegisterPassable, T5: TrivialRegisterPassable, T6: TrivialRegisterPassable, T7: TrivialRegisterPassable, /, Out: TrivialRegisterPassable](
        mut self, func: def(T0, T1, T2, T3, T4, T5, T6, T7) thin -> Out, x0: T0, x1: T1, x2: T2, x3: T3, x4: T4, x5: T5, x6: T6, x7: T7, *, bench_id: BenchId, measures: List[ThroughputMeasure] = {},
    ) raises:
        """Measures a function of 8 arguments."""

        def body(mut bencher: Bencher) raises {imm func, imm x0, imm x1, imm x2, imm x3, imm x4, imm x5, imm x6, imm x7}:
            def call() {imm func, imm x0, imm x1, imm x2, imm x3, imm x4, imm x5, imm x6, imm x7}:
                _ = _kept(func(x0, x1, x2, x3, x4, x5, x6, x7))

            bencher.iter(call)

        self.m.bench_function(body, bench_id, measures)

    def run[T0: TrivialRegisterPassable, T1: TrivialRegisterPassable, T2: TrivialRegisterPassable, T3: TrivialRegisterPassable, T4: TrivialRegisterPassable, T5: TrivialRegisterPassable, T6: TrivialRegisterPassable, T7: TrivialRegisterPassable, T8: TrivialRegisterPassable, /, Out: TrivialRegisterPassable](
        mut self, func: def(T0, T1, T2, T3, T4, T5, T6, T7, T8) thin -> Out, x0: T0, x1: T1, x2: T2, x3: T3, x4: T4, x5: T5, x6: T6, x7: T7, x8: T8, *, bench_id: BenchId, measures: List[ThroughputMeasure] = {},
    ) raises:
        """Measures a function of 9 arguments."""

        def body(mut bencher: Bencher) raises {imm func, imm x0, imm x1, imm x2, imm x3, imm x4, imm x5, imm x6, imm x7, imm x8}:
            def call() {imm func, imm x0, imm x1, imm x2, imm x3, imm x4, imm x5, imm x6, imm x7, imm x8}:
                _ = _kept(func(x0, x1, x2, x3, x4, x5, x6, x7, x8))

            bencher.iter(call)

        self.m.bench_function(body, bench_id, measures)

    def run[T0: TrivialRegisterPassable, T1: TrivialRegisterPassable, T2: TrivialRegisterPassable, T3: TrivialRegisterPassable, T4: TrivialRegisterPassable, T5: TrivialRegisterPassable, T6: TrivialRegisterPassable, T7: TrivialRegisterPassable, T8: TrivialRegisterPassable, T9: TrivialRegisterPassable, /, Out: TrivialRegisterPassable](
        mut self, func: def(T0, T1, T2, T3, T4, T5, T6, T7, T8, T9) thin -> Out, x0: T0, x1: T1, x2: T2, x3: T3, x4: T4, x5: T5, x6: T6, x7: T7, x8: T8, x9: T9, *, bench_id: BenchId, measures: List[ThroughputMeasure] = {},
    ) raises:
        """Measures a function of 10 arguments."""

        def body(mut bencher: Bencher) raises {imm func, imm x0, imm x1, imm x2, imm x3, imm x4, imm x5, imm x6, imm x7, imm x8, imm x9}:
            def call() {imm func, imm x0, imm x1, imm x2, imm x3, imm x4, imm x5, imm x6, imm x7, imm x8, imm x9}:
                _ = _kept(func(x0, x1, x2, x3, x4, x5, x6, x7, x8, x9))

            bencher.iter(call)

        self.m.bench_function(body, bench_id, measures)


@__intrinsic("value.black_box")
def _kept[T: TrivialRegisterPassable](value: T) -> T:
    ...
