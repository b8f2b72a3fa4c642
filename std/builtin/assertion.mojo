"""Assertions and traps of the library."""
from std.reflection.location import SourceLocation


@__intrinsic("control.trap")
def __trap() -> Never:
    ...


@__intrinsic("location.file_pointer")
def __location_file_pointer() -> Pointer[UInt8, ImmStaticOrigin]:
    ...


@__intrinsic("location.file_length")
def __location_file_length() -> Int:
    ...


@__intrinsic("location.line")
def __location_line() -> Int:
    ...


@__intrinsic("location.column")
def __location_column() -> Int:
    ...


@__intrinsic("target.assert_mode")
def __assert_mode() -> Int:
    ...


@no_inline
def _fail_at(kind: StaticString, file: Pointer[UInt8, ImmStaticOrigin], length: Int, line: Int, column: Int, message: String) -> Never:
    """Reports a failed check at a source position on standard output and ends the program."""
    if kind == "assert":
        print("At: ", StringSlice(unsafe_from_utf8_ptr=file, length=length), ":", line, ":", column, ": Assert Error: ", message, sep="", flush=True)
    else:
        print("ABORT: ", StringSlice(unsafe_from_utf8_ptr=file, length=length), ":", line, ":", column, ": ", message, sep="", flush=True)
    __trap()


@no_inline
def _fail_at(kind: StaticString, location: SourceLocation, message: String) -> Never:
    """Reports a failed check at a source position on standard output and ends the program."""
    var file = location.file_name()
    _fail_at(kind, file.unsafe_ptr(), file.byte_length(), location.line(), location.column(), message)


@no_inline
def _index_out_of_range(file: Pointer[UInt8, ImmStaticOrigin], length: Int, line: Int, column: Int, index: Int, count: Int) -> Never:
    _fail_at("assert", file, length, line, column, String("index ", index, " is out of bounds, valid range is 0 to ", count - 1))


@always_inline
@__call_location
def _check_index(index: Int, count: Int):
    """Traps at the caller's position unless `0 <= index < count`."""
    if UInt(index) >= UInt(count):
        _index_out_of_range(__location_file_pointer(), __location_file_length(), __location_line(), __location_column(), index, count)


@no_inline
def _inside_codepoint(file: Pointer[UInt8, ImmStaticOrigin], length: Int, line: Int, column: Int, position: Int) -> Never:
    _fail_at("assert", file, length, line, column, String("byte ", position, " is not a codepoint boundary"))


@always_inline
@__call_location
def _check_boundary(is_boundary: Bool, position: Int):
    """Traps at the caller's position unless a code point begins at this byte, or the text ends there."""
    if not is_boundary:
        _inside_codepoint(__location_file_pointer(), __location_file_length(), __location_line(), __location_column(), position)


@no_inline
def _wrong_lanes(file: Pointer[UInt8, ImmStaticOrigin], length: Int, line: Int, column: Int, count: Int, lanes: Int) -> Never:
    _fail_at("assert", file, length, line, column, String("a vector of ", lanes, " lanes was made of ", count, " values"))


@always_inline
@__call_location
def _check_lanes(count: Int, lanes: Int):
    """Traps at the caller's position unless there is a value for each lane."""
    if count != lanes:
        _wrong_lanes(__location_file_pointer(), __location_file_length(), __location_line(), __location_column(), count, lanes)


@no_inline
def _joined[*Ts: Writable](parts: VariadicPack[*Ts]) -> String:
    var text = String()
    comptime for i in range(parts.__len__()):
        parts[i].write_to(text)
    return text^


@always_inline
@__call_location
def debug_assert[assert_mode: StaticString = "none", *Ts: Writable, cpu_only: Bool = False](
    cond: Bool, *messages: *Ts, location: Optional[SourceLocation] = None
):
    """Traps when `cond` is false and assertions are on (`-D ASSERT=all`, or mode "safe"), and names `location`, or the place of the call."""
    comptime if __assert_mode() == 2 or (__assert_mode() == 1 and assert_mode == "safe"):
        if not cond:
            if location:
                _fail_at("assert", location.value(), _joined(messages))
            _fail_at("assert", __location_file_pointer(), __location_file_length(), __location_line(), __location_column(), _joined(messages))


@always_inline
@__call_location
def debug_assert[Cond: def() -> Bool, assert_mode: StaticString = "none", *Ts: Writable, cpu_only: Bool = False](
    cond: Cond, *messages: *Ts, location: Optional[SourceLocation] = None
):
    """The same with a condition that is only computed when assertions are on."""
    comptime if __assert_mode() == 2 or (__assert_mode() == 1 and assert_mode == "safe"):
        if not cond():
            if location:
                _fail_at("assert", location.value(), _joined(messages))
            _fail_at("assert", __location_file_pointer(), __location_file_length(), __location_line(), __location_column(), _joined(messages))
