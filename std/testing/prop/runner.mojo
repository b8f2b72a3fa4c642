"""`PropTest`: tries a property."""
from std.testing.prop.random import Rng
from std.testing.prop.strategy import Strategy
from std.time import perf_counter_ns


struct PropTestConfig(Copyable, Movable, Deinitable):
    """How a property is tried."""

    var runs: Int
    """With how many values."""
    var seed: Int
    """What the values depend on."""

    def __init__(out self, *, runs: Int = 100, seed: Optional[Int] = None):
        """Without a seed the clock gives one."""
        self.runs = runs
        self.seed = seed.value() if seed else Int(perf_counter_ns())


struct PropTest(Movable, Deinitable):
    """Calls properties, which are functions that raise where they do not hold."""

    var _config: PropTestConfig

    def __init__(out self):
        """With 100 values, and another seed each time."""
        self._config = PropTestConfig()

    def __init__(out self, *, var config: PropTestConfig):
        """As a configuration says."""
        self._config = config^

    def test[S: Strategy, //, f: def(S.Value) raises thin -> None](self, var strategy: S) raises:
        """Calls `f` with values of a strategy. Raises when `f` raises: the error tells how often it had not, and the seed."""
        var rng = Rng(seed=self._config.seed)
        for run in range(self._config.runs):
            try:
                f(strategy.value(rng))
            except error:
                raise self._failure(run, error)

    def test[S: Strategy, //, f: def(var S.Value) raises thin -> None](self, var strategy: S) raises:
        """The same for a property that takes the values over."""
        var rng = Rng(seed=self._config.seed)
        for run in range(self._config.runs):
            try:
                f(strategy.value(rng))
            except error:
                raise self._failure(run, error)

    def _failure(self, run: Int, error: Error) -> Error:
        return Error("PropTestError: \n\tRuns: ", run, "\n\tSeed: ", self._config.seed, "\n\tError: ", error)
