"""`ArcPointer`: a value with several owners, and `WeakPointer`, which does not keep it alive."""
from std.atomic.atomic import __atomic_add, __atomic_sub, __atomic_load, __atomic_compare_exchange
from std.builtin.assertion import (
    _fail_at, __location_column, __location_file_length, __location_file_pointer, __location_line,
)
from std.builtin.simd import __size_of
from std.hash.hashable import Hasher
from std.memory.memory import unsafe_alloc
from std.memory.pointer import Pointer, __pointer_to_int


struct _Shared[T: Movable & Deinitable](Movable, Deinitable):
    """The value with the number of its owners, and the number of those who hold the block: the weak ones, and the owners together as one."""

    var count: Int
    var holders: Int
    var value: Self.T

    @staticmethod
    @always_inline
    def count_place(block: Pointer[Self, MutUntrackedOrigin]) -> Pointer[Int, MutUntrackedOrigin]:
        return block.unsafe_bitcast[Int]()

    @staticmethod
    @always_inline
    def holders_place(block: Pointer[Self, MutUntrackedOrigin]) -> Pointer[Int, MutUntrackedOrigin]:
        return block.unsafe_bitcast[Int]().unsafe_offset(1)

    @staticmethod
    @always_inline
    def let_go(block: Pointer[Self, MutUntrackedOrigin]):
        """One holder less; the last one frees the block, whose value is gone by then."""
        if __atomic_sub(Self.holders_place(block), 1) == 1:
            block.unsafe_free()


@no_inline
def _same_value(file: Pointer[UInt8, ImmStaticOrigin], length: Int, line: Int, column: Int) -> Never:
    _fail_at(
        "assert", file, length, line, column,
        "the value that is changed here is in use through another of its owners",
    )


@always_inline
@__call_location
def __check_apart[A: AnyType, B: AnyType](ref a: A, ref b: B):
    """Called in front of code that changes one of the places while the other is in use: traps there if they overlap."""
    var first = __pointer_to_int(Pointer(to=a))
    var second = __pointer_to_int(Pointer(to=b))
    if first < second + __size_of[B]() and second < first + __size_of[A]():
        _same_value(__location_file_pointer(), __location_file_length(), __location_line(), __location_column())


struct ArcPointer[T: Movable & Deinitable](
    ImplicitlyCopyable,
    RegisterPassable,
    Movable,
    Deinitable,
    Identifiable,
    Equatable where conforms_to(T, Equatable),
    Hashable where conforms_to(T, Hashable),
    Writable where conforms_to(T, Writable),
):
    """Shares a value; the last owner destroys it. Copies may live in different threads."""

    var _shared: Pointer[_Shared[Self.T], MutUntrackedOrigin]

    @implicit
    def __init__(out self, var value: Self.T):
        self._shared = unsafe_alloc[_Shared[Self.T]](1)
        # Straight into the shared memory: one move.
        _Shared[Self.T].count_place(self._shared).unsafe_write(1)
        _Shared[Self.T].holders_place(self._shared).unsafe_write(1)
        Pointer(to=self._shared[].value).unsafe_origin_cast[MutUntrackedOrigin]().unsafe_write(value^)

    @always_inline
    def __init__(out self, *, _owned: Pointer[_Shared[Self.T], MutUntrackedOrigin]):
        """One more owner, who is counted already."""
        self._shared = _owned

    @always_inline
    def __init__(out self, *, copy: Self):
        self._shared = copy._shared
        _ = __atomic_add(_Shared[Self.T].count_place(copy._shared), 1)

    def __deinit__(deinit self):
        if __atomic_sub(_Shared[Self.T].count_place(self._shared), 1) == 1:
            self.unsafe_ptr().unsafe_deinit_pointee()
            _Shared[Self.T].let_go(self._shared)

    @always_inline
    def __getitem__(ref self) -> ref[__writable(self)] Self.T:
        """The value, which each owner may change."""
        return self.unsafe_ptr()[]

    @always_inline
    def unsafe_ptr(self) -> Pointer[Self.T, MutUntrackedOrigin]:
        """The address of the value."""
        return Pointer(to=self._shared[].value).unsafe_origin_cast[MutUntrackedOrigin]()

    @always_inline
    def count(self) -> UInt64:
        """The number of owners."""
        return __atomic_load(_Shared[Self.T].count_place(self._shared)).cast[DType.uint64]()

    @always_inline
    def weak_count(self) -> UInt64:
        """The number of weak pointers to the value."""
        return (__atomic_load(_Shared[Self.T].holders_place(self._shared)) - 1).cast[DType.uint64]()

    def __hash__[H: Hasher](self, mut hasher: H) where conforms_to(Self.T, Hashable):
        self._shared[].value.__hash__(hasher)

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


struct WeakPointer[T: Movable & Deinitable](ImplicitlyCopyable, Movable, Deinitable):
    """Knows a shared value without keeping it alive."""

    var _shared: Pointer[_Shared[Self.T], MutUntrackedOrigin]

    def __init__(out self, *, downgrade: ArcPointer[Self.T]):
        """A weak pointer to the value of an owner."""
        self._shared = downgrade._shared
        _ = __atomic_add(_Shared[Self.T].holders_place(self._shared), 1)

    @always_inline
    def __init__(out self, *, copy: Self):
        self._shared = copy._shared
        _ = __atomic_add(_Shared[Self.T].holders_place(copy._shared), 1)

    def __deinit__(deinit self):
        _Shared[Self.T].let_go(self._shared)

    def try_upgrade(self) -> Optional[ArcPointer[Self.T]]:
        """One more owner of the value, unless its last owner is gone."""
        var place = _Shared[Self.T].count_place(self._shared)
        var count = __atomic_load(place)
        while count > 0:
            if __atomic_compare_exchange(place, count, count + 1) == count:
                return ArcPointer[Self.T](_owned=self._shared)
            count = __atomic_load(place)
        return None

    @always_inline
    def strong_count(self) -> UInt64:
        """The number of owners."""
        return __atomic_load(_Shared[Self.T].count_place(self._shared)).cast[DType.uint64]()

    def weak_count(self) -> UInt64:
        """The number of weak pointers."""
        var owners = 1 if self.strong_count() > 0 else 0
        return (__atomic_load(_Shared[Self.T].holders_place(self._shared)) - owners).cast[DType.uint64]()
