"""`TestSuite`: runs test functions and reports."""
from std.builtin.assertion import __location_file_pointer, __location_file_length, __location_line, __location_column
from std.reflection.functions import get_function_name
from std.reflection.location import SourceLocation
from std.sys.arg import argv
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

    def write_repr_to(self, mut writer: Some[Writer]):
        """Writes the text that `repr` gives: `TestResult.PASS`."""
        writer.write("TestResult.", self)


struct TestReport(Copyable, Movable, Deinitable, Writable):
    """The result of one test."""

    var name: String
    var duration_ns: Int
    var result: TestResult
    var error: Optional[Error]

    def __init__(
        out self, *, var name: String, duration_ns: Int, result: TestResult, var error: Optional[Error] = Optional[Error]()
    ):
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
        writer.write("    ", self.result, " [ ")
        _write_milliseconds(self.duration_ns, writer)
        writer.write(" ] ", self.name)
        if self.error:
            var text = String(self.error.value())
            for line in text.split("\n"):
                writer.write("\n      ", line)

    def write_repr_to(self, mut writer: Some[Writer]):
        """Writes the text that `repr` gives."""
        writer.write("TestReport(name=", repr(self.name), ", result=", repr(self.result), ", duration_ns=", self.duration_ns, ")")


struct TestSuiteReport(Copyable, Movable, Deinitable, Writable):
    """The results of all tests of a suite."""

    var reports: List[TestReport]
    var total_duration_ns: Int
    var failures: Int
    var skipped: Int
    var passed: Int
    var location: SourceLocation

    def __init__(out self, *, var reports: List[TestReport], location: SourceLocation):
        self.total_duration_ns = 0
        self.failures = 0
        self.skipped = 0
        self.passed = 0
        self.location = location
        for ref report in reports:
            self.total_duration_ns += report.duration_ns
            if report.result == TestResult.PASS:
                self.passed += 1
            elif report.result == TestResult.FAIL:
                self.failures += 1
            else:
                self.skipped += 1
        self.reports = reports^

    def write_to(self, mut writer: Some[Writer]):
        """Writes the lines of all tests and a summary."""
        writer.write("\nRunning ", len(self.reports), " tests for ", self.location.file_name(), " \n")
        for ref report in self.reports:
            writer.write(report, "\n")
        writer.write("--------\nSummary [ ")
        _write_milliseconds(self.total_duration_ns, writer)
        writer.write(" ] ", len(self.reports), " tests run: ")
        writer.write(self.passed, " passed , ", self.failures, " failed , ", self.skipped, " skipped \n")
        if self.failures > 0:
            writer.write("Test suite' ", self.location.file_name(), " 'failed! \n")

    def write_repr_to(self, mut writer: Some[Writer]):
        """Writes the text that `repr` gives."""
        writer.write("TestSuiteReport(passed=", self.passed, ", failed=", self.failures, ", skipped=", self.skipped)
        writer.write(", total_duration_ns=", self.total_duration_ns, ")")


@explicit_destroy("TestSuite must be destroyed via `run()`")
struct TestSuite(Movable, Deinitable where False):
    """Test functions with their names. It must be run or abandoned.

    The arguments of the program choose among the tests: `--only NAME…`, `--skip NAME…` or `--skip-all`.
    """

    var _names: List[String]
    var _tests: List[def() raises thin -> None]
    var _skipped: List[String]
    var _location: SourceLocation
    var _arguments: List[StaticString]

    @__call_location
    def __init__(
        out self, *, location: Optional[SourceLocation] = None, var cli_args: Optional[List[StaticString]] = None
    ):
        """A suite without tests; `cli_args` stand for the arguments of the program, its name first."""
        var file = StaticString(unsafe_from_utf8_ptr=__location_file_pointer(), length=__location_file_length())
        self._location = location.or_else(SourceLocation(__location_line(), __location_column(), file))
        self._names = List[String]()
        self._tests = List[def() raises thin -> None]()
        self._skipped = List[String]()
        if cli_args:
            self._arguments = cli_args.take()
        else:
            self._arguments = List[StaticString](argv())

    def _with_test[function: def() raises thin -> None](var self, name: StaticString) -> Self:
        """The suite with one more test; `discover_tests` is spelled out as calls of this."""
        self._names.append(String(name))
        self._tests.append(function)
        return self^

    def _with_nonconforming(deinit self, name: StaticString) raises -> Self:
        """What `discover_tests` says of a function with the name of a test that is none."""
        raise Error("test function '", name, "' has nonconforming signature")

    def test[function: def() raises thin -> None](mut self):
        """Adds a test function."""
        self._names.append(String(get_function_name[function]()))
        self._tests.append(function)

    def skip[function: def() raises thin -> None](mut self):
        """Leaves a test function out when the suite runs."""
        self._skipped.append(String(get_function_name[function]()))

    def generate_report(mut self, skip_all: Bool = False) raises -> TestSuiteReport:
        """Runs the tests, but for those that are skipped, and returns their results. Raises if a test is to be skipped that is none."""
        for name in self._skipped:
            if name not in self._names:
                raise Error("trying to skip a test that is not registered in the suite: ", name)
        var left_out = self._left_out()
        var reports = List[TestReport]()
        for i in range(len(self._tests)):
            ref name = self._names[i]
            if skip_all or left_out[i] or name in self._skipped:
                reports.append(TestReport.skipped(name=name))
                continue
            var begin = perf_counter_ns()
            var test = self._tests[i]
            try:
                test()
                reports.append(TestReport.passed(name=name, duration_ns=perf_counter_ns() - begin))
            except error:
                reports.append(TestReport.failed(name=name, duration_ns=perf_counter_ns() - begin, error=error))
        return TestSuiteReport(reports=reports^, location=self._location)

    def _left_out(self) raises -> List[Bool]:
        """For each test, whether the arguments of the program leave it out."""
        if len(self._arguments) <= 1:
            return List[Bool](length=len(self._names), fill=False)
        var option = self._arguments[1]
        if option == "--skip-all":
            if len(self._arguments) > 2:
                raise Error("'--skip-all' does not take any arguments")
            return List[Bool](length=len(self._names), fill=True)
        var only = option == "--only"
        if not only and option != "--skip":
            raise Error("invalid argument: ", option, " (expected '--only' or '--skip')")
        if len(self._arguments) == 2:
            raise Error("expected test name(s) after '--only' or '--skip'")
        var result = List[Bool](length=len(self._names), fill=only)
        for name in self._arguments[2:]:
            var index = self._names.try_index(String(name))
            if not index:
                raise Error("explicitly ", "allowed" if only else "skipped", " test not found in suite: ", name)
            result[index.value()] = not only
        return result^

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


def _write_milliseconds(nanoseconds: Int, mut writer: Some[Writer]):
    """Milliseconds with three digits behind the point; never nothing."""
    var microseconds = max(nanoseconds // 1000, 1)
    var rest = microseconds % 1000
    writer.write(microseconds // 1000, ".", rest // 100, rest // 10 % 10, rest % 10)
