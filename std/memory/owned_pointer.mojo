"""`OwnedPointer`: a value on the heap with one owner."""
from std.memory.memory import unsafe_alloc
from std.memory.pointer import Pointer


@explicit_destroy("Use `into_inner()` to consume an `OwnedPointer` whose element type is not `Deinitable`")
struct OwnedPointer[T: Movable](
    Movable, RegisterPassable, Deinitable where conforms_to(T, Deinitable), Writable where conforms_to(T, Writable)
):
    """Owns a value on the heap and destroys it."""

    var _data: Pointer[Self.T, MutUntrackedOrigin]

    def __init__(out self, var value: Self.T):
        self._data = unsafe_alloc[Self.T](1)
        self._data.unsafe_write(value^)

    def __init__(out self, *, copy_value: Self.T) where conforms_to(Self.T, Copyable):
        """Owns a copy of a value."""
        self._data = unsafe_alloc[Self.T](1)
        self._data.unsafe_write(copy=copy_value)

    def __init__(out self, *, other: Self) where conforms_to(Self.T, Copyable):
        """Owns a copy of what another one owns."""
        self._data = unsafe_alloc[Self.T](1)
        self._data.unsafe_write(copy=other._data[])

    def __deinit__(deinit self):
        self._data.unsafe_deinit_pointee()
        self._data.unsafe_free()

    @always_inline
    def __getitem__(ref self) -> ref[origin_of(self)._get_owned_interior["value"]] Self.T:
        """The value."""
        return self._data[]

    @always_inline
    def ptr(ref self) -> Pointer[Self.T, origin_of(self)]:
        """The address of the value."""
        return self._data.unsafe_origin_cast[origin_of(self)]()

    @always_inline
    def unsafe_ptr(ref self) -> Pointer[Self.T, origin_of(self)]:
        """The address of the value."""
        return self._data.unsafe_origin_cast[origin_of(self)]()

    def into_inner(deinit self) -> Self.T:
        """The value alone."""
        var value = self._data.unsafe_take_pointee()
        self._data.unsafe_free()
        return value^

    def write_to(self, mut writer: Some[Writer]) where conforms_to(Self.T, Writable):
        """Writes the text that `print` shows."""
        self._data[].write_to(writer)
