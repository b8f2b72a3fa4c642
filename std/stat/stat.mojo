"""Kinds of files, in the bits of `stat_result.st_mode`."""

comptime S_IFMT = 0o170000
comptime S_IFSOCK = 0o140000
comptime S_IFLNK = 0o120000
comptime S_IFREG = 0o100000
comptime S_IFBLK = 0o060000
comptime S_IFDIR = 0o040000
comptime S_IFCHR = 0o020000
comptime S_IFIFO = 0o010000


def _kind[T: Intable](mode: T) -> Int:
    return mode.__int__() & S_IFMT


def S_ISREG[T: Intable](mode: T) -> Bool:
    """Whether the mode is that of an ordinary file."""
    return _kind(mode) == S_IFREG


def S_ISDIR[T: Intable](mode: T) -> Bool:
    """Whether the mode is that of a directory."""
    return _kind(mode) == S_IFDIR


def S_ISLNK[T: Intable](mode: T) -> Bool:
    """Whether the mode is that of a symbolic link."""
    return _kind(mode) == S_IFLNK


def S_ISCHR[T: Intable](mode: T) -> Bool:
    """Whether the mode is that of a character device."""
    return _kind(mode) == S_IFCHR


def S_ISBLK[T: Intable](mode: T) -> Bool:
    """Whether the mode is that of a block device."""
    return _kind(mode) == S_IFBLK


def S_ISFIFO[T: Intable](mode: T) -> Bool:
    """Whether the mode is that of a named pipe."""
    return _kind(mode) == S_IFIFO


def S_ISSOCK[T: Intable](mode: T) -> Bool:
    """Whether the mode is that of a socket."""
    return _kind(mode) == S_IFSOCK
