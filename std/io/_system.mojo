"""Files and the environment as the operating system offers them: C functions, with texts turned into what they expect.

Addresses are `Int`. Constants and layouts are Linux's; on wasm `std.runtime.wasi` offers the same functions with the same layouts.
Every function that fails leaves its reason in `errno`.
"""
from std.ffi.errno import get_errno, ErrNo
from std.ffi.external import external_call
from std.memory.memory import stack_allocation
from std.memory.pointer import Pointer, __pointer_from_int, __pointer_to_int

comptime O_RDONLY = 0
comptime O_WRONLY = 1
comptime O_RDWR = 2
comptime O_CREAT = 0o100
comptime O_TRUNC = 0o1000
comptime O_APPEND = 0o2000
comptime O_CLOEXEC = 0o2000000
comptime AT_FDCWD = -100
comptime AT_SYMLINK_NOFOLLOW = 0x100
comptime STATX_BASIC_STATS = 0x7FF
comptime STATX_BTIME = 0x800
comptime STATX_BYTES = 256
comptime DIRENT_NAME = 19
comptime PATH_BYTES = 4096


def _address(mut text: String) -> Int:
    """The address of the text with a zero byte after it. The text must live until the last use of the address."""
    return __pointer_to_int(text.as_c_string_slice().unsafe_ptr())


def _text_at(address: Int) -> String:
    """The text up to a zero byte."""
    return String(unsafe_from_utf8_ptr=__pointer_from_int[Pointer[UInt8, MutUntrackedOrigin]](address))


def _number_at[dtype: DType](address: Int) -> Int:
    return __pointer_from_int[Pointer[Scalar[dtype], MutUntrackedOrigin]](address)[].cast[DType.int]()


def _path_call[name: __string_literal_value](var path: String) -> Bool:
    """Calls a function of one path that returns 0 for success."""
    var status = external_call[name, Int32](_address(path))
    _ = path^
    return status == 0


def _path_mode_call[name: __string_literal_value](var path: String, mode: Int) -> Bool:
    """Calls a function of a path and a mode that returns 0 for success."""
    var status = external_call[name, Int32](_address(path), mode.cast[DType.int32]())
    _ = path^
    return status == 0


def _two_paths_call[name: __string_literal_value](var first: String, var second: String) -> Bool:
    """Calls a function of two paths that returns 0 for success."""
    var status = external_call[name, Int32](_address(first), _address(second))
    _ = first^
    _ = second^
    return status == 0


def _open_file(var path: String, flags: Int) -> Int:
    """A new descriptor, or -1."""
    var descriptor = external_call["open", Int32](_address(path), (flags | O_CLOEXEC).cast[DType.int32](), Int32(0o666))
    _ = path^
    return descriptor.cast[DType.int]()


def _close_file(descriptor: Int) -> Bool:
    return external_call["close", Int32](descriptor.cast[DType.int32]()) == 0


def _read_some(descriptor: Int, address: Int, count: Int) -> Int:
    """Bytes read, at most `count`; 0 at the end, -1 on failure."""
    return external_call["read", Int](descriptor.cast[DType.int32](), address, count)


def _seek_file(descriptor: Int, offset: Int, whence: Int) -> Int:
    """The new position, or -1."""
    return external_call["lseek", Int](descriptor.cast[DType.int32](), offset, whence.cast[DType.int32]())


@fieldwise_init
struct _Status(TrivialRegisterPassable):
    """What the operating system knows of a file. Times are in nanoseconds."""

    var device: Int
    var inode: Int
    var mode: Int
    var links: Int
    var user: Int
    var group: Int
    var special_device: Int
    var size: Int
    var blocks: Int
    var block_size: Int
    var attributes: Int
    var accessed: Int
    var modified: Int
    var changed: Int
    var created: Int


def _device(address: Int) -> Int:
    var major = _number_at[DType.uint32](address)
    var minor = _number_at[DType.uint32](address + 4)
    return (minor & 0xFF) | ((major & 0xFFF) << 8) | ((minor >> 8) << 20) | ((major >> 12) << 44)


def _time_at(address: Int) -> Int:
    return _number_at[DType.int64](address) * 1000000000 + _number_at[DType.uint32](address + 8)


def _status_of(var path: String, follow: Bool) -> Optional[_Status]:
    """Facts about a file; of the link itself unless `follow`."""
    var cells = stack_allocation[STATX_BYTES // 8, Int]()
    var at = __pointer_to_int(cells)
    var flags = Int32(0) if follow else Int32(AT_SYMLINK_NOFOLLOW)
    var failed = external_call["statx", Int32](
        Int32(AT_FDCWD), _address(path), flags, UInt32(STATX_BASIC_STATS | STATX_BTIME), at
    )
    _ = path^
    if failed != 0:
        return Optional[_Status]()
    var status = _Status(
        device=_device(at + 136),
        inode=_number_at[DType.int64](at + 32),
        mode=_number_at[DType.uint16](at + 28),
        links=_number_at[DType.uint32](at + 16),
        user=_number_at[DType.uint32](at + 20),
        group=_number_at[DType.uint32](at + 24),
        special_device=_device(at + 128),
        size=_number_at[DType.int64](at + 40),
        blocks=_number_at[DType.int64](at + 48),
        block_size=_number_at[DType.uint32](at + 4),
        attributes=_number_at[DType.int64](at + 8),
        accessed=_time_at(at + 64),
        modified=_time_at(at + 112),
        changed=_time_at(at + 96),
        created=_time_at(at + 80),
    )
    return Optional[_Status](status)


def _file_kind(path: String, follow: Bool) -> Int:
    """The kind bits of a file's mode; 0 where there is no such file."""
    var status = _status_of(path, follow)
    if not status:
        return 0
    return status.value().mode & 0o170000


def _directory_names(var path: String) -> Optional[List[String]]:
    """The names in a directory, without `.` and `..`."""
    var directory = external_call["opendir", Int](_address(path))
    _ = path^
    if directory == 0:
        return Optional[List[String]]()
    var names = List[String]()
    while True:
        var entry = external_call["readdir", Int](directory)
        if entry == 0:
            break
        var name = _text_at(entry + DIRENT_NAME)
        if name != "." and name != "..":
            names.append(name^)
    _ = external_call["closedir", Int32](directory)
    return Optional[List[String]](names^)


def _environment(var name: String) -> Optional[String]:
    """An environment variable."""
    var value = external_call["getenv", Int](_address(name))
    _ = name^
    if value == 0:
        return Optional[String]()
    return Optional[String](_text_at(value))


def _current_directory() -> String:
    var room = stack_allocation[PATH_BYTES, UInt8]()
    var found = external_call["getcwd", Int](__pointer_to_int(room), PATH_BYTES)
    if found == 0:
        return String(".")
    return _text_at(found)
