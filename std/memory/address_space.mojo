"""`AddressSpace`: the kinds of memory that accelerators tell apart. On a processor there is one, `GENERIC`."""


struct AddressSpace(TrivialRegisterPassable, Equatable, Intable, Writable):
    """A kind of memory."""

    var _value: Int

    comptime GENERIC = Self(0)
    """The memory of the program."""
    comptime GLOBAL = Self(1)
    """Memory that all threads of an accelerator share."""
    comptime SHARED = Self(3)
    """Memory that a block of threads shares."""
    comptime CONSTANT = Self(4)
    """Memory that is only read."""
    comptime LOCAL = Self(5)
    """Memory of one thread."""
    comptime SHARED_CLUSTER = Self(7)
    """Memory that a cluster of blocks shares."""
    comptime BUFFER_RESOURCE = Self(8)
    """Memory that is described by a buffer resource."""

    @always_inline
    def __init__(out self, value: Int):
        """The kind with this number."""
        self._value = value

    @always_inline
    def value(self) -> Int:
        """The number of the kind."""
        return self._value

    @always_inline
    def __int__(self) -> Int:
        return self._value

    @always_inline
    def __eq__(self, other: Self) -> Bool:
        return self._value == other._value

    def write_to(self, mut writer: Some[Writer]):
        """Writes the name, or the number where the kind has none."""
        comptime NAMES: List[StaticString] = [
            "GENERIC", "GLOBAL", "", "SHARED", "CONSTANT", "LOCAL", "", "SHARED_CLUSTER", "BUFFER_RESOURCE"
        ]
        var names = materialize[NAMES]()
        writer.write_string("AddressSpace.")
        if self._value < len(names) and names[self._value]:
            writer.write_string(names[self._value])
        else:
            writer.write(self._value)

    def write_repr_to(self, mut writer: Some[Writer]):
        """Writes the same."""
        self.write_to(writer)
