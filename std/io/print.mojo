"""`print` and `input`."""
from std.memory.memory import stack_allocation, __memory_copy
from std.memory.pointer import Pointer, __pointer_to_int


@__intrinsic("foreign.call")
def __foreign_write[name: __string_literal_value, Result: AnyType](
    descriptor: Int32, address: Int, count: Int
) -> Result:
    ...


@__intrinsic("foreign.call")
def __foreign_read[name: __string_literal_value, Result: AnyType](
    descriptor: Int32, address: Int, count: Int
) -> Result:
    ...


struct FileDescriptor(TrivialRegisterPassable):
    """An open file of the process, by number."""

    var value: Int

    @always_inline
    @implicit
    def __init__(out self, value: Int):
        self.value = value


def _write_all(descriptor: Int, address: Int, count: Int):
    """Writes all bytes; gives up when the descriptor does not take them."""
    var start = address
    var left = count
    while left > 0:
        var done = __foreign_write["write", Int](descriptor.cast[DType.int32](), start, left)
        if done <= 0:
            return
        start += done
        left -= done


struct _LineBuffer(Writer, Movable, Deinitable):
    """Gathers the text of one `print` on the stack and writes it at once."""

    var _descriptor: Int
    var _bytes: Pointer[UInt8, MutUntrackedOrigin]
    var _count: Int

    @always_inline
    def __init__(out self, descriptor: Int, bytes: Pointer[UInt8, MutUntrackedOrigin]):
        self._descriptor = descriptor
        self._bytes = bytes
        self._count = 0

    @no_inline
    def write_string(mut self, text: StringSlice[_]):
        var length = text.byte_length()
        if self._count + length > 1024:
            self.flush()
        if length > 1024:
            _write_all(self._descriptor, __pointer_to_int(text.unsafe_ptr()), length)
            return
        __memory_copy(self._bytes.unsafe_offset(self._count), text.unsafe_ptr(), length)
        self._count += length

    @no_inline
    def flush(mut self):
        _write_all(self._descriptor, __pointer_to_int(self._bytes), self._count)
        self._count = 0


def print[*Ts: Writable](
    *values: *Ts,
    sep: StaticString = " ",
    end: StaticString = "\n",
    flush: Bool = False,
    file: FileDescriptor = FileDescriptor(1),
):
    """Writes the values, separated by `sep` and followed by `end`."""
    var buffer = _LineBuffer(file.value, stack_allocation[1024, UInt8]())
    comptime for i in range(values.__len__()):
        comptime if i > 0:
            buffer.write_string(sep)
        values[i].write_to(buffer)
    buffer.write_string(end)
    buffer.flush()


def input(prompt: StaticString = "") raises -> String:
    """Reads a line from standard input, without its end; raises `EOF` when there is none."""
    print(prompt, end="")
    var line = String()
    var byte = stack_allocation[1, UInt8]()
    while True:
        var got = __foreign_read["read", Int](0, __pointer_to_int(byte), 1)
        if got <= 0:
            if line.byte_length() == 0:
                raise Error("EOF")
            return line^
        if byte[] == 10:
            return line^
        line.write_string(StringSlice(unsafe_from_utf8_ptr=byte, length=1))
