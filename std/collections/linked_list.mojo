"""`LinkedList`: a doubly linked list."""
from std.builtin.assertion import _check_index
from std.builtin.iteration import _BoundedIterator
from std.format.writable import _write_type_name
from std.hash.hashable import Hasher
from std.memory.memory import unsafe_alloc
from std.memory.pointer import Pointer, __null_pointer, __pointer_from_int, __pointer_to_int


struct Node[T: Movable & Deinitable](Movable, Deinitable, Writable where conforms_to(T, Writable)):
    """An element with the addresses of its neighbours; address 0 is none."""

    var value: Self.T
    var _previous: Int
    var _next: Int

    @always_inline
    def __init__(out self, var value: Self.T, previous: Int, next: Int):
        self.value = value^
        self._previous = previous
        self._next = next

    def write_to(self, mut writer: Some[Writer]) where conforms_to(Self.T, Writable):
        """Writes the element."""
        self.value.write_to(writer)


struct LinkedList[T: Movable & Deinitable](
    Copyable where conforms_to(T, Copyable),
    Movable,
    Deinitable,
    Defaultable,
    Sized,
    Boolable,
    Iterable,
    Equatable where conforms_to(T, Equatable),
    Hashable where conforms_to(T, Hashable),
    Writable where conforms_to(T, Writable),
):
    """A sequence of separately allocated nodes: adding and removing at both ends is constant time."""

    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = _LinkedListIterator[Self.T, o, True]
    var _first: Int
    var _last: Int
    var _count: Int

    def __init__(out self):
        self._first = 0
        self._last = 0
        self._count = 0

    def __init__(out self, *elements: Self.T, __list_literal__: NoneType = None) where conforms_to(Self.T, Copyable):
        """The given elements."""
        self = Self()
        for i in range(len(elements)):
            self.append(elements[i].copy())

    def __init__(out self, *, copy: Self) where conforms_to(Self.T, Copyable):
        self = Self()
        var at = copy._first
        while at != 0:
            self.append(Self._node(at)[].value.copy())
            at = Self._node(at)[]._next

    def __deinit__(deinit self):
        Self._destroy(self._first)

    @staticmethod
    def _destroy(first: Int):
        """Ends a node and all that follow it."""
        var at = first
        while at != 0:
            var node = Self._node(at)
            at = node[]._next
            node.unsafe_deinit_pointee()
            node.unsafe_free()

    @staticmethod
    @always_inline
    def _node(address: Int) -> Pointer[Node[Self.T], MutUntrackedOrigin]:
        return __pointer_from_int[Pointer[Node[Self.T], MutUntrackedOrigin]](address)

    @always_inline
    def __len__(self) -> Int:
        return self._count

    @always_inline
    def __bool__(self) -> Bool:
        return self._count > 0

    def _link(mut self, var value: Self.T, previous: Int, next: Int):
        """Adds a node between two neighbours."""
        var node = unsafe_alloc[Node[Self.T]](1)
        # Straight into the node: one move.
        Pointer(to=node[].value).unsafe_origin_cast[MutUntrackedOrigin]().unsafe_write(value^)
        node[]._previous = previous
        node[]._next = next
        var address = __pointer_to_int(node)
        if previous == 0:
            self._first = address
        else:
            Self._node(previous)[]._next = address
        if next == 0:
            self._last = address
        else:
            Self._node(next)[]._previous = address
        self._count += 1

    def _unlink(mut self, address: Int) -> Self.T:
        """Removes a node and returns its value."""
        var node = Self._node(address)
        var previous = node[]._previous
        var next = node[]._next
        if previous == 0:
            self._first = next
        else:
            Self._node(previous)[]._next = next
        if next == 0:
            self._last = previous
        else:
            Self._node(next)[]._previous = previous
        self._count -= 1
        var value = Pointer(to=node[].value).unsafe_origin_cast[MutUntrackedOrigin]().unsafe_take_pointee()
        node.unsafe_free()
        return value^

    def _address(self, index: Int) -> Int:
        var at = self._first
        for _ in range(index):
            at = Self._node(at)[]._next
        return at

    def append(mut self, var value: Self.T):
        """Adds a value at the end."""
        self._link(value^, self._last, 0)

    def prepend(mut self, var value: Self.T):
        """Adds a value at the start."""
        # One move more than at the end, as officially.
        var element = value^
        self._link(element^, 0, self._first)

    @__call_location
    def insert(mut self, idx: Int, var elem: Self.T):
        """Adds a value before the element at `idx`."""
        _check_index(idx, self._count + 1)
        var next = self._address(idx)
        var previous = self._last if next == 0 else Self._node(next)[]._previous
        self._link(elem^, previous, next)

    def extend(mut self, var other: Self):
        """Takes over the nodes of another list, at the end. Constant time."""
        if other._count == 0:
            return
        if self._count == 0:
            self._first = other._first
        else:
            Self._node(self._last)[]._next = other._first
            Self._node(other._first)[]._previous = self._last
        self._last = other._last
        self._count += other._count
        other._first = 0
        other._last = 0
        other._count = 0

    @__call_location
    def pop(mut self) -> Self.T:
        """Removes the last element and returns it."""
        _check_index(self._count - 1, self._count)
        return self._unlink(self._last)

    @__call_location
    def pop(mut self, i: Int) -> Self.T:
        """Removes the element at `i` and returns it."""
        _check_index(i, self._count)
        return self._unlink(self._address(i))

    def maybe_pop(mut self) -> Optional[Self.T]:
        """Removes the last element, if there is one."""
        if self._count == 0:
            return Optional[Self.T]()
        return Optional[Self.T](self._unlink(self._last))

    def maybe_pop(mut self, i: Int) -> Optional[Self.T]:
        """Removes the element at `i`, if there is one. Linear time."""
        if i < 0 or i >= self._count:
            return Optional[Self.T]()
        return Optional[Self.T](self._unlink(self._address(i)))

    def count(self, elem: Self.T) -> Int where conforms_to(Self.T, Equatable):
        """How many elements equal a value. Linear time."""
        var result = 0
        var at = self._first
        while at != 0:
            if Self._node(at)[].value == elem:
                result += 1
            at = Self._node(at)[]._next
        return result

    def index(self, value: Self.T) raises -> Int where conforms_to(Self.T, Equatable):
        """The position of the first element that equals a value; raises where there is none. Linear time."""
        var at = self._first
        var position = 0
        while at != 0:
            if Self._node(at)[].value == value:
                return position
            at = Self._node(at)[]._next
            position += 1
        raise Error("ValueError: Given element is not in linked list")

    @__call_location
    def get_nth[I: Indexer](ref self, idx: I) -> ref[origin_of(self)._get_owned_interior["element"]] Self.T:
        """The element at `idx`. Linear time."""
        var position = index(idx)
        _check_index(position, self._count)
        return Pointer(to=Self._node(self._address(position))[].value).unsafe_origin_cast[origin_of(self)._get_owned_interior["element"]]()[]

    def clear(mut self):
        """Removes all elements."""
        Self._destroy(self._first)
        self._first = 0
        self._last = 0
        self._count = 0

    def reverse(mut self):
        """Turns the order round."""
        var at = self._first
        while at != 0:
            var node = Self._node(at)
            var next = node[]._next
            node[]._next = node[]._previous
            node[]._previous = next
            at = next
        var first = self._first
        self._first = self._last
        self._last = first

    def __contains__(self, value: Self.T) -> Bool where conforms_to(Self.T, Equatable):
        var at = self._first
        while at != 0:
            if Self._node(at)[].value == value:
                return True
            at = Self._node(at)[]._next
        return False

    def __hash__[H: Hasher](self, mut hasher: H) where conforms_to(Self.T, Hashable):
        var at = self._first
        while at != 0:
            Self._node(at)[].value.__hash__(hasher)
            at = Self._node(at)[]._next

    def __eq__(self, other: Self) -> Bool where conforms_to(Self.T, Equatable):
        if self._count != other._count:
            return False
        var a = self._first
        var b = other._first
        while a != 0:
            if Self._node(a)[].value != Self._node(b)[].value:
                return False
            a = Self._node(a)[]._next
            b = Self._node(b)[]._next
        return True

    @always_inline
    def __iter__(ref self) -> _LinkedListIterator[Self.T, origin_of(self), True]:
        return _LinkedListIterator[Self.T, origin_of(self), True](Pointer(to=self), self._first)

    @always_inline
    def __reversed__(ref self) -> _LinkedListIterator[Self.T, origin_of(self), False]:
        return _LinkedListIterator[Self.T, origin_of(self), False](Pointer(to=self), self._last)

    def _write_elements(self, mut writer: Some[Writer]) where conforms_to(Self.T, Writable):
        var at = self._first
        while at != 0:
            if at != self._first:
                writer.write_string(", ")
            Self._node(at)[].value.write_to(writer)
            at = Self._node(at)[]._next

    def write_to(self, mut writer: Some[Writer]) where conforms_to(Self.T, Writable):
        """Writes the text that `print` shows."""
        writer.write_string("[")
        self._write_elements(writer)
        writer.write_string("]")

    def write_repr_to(self, mut writer: Some[Writer]) where conforms_to(Self.T, Writable):
        """Writes the text that `repr` gives."""
        _write_type_name[Self](writer)
        writer.write_string("([")
        var at = self._first
        while at != 0:
            if at != self._first:
                writer.write_string(", ")
            Self._node(at)[].value.write_repr_to(writer)
            at = Self._node(at)[]._next
        writer.write_string("])")


struct _LinkedListIterator[mut: Bool, //, T: Movable & Deinitable, origin: Origin[mut=mut], forward: Bool](
    TrivialRegisterPassable, _BoundedIterator, Iterable
):
    comptime Element = Self.T
    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = Self
    var _list: Pointer[LinkedList[Self.T], Self.origin]
    var _at: Int

    @always_inline
    def __init__(out self, list: Pointer[LinkedList[Self.T], Self.origin], at: Int):
        self._list = list
        self._at = at

    @always_inline
    def __iter__(ref self) -> Self:
        return self

    @always_inline
    def __has_next__(self) -> Bool:
        return self._at != 0

    @always_inline
    def __next__(mut self) -> ref[Self.origin] Self.T:
        var node = __pointer_from_int[Pointer[Node[Self.T], MutUntrackedOrigin]](self._at)
        comptime if Self.forward:
            self._at = node[]._next
        else:
            self._at = node[]._previous
        return Pointer(to=node[].value).unsafe_origin_cast[Self.origin]()[]
