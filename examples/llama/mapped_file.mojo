"""A file in memory: mapped where the system can do that, so that nothing is read before it is used and nothing is copied; elsewhere read
once into memory of its own."""
from std.ffi import c_int, external_call
from std.memory import unsafe_memcpy
from std.memory.alloc import unsafe_alloc
from std.os.path import getsize
from std.sys import size_of
from std.sys.info import CompilationTarget

comptime Bytes = Pointer[UInt8, MutUntrackedOrigin]
comptime PROT_READ = c_int(1)
comptime MAP_PRIVATE = c_int(2)
comptime CAN_MAP = CompilationTarget.is_linux()


struct MappedFile(Movable):
    """The bytes of a file, for reading. They stay where they are until the value's life ends, also when it is moved."""

    var _data: Bytes
    var _size: Int
    var _is_mapped: Bool

    def __init__(out self, bytes: Span[UInt8, _]):
        """A copy of bytes that somebody else has read."""
        self._size = len(bytes)
        self._data = unsafe_alloc[UInt8](self._size, alignment=64)
        self._is_mapped = False
        unsafe_memcpy(dest=self._data, src=bytes.unsafe_ptr(), count=self._size)

    def __init__(out self, path: String) raises:
        """Maps a file that exists and is not empty."""
        self._size = Int(getsize(path))
        self._is_mapped = CAN_MAP
        if self._size == 0:
            raise Error(path, " is empty")
        with open(path, "r") as file:
            comptime if CAN_MAP:
                self._data = external_call["mmap", Bytes](
                    0, self._size, PROT_READ, MAP_PRIVATE, c_int(file._get_raw_fd()), 0
                )
            else:
                self._data = unsafe_alloc[UInt8](self._size, alignment=64)
                _ = file.read(Span(unsafe_ptr=self._data, length=self._size))
        if Int(self._data) == -1:
            raise Error("cannot map ", path)

    def __deinit__(deinit self):
        comptime if CAN_MAP:
            if self._is_mapped:
                _ = external_call["munmap", c_int](self._data, self._size)
                return
        self._data.unsafe_free()

    def reader(self) -> Reader:
        """Takes the file apart from its start. What it gives is valid as long as this value."""
        return Reader(self._data, self._size)


struct Reader(Movable):
    """A place in a file that moves on with everything that is taken."""

    var _data: Bytes
    var _left: Int

    def __init__(out self, data: Bytes, size: Int):
        self._data = data
        self._left = size

    def take[dtype: DType](mut self, count: Int) raises -> Pointer[Scalar[dtype], ImmUntrackedOrigin]:
        """The address of the next `count` numbers."""
        var size = count * size_of[Scalar[dtype]]()
        if count < 0 or size > self._left:
            raise Error("the file ends too early: ", size, " more bytes are expected, ", self._left, " are there")
        var result = self._data.unsafe_bitcast[Scalar[dtype]]()
        self._data = self._data.unsafe_offset(size)
        self._left -= size
        return result.unsafe_mut_cast[False]().unsafe_origin_cast[ImmUntrackedOrigin]()

    def number[dtype: DType](mut self) raises -> Int:
        """The next number."""
        return Int(self.take[dtype](1)[])

    def floats(mut self, count: Int) raises -> Span[Float32, ImmUntrackedOrigin]:
        """The next `count` floats."""
        return Span(unsafe_ptr=self.take[DType.float32](count), length=count)

    def is_at_end(self) -> Bool:
        return self._left == 0
