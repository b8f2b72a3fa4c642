"""Positions in the source."""
from std.builtin.assertion import __location_column, __location_file_length, __location_file_pointer, __location_line


struct SourceLocation(TrivialRegisterPassable, Writable):
    """A file, a line and a column; the latter two count from 1."""

    var _line: Int
    var _column: Int
    var _file: StaticString

    @always_inline
    def __init__(out self, line: Int, column: Int, file_name: StaticString):
        self._line = line
        self._column = column
        self._file = file_name

    @always_inline
    def line(self) -> Int:
        """The line, from 1."""
        return self._line

    @always_inline
    def column(self) -> Int:
        """The column, from 1."""
        return self._column

    @always_inline
    def file_name(self) -> StaticString:
        """The path of the file as the compiler was given it."""
        return self._file

    def prefix[T: Writable](self, msg: T) -> String:
        """The text `At FILE:LINE:COLUMN: message`."""
        return String("At ", self, ": ", msg)

    def write_to(self, mut writer: Some[Writer]):
        """Writes the text that `print` shows."""
        writer.write(self._file, ":", self._line, ":", self._column)


@always_inline
@__call_location
def source_location() -> SourceLocation:
    """Where this call stands in the source."""
    return SourceLocation(
        __location_line(),
        __location_column(),
        StaticString(unsafe_from_utf8_ptr=__location_file_pointer(), length=__location_file_length()),
    )


@always_inline
@__call_location("caller")
def call_location[*, inline_count: Int = 1]() -> SourceLocation:
    """Where the function that contains this call was called from; that function must be `@always_inline`."""
    comptime assert inline_count == 1, "call_location: only the caller's position is known; an inline_count other than 1 is not supported yet"
    return SourceLocation(
        __location_line(),
        __location_column(),
        StaticString(unsafe_from_utf8_ptr=__location_file_pointer(), length=__location_file_length()),
    )
