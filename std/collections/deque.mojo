"""`Deque`: a queue with two ends, in a ring buffer."""
from std.builtin.traits import _exactly
from std.builtin.assertion import _check_index
from std.builtin.iteration import _BoundedIterator
from std.format.writable import _write_type_name
from std.hash.hashable import Hasher
from std.memory.memory import unsafe_alloc, __product
from std.memory.pointer import __null_pointer


# Room of a new buffer, so that small deques are never moved.
comptime _ROOM = 64


struct Deque[T: Movable & Deinitable](
    Copyable where conforms_to(T, Copyable),
    Movable,
    Deinitable,
    Defaultable,
    Sized,
    Boolable,
    Iterable,
    IterableOwned,
    Equatable where conforms_to(T, Equatable),
    Hashable where conforms_to(T, Hashable),
    Writable where conforms_to(T, Writable),
):
    """A sequence that grows and shrinks at both ends. The capacity is a power of two; element `i` stands at `(head + i) mod capacity`."""

    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = _DequeIterator[Self.T, o, True]
    comptime IteratorOwnedType: Iterator = _DequeOwnedIterator[Self.T]
    comptime default_capacity = 64
    var _data: Pointer[Self.T, MutUntrackedOrigin]
    var _head: Int
    var _count: Int
    var _capacity: Int
    # Most elements it may hold, or -1.
    var _limit: Int

    # ---- life

    def __init__(out self):
        """An empty deque."""
        self = Self(capacity=0)

    def __init__(out self, *elements: Self.T, maxlen: Int) where conforms_to(Self.T, Copyable):
        """The given elements, at most the last `maxlen` of them."""
        self = Self(capacity=len(elements), maxlen=maxlen)
        for i in range(len(elements)):
            self.append(elements[i].copy())

    def __init__(out self, *, maxlen: Int):
        """An empty deque; beyond `maxlen` elements it drops those at the other end."""
        self = Self(capacity=0, maxlen=maxlen)

    def __init__(out self, *, capacity: Int, min_capacity: Int = 0, maxlen: Int = -1, shrink: Bool = True):
        """An empty deque with room for `capacity` elements, which it keeps; beyond `maxlen` elements it drops those at the other end."""
        self._data = __null_pointer[Pointer[Self.T, MutUntrackedOrigin]]()
        self._head = 0
        self._count = 0
        self._capacity = 0
        self._limit = maxlen
        if capacity > 0:
            self._resize(capacity)

    def __init__(out self, *elements: Self.T, __list_literal__: NoneType = None) where conforms_to(Self.T, Copyable):
        """The given elements."""
        self = Self(capacity=len(elements))
        for i in range(len(elements)):
            self._at(i).unsafe_write(copy=elements[i])
        self._count = len(elements)

    def __init__(
        out self, *, var elements: List[Self.T], capacity: Int = _ROOM, min_capacity: Int = 0, maxlen: Int = -1, shrink: Bool = True
    ):
        """Takes over the elements of a list, at most the last `maxlen` of them."""
        self = Self(capacity=max(len(elements), capacity), maxlen=maxlen)
        self.extend(elements^)

    @implicit
    def __init__(out self, var elements: List[Self.T]):
        """Takes over the elements of a list."""
        self = Self(capacity=len(elements))
        self.extend(elements^)

    def __init__(out self, *, copy: Self) where conforms_to(Self.T, Copyable):
        self = Self(capacity=copy._count, maxlen=copy._limit)
        for i in range(copy._count):
            self._at(i).unsafe_write(copy=copy._at(i)[])
        self._count = copy._count

    def __deinit__(deinit self):
        for i in range(self._count):
            self._at(i).unsafe_deinit_pointee()
        self._data.unsafe_free()

    # ---- the ring

    @always_inline
    def _at(self, index: Int) -> Pointer[Self.T, MutUntrackedOrigin]:
        return self._data.unsafe_offset((self._head + index) & (self._capacity - 1))

    @no_inline
    def _resize(mut self, minimum: Int):
        """Moves the elements to a buffer for at least `minimum`."""
        var capacity = _ROOM
        # Beyond the largest power of two it is negative, which no allocator gives.
        while capacity < minimum and capacity > 0:
            capacity *= 2
        var data = unsafe_alloc[Self.T](capacity)
        for i in range(self._count):
            data.unsafe_offset(i).unsafe_write_move_from(self._at(i))
        self._data.unsafe_free()
        self._data = data
        self._head = 0
        self._capacity = capacity

    # ---- reading

    @always_inline
    def __len__(self) -> Int:
        return self._count

    @always_inline
    def __bool__(self) -> Bool:
        return self._count > 0

    @always_inline
    @__call_location
    def __getitem__(ref self, index: Int) -> ref[origin_of(self)._get_owned_interior["element"]] Self.T:
        _check_index(index, self._count)
        return self._at(index)[]

    def peek(self) raises -> Self.T where conforms_to(Self.T, Copyable):
        """A copy of the last element."""
        if self._count == 0:
            raise Error("IndexError: Deque is empty")
        return self._at(self._count - 1)[].copy()

    def peekleft(self) raises -> Self.T where conforms_to(Self.T, Copyable):
        """A copy of the first element."""
        if self._count == 0:
            raise Error("IndexError: Deque is empty")
        return self._at(0)[].copy()

    def __contains__(self, value: Self.T) -> Bool where conforms_to(Self.T, Equatable):
        for i in range(self._count):
            if self._at(i)[] == value:
                return True
        return False

    def count(self, value: Self.T) -> Int where conforms_to(Self.T, Equatable):
        """How many elements equal a value."""
        var result = 0
        for i in range(self._count):
            if self._at(i)[] == value:
                result += 1
        return result

    def index(self, value: Self.T, start: Int = 0, stop: Optional[Int] = None) raises -> Int where conforms_to(Self.T, Equatable):
        """The position of the first element from `start` on, and before `stop`, that equals a value."""
        for i in range(start, min(stop.or_else(self._count), self._count)):
            if self._at(i)[] == value:
                return i
        raise Error("ValueError: Given element is not in deque")

    def __eq__(self, other: Self) -> Bool where conforms_to(Self.T, Equatable):
        if self._count != other._count:
            return False
        for i in range(self._count):
            if self._at(i)[] != other._at(i)[]:
                return False
        return True

    def __hash__[H: Hasher](self, mut hasher: H) where conforms_to(Self.T, Hashable):
        for i in range(self._count):
            self._at(i)[].__hash__(hasher)

    # ---- changing

    def append(mut self, var value: Self.T):
        """Adds a value at the end."""
        if self._limit >= 0 and self._count >= self._limit:
            if self._limit == 0:
                return
            self._drop_first()
        if self._count == self._capacity:
            self._resize(self._count + 1)
        self._at(self._count).unsafe_write(value^)
        self._count += 1

    def appendleft(mut self, var value: Self.T):
        """Adds a value at the start."""
        if self._limit >= 0 and self._count >= self._limit:
            if self._limit == 0:
                return
            self._count -= 1
            self._at(self._count).unsafe_deinit_pointee()
        if self._count == self._capacity:
            self._resize(self._count + 1)
        self._head = (self._head - 1) & (self._capacity - 1)
        self._data.unsafe_offset(self._head).unsafe_write(value^)
        self._count += 1

    def _drop_first(mut self):
        self._at(0).unsafe_deinit_pointee()
        self._head = (self._head + 1) & (self._capacity - 1)
        self._count -= 1

    def extend(mut self, var values: List[Self.T]):
        """Adds the elements of a list at the end."""
        if self._limit >= 0:
            for i in range(len(values)):
                self.append(values._data.unsafe_offset(i).unsafe_take_pointee())
        else:
            if self._count + len(values) > self._capacity:
                self._resize(self._count + len(values))
            for i in range(len(values)):
                self._at(self._count + i).unsafe_write_move_from(values._data.unsafe_offset(i))
            self._count += len(values)
        values._count = 0

    def extendleft(mut self, var values: List[Self.T]):
        """Adds the elements of a list at the start, one after the other, so that the last one comes first."""
        if self._limit >= 0:
            for i in range(len(values)):
                self.appendleft(values._data.unsafe_offset(i).unsafe_take_pointee())
        else:
            if self._count + len(values) > self._capacity:
                self._resize(self._count + len(values))
            for i in range(len(values)):
                self._head = (self._head - 1) & (self._capacity - 1)
                self._data.unsafe_offset(self._head).unsafe_write_move_from(values._data.unsafe_offset(i))
            self._count += len(values)
        values._count = 0

    def pop(mut self) raises -> Self.T:
        """Removes the last element and returns it."""
        if self._count == 0:
            raise Error("IndexError: Deque is empty")
        self._count -= 1
        var value = self._at(self._count).unsafe_take_pointee()
        return value^

    def popleft(mut self) raises -> Self.T:
        """Removes the first element and returns it."""
        if self._count == 0:
            raise Error("IndexError: Deque is empty")
        var value = self._take_first()
        return value^

    def _take_first(mut self) -> Self.T:
        """The first element, which must be there."""
        var place = self._at(0)
        self._head = (self._head + 1) & (self._capacity - 1)
        self._count -= 1
        return place.unsafe_take_pointee()

    def insert(mut self, idx: Int, var value: Self.T) raises:
        """Adds a value before the element at `idx`."""
        if self._limit >= 0 and self._count >= self._limit:
            raise Error("IndexError: Deque is already at its maximum size")
        if self._count == self._capacity:
            self._resize(self._count + 1)
        var position = min(max(idx, 0), self._count)
        # The shorter side makes room.
        if position <= self._count // 2:
            self._head = (self._head - 1) & (self._capacity - 1)
            for i in range(position):
                self._at(i).unsafe_write_move_from(self._at(i + 1))
        else:
            var i = self._count
            while i > position:
                self._at(i).unsafe_write_move_from(self._at(i - 1))
                i -= 1
        self._at(position).unsafe_write(value^)
        self._count += 1

    def _remove_at(mut self, index: Int):
        self._at(index).unsafe_deinit_pointee()
        if index < self._count // 2:
            var i = index
            while i > 0:
                self._at(i).unsafe_write_move_from(self._at(i - 1))
                i -= 1
            self._head = (self._head + 1) & (self._capacity - 1)
        else:
            for i in range(index + 1, self._count):
                self._at(i - 1).unsafe_write_move_from(self._at(i))
        self._count -= 1

    def remove(mut self, value: Self.T) raises where conforms_to(Self.T, Equatable):
        """Removes the first element that equals a value."""
        self._remove_at(self.index(value))

    def clear(mut self):
        """Removes all elements."""
        for i in range(self._count):
            self._at(i).unsafe_deinit_pointee()
        self._count = 0
        self._head = 0

    def reverse(mut self):
        """Turns the order round."""
        for i in range(self._count // 2):
            var other = self._count - 1 - i
            var saved = self._at(i).unsafe_take_pointee()
            self._at(i).unsafe_write_move_from(self._at(other))
            self._at(other).unsafe_write(saved^)

    def rotate(mut self, n: Int = 1):
        """Moves `n` elements from the end to the start, or `-n` the other way."""
        if self._count < 2:
            return
        if self._count == self._capacity:
            self._resize(self._count + 1)
        var mask = self._capacity - 1
        if n < 0:
            for _ in range(-n % self._count):
                self._at(self._count).unsafe_write_move_from(self._at(0))
                self._head = (self._head + 1) & mask
        else:
            for _ in range(n % self._count):
                self._head = (self._head - 1) & mask
                self._at(0).unsafe_write_move_from(self._at(self._count))

    def __add__(self, other: Self) -> Self where conforms_to(Self.T, Copyable):
        """The elements of both. Linear time."""
        var result = self.copy()
        for i in range(other._count):
            result.append(other._at(i)[].copy())
        return result^

    def __iadd__(mut self, other: Self) where conforms_to(Self.T, Copyable):
        """Adds copies of the elements of another deque at the end."""
        for i in range(other._count):
            self.append(other._at(i)[].copy())

    def __mul__(self, n: Int) -> Self where conforms_to(Self.T, Copyable):
        """The elements, `n` times."""
        if n <= 0:
            return Self(capacity=0, maxlen=self._limit)
        var result = Self(capacity=__product(self._count, n) if self._limit < 0 else self._limit, maxlen=self._limit)
        for _ in range(n):
            for i in range(self._count):
                result.append(self._at(i)[].copy())
        return result^

    def __imul__(mut self, n: Int) where conforms_to(Self.T, Copyable):
        """Repeats the elements, `n` times in all."""
        self = self * n

    # ---- iteration and text

    def __iter__(var self) -> _DequeOwnedIterator[Self.T]:
        """Hands out the elements one by one; those that are left at the end of the iteration are destroyed."""
        return _DequeOwnedIterator[Self.T](self^)

    @always_inline
    def __iter__(ref self) -> _DequeIterator[Self.T, origin_of(self), True]:
        return _DequeIterator[Self.T, origin_of(self), True](Pointer(to=self), 0)

    @always_inline
    def __reversed__(ref self) -> _DequeIterator[Self.T, origin_of(self), False]:
        return _DequeIterator[Self.T, origin_of(self), False](Pointer(to=self), self._count - 1)

    def write_to(self, mut writer: Some[Writer]) where conforms_to(Self.T, Writable):
        """Writes the text that `print` shows."""
        writer.write_string("[")
        for i in range(self._count):
            if i > 0:
                writer.write_string(", ")
            self._at(i)[].write_to(writer)
        writer.write_string("]")

    def write_repr_to(self, mut writer: Some[Writer]) where conforms_to(Self.T, Writable):
        """Writes the text that `repr` gives."""
        _write_type_name[Self](writer)
        writer.write_string("([")
        for i in range(self._count):
            if i > 0:
                writer.write_string(", ")
            self._at(i)[].write_repr_to(writer)
        writer.write_string("])")


struct _DequeIterator[mut: Bool, //, T: Movable & Deinitable, origin: Origin[mut=mut], forward: Bool](
    TrivialRegisterPassable, _BoundedIterator, Iterable
):
    """Visits at most the elements that the deque had at the start, so that appending during the iteration ends."""

    comptime Element = Self.T
    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = Self
    var _deque: Pointer[Deque[Self.T], Self.origin]
    var _index: Int
    var _end: Int

    @always_inline
    def __init__(out self, deque: Pointer[Deque[Self.T], Self.origin], index: Int):
        self._deque = deque
        self._index = index
        self._end = deque[]._count

    @always_inline
    def __iter__(ref self) -> Self:
        return self

    @always_inline
    def __has_next__(self) -> Bool:
        return self._index >= 0 and self._index < min(self._end, self._deque[]._count)

    @always_inline
    def __next__(mut self) -> ref[Self.origin] Self.T:
        var index = self._index
        comptime if Self.forward:
            self._index = index + 1
        else:
            self._index = index - 1
        return self._deque[]._at(index).unsafe_origin_cast[Self.origin]()[]

    def bounds(self) -> Tuple[Int, Optional[Int]]:
        return _exactly(max(min(self._end, self._deque[]._count) - self._index, 0) if Self.forward else self._index + 1)


struct _DequeOwnedIterator[T: Movable & Deinitable](Movable, _BoundedIterator):
    """Owns a deque and hands out its elements from the first to the last."""

    comptime Element = Self.T
    var _deque: Deque[Self.T]

    def __init__(out self, var deque: Deque[Self.T]):
        self._deque = deque^

    @always_inline
    def __has_next__(self) -> Bool:
        return self._deque._count > 0

    def __next__(mut self) -> Self.T:
        return self._deque._take_first()

    def bounds(self) -> Tuple[Int, Optional[Int]]:
        return _exactly(self._deque._count)
