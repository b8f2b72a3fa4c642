# Suites of tests with their options, their reports, and tests of properties.
# output:
#   5
#   helped 3
#   first
#   E: trying to skip a test that is not registered in the suite: helper_without
#   first
#   1 1 1 3
#   test_fails FAIL True should fail
#   test_first PASS False 
#   test_left SKIP False 
#   E: explicitly allowed test not found in suite: test_none
#   E: invalid argument: --list (expected '--only' or '--skip')
#   E: '--skip-all' does not take any arguments
#   E: expected test name(s) after '--only' or '--skip'
#   first
#   first
#       PASS [ 0.001 ] x|
#       PASS [ 1234.567 ] x|
#       FAIL [ 0.012 ] y
#         bad
#         worse|
#   TestReport(name='y', result=TestResult.FAIL, duration_ns=12999)
#   TestSuiteReport(passed=1, failed=1, skipped=1, total_duration_ns=2500)
#
#   Running 3 tests for file.mojo 
#       PASS [ 0.001 ] a
#       FAIL [ 0.001 ] b
#         why
#       SKIP [ 0.001 ] c
#   --------
#   Summary [ 0.002 ] 3 tests run: 1 passed , 1 failed , 1 skipped 
#   Test suite' file.mojo 'failed! 
#
#   True True True
#   PropTestError:  / 	Runs: 3 / 	Seed: 7 / 	Error: the fourth
#   invalid min/max
#   True True True True
from std.reflection import SourceLocation, reflect_fn
from std.testing import TestSuite, assert_true
from std.testing.prop import PropTest, PropTestConfig, Rng, Strategy
from std.testing.suite import TestReport, TestResult, TestSuiteReport


def test_fails() raises:
    raise Error("should fail")


def test_first() raises:
    print("first")


def test_left() raises:
    print("never")


def helper_with(n: Int) -> Int:
    return n + 1


def helper_without() raises:
    pass


comptime all_functions = __functions_in_module()


def with_arguments(var arguments: List[StaticString]) raises:
    var suite = TestSuite(cli_args=arguments^)
    suite.test[test_first]()
    try:
        suite^.run(quiet=True)
    except error:
        print("E:", error)


def suites() raises:
    var wrong = TestSuite()
    wrong.test[test_first]()
    wrong.skip[helper_without]()
    try:
        wrong^.run()
    except error:
        print("E:", error)
    var suite = TestSuite()
    suite.test[test_fails]()
    suite.test[test_first]()
    suite.test[test_left]()
    suite.skip[test_left]()
    var report: TestSuiteReport
    try:
        report = suite.generate_report()
    except error:
        suite^.abandon()
        raise error^
    suite^.abandon()
    print(report.failures, report.skipped, report.passed, len(report.reports))
    for ref one in report.reports:
        print(one.name, one.result, Bool(one.error), one.error.value() if one.error else Error(""))
    with_arguments(["program", "--only", "test_none"])
    with_arguments(["program", "--list"])
    with_arguments(["program", "--skip-all", "test_first"])
    with_arguments(["program", "--only"])
    with_arguments(["program", "--skip-all"])
    with_arguments(["program", "--skip", "test_first"])
    with_arguments(["program", "--only", "test_first"])
    with_arguments(["program"])


def reports():
    print(TestReport.passed(name="x", duration_ns=12), end="|\n")
    print(TestReport.passed(name="x", duration_ns=1234567890), end="|\n")
    var failed = TestReport.failed(name="y", duration_ns=12999, error=Error("bad\nworse"))
    print(failed, end="|\n")
    print(repr(failed))
    var all = [
        TestReport.passed(name="a", duration_ns=1000), TestReport.failed(name="b", duration_ns=1500, error=Error("why")),
        TestReport.skipped(name="c"),
    ]
    var list = List[TestReport]()
    for ref one in all:
        list.append(one.copy())
    var report = TestSuiteReport(reports=list^, location=SourceLocation(1, 2, "file.mojo"))
    print(repr(report))
    print(report)


# ---- properties


@fieldwise_init
struct Counted(Movable, Deinitable, Strategy):
    comptime Value = Int
    var count: Int

    def value(mut self, mut rng: Rng) raises -> Self.Value:
        self.count += 1
        return self.count


def below_four(n: Int) raises:
    if n == 4:
        raise Error("the fourth")


def owned(var n: Int) raises:
    n -= 1


def is_byte(n: Int8) raises:
    assert_true(n >= -5 and n <= 5)


def is_short(text: String) raises:
    assert_true(2 <= text.count_codepoints() <= 6)


def is_printable(text: String) raises:
    for byte in text.as_bytes():
        assert_true(byte >= 32 and byte <= 126)


def is_list(values: List[SIMD[DType.float32, 2]]) raises:
    assert_true(len(values) <= 3)
    for value in values:
        assert_true(all(value.ge(0)) and all(value.le(1)))


def properties() raises:
    var rng = Rng(seed=3)
    var same = Rng(seed=3)
    var first = rng.rand_int()
    var other = same.rand_int()
    print(first == other, rng.rand_bool(true_probability=1), rng.rand_scalar[DType.uint8](min=3, max=3) == 3)
    try:
        PropTest(config=PropTestConfig(seed=7)).test[below_four](Counted(0))
    except error:
        print(String(error).replace("\n", " / "))
    try:
        _ = rng.rand_int(min=2, max=1)
    except error:
        print(error)
    PropTest().test[owned](Counted(0))
    PropTest().test[is_byte](Int8.strategy(min=-5, max=5))
    PropTest().test[is_short](String.utf8_strategy(min_len=2, max_len=6))
    PropTest().test[is_printable](String.ascii_strategy(only_printable=True))
    PropTest().test[is_list](List[SIMD[DType.float32, 2]].strategy(SIMD[DType.float32, 2].strategy(min=0, max=1), max_len=3))
    print(PropTestConfig(runs=3).runs == 3, PropTestConfig(seed=5).seed == 5, reflect_fn[owned].display_name() == "owned", True)


def main() raises:
    print(len((test_fails, test_first, test_left, helper_with, helper_without)))
    print("helped", all_functions[3](2))
    var discovered = TestSuite.discover_tests[all_functions](cli_args=List[StaticString]())
    discovered.skip[test_left]()
    discovered.skip[test_fails]()
    discovered^.run(quiet=True)
    suites()
    reports()
    properties()
