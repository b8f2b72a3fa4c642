"""Files, the environment and waiting for wasm: the C functions that the library calls, made of WASI's.

Numbers of errors, flags and the layouts of `statx` and `readdir` are Linux's, as the library expects them. Paths are relative to the
preopened directory 3 (`.`) or, with a leading slash, 4 (`/`). Every function that fails leaves its reason in `errno`.
"""
from std.memory.memory import stack_allocation, __memory_copy, __memory_set
from std.memory.pointer import Pointer, __pointer_from_int, __pointer_to_int
from std.runtime.wasm import malloc, free


@__intrinsic("foreign.call")
def __wasi[name: __string_literal_value, Result: TrivialRegisterPassable, *Ts: TrivialRegisterPassable](*args: *Ts) -> Result:
    ...


@__intrinsic("memory.slot")
def __wasi_slot[name: __string_literal_value]() -> Pointer[Int, MutUntrackedOrigin]:
    ...


comptime DIRECTORY_HERE = 3
comptime DIRECTORY_ROOT = 4
comptime NO_SYSTEM_CALL = 38


@always_inline
def _byte(address: Int) -> Pointer[UInt8, MutUntrackedOrigin]:
    return __pointer_from_int[Pointer[UInt8, MutUntrackedOrigin]](address)


@always_inline
def _half(address: Int) -> Pointer[UInt32, MutUntrackedOrigin]:
    return __pointer_from_int[Pointer[UInt32, MutUntrackedOrigin]](address)


@always_inline
def _cell(address: Int) -> Pointer[Int, MutUntrackedOrigin]:
    return __pointer_from_int[Pointer[Int, MutUntrackedOrigin]](address)


@always_inline
def _narrow(value: Int) -> Int32:
    return value.cast[DType.int32]()


def _length(address: Int) -> Int:
    var end = address
    while _byte(end)[] != 0:
        end += 1
    return end - address


# ---- errors


def __errno_location() -> Int:
    """Where the number of the last error is."""
    return __pointer_to_int(__wasi_slot["wasi.errno"]())


def _linux_error(status: Int32) -> Int:
    """Linux's number of a WASI error."""
    if status == 2:
        return 13
    if status == 8:
        return 9
    if status == 10:
        return 16
    if status == 20:
        return 17
    if status == 28:
        return 22
    if status == 31:
        return 21
    if status == 44:
        return 2
    if status == 48:
        return 12
    if status == 51:
        return 28
    if status == 52:
        return NO_SYSTEM_CALL
    if status == 54:
        return 20
    if status == 55:
        return 39
    if status == 58:
        return 95
    if status == 63 or status == 76:
        return 1
    if status == 64:
        return 32
    if status == 69:
        return 30
    if status == 70:
        return 29
    return 5


def _checked(status: Int32) -> Int32:
    """0 for success; otherwise -1, with `errno` set."""
    if status == 0:
        return 0
    __wasi_slot["wasi.errno"]()[] = _linux_error(status)
    return -1


def _refused() -> Int32:
    """What WASI has no function for."""
    __wasi_slot["wasi.errno"]()[] = NO_SYSTEM_CALL
    return -1


def _error_text(number: Int32) -> StaticString:
    if number == 1:
        return "Operation not permitted"
    if number == 2:
        return "No such file or directory"
    if number == 9:
        return "Bad file descriptor"
    if number == 12:
        return "Cannot allocate memory"
    if number == 13:
        return "Permission denied"
    if number == 16:
        return "Device or resource busy"
    if number == 17:
        return "File exists"
    if number == 20:
        return "Not a directory"
    if number == 21:
        return "Is a directory"
    if number == 22:
        return "Invalid argument"
    if number == 28:
        return "No space left on device"
    if number == 29:
        return "Illegal seek"
    if number == 30:
        return "Read-only file system"
    if number == 32:
        return "Broken pipe"
    if number == NO_SYSTEM_CALL:
        return "Function not implemented"
    if number == 39:
        return "Directory not empty"
    if number == 95:
        return "Operation not supported"
    if number == 0:
        return "Success"
    return "Input/output error"


def strerror(number: Int32) -> Int:
    """The text of an error. Literals have a zero byte after them."""
    return __pointer_to_int(_error_text(number).unsafe_ptr())


# ---- descriptors


def _directory_of(path: Int) -> Int32:
    return DIRECTORY_ROOT if _byte(path)[] == 47 else DIRECTORY_HERE


def _inside(path: Int) -> Int32:
    """The path as its directory sees it, without slashes in front."""
    var start = path
    while _byte(start)[] == 47:
        start += 1
    return _narrow(start)


def _inside_length(path: Int) -> Int32:
    return _narrow(_length(Int(_inside(path))))


def _open_at(path: Int, open_flags: Int32, rights: Int, descriptor_flags: Int32) -> Int32:
    var cell = stack_allocation[1, Int]()
    var status = __wasi["wasi_snapshot_preview1.path_open", Int32](
        _directory_of(path), Int32(1), _inside(path), _inside_length(path), open_flags, rights, rights, descriptor_flags,
        _narrow(__pointer_to_int(cell)),
    )
    if _checked(status) != 0:
        return -1
    return (cell[] & 0xFFFFFFFF).cast[DType.int32]()


def open(path: Int, flags: Int32, mode: Int32) -> Int32:
    """A new descriptor, or -1. The mode is not used: WASI has none."""
    var rights = 2 | 4 | 32 | 0x200000
    var access = flags & 3
    if access == 1:
        rights = 64 | 4 | 32 | 0x200000
    elif access == 2:
        rights |= 64
    var open_flags: Int32 = 0
    if flags & 0o100 != 0:
        open_flags |= 1
    if flags & 0o200 != 0:
        open_flags |= 4
    if flags & 0o1000 != 0:
        open_flags |= 8
    return _open_at(path, open_flags, rights, Int32(1) if flags & 0o2000 != 0 else Int32(0))


def close(descriptor: Int32) -> Int32:
    """Closes a descriptor."""
    return _checked(__wasi["wasi_snapshot_preview1.fd_close", Int32](descriptor))


def read(descriptor: Int32, address: Int, count: Int) -> Int:
    """Bytes read, 0 at the end, or -1."""
    var cells = stack_allocation[4, UInt32]()
    cells.unsafe_offset(0)[] = address.cast[DType.uint32]()
    cells.unsafe_offset(1)[] = count.cast[DType.uint32]()
    cells.unsafe_offset(2)[] = 0
    var at = _narrow(__pointer_to_int(cells))
    var status = __wasi["wasi_snapshot_preview1.fd_read", Int32](descriptor, at, Int32(1), at + 8)
    if _checked(status) != 0:
        return -1
    return cells.unsafe_offset(2)[].cast[DType.int]()


def lseek(descriptor: Int32, offset: Int, whence: Int32) -> Int:
    """The new position, or -1."""
    var cell = stack_allocation[1, Int]()
    var status = __wasi["wasi_snapshot_preview1.fd_seek", Int32](
        descriptor, offset, whence, _narrow(__pointer_to_int(cell))
    )
    if _checked(status) != 0:
        return -1
    return cell[]


def isatty(descriptor: Int32) -> Int32:
    """Whether a descriptor is a character device, which is what WASI tells."""
    var cells = stack_allocation[3, Int]()
    var at = __pointer_to_int(cells)
    if _checked(__wasi["wasi_snapshot_preview1.fd_fdstat_get", Int32](descriptor, _narrow(at))) != 0:
        return 0
    return 1 if _byte(at)[] == 2 else 0


# ---- names


def mkdir(path: Int, mode: Int32) -> Int32:
    """Makes a directory."""
    return _checked(
        __wasi["wasi_snapshot_preview1.path_create_directory", Int32](_directory_of(path), _inside(path), _inside_length(path))
    )


def rmdir(path: Int) -> Int32:
    """Removes an empty directory."""
    return _checked(
        __wasi["wasi_snapshot_preview1.path_remove_directory", Int32](_directory_of(path), _inside(path), _inside_length(path))
    )


def unlink(path: Int) -> Int32:
    """Removes a file."""
    return _checked(
        __wasi["wasi_snapshot_preview1.path_unlink_file", Int32](_directory_of(path), _inside(path), _inside_length(path))
    )


def symlink(target: Int, path: Int) -> Int32:
    """Makes a symbolic link."""
    return _checked(
        __wasi["wasi_snapshot_preview1.path_symlink", Int32](
            _narrow(target), _narrow(_length(target)), _directory_of(path), _inside(path), _inside_length(path)
        )
    )


def link(old: Int, new: Int) -> Int32:
    """Gives a file another name."""
    return _checked(
        __wasi["wasi_snapshot_preview1.path_link", Int32](
            _directory_of(old), Int32(0), _inside(old), _inside_length(old), _directory_of(new), _inside(new), _inside_length(new)
        )
    )


def chdir(path: Int) -> Int32:
    """WASI has no current directory to change."""
    return _refused()


def getcwd(address: Int, size: Int) -> Int:
    """The value of `PWD` or `.`: WASI does not tell."""
    var found = _find_variable("PWD")
    var value = _cell(found)[] + 4 if found != 0 else __pointer_to_int(StaticString(".").unsafe_ptr())
    var length = _length(value) + 1
    if length > size:
        return 0
    __memory_copy(_byte(address), _byte(value), length)
    return address


def _mode(kind: UInt8) -> UInt32:
    """Kind bits and permissions of a mode, from the kind that WASI tells."""
    if kind == 3:
        return 0o040755
    if kind == 4:
        return 0o100644
    if kind == 7:
        return 0o120777
    if kind == 1:
        return 0o060644
    if kind == 2:
        return 0o020644
    return 0o140644


def _put_time(address: Int, nanoseconds: Int):
    _cell(address)[] = nanoseconds // 1000000000
    _half(address + 8)[] = (nanoseconds % 1000000000).cast[DType.uint32]()


def statx(directory: Int32, path: Int, flags: Int32, mask: UInt32, result: Int) -> Int32:
    """Facts about a file in the layout of Linux; 0 for what WASI does not tell."""
    var cells = stack_allocation[8, Int]()
    var at = __pointer_to_int(cells)
    var follow: Int32 = 0 if flags & 0x100 != 0 else 1
    var status = __wasi["wasi_snapshot_preview1.path_filestat_get", Int32](
        _directory_of(path), follow, _inside(path), _inside_length(path), _narrow(at)
    )
    if _checked(status) != 0:
        return -1
    __memory_set(_byte(result), 0, 256)
    _half(result + 4)[] = 4096
    _half(result + 16)[] = _cell(at + 24)[].cast[DType.uint32]()
    _half(result + 28)[] = _mode(_byte(at + 16)[])
    _cell(result + 32)[] = _cell(at + 8)[]
    _cell(result + 40)[] = _cell(at + 32)[]
    _cell(result + 48)[] = (_cell(at + 32)[] + 511) // 512
    _put_time(result + 64, _cell(at + 40)[])
    _put_time(result + 112, _cell(at + 48)[])
    _put_time(result + 96, _cell(at + 56)[])
    _half(result + 140)[] = _cell(at)[].cast[DType.uint32]()
    return 0


# ---- directories: a block with the descriptor, the buffer, its size, the used part, the position and room for one entry

comptime ENTRY = 40
comptime WASI_ENTRY_BYTES = 24
comptime NAME_IN_ENTRY = 19


def opendir(path: Int) -> Int:
    """Reads a directory whole; 0 on failure."""
    var descriptor = _open_at(path, 2, 0x4000 | 0x200000, 0)
    if descriptor < 0:
        return 0
    var size = 4096
    var buffer = malloc(size)
    var used = stack_allocation[1, Int]()
    while True:
        used[] = 0
        var status = __wasi["wasi_snapshot_preview1.fd_readdir", Int32](
            descriptor, _narrow(buffer), _narrow(size), Int(0), _narrow(__pointer_to_int(used))
        )
        if _checked(status) != 0:
            free(buffer)
            _ = __wasi["wasi_snapshot_preview1.fd_close", Int32](descriptor)
            return 0
        if used[] < size:
            break
        # A full buffer may have cut the last entry.
        free(buffer)
        size *= 2
        buffer = malloc(size)
    _ = __wasi["wasi_snapshot_preview1.fd_close", Int32](descriptor)
    var directory = malloc(ENTRY + 512)
    _cell(directory)[] = buffer
    _cell(directory + 8)[] = buffer + used[]
    _cell(directory + 16)[] = buffer
    return directory


def readdir(directory: Int) -> Int:
    """The next entry, with its name at byte 19 as in Linux; 0 at the end."""
    var at = _cell(directory + 16)[]
    if at + WASI_ENTRY_BYTES > _cell(directory + 8)[]:
        return 0
    var length = _half(at + 16)[].cast[DType.int]()
    _cell(directory + 16)[] = at + WASI_ENTRY_BYTES + length
    var entry = directory + ENTRY
    var kept = min(length, 511 - NAME_IN_ENTRY)
    __memory_copy(_byte(entry + NAME_IN_ENTRY), _byte(at + WASI_ENTRY_BYTES), kept)
    _byte(entry + NAME_IN_ENTRY + kept)[] = 0
    return entry


def closedir(directory: Int) -> Int32:
    """Gives the memory back."""
    free(_cell(directory)[])
    free(directory)
    return 0


# ---- environment: a table of addresses of `NAME=value`, of which a program may replace and add entries


def _load_environment():
    """Reads the environment once: slot `wasi.environ` is the table, `wasi.environ.count` its entries, `….room` its size."""
    if __wasi_slot["wasi.environ"]()[] != 0:
        return
    var sizes = stack_allocation[2, UInt32]()
    var at = _narrow(__pointer_to_int(sizes))
    _ = __wasi["wasi_snapshot_preview1.environ_sizes_get", Int32](at, at + 4)
    var count = sizes.unsafe_offset(0)[].cast[DType.int]()
    var addresses = malloc(4 * count + 4)
    var texts = malloc(sizes.unsafe_offset(1)[].cast[DType.int]() + 1)
    _ = __wasi["wasi_snapshot_preview1.environ_get", Int32](_narrow(addresses), _narrow(texts))
    var room = count + 16
    var table = malloc(8 * room)
    for i in range(count):
        _cell(table + 8 * i)[] = _half(addresses + 4 * i)[].cast[DType.int]()
    free(addresses)
    __wasi_slot["wasi.environ"]()[] = table
    __wasi_slot["wasi.environ.count"]()[] = count
    __wasi_slot["wasi.environ.room"]()[] = room


def _find_variable_at(name: Int, length: Int) -> Int:
    """The address of a variable's place in the table; 0 where it is not set."""
    _load_environment()
    var table = __wasi_slot["wasi.environ"]()[]
    for i in range(__wasi_slot["wasi.environ.count"]()[]):
        var text = _cell(table + 8 * i)[]
        var same = 0
        while same < length and _byte(text + same)[] == _byte(name + same)[]:
            same += 1
        if same == length and _byte(text + length)[] == 61:
            return table + 8 * i
    return 0


def _find_variable(name: StaticString) -> Int:
    return _find_variable_at(__pointer_to_int(name.unsafe_ptr()), name.byte_length())


def _has_equals_sign(name: Int) -> Bool:
    var at = name
    while _byte(at)[] != 0:
        if _byte(at)[] == 61:
            return True
        at += 1
    return at == name


def getenv(name: Int) -> Int:
    """The address of a variable's value, or 0."""
    var length = _length(name)
    var found = _find_variable_at(name, length)
    return 0 if found == 0 else _cell(found)[] + length + 1


def setenv(name: Int, value: Int, overwrite: Int32) -> Int32:
    """Sets a variable."""
    if _has_equals_sign(name):
        __wasi_slot["wasi.errno"]()[] = 22
        return -1
    var name_length = _length(name)
    var value_length = _length(value)
    var place = _find_variable_at(name, name_length)
    if place != 0 and overwrite == 0:
        return 0
    var text = malloc(name_length + value_length + 2)
    __memory_copy(_byte(text), _byte(name), name_length)
    _byte(text + name_length)[] = 61
    __memory_copy(_byte(text + name_length + 1), _byte(value), value_length + 1)
    if place == 0:
        var count = __wasi_slot["wasi.environ.count"]()[]
        if count == __wasi_slot["wasi.environ.room"]()[]:
            var larger = malloc(16 * count)
            __memory_copy(_byte(larger), _byte(__wasi_slot["wasi.environ"]()[]), 8 * count)
            free(__wasi_slot["wasi.environ"]()[])
            __wasi_slot["wasi.environ"]()[] = larger
            __wasi_slot["wasi.environ.room"]()[] = 2 * count
        place = __wasi_slot["wasi.environ"]()[] + 8 * count
        __wasi_slot["wasi.environ.count"]()[] = count + 1
    # An old text stays: somebody may hold its address, as with C's.
    _cell(place)[] = text
    return 0


def unsetenv(name: Int) -> Int32:
    """Removes a variable."""
    if _has_equals_sign(name):
        __wasi_slot["wasi.errno"]()[] = 22
        return -1
    var place = _find_variable_at(name, _length(name))
    if place == 0:
        return 0
    var count = __wasi_slot["wasi.environ.count"]()[] - 1
    _cell(place)[] = _cell(__wasi_slot["wasi.environ"]()[] + 8 * count)[]
    __wasi_slot["wasi.environ.count"]()[] = count
    return 0


# ---- waiting


def nanosleep(wanted: Int, left: Int) -> Int32:
    """Waits: a subscription to the monotonic clock, relative."""
    var cells = stack_allocation[11, Int]()
    var at = __pointer_to_int(cells)
    __memory_set(_byte(at), 0, 88)
    _half(at + 16)[] = 1
    _cell(at + 24)[] = _cell(wanted)[] * 1000000000 + _cell(wanted + 8)[]
    return _checked(
        __wasi["wasi_snapshot_preview1.poll_oneoff", Int32](_narrow(at), _narrow(at + 48), Int32(1), _narrow(at + 80))
    )
