"""`CStringSpan`: text with a zero byte at its end, as C functions take it."""
from std.collections.string_slice import StringSpan
from std.memory.pointer import Pointer, __cast_pointer
from std.memory.span import Span

comptime CStringSlice = CStringSpan


struct CStringSpan[mut: Bool, //, origin: Origin[mut=mut]](TrivialRegisterPassable, Equatable, Sized, Writable):
    """A view of bytes that end with a zero byte; the zero byte is not counted."""

    var _data: Pointer[Int8, Self.origin]

    @always_inline
    def __init__(out self, *, unsafe_from_ptr: Pointer[Int8, Self.origin]):
        """The bytes up to the first zero byte, which must exist."""
        self._data = unsafe_from_ptr

    def __init__(out self, slice: StringSpan[Self.origin]) raises:
        """The text, whose last byte is zero. Raises an error if it is not, or if another byte is."""
        _check_end(slice.as_bytes())
        self._data = slice.unsafe_ptr().unsafe_bitcast[Int8]()

    def __init__(out self, span: Span[UInt8, Self.origin]) raises:
        """The bytes, of which the last is zero. Raises an error if it is not, or if another one is."""
        _check_end(span)
        self._data = span.unsafe_ptr().unsafe_bitcast[Int8]()

    def __eq__(self, rhs: Self) -> Bool:
        """Compares byte by byte."""
        return self.as_bytes() == rhs.as_bytes()

    def __eq__(self, rhs: CStringSpan[_]) -> Bool:
        """Compares byte by byte."""
        return self.as_bytes() == rhs.as_bytes()

    def __ne__(self, rhs: CStringSpan[_]) -> Bool:
        """Compares byte by byte."""
        return not self.as_bytes() == rhs.as_bytes()

    def __len__(self) -> Int:
        """The number of bytes before the zero byte. Linear time."""
        var count = 0
        while self._data[unsafe_offset=count] != 0:
            count += 1
        return count

    def write_to(self, mut writer: Some[Writer]):
        """Writes the text."""
        writer.write_string(StringSpan[Self.origin](unsafe_from_utf8=self.as_bytes()))

    def write_repr_to(self, mut writer: Some[Writer]):
        """Writes the bytes, the zero byte included."""
        writer.write("CStringSpan(", self.as_bytes_with_nul(), ")")

    @always_inline
    def ptr(self) -> Pointer[Int8, Self.origin]:
        """The address of the first byte."""
        return self._data

    @always_inline
    def unsafe_ptr(self) -> Pointer[Int8, Self.origin]:
        """A pointer to the first byte."""
        return self._data

    def as_bytes(self) -> Span[UInt8, Self.origin]:
        """The bytes before the zero byte."""
        return Span[UInt8, Self.origin](ptr=self._data.unsafe_bitcast[UInt8](), length=self.__len__())

    def as_bytes_with_nul(self) -> Span[UInt8, Self.origin]:
        """The bytes and the zero byte."""
        return Span[UInt8, Self.origin](ptr=self._data.unsafe_bitcast[UInt8](), length=self.__len__() + 1)


def _check_end(bytes: Span[UInt8, _]) raises:
    var count = 0
    while count < len(bytes) and bytes[count] != 0:
        count += 1
    if count == len(bytes):
        raise Error("CStringSpan is not nul-terminated")
    if count < len(bytes) - 1:
        raise Error("CStringSpan has interior nul byte")
