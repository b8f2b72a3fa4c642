"""Paths of files: as text, and questions about what they name."""
from std.ffi.errno import get_errno
from std.ffi.external import external_call
from std.io._system import _address, _text_at, _environment, _file_kind, _status_of
from std.memory.memory import __free_foreign
from std.os.path_like import PathLike

comptime DIRECTORY = 0o040000
comptime REGULAR = 0o100000
comptime LINK = 0o120000


# ---- questions


def exists[P: PathLike, //](path: P) -> Bool:
    """Whether there is such a file or directory; a link counts if what it points to exists."""
    return _file_kind(path.__fspath__(), True) != 0


def lexists[P: PathLike, //](path: P) -> Bool:
    """Whether there is such a file, directory or link."""
    return _file_kind(path.__fspath__(), False) != 0


def isfile[P: PathLike, //](path: P) -> Bool:
    """Whether the path names an ordinary file."""
    return _file_kind(path.__fspath__(), True) == REGULAR


def isdir[P: PathLike, //](path: P) -> Bool:
    """Whether the path names a directory."""
    return _file_kind(path.__fspath__(), True) == DIRECTORY


def islink[P: PathLike, //](path: P) -> Bool:
    """Whether the path names a symbolic link."""
    return _file_kind(path.__fspath__(), False) == LINK


def getsize[P: PathLike, //](path: P) raises -> Int:
    """Bytes of a file."""
    var text = path.__fspath__()
    var status = _status_of(text, True)
    if not status:
        raise Error("unable to stat '", text, "'")
    return status.value().size


def is_absolute[P: PathLike, //](path: P) -> Bool:
    """Whether the path starts at the root."""
    return path.__fspath__().startswith("/")


# ---- text


def join(var path: String, *paths: String) -> String:
    """Parts of a path put together; an absolute part drops what was before."""
    var result = path^
    for i in range(len(paths)):
        ref part = paths[i]
        if part.startswith("/"):
            result = part
        elif not result or result.endswith("/"):
            result += part
        else:
            result += "/"
            result += part
    return result^


def _head_and_tail(path: String) -> Tuple[String, String]:
    var cut = path.rfind("/") + 1
    var head = String(path[byte=:cut])
    var tail = String(path[byte=cut:])
    if head and head.count("/") != head.byte_length():
        head = String(head.rstrip("/"))
    return (head^, tail^)


def split[P: PathLike, //](path: P) -> Tuple[String, String]:
    """What is before the last slash, and what is after it."""
    return _head_and_tail(path.__fspath__())


def dirname[P: PathLike, //](path: P) -> String:
    """What is before the last slash."""
    return _head_and_tail(path.__fspath__())[0]


def basename[P: PathLike, //](path: P) -> String:
    """What is after the last slash."""
    return _head_and_tail(path.__fspath__())[1]


def split_extension[P: PathLike, //](path: P) -> Tuple[String, String]:
    """The path without its extension, and the extension with its dot."""
    var text = path.__fspath__()
    var name_start = text.rfind("/") + 1
    var dot = text.rfind(".")
    # Dots in front of the name do not start an extension.
    var first = name_start
    while first < text.byte_length() and text.as_bytes()[first] == 46:
        first += 1
    if dot < first or dot <= name_start:
        return (text^, String())
    return (String(text[byte=:dot]), String(text[byte=dot:]))


def splitroot[P: PathLike, //](path: P) -> Tuple[String, String, String]:
    """Drive (always empty), root and the rest."""
    var text = path.__fspath__()
    if not text.startswith("/"):
        return (String(), String(), text^)
    if not text.startswith("//") or text.startswith("///"):
        return (String(), String("/"), String(text[byte=1:]))
    return (String(), String("//"), String(text[byte=2:]))


def expanduser[P: PathLike, //](path: P) raises -> String:
    """The path with a leading `~` replaced by the user's home directory."""
    var text = path.__fspath__()
    if not text.startswith("~"):
        return text^
    var end = text.find("/")
    if end < 0:
        end = text.byte_length()
    var home = _environment("HOME")
    if end > 1 or not home:
        return text^
    var result = String(home.value().rstrip("/"))
    result += text[byte=end:]
    return result^ if result else String("/")


def _is_variable_byte(byte: UInt8) -> Bool:
    return (byte >= 48 and byte <= 57) or (byte >= 65 and byte <= 90) or (byte >= 97 and byte <= 122) or byte == 95


def expandvars[P: PathLike, //](path: P) -> String:
    """The path with `$NAME` and `${NAME}` replaced by environment variables that are set."""
    var text = path.__fspath__()
    var bytes = text.as_bytes()
    var result = String()
    var i = 0
    while i < len(bytes):
        if bytes[i] != 36:
            var plain = i
            while i < len(bytes) and bytes[i] != 36:
                i += 1
            result += text[byte=plain:i]
            continue
        var braced = i + 1 < len(bytes) and bytes[i + 1] == 123
        var start = i + 2 if braced else i + 1
        var end = start
        while end < len(bytes) and (bytes[end] != 125 if braced else _is_variable_byte(bytes[end])):
            end += 1
        var after = min(end + 1, len(bytes)) if braced else end
        var value = _environment(String(text[byte=start:end]))
        if end > start and value and (not braced or end < len(bytes)):
            result += value.value()
        else:
            result += text[byte=i:after]
        i = after
    return result^


def realpath[P: PathLike & Deinitable, //](path: P) raises -> String:
    """The absolute path without links; the file must exist."""
    var text = path.__fspath__()
    var found = external_call["realpath", Int](_address(text), Int(0))
    _ = text^
    if found == 0:
        raise Error("realpath failed to resolve: ", get_errno())
    var result = _text_at(found)
    __free_foreign(found)
    return result^
