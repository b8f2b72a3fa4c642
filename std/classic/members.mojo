"""Members that today's types had in classic Mojo, and the traits and conversions that went with them."""
import std.memory.pointer
from std.os import abort
from std.builtin.slice import ContiguousSlice, StridedSlice
from std.memory.pointer import __null_pointer


trait Stringable(Writable):
    """A type with a text form."""

    def __str__(self) -> String:
        ...


__extension SIMD(Stringable):
    comptime element_type = Self.dtype
    """The type of the lanes."""
    comptime size = Int(Self.length)
    """The number of lanes."""

    @always_inline
    def to_int(self) -> Int:
        """Toward zero."""
        return Int(self)

    def __str__(self) -> String:
        return String(self)


__extension Bool(Stringable):
    def __str__(self) -> String:
        return String(self)


__extension DType(Stringable):
    def __str__(self) -> String:
        return String(self)


__extension String(Stringable):
    def __str__(self) -> String:
        return self

    def __len__(self) -> Int:
        return self.byte_length()

    def as_string_slice(self) -> StringSlice[origin_of(self)]:
        return StringSlice(self)

    def write[*Ts: Writable](mut self, *values: *Ts):
        """Appends the texts of the values."""
        comptime for i in range(values.__len__()):
            values[i].write_to(self)

    def isdigit(self) -> Bool:
        return self.is_ascii_digit()

    @staticmethod
    def write[*Ts: Writable](*values: *Ts) -> String:
        """The texts of the values, one after the other."""
        var text = String()
        comptime for i in range(values.__len__()):
            values[i].write_to(text)
        return text^

    def _slice(self, part: ContiguousSlice) -> String:
        return String(StringSlice(self)._slice(part))

    def _slice(self, part: StridedSlice) -> String:
        return StringSlice(self)._slice(part)


__extension StringSpan:
    def isdigit(self) -> Bool:
        return self.is_ascii_digit()

    def _slice(self, part: ContiguousSlice) -> Self:
        """`text[a:b]`: a part of the bytes; bounds outside are brought to the ends."""
        var start, end = part.indices(self.byte_length())
        return self[byte = start : max(start, end)]

    def _slice(self, part: StridedSlice) -> String:
        var start, end, step = part.indices(self.byte_length())
        var text = String()
        for i in range(start, end, step):
            text += self[byte=i]
        return text^


__extension List:
    @always_inline
    def push_back(mut self, var value: Self.T):
        """Adds an element at the end (classic name of `append`)."""
        self.append(value^)

    @always_inline
    def pop_back(mut self) -> Self.T:
        """Removes the last element and returns it (classic name of `pop`)."""
        return self.pop()

    def __init__(out self, capacity: Int, /):
        self = Self(capacity=capacity)

    def __init__(out self, *elements: Self.T) where conforms_to(Self.T, Copyable):
        """Copies of the given elements."""
        self = Self(capacity=len(elements))
        for element in elements:
            self.append(element.copy())

    def __str__(self) -> String where conforms_to(Self.T, Writable):
        return String(self)

    @always_inline
    def steal_data(mut self) -> std.memory.pointer.Pointer[Self.T, MutUntrackedOrigin]:
        """The elements, which the caller frees; the list is empty afterwards."""
        var data = self._data
        self._data = __null_pointer[std.memory.pointer.Pointer[Self.T, MutUntrackedOrigin]]()
        self._count = 0
        self._capacity = 0
        return data


__extension Array:
    comptime size = Self.length
    """The number of elements."""

    def __init__(out self, *elements: Self.T) where conforms_to(Self.T, Copyable):
        """Copies of the given elements, as many as the array is long; or of one that fills it."""
        var count = elements.__len__()
        if count != 1 and count != Self.length:
            abort("an array of another length than the elements that it is made of")
        self = Self(unsafe_uninitialized=())
        for i in range(Self.length):
            self._initialize(i, elements[i if count > 1 else 0].copy())


__extension Tuple:
    @always_inline
    def get[i: Int, T: Copyable](self) -> T:
        """Element `i`, of type `T`."""
        return rebind[T](self[i]).copy()


def isdigit(character: String) -> Bool:
    """Whether the text is ASCII digits."""
    return character.is_ascii_digit()


def isdigit(byte: UInt8) -> Bool:
    """Whether the byte is an ASCII digit."""
    return Codepoint(byte).is_ascii_digit()


def isupper(byte: UInt8) -> Bool:
    """Whether the byte is an ASCII capital letter."""
    return Codepoint(byte).is_ascii_upper()


def islower(byte: UInt8) -> Bool:
    """Whether the byte is an ASCII small letter."""
    return Codepoint(byte).is_ascii_lower()


def isspace(byte: UInt8) -> Bool:
    """Whether the byte is ASCII white space."""
    return Codepoint(byte).is_posix_space()


def str[T: Writable](value: T) -> String:
    """The text that `print` shows."""
    return String(value)


def int[T: Intable](value: T) -> Int:
    """Converts to `Int`, toward zero."""
    return value.__int__()


def int(text: String) raises -> Int:
    """Reads a decimal number."""
    return atol(text)


def float[T: Floatable](value: T) -> Float64:
    """Converts to `Float64`."""
    return value.__float__()


def bool[T: Boolable](value: T) -> Bool:
    """Tests for truth."""
    return value.__bool__()


def print_no_newline[*Ts: Writable](*values: *Ts):
    """Prints without a line end."""
    comptime for i in range(values.__len__()):
        comptime if i > 0:
            print(" ", end="")
        print(values[i], end="")


def put_new_line():
    """Ends the line."""
    print()


@always_inline
def constrained[condition: Bool]():
    """Fails the compilation where the condition does not hold."""
    comptime assert condition, "constraint not met"


@always_inline
def constrained[condition: Bool, message: StringLiteral]():
    """Fails the compilation where the condition does not hold, with a message."""
    comptime assert condition, message
