"""`ArcPointer`: a value with several owners."""
from std.atomic.atomic import __atomic_add, __atomic_sub, __atomic_load
from std.memory.memory import unsafe_alloc
from std.memory.pointer import Pointer, __pointer_to_int


struct _Shared[T: Movable & Deinitable](Movable, Deinitable):
    """The value with the number of its owners."""

    var count: Int
    var value: Self.T


struct ArcPointer[T: Movable & Deinitable](
    ImplicitlyCopyable, Movable, Deinitable, Identifiable, Equatable where conforms_to(T, Equatable), Writable where conforms_to(T, Writable)
):
    """Shares a value; the last owner destroys it. Copies may live in different threads."""

    var _shared: Pointer[_Shared[Self.T], MutUntrackedOrigin]

    @implicit
    def __init__(out self, var value: Self.T):
        self._shared = unsafe_alloc[_Shared[Self.T]](1)
        # Straight into the shared memory: one move.
        self._count_place().unsafe_write(1)
        Pointer(to=self._shared[].value).unsafe_origin_cast[MutUntrackedOrigin]().unsafe_write(value^)

    @always_inline
    def __init__(out self, *, copy: Self):
        self._shared = copy._shared
        _ = __atomic_add(copy._count_place(), 1)

    def __deinit__(deinit self):
        if __atomic_sub(self._count_place(), 1) == 1:
            self._shared.unsafe_deinit_pointee()
            self._shared.unsafe_free()

    @always_inline
    def _count_place(self) -> Pointer[Int, MutUntrackedOrigin]:
        return self._shared.unsafe_bitcast[Int]()

    @always_inline
    def __getitem__(ref self) -> ref[__writable(self)] Self.T:
        """The value, which each owner may change."""
        return self.unsafe_ptr()[]

    @always_inline
    def unsafe_ptr(self) -> Pointer[Self.T, MutUntrackedOrigin]:
        """The address of the value."""
        return Pointer(to=self._shared[].value).unsafe_origin_cast[MutUntrackedOrigin]()

    @always_inline
    def count(self) -> Int:
        """The number of owners."""
        return __atomic_load(self._count_place())

    @always_inline
    def __eq__(self, other: Self) -> Bool where conforms_to(Self.T, Equatable):
        """Whether the shared values are equal."""
        return self[] == other[]

    def __is__(self, other: Self) -> Bool:
        """Whether both own the same value."""
        return self._shared == other._shared

    @always_inline
    def __isnot__(self, other: Self) -> Bool:
        return not (self is other)

    def write_to(self, mut writer: Some[Writer]) where conforms_to(Self.T, Writable):
        """Writes the text that `print` shows."""
        self._shared[].value.write_to(writer)

    def write_repr_to(self, mut writer: Some[Writer]) where conforms_to(Self.T, Writable):
        """Writes the text that `repr` shows."""
        writer.write_string("ArcPointer(")
        self._shared[].value.write_repr_to(writer)
        writer.write_string(")")
