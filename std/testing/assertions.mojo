"""Assertions: each raises an `Error` that names the place of the call."""
from std.builtin.assertion import __location_file_pointer, __location_file_length, __location_line, __location_column
from std.math.predicates import isclose
from std.memory.pointer import Pointer
from std.reflection.location import SourceLocation


@no_inline
def _place(given: Optional[SourceLocation], file: Pointer[UInt8, ImmStaticOrigin], length: Int, line: Int, column: Int) -> SourceLocation:
    """The position that an assertion names: the one that it was given, or that of its call."""
    return given.or_else(SourceLocation(line, column, StaticString(unsafe_from_utf8_ptr=file, length=length)))


@no_inline
def _failure(place: SourceLocation, text: String) -> Error:
    return Error("At ", place, ": AssertionError: ", text)


@no_inline
def _comparison_failure(place: SourceLocation, comparison: StaticString, left: String, right: String, message: String) -> Error:
    var text = String("`left ", comparison, " right` comparison failed:\n   left: ", left, "\n  right: ", right)
    if message:
        text += "\n  reason: "
        text += message
    return _failure(place, text)


@__call_location
@always_inline
def assert_true[T: Boolable](val: T, msg: String = "condition was unexpectedly False", *, location: Optional[SourceLocation] = None) raises:
    """Raises unless the value is true."""
    if not val.__bool__():
        raise _failure(
            _place(location, __location_file_pointer(), __location_file_length(), __location_line(), __location_column()), msg
        )


@__call_location
@always_inline
def assert_false[T: Boolable](val: T, msg: String = "condition was unexpectedly True", *, location: Optional[SourceLocation] = None) raises:
    """Raises if the value is true."""
    if val.__bool__():
        raise _failure(
            _place(location, __location_file_pointer(), __location_file_length(), __location_line(), __location_column()), msg
        )


@__call_location
@always_inline
def assert_equal[T: Equatable & Writable](lhs: T, rhs: T, msg: String = "", *, location: Optional[SourceLocation] = None) raises:
    """Raises unless the values are equal."""
    if lhs != rhs:
        raise _comparison_failure(
            _place(location, __location_file_pointer(), __location_file_length(), __location_line(), __location_column()),
            "==", String(lhs), String(rhs), msg,
        )


@__call_location
@always_inline
def assert_equal(lhs: String, rhs: String, msg: String = "", *, location: Optional[SourceLocation] = None) raises:
    """Raises unless the texts are equal."""
    if lhs != rhs:
        raise _comparison_failure(
            _place(location, __location_file_pointer(), __location_file_length(), __location_line(), __location_column()),
            "==", lhs, rhs, msg,
        )


@__call_location
@always_inline
def assert_equal(lhs: StringSlice[_], rhs: StringSlice[_], msg: String = "", *, location: Optional[SourceLocation] = None) raises:
    """Raises unless the texts are equal."""
    if lhs != rhs:
        raise _comparison_failure(
            _place(location, __location_file_pointer(), __location_file_length(), __location_line(), __location_column()),
            "==", String(lhs), String(rhs), msg,
        )


@__call_location
@always_inline
def assert_equal[T: Equatable & Writable & Copyable & Deinitable](lhs: List[T], rhs: List[T], msg: String = "", *, location: Optional[SourceLocation] = None) raises:
    """Raises unless the lists are equal."""
    if lhs != rhs:
        raise _comparison_failure(
            _place(location, __location_file_pointer(), __location_file_length(), __location_line(), __location_column()),
            "==", String(lhs), String(rhs), msg,
        )


@__call_location
@always_inline
def assert_equal(lhs: List[StringSlice[_]], rhs: List[StringSlice[_]], msg: String = "", *, location: Optional[SourceLocation] = None) raises:
    """Raises unless the lists hold equal texts."""
    var equal = len(lhs) == len(rhs)
    for i in range(len(lhs)):
        if equal and lhs[i] != rhs[i]:
            equal = False
    if not equal:
        raise _comparison_failure(
            _place(location, __location_file_pointer(), __location_file_length(), __location_line(), __location_column()),
            "==", String(lhs), String(rhs), msg,
        )


@__call_location
@__holds_only
@always_inline
def assert_equal[T: Equatable & Writable](lhs: Span[T, _], rhs: Span[T, _], msg: String = "", *, location: Optional[SourceLocation] = None) raises:
    """Raises unless the spans have equal elements."""
    var equal = len(lhs) == len(rhs)
    for i in range(len(lhs)):
        if equal and lhs[i] != rhs[i]:
            equal = False
    if not equal:
        var texts = [String(lhs), String(rhs)]
        raise _comparison_failure(
            _place(location, __location_file_pointer(), __location_file_length(), __location_line(), __location_column()),
            "==", texts[0], texts[1], msg,
        )


@__call_location
@always_inline
def assert_not_equal[T: Equatable & Writable](lhs: T, rhs: T, msg: String = "", *, location: Optional[SourceLocation] = None) raises:
    """Raises if the values are equal."""
    if lhs == rhs:
        raise _comparison_failure(
            _place(location, __location_file_pointer(), __location_file_length(), __location_line(), __location_column()),
            "!=", String(lhs), String(rhs), msg,
        )


@__call_location
@always_inline
def assert_not_equal(lhs: String, rhs: String, msg: String = "", *, location: Optional[SourceLocation] = None) raises:
    """Raises if the texts are equal."""
    if lhs == rhs:
        raise _comparison_failure(
            _place(location, __location_file_pointer(), __location_file_length(), __location_line(), __location_column()),
            "!=", lhs, rhs, msg,
        )


@__call_location
@always_inline
def assert_almost_equal[dtype: DType, width: SIMDLength, //](
    lhs: SIMD[dtype, width],
    rhs: SIMD[dtype, width],
    msg: String = "",
    *,
    atol: Float64 = 1e-08,
    rtol: Float64 = 1e-05,
    equal_nan: Bool = False,
    location: Optional[SourceLocation] = None,
) raises:
    """Raises unless the numbers differ by no more than `atol + rtol * |rhs|`."""
    if not all(isclose(lhs, rhs, atol=atol, rtol=rtol, equal_nan=equal_nan)):
        var text = String(lhs, " is not close to ", rhs, " with a diff of ", abs(lhs - rhs))
        if msg:
            text += String(" (", msg, ")")
        raise _failure(
            _place(location, __location_file_pointer(), __location_file_length(), __location_line(), __location_column()), text
        )


@__call_location
@always_inline
def assert_is[T: Writable & Identifiable](lhs: T, rhs: T, msg: String = "", *, location: Optional[SourceLocation] = None) raises:
    """Raises unless the values are the same one."""
    if not lhs.__is__(rhs):
        raise _comparison_failure(
            _place(location, __location_file_pointer(), __location_file_length(), __location_line(), __location_column()),
            "is", String(lhs), String(rhs), msg,
        )


@__call_location
@always_inline
def assert_is_not[T: Writable & Identifiable](lhs: T, rhs: T, msg: String = "", *, location: Optional[SourceLocation] = None) raises:
    """Raises if the values are the same one."""
    if lhs.__is__(rhs):
        raise _comparison_failure(
            _place(location, __location_file_pointer(), __location_file_length(), __location_line(), __location_column()),
            "is not", String(lhs), String(rhs), msg,
        )


struct assert_raises(Movable, Deinitable):
    """In a `with`: its block must raise an error, whose text has `contains` in it."""

    var _contains: String
    var _place: SourceLocation

    @__call_location
    @always_inline
    def __init__(out self, *, location: Optional[SourceLocation] = None):
        self._contains = String()
        self._place = _place(location, __location_file_pointer(), __location_file_length(), __location_line(), __location_column())

    @__call_location
    @always_inline
    def __init__(out self, *, contains: String, location: Optional[SourceLocation] = None):
        self._contains = contains
        self._place = _place(location, __location_file_pointer(), __location_file_length(), __location_line(), __location_column())

    def __enter__(self):
        pass

    def __exit__(self) raises:
        raise Error("AssertionError: Didn't raise at ", self._place)

    def __exit__[E: AnyType](self, error: E) raises -> Bool:
        """Catches an error of any type; with `contains` its text has to hold it."""
        if self._contains.byte_length() == 0:
            return True
        comptime if conforms_to(E, Writable):
            return self._contains in String(error)
        else:
            return False
