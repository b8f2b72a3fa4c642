"""What the operating system knows of a file."""
from std.io._system import _Status, _status_of
from std.os.path_like import PathLike


@fieldwise_init
struct _TimeSpec(TrivialRegisterPassable, Writable):
    """A point in time since 1970: seconds and nanoseconds."""

    var tv_sec: Int
    var tv_subsec: Int

    def as_nanoseconds(self) -> Int:
        return self.tv_sec * 1000000000 + self.tv_subsec

    def write_to(self, mut writer: Some[Writer]):
        writer.write(self.as_nanoseconds())


def _time_spec(nanoseconds: Int) -> _TimeSpec:
    return _TimeSpec(nanoseconds // 1000000000, nanoseconds % 1000000000)


struct stat_result(ImplicitlyCopyable, Movable, Deinitable, Writable):
    """Facts about a file."""

    var st_mode: Int
    var st_ino: Int
    var st_dev: Int
    var st_nlink: Int
    var st_uid: Int
    var st_gid: Int
    var st_size: Int
    var st_atimespec: _TimeSpec
    var st_mtimespec: _TimeSpec
    var st_ctimespec: _TimeSpec
    var st_birthtimespec: _TimeSpec
    var st_blocks: Int
    var st_blksize: Int
    var st_rdev: Int
    var st_flags: Int

    def __init__(out self, status: _Status):
        self.st_mode = status.mode
        self.st_ino = status.inode
        self.st_dev = status.device
        self.st_nlink = status.links
        self.st_uid = status.user
        self.st_gid = status.group
        self.st_size = status.size
        self.st_atimespec = _time_spec(status.accessed)
        self.st_mtimespec = _time_spec(status.modified)
        self.st_ctimespec = _time_spec(status.changed)
        self.st_birthtimespec = _time_spec(status.created)
        self.st_blocks = status.blocks
        self.st_blksize = status.block_size
        self.st_rdev = status.special_device
        self.st_flags = 0

    def write_to(self, mut writer: Some[Writer]):
        """Writes the text that `print` shows."""
        writer.write("os.stat_result(st_mode=", self.st_mode, ", st_ino=", self.st_ino, ", st_dev=", self.st_dev)
        writer.write(", st_nlink=", self.st_nlink, ", st_uid=", self.st_uid, ", st_gid=", self.st_gid)
        writer.write(", st_size=", self.st_size, ", st_atime=", self.st_atimespec, ", st_mtime=", self.st_mtimespec)
        writer.write(", st_ctime=", self.st_ctimespec, ", st_birthtime=", self.st_birthtimespec)
        writer.write(", st_blocks=", self.st_blocks, ", st_blksize=", self.st_blksize, ", st_rdev=", self.st_rdev)
        writer.write(", st_flags=", self.st_flags, ")")


def stat[P: PathLike](path: P) raises -> stat_result:
    """Facts about a file; of what it points to, if it is a link."""
    return _stat(path.__fspath__(), True)


def lstat[P: PathLike](path: P) raises -> stat_result:
    """Facts about a file; of the link itself, if it is one."""
    return _stat(path.__fspath__(), False)


def _stat(path: String, follow: Bool) raises -> stat_result:
    var status = _status_of(path, follow)
    if not status:
        raise Error("unable to stat '", path, "'")
    return stat_result(status.value())
