"""`Array`: a fixed number of values in place."""
from std.builtin.traits import _exactly
from std.builtin.assertion import _check_index
from std.builtin.iteration import _BoundedIterator
from std.builtin.slice import ContiguousSlice, _check_slice
from std.format.writable import _write_type_name
from std.collections.optional import __RawArray, __raw_storage, __raw_pointer
from std.collections.list import __is_trivial_copy, __is_trivial_destroy
from std.hash.hashable import Hasher


@__builtin("array")
@explicit_destroy("Use `deinit_with()` to explicitly destroy an `Array` of non-`Deinitable` elements")
struct Array[T: Movable, length: Int](
    Copyable where conforms_to(T, Copyable),
    Movable,
    Deinitable where conforms_to(T, Deinitable),
    Sized,
    Iterable,
    IterableOwned,
    Equatable where conforms_to(T, Equatable),
    Comparable where conforms_to(T, Comparable),
    Writable where conforms_to(T, Writable),
    Hashable where conforms_to(T, Hashable),
):
    """`length` values of type `T`, side by side."""

    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = _ArrayIterator[Self.T, o]
    comptime IteratorOwnedType: Iterator = _ArrayOwnedIterator[Self.T, Self.length]
    var _storage: __RawArray[Self.T, Self.length]

    @always_inline
    def __init__(out self, *, unsafe_uninitialized: Tuple[]):
        """Without values: each must be set by `_initialize`."""
        self._storage = __raw_storage[__RawArray[Self.T, Self.length]]()

    @always_inline
    def __init__(out self, *, uninitialized: Bool):
        """Elements whose values are to be written before they are read."""
        self._storage = __raw_storage[__RawArray[Self.T, Self.length]]()

    def __init__(out self, *, fill: Self.T) where conforms_to(Self.T, Copyable):
        """Copies of one value."""
        self._storage = __raw_storage[__RawArray[Self.T, Self.length]]()
        for i in range(Self.length):
            self._place().unsafe_offset(i).unsafe_write(copy=fill)

    def __init__(out self) where conforms_to(Self.T, Defaultable):
        """Default values."""
        self._storage = __raw_storage[__RawArray[Self.T, Self.length]]()
        for i in range(Self.length):
            self._place().unsafe_offset(i).unsafe_write(Self.T())

    def __init__[F: def(Int) -> Self.T, //](out self, *, fill_with: F):
        """What a function gives for each position."""
        self._storage = __raw_storage[__RawArray[Self.T, Self.length]]()
        for i in range(Self.length):
            self._place().unsafe_offset(i).unsafe_write(fill_with(i))

    def __init__(out self, *, copy: Self) where conforms_to(Self.T, Copyable):
        self._storage = __raw_storage[__RawArray[Self.T, Self.length]]()
        for i in range(Self.length):
            self._place().unsafe_offset(i).unsafe_write(copy=copy._place().unsafe_offset(i)[])

    def __init__(out self, *, deinit move: Self):
        self._storage = __raw_storage[__RawArray[Self.T, Self.length]]()
        for i in range(Self.length):
            self._place().unsafe_offset(i).unsafe_write_move_from(move._place().unsafe_offset(i))

    def __deinit__(deinit self):
        comptime if not __is_trivial_destroy[Self.T]():
            for i in range(Self.length):
                self._place().unsafe_offset(i).unsafe_deinit_pointee()

    def deinit_with[F: def(var value: Self.T), //](deinit self, deinit_func: F):
        """Ends the array and hands each element, from the first to the last, to a function that ends it."""
        for i in range(Self.length):
            deinit_func(self._place().unsafe_offset(i).unsafe_take_pointee())

    @always_inline
    def _place(self) -> Pointer[Self.T, MutUntrackedOrigin]:
        return __raw_pointer[P = Pointer[Self.T, MutUntrackedOrigin]](self._storage)

    @always_inline
    @__holds_only
    def _initialize(mut self, index: Int, var value: Self.T):
        self._place().unsafe_offset(index).unsafe_write(value^)

    @always_inline
    def __len__(self) -> Int:
        return Self.length

    @always_inline
    @__call_location
    def __getitem__(ref self, idx: Int) -> ref[self] Self.T:
        _check_index(idx, Self.length)
        return self._place().unsafe_offset(idx)[]

    @always_inline
    @__call_location
    def __getitem__[I: Indexer, //](ref self, idx: I) -> ref[self] Self.T:
        var position = idx.__index__()
        _check_index(position, Self.length)
        return self._place().unsafe_offset(position)[]

    @always_inline
    @__call_location
    def __getitem__(ref self, slc: ContiguousSlice) -> Span[Self.T, origin_of(self)]:
        """A view of the elements from `start` to `end`, exclusive."""
        var start = slc.lower()
        var end = slc.upper(Self.length)
        _check_slice(start, end, Self.length)
        return Span[Self.T, origin_of(self)](
            ptr=self._place().unsafe_offset(start).unsafe_origin_cast[origin_of(self)](), length=end - start
        )

    @always_inline
    def unsafe_get(ref self, idx: Int) -> ref[self] Self.T:
        """An element, without looking whether it is there."""
        return self._place().unsafe_offset(idx)[]

    @always_inline
    def unsafe_ptr(ref self) -> Pointer[Self.T, origin_of(self)]:
        """A pointer to the first element; it is valid until the value is changed."""
        return self._place().unsafe_origin_cast[origin_of(self)]()

    @always_inline
    def __iter__(deinit self) -> _ArrayOwnedIterator[Self.T, Self.length] where conforms_to(Self.T, Deinitable):
        """Hands out the elements one by one; those that are left at the end of the iteration are destroyed."""
        return _ArrayOwnedIterator[Self.T, Self.length](self._place())

    @always_inline
    def __iter__(ref self) -> _ArrayIterator[Self.T, origin_of(self)]:
        return _ArrayIterator[Self.T, origin_of(self)](self.unsafe_ptr(), Self.length)

    def __contains__(self, value: Self.T) -> Bool where conforms_to(Self.T, Equatable):
        for i in range(Self.length):
            if self._place().unsafe_offset(i)[] == value:
                return True
        return False

    def __eq__(self, other: Self) -> Bool where conforms_to(Self.T, Equatable):
        for i in range(Self.length):
            if self._place().unsafe_offset(i)[] != other._place().unsafe_offset(i)[]:
                return False
        return True

    def __lt__(self, other: Self) -> Bool where conforms_to(Self.T, Comparable):
        """Compares the first elements that differ."""
        for i in range(Self.length):
            if self._place().unsafe_offset(i)[] < other._place().unsafe_offset(i)[]:
                return True
            if other._place().unsafe_offset(i)[] < self._place().unsafe_offset(i)[]:
                return False
        return False

    def write_to(self, mut writer: Some[Writer]) where conforms_to(Self.T, Writable):
        """Writes the text that `print` shows."""
        writer.write_string("[")
        for i in range(Self.length):
            if i > 0:
                writer.write_string(", ")
            self._place().unsafe_offset(i)[].write_to(writer)
        writer.write_string("]")

    def write_repr_to(self, mut writer: Some[Writer]) where conforms_to(Self.T, Writable):
        """Writes the text that `repr` gives."""
        _write_type_name[Self](writer)
        writer.write_string("([")
        for i in range(Self.length):
            if i > 0:
                writer.write_string(", ")
            self._place().unsafe_offset(i)[].write_repr_to(writer)
        writer.write_string("])")

    def __hash__[H: Hasher](self, mut hasher: H) where conforms_to(Self.T, Hashable):
        for i in range(Self.length):
            self._place().unsafe_offset(i)[].__hash__(hasher)

    def count(self, value: Self.T) -> Int where conforms_to(Self.T, Equatable):
        """How many elements equal a value."""
        var result = 0
        for i in range(Self.length):
            if self._place().unsafe_offset(i)[] == value:
                result += 1
        return result

    def concat[other_length: Int](
        deinit self, deinit rhs: Array[Self.T, other_length]
    ) -> Array[Self.T, Self.length + other_length]:
        """The elements of both arrays."""
        var result = Array[Self.T, Self.length + other_length](unsafe_uninitialized=())
        for i in range(Self.length):
            result._initialize(i, self._place().unsafe_offset(i).unsafe_take_pointee())
        for i in range(other_length):
            result._initialize(Self.length + i, rhs._place().unsafe_offset(i).unsafe_take_pointee())
        return result^

    def repeat[times: Int](self) -> Array[Self.T, Self.length * times] where conforms_to(Self.T, Copyable):
        """The elements, `times` times."""
        var result = Array[Self.T, Self.length * times](unsafe_uninitialized=())
        for i in range(Self.length * times):
            result._initialize(i, self._place().unsafe_offset(i % Self.length)[].copy())
        return result^


struct _ArrayIterator[mut: Bool, //, T: AnyType, origin: Origin[mut=mut]](TrivialRegisterPassable, _BoundedIterator, Iterable):
    comptime Element = Self.T
    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = Self
    var _data: Pointer[Self.T, Self.origin]
    var _left: Int

    @always_inline
    def __init__(out self, data: Pointer[Self.T, Self.origin], left: Int):
        self._data = data
        self._left = left

    @always_inline
    def __iter__(ref self) -> Self:
        return self

    @always_inline
    def __has_next__(self) -> Bool:
        return self._left > 0

    @always_inline
    def __next__(mut self) -> ref[Self.origin] Self.T:
        var current = self._data
        self._data = current.unsafe_offset(1)
        self._left = self._left - 1
        return current[]

    def bounds(self) -> Tuple[Int, Optional[Int]]:
        return _exactly(self._left)


struct _ArrayOwnedIterator[T: Movable & Deinitable, length: Int](Movable, _BoundedIterator):
    """Owns the elements of an array and hands them out from the first to the last."""

    comptime Element = Self.T
    var _storage: __RawArray[Self.T, Self.length]
    var _index: Int

    @always_inline
    def __init__(out self, source: Pointer[Self.T, MutUntrackedOrigin]):
        """Takes the elements out of `source`, which is raw memory afterwards."""
        self._storage = __raw_storage[__RawArray[Self.T, Self.length]]()
        self._index = 0
        for i in range(Self.length):
            self._place().unsafe_offset(i).unsafe_write_move_from(source.unsafe_offset(i))

    def __init__(out self, *, deinit move: Self):
        self._storage = __raw_storage[__RawArray[Self.T, Self.length]]()
        self._index = move._index
        for i in range(move._index, Self.length):
            self._place().unsafe_offset(i).unsafe_write_move_from(move._place().unsafe_offset(i))

    @always_inline
    def __deinit__(deinit self):
        comptime if not __is_trivial_destroy[Self.T]():
            for i in range(self._index, Self.length):
                self._place().unsafe_offset(i).unsafe_deinit_pointee()

    @always_inline
    def _place(self) -> Pointer[Self.T, MutUntrackedOrigin]:
        return __raw_pointer[P = Pointer[Self.T, MutUntrackedOrigin]](self._storage)

    @always_inline
    def __has_next__(self) -> Bool:
        return self._index < Self.length

    @always_inline
    def __next__(mut self) -> Self.T:
        var index = self._index
        self._index = index + 1
        return self._place().unsafe_offset(index).unsafe_take_pointee()

    def bounds(self) -> Tuple[Int, Optional[Int]]:
        return _exactly(Self.length - self._index)
