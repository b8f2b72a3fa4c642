"""`Path`: the name of a file or directory."""
import std.os.path as paths
from std.ffi import external_call
from std.hash.hashable import Hasher
from std.memory.pointer import Pointer
from std.os.environment import getenv
from std.os.files import listdir
from std.os.path_like import PathLike
from std.sys.info import __is_wasm
from std.os.status import stat, lstat, stat_result


comptime DIR_SEPARATOR = "/"


def cwd() raises -> Path:
    """The working directory. WASI has none: there it is what `PWD` says, or `.`."""
    comptime if __is_wasm():
        var named = getenv("PWD")
        return Path(named) if named and paths.isdir(named) else Path(String("."))
    var text = external_call["getcwd", Pointer[UInt8, MutUntrackedOrigin]](0, 0)
    if not text:
        raise Error("unable to query the current directory")
    var result = Path(String(unsafe_from_utf8_ptr=text))
    text.unsafe_free()
    return result^


struct Path(ImplicitlyCopyable, Movable, Deinitable, Equatable, Comparable, Hashable, KeyElement, Writable, Boolable, PathLike):
    """The name of a file or directory, which need not be there."""

    var path: String

    @implicit
    def __init__(out self, path: String):
        self.path = path

    @implicit
    def __init__[value: __string_literal_value, //](out self, path: StringLiteral[value]):
        self.path = String(path)

    def __init__(out self, path: StringSlice[_]):
        self.path = String(path)

    def __init__(out self) raises:
        """The working directory."""
        self.path = cwd().path

    def __fspath__(self) -> String:
        return self.path

    def __bool__(self) -> Bool:
        return self.path.byte_length() > 0

    def __eq__(self, other: Self) -> Bool:
        return self.path == other.path

    def __truediv__(self, suffix: Self) -> Self:
        """The path of something in this directory."""
        return Path(paths.join(self.path, suffix.path))

    def __truediv__(self, suffix: StringSlice[_]) -> Self:
        """The path of something in this directory."""
        return Path(paths.join(self.path, String(suffix)))

    def __itruediv__(mut self, suffix: StringSlice[_]):
        self.path = paths.join(self.path, String(suffix))

    def joinpath[*Ps: PathLike](self, *pathsegments: *Ps) -> Self:
        """The path with parts added."""
        var result = self.path
        comptime for i in range(pathsegments.__len__()):
            result = paths.join(result, pathsegments[i].__fspath__())
        return Path(result)

    def name(self) -> String:
        """The last part."""
        return paths.basename(self.path)

    def suffix(self) -> String:
        """The extension with its dot."""
        return paths.split_extension(self.path)[1]

    def parts(self) -> List[StringSlice[origin_of(self.path)]]:
        """The names between the slashes; the one before a leading slash is empty."""
        return self.path.split("/")

    def stat(self) raises -> stat_result:
        """What the system knows of the file."""
        return stat(self.path)

    def lstat(self) raises -> stat_result:
        """What the system knows of the file, or of the link that it is."""
        return lstat(self.path)

    @staticmethod
    def home() raises -> Self:
        """The home directory of the user."""
        return Path(paths.expanduser("~"))

    def __lt__(self, other: Self) -> Bool:
        return self.path < other.path

    def exists(self) -> Bool:
        """Whether there is such a file or directory."""
        return paths.exists(self.path)

    def is_file(self) -> Bool:
        """Whether there is such a file."""
        return paths.isfile(self.path)

    def is_dir(self) -> Bool:
        """Whether there is such a directory."""
        return paths.isdir(self.path)

    def expanduser(self) raises -> Self:
        """The path with a leading `~` replaced by the home directory."""
        return Path(paths.expanduser(self.path))

    def listdir(self) raises -> List[Path]:
        """The names in the directory, in no order."""
        var result = List[Path]()
        for name in listdir(self.path):
            result.append(Path(name))
        return result^

    def read_text(self) raises -> String:
        """The content as text."""
        return open(self.path, "r").read()

    def read_bytes(self) raises -> List[UInt8]:
        """The content."""
        return open(self.path, "r").read_bytes()

    def write_text[T: Writable](self, value: T) raises:
        """Replaces the content by what a value prints."""
        var file = open(self.path, "w")
        file.write(value)

    def write_bytes(self, bytes: Span[UInt8, _]) raises:
        """Replaces the content by bytes."""
        var file = open(self.path, "w")
        file.write_bytes(bytes)

    def write_to(self, mut writer: Some[Writer]):
        """Writes the text that `print` shows."""
        self.path.write_to(writer)

    def write_repr_to(self, mut writer: Some[Writer]):
        """Writes the text that `repr` gives."""
        writer.write_string("Path(")
        self.path.write_repr_to(writer)
        writer.write_string(")")

    def __hash__[H: Hasher](self, mut hasher: H):
        self.path.__hash__(hasher)
