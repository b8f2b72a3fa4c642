"""`TestSuite`: runs test functions and reports."""
from std.builtin.assertion import __location_file_pointer, __location_file_length
from std.time import perf_counter_ns


struct TestSuite(Movable, Deinitable):
    """Test functions with their names."""

    var _names: List[String]
    var _tests: List[def() raises thin -> None]
    var _file: String

    @__call_location
    def __init__(out self):
        """A suite without tests."""
        self._file = String(
            StringSlice(unsafe_from_utf8_ptr=__location_file_pointer(), length=__location_file_length())
        )
        self._names = List[String]()
        self._tests = List[def() raises thin -> None]()

    def _with_test[function: def() raises thin -> None](var self, name: StaticString) -> Self:
        """The suite with one more test; `discover_tests` is spelled out as calls of this."""
        self._names.append(String(name))
        self._tests.append(function)
        return self^

    def test[function: def() raises thin -> None](mut self, name: StaticString = "test"):
        """Adds a test function."""
        self._names.append(String(name))
        self._tests.append(function)

    def run(deinit self) raises:
        """Runs all tests; raises the report if one fails."""
        var passed = 0
        var report = String("\nRunning ", len(self._tests), " tests for ", self._file, " \n")
        var start = perf_counter_ns()
        for i in range(len(self._tests)):
            var begin = perf_counter_ns()
            var test = self._tests[i]
            try:
                test()
                passed += 1
                report += String("    PASS [ ", _milliseconds(perf_counter_ns() - begin), " ] ", self._names[i], "\n")
            except error:
                report += String("    FAIL [ ", _milliseconds(perf_counter_ns() - begin), " ] ", self._names[i], "\n")
                for line in String(error).split("\n"):
                    report += String("      ", line, "\n")
        var failed = len(self._tests) - passed
        report += String("--------\nSummary [ ", _milliseconds(perf_counter_ns() - start), " ] ", len(self._tests), " tests run: ")
        report += String(passed, " passed , ", failed, " failed , 0 skipped ")
        if failed > 0:
            raise Error(report, "\nTest suite failed!")
        print(report)


def _milliseconds(nanoseconds: Int) -> Float64:
    return round(Float64(nanoseconds) / 1000000.0, 3)
