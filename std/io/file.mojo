"""Files: `open` and the handle that it returns."""
from std.builtin.simd import __size_of
from std.ffi.errno import get_errno
from std.io._system import (
    _open_file, _close_file, _read_some, _seek_file, O_RDONLY, O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND,
)
from std.io.file_descriptor import _write_bytes
from std.io.io import _LineBuffer, _LINE_BYTES
from std.memory.memory import stack_allocation
from std.memory.pointer import Pointer, __pointer_to_int
from std.os.path_like import PathLike

comptime CLOSED = -1


struct FileHandle(Defaultable, Movable, Deinitable, Writer):
    """An open file. It is closed when the handle's life ends."""

    var handle: Int

    def __init__(out self):
        """A handle without a file."""
        self.handle = CLOSED

    def __init__(out self, path: String, mode: String) raises:
        """Opens a file for reading (`r`), for writing anew (`w`), for both (`rw`), or for writing at the end (`a`)."""
        var flags: Int
        if mode == "r":
            flags = O_RDONLY
        elif mode == "w":
            flags = O_WRONLY | O_CREAT | O_TRUNC
        elif mode == "rw":
            flags = O_RDWR | O_CREAT
        elif mode == "a":
            flags = O_WRONLY | O_CREAT | O_APPEND
        else:
            raise Error('invalid mode: "', mode, '". Can only be one of: {"r", "w", "rw", "a"}')
        self.handle = _open_file(path, flags)
        if self.handle < 0:
            raise Error("Failed to open file '", path, "': ", get_errno())

    def __init__(out self, *, deinit move: Self):
        self.handle = move.handle

    def __deinit__(deinit self):
        if self.handle != CLOSED:
            _ = _close_file(self.handle)

    def __enter__(var self) -> Self:
        """The handle itself."""
        return self^

    def close(mut self) raises:
        """Closes the file; again is no error."""
        if self.handle == CLOSED:
            return
        var ok = _close_file(self.handle)
        self.handle = CLOSED
        if not ok:
            raise Error("Failed to close file: ", get_errno())

    def _get_raw_fd(self) -> Int:
        """The system's number of the open file."""
        return self.handle

    def _require_open(self) raises:
        if self.handle == CLOSED:
            raise Error("invalid file handle")

    # ---- reading

    def read(self, size: Int = -1) raises -> String:
        """Text from the current position: at most `size` bytes, or all that is left."""
        var bytes = self.read_bytes(size)
        return String(unsafe_from_utf8=Span(bytes))

    def read_bytes(self, size: Int = -1) raises -> List[UInt8]:
        """Bytes from the current position: at most `size`, or all that are left."""
        self._require_open()
        var bytes = List[UInt8]()
        var room = stack_allocation[4096, UInt8]()
        while size < 0 or len(bytes) < size:
            var wanted = 4096 if size < 0 else min(4096, size - len(bytes))
            var got = _read_some(self.handle, __pointer_to_int(room), wanted)
            if got < 0:
                raise Error("Failed to read from file: ", get_errno())
            if got == 0:
                break
            bytes.reserve(len(bytes) + got)
            for i in range(got):
                bytes.append(room.unsafe_offset(i)[])
        return bytes^

    def read[dtype: DType, //](self, buffer: Span[mut=True, Scalar[dtype], _]) raises -> Int:
        """Fills a buffer from the current position; the number of bytes read."""
        self._require_open()
        var size = len(buffer) * __size_of[Scalar[dtype]]()
        var start = __pointer_to_int(buffer.unsafe_ptr())
        var total = 0
        while total < size:
            var got = _read_some(self.handle, start + total, size - total)
            if got < 0:
                raise Error("Failed to read from file: ", get_errno())
            if got == 0:
                break
            total += got
        return total

    def seek(self, offset: Int, whence: Int = 0) raises -> UInt64:
        """Moves the position: `offset` from the start (0), from where it is (1) or from the end (2); the new position."""
        self._require_open()
        var position = _seek_file(self.handle, offset, whence)
        if position < 0:
            raise Error("Failed to seek in file: ", get_errno())
        return position.cast[DType.uint64]()

    # ---- writing

    def write[*Ts: Writable](mut self, *args: *Ts):
        """Writes what the values print, one after the other."""
        var buffer = _LineBuffer(self.handle, stack_allocation[_LINE_BYTES, UInt8]())
        comptime for i in range(args.__len__()):
            args[i].write_to(buffer)
        buffer.finish(False)

    def write_string(mut self, string: StringSlice[_]):
        """Writes text."""
        _write_bytes(self.handle, __pointer_to_int(string.unsafe_ptr()), string.byte_length())

    def write_bytes(mut self, bytes: Span[UInt8, _]):
        """Writes bytes."""
        _write_bytes(self.handle, __pointer_to_int(bytes.unsafe_ptr()), len(bytes))

    def write_all(mut self, bytes: Span[UInt8, _]):
        """Writes bytes."""
        self.write_bytes(bytes)


def open[P: PathLike](path: P, mode: StringSlice[_]) raises -> FileHandle:
    """Opens a file for reading (`r`), for writing anew (`w`), for both (`rw`), or for writing at the end (`a`)."""
    return FileHandle(path.__fspath__(), String(mode))
