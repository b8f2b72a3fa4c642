"""`TestSuite`: runs test functions and reports."""
from std.builtin.assertion import __location_file_pointer, __location_file_length, __location_line, __location_column
from std.reflection.functions import get_function_name
from std.reflection.location import SourceLocation
from std.time import perf_counter_ns


@fieldwise_init
struct TestResult(TrivialRegisterPassable, Equatable, Writable):
    """How a test ended."""

    var _value: Int

    comptime PASS = Self(0)
    """It returned."""
    comptime FAIL = Self(1)
    """It raised."""
    comptime SKIP = Self(2)
    """It was not run."""

    def __eq__(self, rhs: Self) -> Bool:
        return self._value == rhs._value

    def write_to(self, mut writer: Some[Writer]):
        """Writes the name."""
        writer.write_string("PASS" if self._value == 0 else "FAIL" if self._value == 1 else "SKIP")


struct TestReport(Copyable, Movable, Deinitable, Writable):
    """The result of one test."""

    var name: String
    var duration_ns: Int
    var result: TestResult
    var error: Error

    def __init__(out self, *, var name: String, duration_ns: Int, result: TestResult, var error: Error = Error()):
        self.name = name^
        self.duration_ns = duration_ns
        self.result = result
        self.error = error^

    @staticmethod
    def passed(*, var name: String, duration_ns: Int) -> Self:
        """The report of a test that returned."""
        return Self(name=name^, duration_ns=duration_ns, result=TestResult.PASS)

    @staticmethod
    def failed(*, var name: String, duration_ns: Int, var error: Error) -> Self:
        """The report of a test that raised."""
        return Self(name=name^, duration_ns=duration_ns, result=TestResult.FAIL, error=error^)

    @staticmethod
    def skipped(*, var name: String) -> Self:
        """The report of a test that was not run."""
        return Self(name=name^, duration_ns=0, result=TestResult.SKIP)

    def write_to(self, mut writer: Some[Writer]):
        """Writes a line for the test, and the text of its error."""
        writer.write("    ", self.result, " [ ", _milliseconds(self.duration_ns), " ] ", self.name, "\n")
        if self.result == TestResult.FAIL:
            for line in String(self.error).split("\n"):
                writer.write("      ", line, "\n")


struct TestSuiteReport(Copyable, Movable, Deinitable, Writable):
    """The results of all tests of a suite."""

    var reports: List[TestReport]
    var total_duration_ns: Int
    var failures: Int
    var skipped: Int
    var passed: Int
    var location: SourceLocation

    def __init__(out self, *, var reports: List[TestReport], location: SourceLocation, total_duration_ns: Int):
        self.total_duration_ns = total_duration_ns
        self.failures = 0
        self.skipped = 0
        self.passed = 0
        self.location = location
        for i in range(len(reports)):
            var result = reports[i].result
            if result == TestResult.PASS:
                self.passed += 1
            elif result == TestResult.FAIL:
                self.failures += 1
            else:
                self.skipped += 1
        self.reports = reports^

    def write_to(self, mut writer: Some[Writer]):
        """Writes the lines of all tests and a summary."""
        writer.write("\nRunning ", len(self.reports), " tests for ", self.location.file_name(), " \n")
        for i in range(len(self.reports)):
            self.reports[i].write_to(writer)
        writer.write("--------\nSummary [ ", _milliseconds(self.total_duration_ns), " ] ", len(self.reports), " tests run: ")
        writer.write(self.passed, " passed , ", self.failures, " failed , ", self.skipped, " skipped \n")
        if self.failures > 0:
            writer.write("Test suite' ", self.location.file_name(), " 'failed! ")


struct TestSuite(Movable, Deinitable):
    """Test functions with their names."""

    var _names: List[String]
    var _tests: List[def() raises thin -> None]
    var _skipped: List[String]
    var _location: SourceLocation

    @__call_location
    def __init__(out self, *, location: Optional[SourceLocation] = None):
        """A suite without tests."""
        var file = StaticString(unsafe_from_utf8_ptr=__location_file_pointer(), length=__location_file_length())
        self._location = location.or_else(SourceLocation(__location_line(), __location_column(), file))
        self._names = List[String]()
        self._tests = List[def() raises thin -> None]()
        self._skipped = List[String]()

    def _with_test[function: def() raises thin -> None](var self, name: StaticString) -> Self:
        """The suite with one more test; `discover_tests` is spelled out as calls of this."""
        self._names.append(String(name))
        self._tests.append(function)
        return self^

    def test[function: def() raises thin -> None](mut self):
        """Adds a test function."""
        self._names.append(String(get_function_name[function]()))
        self._tests.append(function)

    def skip[function: def() raises thin -> None](mut self):
        """Leaves a test function out when the suite runs."""
        self._skipped.append(String(get_function_name[function]()))

    def generate_report(mut self, skip_all: Bool = False) raises -> TestSuiteReport:
        """Runs the tests, but for those that are skipped, and returns their results."""
        var reports = List[TestReport]()
        var start = perf_counter_ns()
        for i in range(len(self._tests)):
            if skip_all or self._names[i] in self._skipped:
                reports.append(TestReport.skipped(name=self._names[i]))
                continue
            var begin = perf_counter_ns()
            var test = self._tests[i]
            try:
                test()
                reports.append(TestReport.passed(name=self._names[i], duration_ns=perf_counter_ns() - begin))
            except error:
                reports.append(TestReport.failed(name=self._names[i], duration_ns=perf_counter_ns() - begin, error=error))
        return TestSuiteReport(reports=reports^, location=self._location, total_duration_ns=perf_counter_ns() - start)

    def run(deinit self, *, quiet: Bool = False, skip_all: Bool = False) raises:
        """Runs all tests and prints the report, unless `quiet`; raises the report if one fails."""
        var report = self.generate_report(skip_all)
        if report.failures > 0:
            raise Error(report)
        if not quiet:
            print(report)

    def abandon(deinit self):
        """Gives the suite up without running it."""
        pass


def _milliseconds(nanoseconds: Int) -> Float64:
    return round(Float64(nanoseconds) / 1000000.0, 3)
