"""`List`: a growable sequence in one block of memory."""
from std.builtin.traits import _exactly
from std.builtin.assertion import _check_index
from std.builtin.iteration import _BoundedIterator, _ReversedIterator
from std.builtin.slice import ContiguousSlice, StridedSlice, _check_slice
from std.format.writable import _write_type_name
from std.memory.memory import unsafe_alloc, __grown, __memory_copy, __product
from std.memory.pointer import __null_pointer
from std.builtin.simd import __size_of
from std.hash.hashable import Hasher


@__intrinsic("type.is_trivial_destroy")
def __is_trivial_destroy[T: AnyType]() -> Bool:
    ...


@__intrinsic("type.is_trivial_copy")
def __is_trivial_copy[T: AnyType]() -> Bool:
    ...


@__intrinsic("type.is_trivial_move")
def __is_trivial_move[T: AnyType]() -> Bool:
    ...


@__builtin("list")
@explicit_destroy("Use `deinit_with()` to explicitly destroy a `List` of non-`Deinitable` elements")
struct List[T: Movable](
    Copyable where conforms_to(T, Copyable),
    Movable,
    Deinitable where conforms_to(T, Deinitable),
    Defaultable,
    Sized,
    Boolable,
    Iterable,
    IterableOwned,
    Equatable where conforms_to(T, Equatable),
    Writable where conforms_to(T, Writable),
    Hashable where conforms_to(T, Hashable),
):
    """A sequence of values that grows at the end. Appending is amortized constant time, indexing constant."""

    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = _ListIterator[Self.T, o]
    comptime IteratorOwnedType: Iterator = _ListOwnedIterator[Self.T]
    var _data: Pointer[Self.T, MutUntrackedOrigin]
    var _count: Int
    var _capacity: Int

    @always_inline
    def __init__(out self):
        self._data = __null_pointer[Pointer[Self.T, MutUntrackedOrigin]]()
        self._count = 0
        self._capacity = 0

    def __init__(out self, *, capacity: Int):
        """An empty list with room for `capacity` elements."""
        self._data = unsafe_alloc[Self.T](capacity)
        self._count = 0
        self._capacity = capacity

    def __init__(out self, *, length: Int, fill: Self.T) where conforms_to(Self.T, Copyable):
        """`length` copies of `fill`."""
        self._data = unsafe_alloc[Self.T](length)
        self._count = 0
        self._capacity = length
        for i in range(length):
            self._data.unsafe_offset(i).unsafe_write(copy=fill)
        self._count = length

    def __init__[F: def(Int) -> Self.T, //](out self, *, length: Int, fill_with: F):
        """`length` elements: what a function gives for each position."""
        self._data = unsafe_alloc[Self.T](length)
        self._count = 0
        self._capacity = length
        for i in range(length):
            self.append(fill_with(i))

    def __init__(out self, *values: Self.T, __list_literal__: NoneType) where conforms_to(Self.T, Copyable):
        """The given values: what a display `[a, b]` stands for."""
        self._data = unsafe_alloc[Self.T](len(values))
        self._count = 0
        self._capacity = len(values)
        for i in range(len(values)):
            self.append(values[i].copy())

    def __init__(out self, *, unsafe_uninit_length: Int):
        """Room for `unsafe_uninit_length` elements whose values are to be written before they are read."""
        self._data = unsafe_alloc[Self.T](unsafe_uninit_length)
        self._count = unsafe_uninit_length
        self._capacity = unsafe_uninit_length

    def __init__(out self, elements: Span[Self.T, _]) where conforms_to(Self.T, Copyable):
        """Copies of the elements of a span."""
        self._data = unsafe_alloc[Self.T](len(elements))
        self._count = len(elements)
        self._capacity = len(elements)
        for i in range(len(elements)):
            self._data.unsafe_offset(i).unsafe_write(copy=elements.unsafe_ptr().unsafe_offset(i)[])

    def __init__[I: Iterable](
        ref iterable: I, out self: List[I.IteratorType[origin_of(iterable)].Element]
    ) where conforms_to(I.IteratorType[origin_of(iterable)].Element, Copyable & Deinitable):
        """The elements of anything that can be iterated over."""
        self = type_of(self)()
        for element in iterable:
            self.append(rebind[type_of(self).T](element).copy())

    def __init__(out self, *, copy: Self) where conforms_to(Self.T, Copyable):
        self._data = unsafe_alloc[Self.T](copy._count)
        self._count = copy._count
        self._capacity = copy._count
        comptime if __is_trivial_copy[Self.T]():
            __memory_copy(self._data, copy._data, copy._count * __size_of[Self.T]())
        else:
            for i in range(copy._count):
                self._data.unsafe_offset(i).unsafe_write(copy=copy._data.unsafe_offset(i)[])

    def __deinit__(deinit self):
        comptime if not __is_trivial_destroy[Self.T]():
            for i in range(self._count):
                self._data.unsafe_offset(i).unsafe_deinit_pointee()
        self._data.unsafe_free()

    def deinit_with[F: def(var value: Self.T), //](deinit self, deinit_func: F):
        """Ends the list and hands each element, from the first to the last, to a function that ends it."""
        for i in range(self._count):
            deinit_func(self._data.unsafe_offset(i).unsafe_take_pointee())
        self._data.unsafe_free()

    # ---- reading

    @always_inline
    def __len__(self) -> Int:
        return self._count

    @always_inline
    def __bool__(self) -> Bool:
        return self._count > 0

    @always_inline
    def capacity(self) -> Int:
        """How many elements there is room for."""
        return self._capacity

    @always_inline
    @__call_location
    def __getitem__(ref self, idx: Int) -> ref[origin_of(self)._get_owned_interior["element"]] Self.T:
        _check_index(idx, self._count)
        return self._data.unsafe_offset(idx)[]

    @always_inline
    @__call_location
    def __getitem__[I: Indexer, //](ref self, idx: I) -> ref[origin_of(self)._get_owned_interior["element"]] Self.T:
        var position = idx.__index__()
        _check_index(position, self._count)
        return self._data.unsafe_offset(position)[]

    @always_inline
    @__call_location
    def __getitem__(ref self, slice: ContiguousSlice) -> Span[Self.T, origin_of(self)._get_owned_interior["element"]]:
        """A view of the elements from `start` to `end`, exclusive."""
        var start = slice.lower()
        var end = slice.upper(self._count)
        _check_slice(start, end, self._count)
        return Span[Self.T, origin_of(self)._get_owned_interior["element"]](
            ptr=self._data.unsafe_offset(start).unsafe_origin_cast[origin_of(self)._get_owned_interior["element"]](), length=end - start
        )

    def __getitem__(self, slice: StridedSlice) -> List[Self.T] where conforms_to(Self.T, Copyable):
        """Copies of every `step`th element."""
        var start, end, step = slice.indices(self._count)
        var result = List[Self.T]()
        for i in range(start, end, step):
            result.append(self._data.unsafe_offset(i)[].copy())
        return result^

    @always_inline
    def unsafe_set(mut self, idx: Int, var value: Self.T) where conforms_to(Self.T, Deinitable):
        """Sets an element without looking whether it is there."""
        self._data.unsafe_offset(idx)[] = value^

    @always_inline
    def unsafe_get(ref self, idx: Int) -> ref[origin_of(self)._get_owned_interior["element"]] Self.T:
        """An element, without looking whether it is there."""
        return self._data.unsafe_offset(idx)[]

    @always_inline
    def unsafe_ptr(ref self) -> Pointer[Self.T, origin_of(self)]:
        """A pointer to the first element; it is valid until the value is changed."""
        return self._data.unsafe_origin_cast[origin_of(self)]()

    @always_inline
    def __iter__(ref self) -> _ListIterator[Self.T, origin_of(self)]:
        return _ListIterator[Self.T, origin_of(self)](Pointer(to=self), 0)

    @always_inline
    def __iter__(var self) -> _ListOwnedIterator[Self.T] where conforms_to(Self.T, Deinitable):
        """Hands out the elements one by one; those that are left at the end of the iteration are destroyed."""
        var count = self._count
        return _ListOwnedIterator[Self.T](self^._release(), count)

    @always_inline
    def _release(deinit self) -> Pointer[Self.T, MutUntrackedOrigin]:
        """The buffer, which the caller owns from now on with all elements."""
        return self._data

    def __contains__(self, value: Self.T) -> Bool where conforms_to(Self.T, Equatable):
        for i in range(self._count):
            if self._data.unsafe_offset(i)[] == value:
                return True
        return False

    def count(self, value: Self.T) -> Int where conforms_to(Self.T, Equatable):
        """How many elements equal the value. Linear time."""
        var result = 0
        for i in range(self._count):
            if self._data.unsafe_offset(i)[] == value:
                result += 1
        return result

    def try_index(
        self, value: Self.T, start: Int = 0, stop: Optional[Int] = None
    ) -> Optional[Int] where conforms_to(Self.T, Equatable):
        """The position of the first element that equals a value, from `start` on and before `stop`; negative bounds count from the end.
        Linear time."""
        var first = start + self._count if start < 0 else start
        var end = stop.or_else(self._count)
        if end < 0:
            end += self._count
        for i in range(max(first, 0), min(end, self._count)):
            if self._data.unsafe_offset(i)[] == value:
                return Optional[Int](i)
        return Optional[Int]()

    def index(
        self, value: Self.T, start: Int = 0, stop: Optional[Int] = None
    ) raises -> Int where conforms_to(Self.T, Equatable):
        """The position of the first element that equals a value, from `start` on and before `stop`; negative bounds count from the end.
        Raises if there is none. Linear time."""
        var position = self.try_index(value, start, stop)
        if not position:
            raise Error("ValueError: Given element is not in list")
        return position.value()

    @always_inline
    def byte_length(self) -> Int:
        """Bytes that the elements take."""
        return self._count * __size_of[Self.T]()

    def __eq__(self, other: Self) -> Bool where conforms_to(Self.T, Equatable):
        if self._count != other._count:
            return False
        for i in range(self._count):
            if self._data.unsafe_offset(i)[] != other._data.unsafe_offset(i)[]:
                return False
        return True

    # ---- growing and shrinking

    def reserve(mut self, capacity: Int):
        """Makes room for at least `capacity` elements in all."""
        if capacity <= self._capacity:
            return
        comptime if __is_trivial_move[Self.T]():
            self._data = __grown(self._data, self._count, capacity)
        else:
            var data = unsafe_alloc[Self.T](capacity)
            for i in range(self._count):
                data.unsafe_offset(i).unsafe_write_move_from(self._data.unsafe_offset(i))
            self._data.unsafe_free()
            self._data = data
        self._capacity = capacity

    @no_inline
    def _grow(mut self):
        self.reserve(max(1, self._capacity * 2))

    def _make_room(mut self, count: Int):
        """Room for `count` more elements; many small extensions cost amortized constant time each."""
        if self._count + count > self._capacity:
            self.reserve(max(self._count + count, self._capacity * 2))

    @always_inline
    @__holds_only
    def append(mut self, var value: Self.T):
        """Adds a value at the end."""
        if self._count == self._capacity:
            self._grow()
        self._data.unsafe_offset(self._count).unsafe_write(value^)
        self._count += 1

    def extend(mut self, var other: List[Self.T]):
        """Moves the elements of another list to the end."""
        self._make_room(other._count)
        for i in range(other._count):
            self._data.unsafe_offset(self._count + i).unsafe_write_move_from(other._data.unsafe_offset(i))
        self._count += other._count
        other^._release().unsafe_free()

    def extend(mut self, elements: Span[Self.T, _]) where conforms_to(Self.T, Copyable):
        """Appends copies of the elements of a span."""
        # Through another owner it may be a span of this very list, whose elements move when it grows.
        var address = elements.unsafe_ptr().__int__() - self._data.__int__()
        var within = self._count * __size_of[Self.T]()
        self._make_room(len(elements))
        if address >= 0 and address < within:
            var first = address // __size_of[Self.T]()
            for i in range(len(elements)):
                self._data.unsafe_offset(self._count).unsafe_write(copy=self._data.unsafe_offset(first + i)[])
                self._count += 1
            return
        for i in range(len(elements)):
            self._data.unsafe_offset(self._count).unsafe_write(copy=elements.unsafe_ptr().unsafe_offset(i)[])
            self._count += 1

    def extend[dtype: DType, width: SIMDLength, //](mut self: List[Scalar[dtype]], value: SIMD[dtype, width]):
        """Appends the lanes of a vector."""
        self.extend(value, count=Int(width))

    @__call_location
    def extend[dtype: DType, width: SIMDLength, //](mut self: List[Scalar[dtype]], value: SIMD[dtype, width], *, count: Int):
        """Appends the first `count` lanes of a vector."""
        _check_slice(0, count, Int(width))
        for i in range(count):
            self.append(value[i])

    def __iadd__(mut self, var other: List[Self.T]) where conforms_to(Self.T, Deinitable):
        """Moves the elements of another list to the end."""
        self.extend(other^)

    def __add__(self, var other: List[Self.T]) -> List[Self.T] where conforms_to(Self.T, Copyable & Deinitable):
        """The elements of both lists."""
        var result = List[Self.T](capacity=self._count + other._count)
        result._append_copies(self)
        result.extend(other^)
        return result^

    def __mul__(self, x: Int) -> List[Self.T] where conforms_to(Self.T, Copyable & Deinitable):
        """The elements, `x` times."""
        var result = List[Self.T](capacity=__product(self._count, max(x, 0)))
        result._append_copies(self)
        result *= x
        return result^

    def __imul__(mut self, x: Int) where conforms_to(Self.T, Copyable & Deinitable):
        """Repeats the elements, `x` times in all."""
        if x <= 0:
            self.clear()
            return
        var original = self.copy()
        self.reserve(__product(self._count, x))
        for _ in range(x - 1):
            self._append_copies(original)

    def _append_copies(mut self, other: List[Self.T]) where conforms_to(Self.T, Copyable):
        """Appends copies of the elements of another list, for which there is room."""
        for i in range(other._count):
            self._data.unsafe_offset(self._count).unsafe_write(copy=other._data.unsafe_offset(i)[])
            self._count += 1

    @__call_location
    def resize(mut self, length: Int, fill: Self.T) where conforms_to(Self.T, Copyable & Deinitable):
        """Makes the list `length` long: cuts it, or adds copies of `fill`."""
        if length < self._count:
            self.shrink(length)
            return
        self.reserve(length)
        while self._count < length:
            self._data.unsafe_offset(self._count).unsafe_write(copy=fill)
            self._count += 1

    @__call_location
    def resize(mut self, *, unsafe_uninit_length: Int) where conforms_to(Self.T, Deinitable):
        """Makes the list this long; new elements are to be written before they are read."""
        if unsafe_uninit_length < self._count:
            self.shrink(unsafe_uninit_length)
            return
        self.reserve(unsafe_uninit_length)
        self._count = unsafe_uninit_length

    @__call_location
    def shrink(mut self, new_length: Int) where conforms_to(Self.T, Deinitable):
        """Cuts the list to `new_length` elements, of which it must have as many."""
        _check_slice(0, new_length, self._count)
        for i in range(new_length, self._count):
            self._data.unsafe_offset(i).unsafe_deinit_pointee()
        self._count = new_length

    @__call_location
    def pop(mut self) -> Self.T:
        """Removes the last element and returns it."""
        _check_index(self._count - 1, self._count)
        self._count -= 1
        var value = self._data.unsafe_offset(self._count).unsafe_take_pointee()
        return value^

    @__call_location
    def pop(mut self, i: Int) -> Self.T:
        """Removes the element at `i` and returns it."""
        _check_index(i, self._count)
        var value = self._data.unsafe_offset(i).unsafe_take_pointee()
        for later in range(i + 1, self._count):
            self._data.unsafe_offset(later - 1).unsafe_write_move_from(self._data.unsafe_offset(later))
        self._count -= 1
        return value^

    @__call_location
    def insert(mut self, i: Int, var value: Self.T):
        """Adds a value before the element at `i`, at the end if that is the length; a negative index counts from the end. Linear time."""
        var position = max(i + self._count, 0) if i < 0 else i
        _check_index(position, self._count + 1)
        if self._count == self._capacity:
            self._grow()
        var free = self._count
        while free > position:
            self._data.unsafe_offset(free).unsafe_write_move_from(self._data.unsafe_offset(free - 1))
            free -= 1
        self._data.unsafe_offset(position).unsafe_write(value^)
        self._count += 1

    def clear(mut self) where conforms_to(Self.T, Deinitable):
        """Removes all elements; the capacity stays."""
        for i in range(self._count):
            self._data.unsafe_offset(i).unsafe_deinit_pointee()
        self._count = 0

    def reverse(mut self):
        """Turns the order round, in place."""
        var low = 0
        var high = self._count - 1
        while low < high:
            self.swap_elements(low, high)
            low += 1
            high -= 1

    @__call_location
    def swap_elements(mut self, elt_idx_1: Int, elt_idx_2: Int):
        """Exchanges two elements."""
        _check_index(elt_idx_1, self._count)
        _check_index(elt_idx_2, self._count)
        if elt_idx_1 != elt_idx_2:
            var saved = self._data.unsafe_offset(elt_idx_1).unsafe_take_pointee()
            self._data.unsafe_offset(elt_idx_1).unsafe_write_move_from(self._data.unsafe_offset(elt_idx_2))
            self._data.unsafe_offset(elt_idx_2).unsafe_write(saved^)

    # ---- text

    def write_to(self, mut writer: Some[Writer]) where conforms_to(Self.T, Writable):
        """Writes the text that `print` shows."""
        writer.write_string("[")
        for i in range(self._count):
            if i > 0:
                writer.write_string(", ")
            self._data.unsafe_offset(i)[].write_to(writer)
        writer.write_string("]")

    def write_repr_to(self, mut writer: Some[Writer]) where conforms_to(Self.T, Writable):
        """Writes the text that `repr` gives."""
        _write_type_name[Self](writer)
        writer.write_string("([")
        for i in range(self._count):
            if i > 0:
                writer.write_string(", ")
            self._data.unsafe_offset(i)[].write_repr_to(writer)
        writer.write_string("])")

    def __hash__[H: Hasher](self, mut hasher: H) where conforms_to(Self.T, Hashable):
        for i in range(self._count):
            self._data.unsafe_offset(i)[].__hash__(hasher)

    @always_inline
    def __reversed__(ref self) -> _ReversedIterator[Self.T, origin_of(self)]:
        return _ReversedIterator[Self.T, origin_of(self)](self.unsafe_ptr(), self._count)


struct _ListIterator[mut: Bool, //, T: Movable, origin: Origin[mut=mut]](
    TrivialRegisterPassable, _BoundedIterator, Iterable
):
    """Holds the list and reads its buffer anew at each step, so that changing the list during the iteration is safe. It
    goes to the length that the list had at the start: what is added meanwhile is not visited, nor what is gone."""

    comptime Element = Self.T
    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = Self
    var _list: Pointer[List[Self.T], Self.origin]
    var _index: Int
    var _end: Int

    @always_inline
    def __init__(out self, list: Pointer[List[Self.T], Self.origin], index: Int):
        self._list = list
        self._index = index
        self._end = list[]._count

    @always_inline
    def __iter__(ref self) -> Self:
        return self

    @always_inline
    def __has_next__(self) -> Bool:
        var count = self._list[]._count
        return self._index < (self._end if self._end < count else count)

    @always_inline
    def __next__(mut self) -> ref[Self.origin] Self.T:
        var index = self._index
        self._index = index + 1
        return self._list[]._data.unsafe_offset(index)[]

    def bounds(self) -> Tuple[Int, Optional[Int]]:
        return _exactly(max(min(self._end, self._list[]._count) - self._index, 0))


struct _ListOwnedIterator[T: Movable & Deinitable](Movable, _BoundedIterator):
    """Owns the buffer of a list and hands out its elements from the first to the last."""

    comptime Element = Self.T
    var _data: Pointer[Self.T, MutUntrackedOrigin]
    var _index: Int
    var _count: Int

    @always_inline
    def __init__(out self, data: Pointer[Self.T, MutUntrackedOrigin], count: Int):
        self._data = data
        self._index = 0
        self._count = count

    @always_inline
    def __deinit__(deinit self):
        comptime if not __is_trivial_destroy[Self.T]():
            for i in range(self._index, self._count):
                self._data.unsafe_offset(i).unsafe_deinit_pointee()
        self._data.unsafe_free()

    @always_inline
    def __has_next__(self) -> Bool:
        return self._index < self._count

    @always_inline
    def __next__(mut self) -> Self.T:
        var index = self._index
        self._index = index + 1
        return self._data.unsafe_offset(index).unsafe_take_pointee()

    def bounds(self) -> Tuple[Int, Optional[Int]]:
        return _exactly(self._count - self._index)
