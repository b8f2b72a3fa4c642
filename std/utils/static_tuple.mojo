"""`StaticTuple`: a fixed number of trivial values."""
from std.builtin.assertion import _check_index
from std.collections.optional import __RawArray, __raw_storage, __raw_pointer


struct StaticTuple[T: TrivialRegisterPassable, size: Int](
    TrivialRegisterPassable,
    Defaultable,
    Sized,
    Equatable where conforms_to(T, Equatable),
    Comparable where conforms_to(T, Comparable),
):
    """`size` values of one type."""

    var _storage: __RawArray[Self.T, Self.size]

    @always_inline
    def __init__(out self):
        """Values that are to be set before they are read."""
        self._storage = __raw_storage[__RawArray[Self.T, Self.size]]()

    @always_inline
    def __init__(out self, *, fill: Self.T):
        """One value everywhere."""
        self._storage = __raw_storage[__RawArray[Self.T, Self.size]]()
        for i in range(Self.size):
            self._at(i)[] = fill

    @always_inline
    def __init__(out self, *values: Self.T):
        """The given values; a single one everywhere."""
        self._storage = __raw_storage[__RawArray[Self.T, Self.size]]()
        for i in range(Self.size):
            self._at(i)[] = values[0 if len(values) == 1 else i]

    @always_inline
    def _at(ref self, index: Int) -> Pointer[Self.T, MutUntrackedOrigin]:
        return __raw_pointer[P = Pointer[Self.T, MutUntrackedOrigin]](self._storage).unsafe_offset(index)

    @always_inline
    def __len__(self) -> Int:
        return Self.size

    def __eq__(self, other: Self) -> Bool where conforms_to(Self.T, Equatable):
        for i in range(Self.size):
            if self._at(i)[] != other._at(i)[]:
                return False
        return True

    def __lt__(self, other: Self) -> Bool where conforms_to(Self.T, Comparable):
        """Whether the first values that differ are in order."""
        for i in range(Self.size):
            if self._at(i)[] < other._at(i)[]:
                return True
            if other._at(i)[] < self._at(i)[]:
                return False
        return False

    @always_inline
    def get[index: Int](self) -> Self.T:
        """A value at a constant position."""
        comptime assert index >= 0 and index < Self.size, "index of a StaticTuple is out of bounds"
        return self._at(index)[]

    @always_inline
    @__call_location
    def __getitem__[I: Indexer, //](self, idx: I) -> Self.T:
        var position = idx.__index__()
        _check_index(position, Self.size)
        return self._at(position)[]

    @always_inline
    @__call_location
    def __setitem__[I: Indexer, //](mut self, idx: I, val: Self.T):
        var position = idx.__index__()
        _check_index(position, Self.size)
        self._at(position)[] = val
