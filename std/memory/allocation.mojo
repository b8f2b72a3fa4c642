"""`alloc`, `dealloc`: memory whose owner must give it back."""
from std.format.writable import _write_type_name
from std.memory.memory import unsafe_alloc
from std.memory.pointer import Pointer
from std.sys.info import align_of, size_of


struct Alignment(TrivialRegisterPassable, Equatable):
    """At a multiple of how many bytes memory begins: a power of two."""

    var _bytes: Int

    @always_inline
    def __init__(out self, *, _unsafe_alignment: Int):
        self._bytes = _unsafe_alignment

    @staticmethod
    @always_inline
    def of[T: AnyType]() -> Self:
        """What values of `T` need."""
        return Self(_unsafe_alignment=align_of[T]())

    @always_inline
    def bytes(self) -> Int:
        """The number of bytes."""
        return self._bytes

    @always_inline
    def __eq__(self, other: Self) -> Bool:
        return self._bytes == other._bytes


struct Layout[T: AnyType, *, alignment: Alignment = Alignment.of[T]()](TrivialRegisterPassable, Writable):
    """How much memory is wanted: room for `count` values of `T`."""

    var _count: Int

    @always_inline
    def __init__(out self, *, count: Int):
        self._count = count

    @staticmethod
    @always_inline
    def single() -> Self:
        """Room for one value."""
        return Self(count=1)

    @always_inline
    def count(self) -> Int:
        """For how many values there is to be room."""
        return self._count

    @always_inline
    def as_byte_layout(self) -> Layout[UInt8, alignment = Self.alignment]:
        """The same memory, counted in bytes."""
        return Layout[UInt8, alignment = Self.alignment](count=self._count * size_of[Self.T]())

    def write_to(self, mut writer: Some[Writer]):
        """Writes the text that `print` shows."""
        writer.write("Layout[", reflect[Self.T].name(), ", alignment=", Self.alignment.bytes(), "](count=", self._count, ")")

    def write_repr_to(self, mut writer: Some[Writer]):
        """Writes the text that `repr` gives: the same."""
        self.write_to(writer)


@explicit_destroy("an Allocation must be passed to 'dealloc'")
struct Allocation[T: AnyType, *, alignment: Alignment = Alignment.of[T]()](Movable, Deinitable where False, Writable):
    """Memory without values in it. It must reach `dealloc` or `unsafe_leak`."""

    var _data: Pointer[Self.T, MutUntrackedOrigin]
    var _count: Int

    @always_inline
    def __init__(out self, *, unsafe_ptr: Pointer[Self.T, MutUntrackedOrigin], count: Int):
        self._data = unsafe_ptr
        self._count = count

    @always_inline
    def unsafe_ptr(self) -> Pointer[Self.T, MutUntrackedOrigin]:
        """The address of the first value."""
        return self._data

    @always_inline
    def unsafe_span(self) -> Span[Self.T, MutUntrackedOrigin]:
        """All of it as a span."""
        return Span[Self.T, MutUntrackedOrigin](ptr=self._data, length=self._count)

    @always_inline
    def layout(self) -> Layout[Self.T, alignment = Self.alignment]:
        """What the memory was asked for with."""
        return Layout[Self.T, alignment = Self.alignment](count=self._count)

    def unsafe_leak(deinit self) -> Pointer[Self.T, MutUntrackedOrigin]:
        """The address alone; somebody else gives the memory back."""
        return self._data

    def into_thin(deinit self) -> ThinAllocation[Self.T]:
        """The memory without its size."""
        return ThinAllocation[Self.T](unsafe_ptr=self._data)

    def write_to(self, mut writer: Some[Writer]):
        """Writes the text that `print` shows."""
        _write_type_name[Self](writer)
        writer.write("(ptr=", self._data, ", layout=", self.layout(), ")")

    def write_repr_to(self, mut writer: Some[Writer]):
        """Writes the text that `repr` gives: the same."""
        self.write_to(writer)

    def _free(deinit self):
        self._data.unsafe_free()


@explicit_destroy("a ThinAllocation must be passed to 'dealloc'")
struct ThinAllocation[T: AnyType](Movable, Deinitable where False, Writable):
    """Memory without values in it, and without its size. It must reach `dealloc`, through `unsafe_with_layout`, or `unsafe_leak`."""

    var _data: Pointer[Self.T, MutUntrackedOrigin]

    @always_inline
    def __init__(out self, *, unsafe_ptr: Pointer[Self.T, MutUntrackedOrigin]):
        self._data = unsafe_ptr

    @always_inline
    def unsafe_ptr(self) -> Pointer[Self.T, MutUntrackedOrigin]:
        """The address of the first value."""
        return self._data

    @always_inline
    def unsafe_with_layout[
        alignment: Alignment, //
    ](deinit self, layout: Layout[Self.T, alignment=alignment]) -> Allocation[Self.T, alignment=alignment]:
        """The memory with its size again, which must be the one it was asked for with."""
        return Allocation[Self.T, alignment=alignment](unsafe_ptr=self._data, count=layout.count())

    def unsafe_leak(deinit self) -> Pointer[Self.T, MutUntrackedOrigin]:
        """The address alone; somebody else gives the memory back."""
        return self._data

    def write_to(self, mut writer: Some[Writer]):
        """Writes the text that `print` shows."""
        _write_type_name[Self](writer)
        writer.write("(ptr=", self._data, ")")

    def write_repr_to(self, mut writer: Some[Writer]):
        """Writes the text that `repr` gives: the same."""
        self.write_to(writer)


def alloc[
    T: AnyType, *, alignment: Alignment = Alignment.of[T]()
](layout: Layout[T, alignment=alignment], /) -> Allocation[T, alignment=alignment]:
    """Memory for the values of a layout, without values in it."""
    comptime if alignment == Alignment.of[T]():
        return Allocation[T, alignment=alignment](unsafe_ptr=unsafe_alloc[T](layout.count()), count=layout.count())
    else:
        return Allocation[T, alignment=alignment](
            unsafe_ptr=unsafe_alloc[T](layout.count(), alignment=alignment.bytes()), count=layout.count()
        )


@always_inline
def alloc[T: AnyType](count: Int) -> Pointer[T, MutUntrackedOrigin]:
    """Room for `count` values of `T`, as older programs ask for it; prefer a `Layout`, whose `Allocation` cannot leak."""
    return unsafe_alloc[T](count)


@always_inline
def alloc[T: AnyType](count: Int, *, alignment: Int) -> Pointer[T, MutUntrackedOrigin]:
    """Room for `count` values of `T` at a multiple of `alignment`, which is a power of two; prefer a `Layout`."""
    return unsafe_alloc[T](count, alignment=alignment)


def dealloc[T: AnyType, alignment: Alignment, //](var allocation: Allocation[T, alignment=alignment], /):
    """Gives memory back; values in it are not destroyed."""
    allocation^._free()