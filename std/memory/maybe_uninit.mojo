"""`MaybeUninit`: room for a value that need not be there."""
from std.collections.optional import __RawArray, __raw_storage, __raw_pointer
from std.memory.memory import unsafe_memset_zero
from std.memory.pointer import Pointer


struct MaybeUninit[T: Movable & Deinitable](Movable, Deinitable):
    """Room for a `T`; whoever uses it knows whether it holds one, and destroys it."""

    var _storage: __RawArray[Self.T, 1]

    @always_inline
    def __init__(out self):
        self._storage = __raw_storage[__RawArray[Self.T, 1]]()

    @always_inline
    def __init__(out self, var value: Self.T, /):
        self._storage = __raw_storage[__RawArray[Self.T, 1]]()
        self.unsafe_ptr().unsafe_write(value^)

    @staticmethod
    def zeroed(out result: Self):
        """Room whose bytes are all 0, whether or not that is a `T`."""
        result = Self()
        unsafe_memset_zero(result.unsafe_ptr(), 1)

    @always_inline
    def unsafe_ptr(self) -> Pointer[Self.T, MutUntrackedOrigin]:
        """The address of the room."""
        return __raw_pointer[P = Pointer[Self.T, MutUntrackedOrigin]](self._storage)

    @always_inline
    def write(mut self, var value: Self.T, /):
        """Puts a value in; an old one is not destroyed."""
        self.unsafe_ptr().unsafe_write(value^)

    @always_inline
    def unsafe_write(mut self, var value: Self.T, /):
        """Puts a value in; an old one is not destroyed."""
        self.unsafe_ptr().unsafe_write(value^)

    @always_inline
    def unsafe_assume_init(deinit self) -> Self.T:
        """Moves the value out that is there."""
        return self.unsafe_ptr().unsafe_take_pointee()

    @always_inline
    def unsafe_assume_init(ref self) -> ref[self._storage] Self.T:
        """The value that is there."""
        return self.unsafe_ptr()[]

    @always_inline
    def unsafe_deinit(deinit self):
        """Destroys the value that is there."""
        self.unsafe_ptr().unsafe_deinit_pointee()

    @always_inline
    def assume_initialized(ref self) -> ref[self._storage] Self.T:
        """The value that is there. Today's name is `unsafe_assume_init`."""
        return self.unsafe_ptr()[]

    @always_inline
    def assume_initialized_destroy(mut self):
        """Destroys the value that is there. Today's way is `unsafe_deinit`."""
        self.unsafe_ptr().unsafe_deinit_pointee()
