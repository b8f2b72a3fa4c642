"""The error number that C functions leave behind."""
from std.ffi.external import external_call
from std.memory.pointer import Pointer, __pointer_from_int


struct ErrNo(TrivialRegisterPassable, Equatable, Writable):
    """A number of an error of the operating system; prints as its text."""

    var value: Int32

    comptime SUCCESS = Self(0)
    comptime EPERM = Self(1)
    comptime ENOENT = Self(2)
    comptime EINTR = Self(4)
    comptime EIO = Self(5)
    comptime EBADF = Self(9)
    comptime EAGAIN = Self(11)
    comptime ENOMEM = Self(12)
    comptime EACCES = Self(13)
    comptime EEXIST = Self(17)
    comptime ENOTDIR = Self(20)
    comptime EISDIR = Self(21)
    comptime EINVAL = Self(22)
    comptime ENOSPC = Self(28)
    comptime EPIPE = Self(32)
    comptime ENOTEMPTY = Self(39)

    @always_inline
    def __init__(out self, value: Int):
        self.value = value.cast[DType.int32]()

    @always_inline
    def __eq__(self, other: Self) -> Bool:
        return self.value == other.value

    def write_to(self, mut writer: Some[Writer]):
        """Writes the text that `print` shows."""
        var text = external_call["strerror", Int](self.value)
        String(unsafe_from_utf8_ptr=__pointer_from_int[Pointer[UInt8, MutUntrackedOrigin]](text)).write_to(writer)


@always_inline
def _errno_place() -> Pointer[Int32, MutUntrackedOrigin]:
    return __pointer_from_int[Pointer[Int32, MutUntrackedOrigin]](external_call["__errno_location", Int]())


def get_errno() -> ErrNo:
    """The number that the last failing C function of this thread left."""
    return ErrNo(_errno_place()[].cast[DType.int]())


def set_errno(errno: ErrNo):
    """Sets the number."""
    _errno_place()[] = errno.value
