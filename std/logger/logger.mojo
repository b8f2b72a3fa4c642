"""`Logger`: writes the messages that are important enough."""
from std.builtin.assertion import __location_file_pointer, __location_file_length, __location_line, __location_column
from std.io.file_descriptor import RawFileDescriptor
from std.os.files import abort
from std.reflection.location import SourceLocation


@fieldwise_init
struct Level(TrivialRegisterPassable, Equatable, Comparable, Writable):
    """How important a message is."""

    var _value: Int

    comptime NOTSET = Level(0)
    comptime TRACE = Level(10)
    comptime DEBUG = Level(20)
    comptime INFO = Level(30)
    comptime WARNING = Level(40)
    comptime ERROR = Level(50)
    comptime CRITICAL = Level(60)

    def __eq__(self, other: Self) -> Bool:
        return self._value == other._value

    def __lt__(self, other: Self) -> Bool:
        return self._value < other._value

    def write_to(self, mut writer: Some[Writer]):
        """Writes the text that `print` shows."""
        var value = self._value
        if value == 0:
            writer.write_string("NOTSET")
        elif value == 10:
            writer.write_string("TRACE")
        elif value == 20:
            writer.write_string("DEBUG")
        elif value == 30:
            writer.write_string("INFO")
        elif value == 40:
            writer.write_string("WARNING")
        elif value == 50:
            writer.write_string("ERROR")
        else:
            writer.write_string("CRITICAL")


struct Logger[level: Level = Level.NOTSET](ImplicitlyCopyable, Movable, Deinitable):
    """Writes messages of `level` and above, each in a line of its own, after its level or after a prefix."""

    var _file: RawFileDescriptor
    var _prefix: String
    var _with_source: Bool

    def __init__(out self, fd: RawFileDescriptor = RawFileDescriptor(1), *, prefix: String = "", source_location: Bool = False):
        self._file = fd
        self._prefix = prefix
        self._with_source = source_location

    @staticmethod
    def _writes[wanted: Level]() -> Bool:
        """Whether messages of that level are written: none is as long as no level is set."""
        return Self.level != Level.NOTSET and Self.level <= wanted

    @__call_location
    def _write[wanted: Level, *Ts: Writable](
        self, values: VariadicPack[*Ts], sep: StaticString, end: StaticString, location: Optional[SourceLocation]
    ):
        var text = String()
        if self._prefix.byte_length() > 0:
            text.write_string(self._prefix)
        else:
            text.write(wanted, "::: ")
        if self._with_source:
            var file = StaticString(unsafe_from_utf8_ptr=__location_file_pointer(), length=__location_file_length())
            text.write("[", location.or_else(SourceLocation(__location_line(), __location_column(), file)), "] ")
        comptime for i in range(values.__len__()):
            comptime if i > 0:
                text.write_string(sep)
            values[i].write_to(text)
        text.write_string(end)
        print(text, end="", file=self._file)

    @__call_location
    def trace[*Ts: Writable](
        self, *values: *Ts, sep: StaticString = " ", end: StaticString = "\n", location: Optional[SourceLocation] = None
    ):
        """Writes a message of the lowest importance."""
        comptime if Self._writes[Level.TRACE]():
            self._write[Level.TRACE](values, sep, end, location)

    @__call_location
    def debug[*Ts: Writable](
        self, *values: *Ts, sep: StaticString = " ", end: StaticString = "\n", location: Optional[SourceLocation] = None
    ):
        """Writes a message for those who look for mistakes."""
        comptime if Self._writes[Level.DEBUG]():
            self._write[Level.DEBUG](values, sep, end, location)

    @__call_location
    def info[*Ts: Writable](
        self, *values: *Ts, sep: StaticString = " ", end: StaticString = "\n", location: Optional[SourceLocation] = None
    ):
        """Writes what happens."""
        comptime if Self._writes[Level.INFO]():
            self._write[Level.INFO](values, sep, end, location)

    @__call_location
    def warning[*Ts: Writable](
        self, *values: *Ts, sep: StaticString = " ", end: StaticString = "\n", location: Optional[SourceLocation] = None
    ):
        """Writes what may be wrong."""
        comptime if Self._writes[Level.WARNING]():
            self._write[Level.WARNING](values, sep, end, location)

    @__call_location
    def error[*Ts: Writable](
        self, *values: *Ts, sep: StaticString = " ", end: StaticString = "\n", location: Optional[SourceLocation] = None
    ):
        """Writes what is wrong."""
        comptime if Self._writes[Level.ERROR]():
            self._write[Level.ERROR](values, sep, end, location)

    @__call_location
    def critical[*Ts: Writable](
        self, *values: *Ts, sep: StaticString = " ", end: StaticString = "\n", location: Optional[SourceLocation] = None
    ):
        """Writes why the program cannot go on, and ends it."""
        self._write[Level.CRITICAL](values, sep, end, location)
        abort()
