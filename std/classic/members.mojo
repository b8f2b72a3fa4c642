"""Members that today's types had in classic Mojo, and the traits and conversions that went with them."""


trait Stringable(Writable):
    """A type with a text form."""

    def __str__(self) -> String:
        ...


__extension SIMD(Stringable):
    @always_inline
    def to_int(self) -> Int:
        """Toward zero."""
        return Int(self)

    def __str__(self) -> String:
        return String(self)


__extension Bool(Stringable):
    def __str__(self) -> String:
        return String(self)


__extension String(Stringable):
    def __str__(self) -> String:
        return self

    def __len__(self) -> Int:
        return self.byte_length()


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
def constrained[condition: Bool, message: StringLiteral = "constraint not met"]():
    """Fails the compilation where the condition does not hold."""
    comptime assert condition, message
