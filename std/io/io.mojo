"""`print` and `input`."""
from std.io.file_descriptor import RawFileDescriptor, _FLUSH, _read_bytes, _write_bytes
from std.memory.memory import stack_allocation, __memory_copy, __foreign_free, __foreign_malloc
from std.memory.pointer import Pointer, __pointer_from_int, __pointer_to_int

comptime _LINE_BYTES = 1024
comptime _MOST_LINE_BYTES = 1048576


struct _LineBuffer(Writer, Movable, Deinitable):
    """Gathers the text of one `print`, so that it is written at once: first on the stack, then in an allocation. What has more than
    1 MiB is written in pieces."""

    var _descriptor: Int
    var _bytes: Pointer[UInt8, MutUntrackedOrigin]
    var _count: Int
    var _room: Int

    @always_inline
    def __init__(out self, descriptor: Int, bytes: Pointer[UInt8, MutUntrackedOrigin]):
        """`bytes` has room for `_LINE_BYTES`."""
        self._descriptor = descriptor
        self._bytes = bytes
        self._count = 0
        self._room = _LINE_BYTES

    @no_inline
    def write_string(mut self, text: StringSlice[_]):
        var length = text.byte_length()
        var end = self._count + length
        if end > self._room:
            self._make_room(end)
            if length > self._room:
                _write_bytes(self._descriptor, __pointer_to_int(text.unsafe_ptr()), length)
                return
        __memory_copy(self._bytes.unsafe_offset(self._count), text.unsafe_ptr(), length)
        self._count += length

    @no_inline
    def _make_room(mut self, wanted: Int):
        """Moves the text to an allocation that is large enough; where it would be too large, writes the text."""
        var room = wanted * 2
        var address = __foreign_malloc["malloc", Int](room) if room <= _MOST_LINE_BYTES else 0
        if address == 0:
            _write_bytes(self._descriptor, __pointer_to_int(self._bytes), self._count)
            self._count = 0
            return
        var old = self._bytes
        self._bytes = __pointer_from_int[Pointer[UInt8, MutUntrackedOrigin]](address)
        __memory_copy(self._bytes, old, self._count)
        if self._room > _LINE_BYTES:
            __foreign_free["free"](__pointer_to_int(old))
        self._room = room

    @no_inline
    def finish(mut self, flush: Bool):
        """Writes the text. The buffer is not used after that."""
        _write_bytes(self._descriptor, __pointer_to_int(self._bytes), self._count)
        if self._room > _LINE_BYTES:
            __foreign_free["free"](__pointer_to_int(self._bytes))
        if flush:
            _write_bytes(_FLUSH, 0, 0)


def print[*Ts: Writable](
    *values: *Ts,
    sep: StringSlice[_] = " ",
    end: StringSlice[_] = "\n",
    flush: Bool = False,
    file: RawFileDescriptor = RawFileDescriptor(1),
):
    """Writes the values, separated by `sep` and followed by `end`. On a terminal it is there at once, elsewhere with `flush` or before
    the program does anything else that can be seen from outside."""
    var buffer = _LineBuffer(file.value, stack_allocation[_LINE_BYTES, UInt8]())
    comptime for i in range(values.__len__()):
        comptime if i > 0:
            buffer.write_string(sep)
        values[i].write_to(buffer)
    buffer.write_string(end)
    buffer.finish(flush)


def input(prompt: String = "") raises -> String:
    """Reads a line from standard input, without its end; raises `EOF` when there is none."""
    print(prompt, end="")
    var line = String()
    var byte = stack_allocation[1, UInt8]()
    while True:
        var got = _read_bytes(0, __pointer_to_int(byte), 1)
        if got <= 0:
            if line.byte_length() == 0:
                raise Error("EOF")
            return line^
        if byte[] == 10:
            return line^
        line.write_string(StringSlice(unsafe_from_utf8_ptr=byte, length=1))
