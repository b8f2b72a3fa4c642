"""The operating system: environment, files and directories, the end of the program."""
from std.os.path_like import PathLike
from std.os.environment import getenv, setenv, unsetenv
from std.os.files import (
    sep, SEEK_SET, SEEK_CUR, SEEK_END, listdir, mkdir, makedirs, remove, unlink, rmdir, removedirs, symlink, link, chdir, isatty,
    getuid, abort,
)
from std.os.process import Pipe, Process
from std.os.status import stat, lstat, stat_result
import std.os.path
