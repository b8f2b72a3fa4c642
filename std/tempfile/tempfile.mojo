"""Temporary files and directories, which go with their `with`."""
from std.os.environment import getenv
from std.os.files import listdir, mkdir, remove, rmdir
from std.os.path import isdir, islink, join, exists
from std.time import perf_counter_ns


def gettempdir() -> Optional[String]:
    """The directory for temporary files."""
    for name in [String("TMPDIR"), String("TEMP"), String("TMP")]:
        var value = getenv(name)
        if value and isdir(value):
            return Optional[String](value)
    return Optional[String](String("/tmp")) if isdir(String("/tmp")) else Optional[String]()


def _candidate(suffix: String, prefix: String, dir: Optional[String], attempt: Int) -> String:
    """A name that is hardly taken: the clock and the number of the attempt, mixed, as eight letters."""
    var base = dir.value() if dir else gettempdir().or_else(String("."))
    var bits = hash(Int(perf_counter_ns()) * 64 + attempt)
    var letters = String()
    for _ in range(8):
        letters._append_byte((UInt8(97) + (bits % 26).cast[DType.uint8]()))
        bits = bits // 26
    return join(base, prefix + letters + suffix)


def mkdtemp(suffix: String = "", prefix: String = "tmp", dir: Optional[String] = None) raises -> String:
    """Makes a directory with a name of its own, for its owner alone. Raises if that does not work."""
    for attempt in range(100):
        var name = _candidate(suffix, prefix, dir, attempt)
        if exists(name):
            continue
        mkdir(name, 0o700)
        return name
    raise Error("Failed to create temporary directory")


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
        var name = String()
        for attempt in range(100):
            name = _candidate(suffix, prefix, dir, attempt)
            if exists(name):
                continue
            var file = open(name, "w")
            file.close()
            break
        self.name = name
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
