"""`source_location`: where a call stands in the source."""
from std.builtin.assertion import __location_file_pointer, __location_file_length, __location_line, __location_column


struct SourceLocation(TrivialRegisterPassable, Writable):
    """File, line and column."""

    var _line: Int
    var _column: Int
    var _file: StaticString

    def __init__(out self, line: Int, column: Int, file_name: StaticString):
        self._line = line
        self._column = column
        self._file = file_name

    def line(self) -> Int:
        """The line, counted from 1."""
        return self._line

    def column(self) -> Int:
        """The column, counted from 1."""
        return self._column

    def file_name(self) -> StaticString:
        """The file, as the compiler was given it."""
        return self._file

    def prefix[T: Writable](self, message: T) -> String:
        """A message after the position."""
        return String("At ", self, ": ", message)

    def write_to(self, mut writer: Some[Writer]):
        writer.write_string(self._file)
        writer.write_string(":")
        self._line.write_to(writer)
        writer.write_string(":")
        self._column.write_to(writer)


@always_inline
@__call_location
def source_location() -> SourceLocation:
    """The position of this call."""
    return SourceLocation(
        __location_line(),
        __location_column(),
        StaticString(unsafe_from_utf8_ptr=__location_file_pointer(), length=__location_file_length()),
    )


@always_inline
@__call_location
def call_location() -> SourceLocation:
    """The position of this call; Kiln does not know that of the caller's call."""
    return SourceLocation(
        __location_line(),
        __location_column(),
        StaticString(unsafe_from_utf8_ptr=__location_file_pointer(), length=__location_file_length()),
    )
