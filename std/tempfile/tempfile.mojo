"""Temporary files and directories, which go with their `with`."""
from std.ffi import external_call
from std.memory.pointer import __pointer_to_int
from std.os.environment import getenv
from std.os.files import listdir, remove, rmdir
from std.os.path import isdir, islink, join, exists


def _terminated(path: String) -> String:
    """The text with a zero byte after it, for the C library."""
    var text = path
    text._append_byte(0)
    return text^


def gettempdir() -> Optional[String]:
    """The directory for temporary files."""
    for name in [String("TMPDIR"), String("TEMP"), String("TMP")]:
        var value = getenv(name)
        if value and isdir(value):
            return Optional[String](value)
    return Optional[String](String("/tmp")) if isdir(String("/tmp")) else Optional[String]()


def _template(suffix: String, prefix: String, dir: Optional[String]) -> String:
    var base = dir.value() if dir else gettempdir().or_else(String("."))
    return join(base, prefix + "XXXXXX" + suffix)


def mkdtemp(suffix: String = "", prefix: String = "tmp", dir: Optional[String] = None) raises -> String:
    """Makes a directory with a name of its own."""
    var name = _terminated(_template("", prefix, dir))
    var made = external_call["mkdtemp", Int](__pointer_to_int(name.unsafe_ptr()))
    if made == 0:
        raise Error("Failed to create temporary directory")
    return String(name[byte=0 : name.byte_length() - 1])


def _remove_tree(path: String) raises:
    for name in listdir(path):
        var inner = join(path, name)
        if isdir(inner) and not islink(inner):
            _remove_tree(inner)
        else:
            remove(inner)
    rmdir(path)


struct TemporaryDirectory(Movable, Deinitable):
    """In a `with`: a directory that is removed with all it holds."""

    var name: String

    def __init__(out self, suffix: String = "", prefix: String = "tmp", dir: Optional[String] = None) raises:
        self.name = mkdtemp(suffix, prefix, dir)

    def __enter__(self) -> String:
        return self.name

    def __exit__(self) raises:
        _remove_tree(self.name)

    def __exit__(self, error: Error) -> Bool:
        try:
            _remove_tree(self.name)
        except:
            pass
        return False


struct NamedTemporaryFile(Movable, Deinitable):
    """An open file that is removed when it is closed, at the latest with this value."""

    var name: String
    var _file: FileHandle
    var _delete: Bool

    def __init__(
        out self, mode: String = "w", suffix: String = "", prefix: String = "tmp", dir: Optional[String] = None, delete: Bool = True
    ) raises:
        var name = _terminated(_template(suffix, prefix, dir))
        var descriptor = external_call["mkstemps", Int32](__pointer_to_int(name.unsafe_ptr()), Int32(suffix.byte_length()))
        if descriptor < 0:
            raise Error("Failed to create temporary file")
        _ = external_call["close", Int32](descriptor)
        self.name = String(name[byte=0 : name.byte_length() - 1])
        self._file = FileHandle(self.name, "rw" if mode == "w" else mode)
        self._delete = delete

    def __enter__(var self) -> Self:
        return self^

    def __deinit__(deinit self):
        try:
            self.close()
        except:
            pass

    def read(self, size: Int = -1) raises -> String:
        """What follows as text."""
        return self._file.read(size)

    def read_bytes(self, size: Int = -1) raises -> List[UInt8]:
        """What follows as bytes."""
        return self._file.read_bytes(size)

    def write_bytes(mut self, bytes: Span[UInt8, _]):
        """Writes bytes."""
        self._file.write_bytes(bytes)

    def close(mut self) raises:
        """Closes the file and removes it, if it is to be removed."""
        self._file.close()
        if self._delete and exists(self.name):
            remove(self.name)

    def seek(self, offset: Int, whence: Int = 0) raises -> UInt64:
        """Goes to a position."""
        return self._file.seek(offset, whence)

    def write[*Ts: Writable](mut self, *values: *Ts):
        """Writes values one after the other."""
        var text = String()
        comptime for i in range(values.__len__()):
            values[i].write_to(text)
        self._file.write_bytes(text.as_bytes())
