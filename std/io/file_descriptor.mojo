"""Files by number, and when their text is written.

In a native executable the start code gathers what goes to standard output if that is a file or a pipe (`std/runtime/output_block.mojo`): the slot `__kiln_output` then
has the address of its function. In a library (whose host may look at any time), on wasm (whose host gathers) and at compile time the slot is 0, and every print
is written at once. Text is written before anything that the outside could see in another order: text on other descriptors, reads from standard
input, calls of C and Python functions (they may print or start processes), sleeping.
"""
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


@__intrinsic("foreign.call")
def __foreign_isatty[name: __string_literal_value, Result: AnyType](descriptor: Int32) -> Result:
    ...


@__intrinsic("memory.slot")
def __gatherer_slot[name: __string_literal_value]() -> Pointer[Int, MutUntrackedOrigin]:
    ...


@__intrinsic("pointer.cast")
def __as_gatherer(slot: Pointer[Int, MutUntrackedOrigin]) -> Pointer[_Gatherer, MutUntrackedOrigin]:
    ...


@__intrinsic("target.is_wasm")
def __host_gathers() -> Bool:
    ...


comptime _Gatherer = def(Int, Int, Int) abi("C") thin -> None
"""Writes bytes (descriptor, address, count); with the descriptor `_FLUSH` it only writes what it has kept."""

comptime _FLUSH = -1


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


@no_inline
def _write_bytes(descriptor: Int, address: Int, count: Int):
    """Writes bytes to a file: after what was printed before, and at the next occasion where it is standard output."""
    comptime if not __host_gathers():
        var slot = __gatherer_slot["__kiln_output"]()
        if slot[] != 0:
            __as_gatherer(slot)[](descriptor, address, count)
            return
    _write_all(descriptor, address, count)


@always_inline
def _flush_output():
    """Writes out what was printed, so that what happens next happens after it."""
    comptime if not __host_gathers():
        if __gatherer_slot["__kiln_output"]()[] != 0:
            _write_bytes(_FLUSH, 0, 0)


def _read_bytes(descriptor: Int, address: Int, count: Int) -> Int:
    """Bytes read, at most `count`; 0 at the end, -1 on failure. What was printed is seen before a question is answered."""
    if descriptor == 0:
        _flush_output()
    return __foreign_read["read", Int](descriptor.cast[DType.int32](), address, count)


struct RawFileDescriptor(TrivialRegisterPassable, Writer):
    """An open file of the process, by number. It is not closed at the end of its life."""

    var value: Int

    @always_inline
    def __init__(out self, value: Int = 1):
        """The file with a number; 1 is standard output."""
        self.value = value

    @always_inline
    def __init__(out self, file: FileHandle):
        """The number of an open file. The handle must outlive the uses."""
        self.value = file.handle

    def write_string(mut self, text: StringSlice[_]):
        """Writes text."""
        _write_bytes(self.value, __pointer_to_int(text.unsafe_ptr()), text.byte_length())

    def write_bytes(mut self, bytes: Span[UInt8, _]):
        """Writes bytes."""
        _write_bytes(self.value, __pointer_to_int(bytes.unsafe_ptr()), len(bytes))

    def read_bytes(mut self, buffer: Span[mut=True, UInt8, _]) raises -> UInt:
        """Reads bytes that are there, at most as many as the buffer takes, and waits for the first; their number, 0 at the end."""
        var got = _read_bytes(self.value, __pointer_to_int(buffer.unsafe_ptr()), len(buffer))
        if got < 0:
            raise Error("Failed to read from file descriptor ", self.value)
        return UInt(got)

    def isatty(self) -> Bool:
        """Whether the file is a terminal."""
        return __foreign_isatty["isatty", Int32](self.value.cast[DType.int32]()) == 1
