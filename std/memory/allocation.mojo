"""`alloc`, `dealloc`: memory whose owner must give it back."""
from std.memory.memory import unsafe_alloc
from std.memory.pointer import Pointer


struct Layout[T: AnyType](ImplicitlyCopyable, Movable, Deinitable):
    """How much memory is wanted: room for `count` values of `T`."""

    var count: Int

    @always_inline
    def __init__(out self, *, count: Int = 1):
        self.count = count

    @always_inline
    @implicit
    def __init__(out self, count: Int):
        self.count = count


@explicit_destroy("an Allocation must be passed to 'dealloc'")
struct Allocation[T: AnyType](Movable, Deinitable where False):
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
    def count(self) -> Int:
        """How many values there is room for."""
        return self._count

    def unsafe_leak(deinit self) -> Pointer[Self.T, MutUntrackedOrigin]:
        """The address alone; somebody else gives the memory back."""
        return self._data

    def into_thin(deinit self) -> ThinAllocation[Self.T]:
        """The memory without its size."""
        return ThinAllocation[Self.T](unsafe_ptr=self._data)

    def _free(deinit self):
        self._data.unsafe_free()


@explicit_destroy("a ThinAllocation must be passed to 'dealloc'")
struct ThinAllocation[T: AnyType](Movable, Deinitable where False):
    """Memory without values in it, and without its size. It must reach `dealloc` or `unsafe_leak`."""

    var _data: Pointer[Self.T, MutUntrackedOrigin]

    @always_inline
    def __init__(out self, *, unsafe_ptr: Pointer[Self.T, MutUntrackedOrigin]):
        self._data = unsafe_ptr

    @always_inline
    def unsafe_ptr(self) -> Pointer[Self.T, MutUntrackedOrigin]:
        """The address of the first value."""
        return self._data

    def unsafe_leak(deinit self) -> Pointer[Self.T, MutUntrackedOrigin]:
        """The address alone; somebody else gives the memory back."""
        return self._data

    def _free(deinit self):
        self._data.unsafe_free()


def alloc[T: AnyType](layout: Layout[T]) -> Allocation[T]:
    """Memory for the values of a layout, without values in it."""
    return Allocation[T](unsafe_ptr=unsafe_alloc[T](layout.count), count=layout.count)


@always_inline
def alloc[T: AnyType](count: Int) -> Pointer[T, MutUntrackedOrigin]:
    """Room for `count` values of `T`, as older programs ask for it; prefer a `Layout`, whose `Allocation` cannot leak."""
    return unsafe_alloc[T](count)


@always_inline
def alloc[T: AnyType](count: Int, *, alignment: Int) -> Pointer[T, MutUntrackedOrigin]:
    """Room for `count` values of `T` at a multiple of `alignment`, which is a power of two; prefer a `Layout`."""
    return unsafe_alloc[T](count, alignment=alignment)


def dealloc[T: AnyType](var allocation: Allocation[T]):
    """Gives memory back; values in it are not destroyed."""
    allocation^._free()


def dealloc[T: AnyType](var allocation: ThinAllocation[T]):
    """Gives memory back; values in it are not destroyed."""
    allocation^._free()
