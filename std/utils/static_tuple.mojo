"""`StaticTuple`: a fixed number of trivial values."""
from std.builtin.assertion import _check_index


struct StaticTuple[T: TrivialRegisterPassable, size: Int](
    Copyable,
    ImplicitlyCopyable,
    Movable,
    Deinitable,
    Defaultable,
    Sized,
    Equatable where conforms_to(T, Equatable),
    Comparable where conforms_to(T, Comparable),
):
    """`size` values of one type."""

    var _values: Array[Self.T, Self.size]

    @always_inline
    def __init__(out self):
        """Values that are to be set before they are read."""
        self._values = Array[Self.T, Self.size](unsafe_uninitialized=())

    @always_inline
    def __init__(out self, *, fill: Self.T):
        """One value everywhere."""
        self._values = Array[Self.T, Self.size](fill=fill)

    @always_inline
    def __init__(out self, *values: Self.T):
        """The given values; a single one everywhere."""
        self._values = Array[Self.T, Self.size](unsafe_uninitialized=())
        for i in range(Self.size):
            self._values._initialize(i, values[0 if len(values) == 1 else i])

    def __init__(out self, *, copy: Self):
        self._values = copy._values.copy()

    @always_inline
    def __len__(self) -> Int:
        return Self.size

    def __eq__(self, other: Self) -> Bool where conforms_to(Self.T, Equatable):
        for i in range(Self.size):
            if self._values.unsafe_get(i) != other._values.unsafe_get(i):
                return False
        return True

    def __lt__(self, other: Self) -> Bool where conforms_to(Self.T, Comparable):
        """Whether the first values that differ are in order."""
        for i in range(Self.size):
            if self._values.unsafe_get(i) < other._values.unsafe_get(i):
                return True
            if other._values.unsafe_get(i) < self._values.unsafe_get(i):
                return False
        return False

    @always_inline
    def get[index: Int](self) -> Self.T:
        """A value at a constant position."""
        comptime assert index >= 0 and index < Self.size, "index of a StaticTuple is out of bounds"
        return self._values.unsafe_get(index)

    @always_inline
    @__call_location
    def __getitem__[I: Indexer, //](self, idx: I) -> Self.T:
        var position = idx.__index__()
        _check_index(position, Self.size)
        return self._values.unsafe_get(position)

    @always_inline
    @__call_location
    def __setitem__[I: Indexer, //](mut self, idx: I, val: Self.T):
        var position = idx.__index__()
        _check_index(position, Self.size)
        self._values.unsafe_get(position) = val
