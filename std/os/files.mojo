"""Directories and names of files."""
from std.builtin.assertion import (
    __trap, __location_file_pointer, __location_file_length, __location_line, __location_column, _fail_at,
)
from std.ffi.errno import get_errno
from std.ffi.external import external_call
from std.io._system import _directory_names, _path_call, _path_mode_call, _two_paths_call
from std.os.path.path import split, exists, isdir
from std.os.path_like import PathLike
from std.reflection.location import SourceLocation

comptime sep = "/"
comptime SEEK_SET = 0
comptime SEEK_CUR = 1
comptime SEEK_END = 2


def listdir[P: PathLike](path: P) raises -> List[String]:
    """The names in a directory, without `.` and `..`, in no particular order."""
    var text = path.__fspath__()
    var names = _directory_names(text)
    if not names:
        if not exists(text):
            raise Error("the directory '", text, "' does not exist")
        if not isdir(text):
            raise Error("the path '", text, "' is not a directory")
        raise Error("Can not list directory: ", text, " Err: ", get_errno())
    return names.take()


def mkdir[P: PathLike](path: P, mode: Int = 0o777) raises:
    """Makes a directory."""
    var text = path.__fspath__()
    if not _path_mode_call["mkdir"](text, mode):
        raise Error("Can not create directory: ", text, " Err: ", get_errno())


def makedirs[P: PathLike](path: P, mode: Int = 0o777, exist_ok: Bool = False) raises:
    """Makes a directory and those above it that are missing."""
    _make_all(path.__fspath__(), mode, exist_ok)


def _make_all(path: String, mode: Int, exist_ok: Bool) raises:
    var parts = split(path)
    var head = parts[0]
    if not parts[1]:
        head = split(head)[0]
    if head and not exists(head):
        _make_all(head, 0o777, True)
    try:
        mkdir(path, mode)
    except error:
        if not exist_ok:
            raise Error(error, "\nset `makedirs(path, exist_ok=True)` to allow existing dirs")
        if not isdir(path):
            raise error


def remove[P: PathLike](path: P) raises:
    """Removes a file."""
    var text = path.__fspath__()
    if not _path_call["unlink"](text):
        raise Error("Can not remove file: ", text, " Err: ", get_errno())


def unlink[P: PathLike](path: P) raises:
    """Removes a file."""
    remove(path)


def rmdir[P: PathLike](path: P) raises:
    """Removes an empty directory."""
    var text = path.__fspath__()
    if not _path_call["rmdir"](text):
        raise Error("Can not remove directory: ", text, " Err: ", get_errno())


def removedirs[P: PathLike](path: P) raises:
    """Removes an empty directory, then those above it as long as they are empty."""
    var text = path.__fspath__()
    rmdir(text)
    var head = split(text)[0]
    while head and head != sep:
        if not _path_call["rmdir"](head):
            return
        head = split(head)[0]


def symlink[Target: PathLike, Link: PathLike](target: Target, linkpath: Link) raises:
    """Makes a symbolic link to `target`."""
    var text = linkpath.__fspath__()
    if not _two_paths_call["symlink"](target.__fspath__(), text):
        raise Error("Can not create symlink: ", text, " Err: ", get_errno())


def link[Old: PathLike, New: PathLike](oldpath: Old, newpath: New) raises:
    """Gives a file another name."""
    var text = newpath.__fspath__()
    if not _two_paths_call["link"](oldpath.__fspath__(), text):
        raise Error("Can not create link: ", text, " Err: ", get_errno())


def chdir[P: PathLike](path: P) raises:
    """Changes the current directory."""
    var text = path.__fspath__()
    if not _path_call["chdir"](text):
        raise Error("Can not change directory: ", text, " Err: ", get_errno())


def isatty(fd: Int) -> Bool:
    """Whether a descriptor is a terminal."""
    return external_call["isatty", Int32](fd.cast[DType.int32]()) == 1


def getuid() -> Int:
    """The number of the user."""
    return external_call["getuid", UInt32]().cast[DType.int]()


@__call_location
def abort() -> Never:
    """Ends the program at once."""
    __trap()


@__call_location
def abort[*, prefix: StaticString = "ABORT:"](message: String, *, location: Optional[SourceLocation] = None) -> Never:
    """Ends the program at once with a message."""
    var file = StaticString(unsafe_from_utf8_ptr=__location_file_pointer(), length=__location_file_length())
    var place = location.or_else(SourceLocation(__location_line(), __location_column(), file))
    print(prefix, " ", place, ": ", message, sep="", flush=True)
    __trap()
