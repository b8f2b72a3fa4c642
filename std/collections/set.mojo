"""`Set`: distinct values, in order of insertion."""
from std.builtin.iteration import _BoundedIterator
from std.collections.dict import Dict, DictEntry, _DictKeyIterator, _DictKeyOwnedIterator
from std.format.writable import _write_type_name
from std.hash.hashable import Hasher, default_hasher


@__builtin("set")
@explicit_destroy("Use `deinit_with()` to explicitly destroy a `Set` of non-`Deinitable` elements")
struct Set[T: KeyElement, H: Hasher & Defaultable & Deinitable = default_hasher](
    Copyable where conforms_to(T, Copyable),
    Movable,
    Deinitable where conforms_to(T, Deinitable),
    Defaultable,
    Sized,
    Boolable,
    Iterable,
    IterableOwned,
    Equatable,
    Comparable,
    Hashable,
    KeyElement,
    Writable where conforms_to(T, Writable),
):
    """A set of values: the keys of a `Dict`."""

    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = _SetIterator[Self.T, Self.H, o]
    comptime IteratorOwnedType: Iterator = _DictKeyOwnedIterator[Self.T, NoneType, Self.H]
    var _table: Dict[Self.T, NoneType, Self.H]

    def __init__(out self):
        self._table = Dict[Self.T, NoneType, Self.H]()

    def __init__(out self, *elements: Self.T, __set_literal__: NoneType = None) where conforms_to(Self.T, Copyable & Deinitable):
        """The set of the given values."""
        self._table = Dict[Self.T, NoneType, Self.H]()
        for i in range(len(elements)):
            self._table[elements[i].copy()] = NoneType()

    def __init__(out self, elements: List[Self.T]) where conforms_to(Self.T, Copyable & Deinitable):
        """The set of a list's elements."""
        self._table = Dict[Self.T, NoneType, Self.H]()
        for i in range(len(elements)):
            self._table[elements[i].copy()] = NoneType()

    def __init__(out self, elements: Span[Self.T, _]) where conforms_to(Self.T, Copyable & Deinitable):
        """The set of a span's elements."""
        self._table = Dict[Self.T, NoneType, Self.H]()
        for i in range(len(elements)):
            self._table[elements[i].copy()] = NoneType()

    def deinit_with[F: def(var value: Self.T), //](deinit self, deinit_func: F):
        """Ends the set and hands each value to a function that ends it."""

        def end(var key: Self.T, var nothing: NoneType) {read deinit_func}:
            deinit_func(key^)

        self._table^.deinit_with(end)

    # ---- reading

    @always_inline
    def __len__(self) -> Int:
        return len(self._table)

    @always_inline
    def __bool__(self) -> Bool:
        return len(self._table) > 0

    def __contains__(self, value: Self.T) -> Bool:
        return value in self._table

    @always_inline
    def __iter__(ref self) -> _SetIterator[Self.T, Self.H, origin_of(self)]:
        return _SetIterator[Self.T, Self.H, origin_of(self)](Pointer(to=self))

    @always_inline
    def __iter__(deinit self) -> _DictKeyOwnedIterator[Self.T, NoneType, Self.H] where conforms_to(Self.T, Deinitable):
        """Hands out the values one by one; those that are left at the end of the iteration are destroyed."""
        return self._table^.__iter__()

    # ---- changing

    def add(mut self, var t: Self.T) where conforms_to(Self.T, Deinitable):
        """Adds a value."""
        self._table[t^] = NoneType()

    def insert(mut self, var t: Self.T) -> Optional[Self.T]:
        """Adds a value and returns the equal one that it displaces."""
        var displaced = self._table.insert(t^, NoneType())
        return displaced^.map(DictEntry[Self.T, NoneType, Self.H].reap_key)

    def discard(mut self, value: Self.T) where conforms_to(Self.T, Deinitable):
        """Removes a value if it is there."""
        _ = self._table.pop(value, NoneType())

    def remove(mut self, t: Self.T) raises where conforms_to(Self.T, Deinitable):
        """Removes a value that must be there."""
        _ = self._table.pop(t)

    def pop(mut self) raises -> Self.T:
        """Removes the value that was added last and returns it."""
        if len(self._table) == 0:
            raise Error("Pop on empty set")
        return self._table.popitem().reap_key()

    def clear(mut self) where conforms_to(Self.T, Deinitable):
        """Removes all values."""
        self._table.clear()

    def clear_with[F: def(var value: Self.T), //](mut self, destroy_func: F):
        """Removes all values and hands each to a function that ends it."""

        def end(var key: Self.T, var nothing: NoneType) {read destroy_func}:
            destroy_func(key^)

        self._table.clear_with(end)

    def update(mut self, other: Self) where conforms_to(Self.T, Copyable & Deinitable):
        """Adds the values of another set."""
        for value in other:
            self.add(value.copy())

    def difference_update(mut self, other: Self) where conforms_to(Self.T, Copyable & Deinitable):
        """Removes the values of another set."""
        for value in other:
            self.discard(value)

    def intersection_update(mut self, other: Self) where conforms_to(Self.T, Copyable & Deinitable):
        """Keeps only the values that another set has too, in the order of the smaller of the two."""
        self = other.intersection(self) if len(other) < len(self) else self.intersection(other)

    def symmetric_difference_update(mut self, other: Self) where conforms_to(Self.T, Copyable & Deinitable):
        """Keeps the values that only one of the two sets has."""
        self = self.symmetric_difference(other)

    # ---- algebra

    def union(self, other: Self) -> Self where conforms_to(Self.T, Copyable & Deinitable):
        """The values of either set."""
        var result = self.copy()
        result.update(other)
        return result^

    def intersection(self, other: Self) -> Self where conforms_to(Self.T, Copyable & Deinitable):
        """The values of both sets."""
        var result = Self()
        for value in self:
            if value in other:
                result.add(value.copy())
        return result^

    def difference(self, other: Self) -> Self where conforms_to(Self.T, Copyable & Deinitable):
        """The values that the other set lacks."""
        var result = Self()
        for value in self:
            if value not in other:
                result.add(value.copy())
        return result^

    def symmetric_difference(self, other: Self) -> Self where conforms_to(Self.T, Copyable & Deinitable):
        """The values that only one of the two sets has."""
        var result = self.difference(other)
        for value in other:
            if value not in self:
                result.add(value.copy())
        return result^

    def __or__(self, other: Self) -> Self where conforms_to(Self.T, Copyable & Deinitable):
        return self.union(other)

    def __and__(self, other: Self) -> Self where conforms_to(Self.T, Copyable & Deinitable):
        return self.intersection(other)

    def __sub__(self, other: Self) -> Self where conforms_to(Self.T, Copyable & Deinitable):
        return self.difference(other)

    def __xor__(self, other: Self) -> Self where conforms_to(Self.T, Copyable & Deinitable):
        return self.symmetric_difference(other)

    def __ior__(mut self, other: Self) where conforms_to(Self.T, Copyable & Deinitable):
        self.update(other)

    def __iand__(mut self, other: Self) where conforms_to(Self.T, Copyable & Deinitable):
        self.intersection_update(other)

    def __isub__(mut self, other: Self) where conforms_to(Self.T, Copyable & Deinitable):
        self.difference_update(other)

    def __ixor__(mut self, other: Self) where conforms_to(Self.T, Copyable & Deinitable):
        self.symmetric_difference_update(other)

    # ---- relations

    def issubset(self, other: Self) -> Bool:
        """Whether every value is in the other set."""
        if len(self) > len(other):
            return False
        for value in self:
            if value not in other:
                return False
        return True

    def issuperset(self, other: Self) -> Bool:
        """Whether every value of the other set is here."""
        return other.issubset(self)

    def isdisjoint(self, other: Self) -> Bool:
        """Whether the sets have no value in common."""
        for value in self:
            if value in other:
                return False
        return True

    def __eq__(self, other: Self) -> Bool:
        return len(self) == len(other) and self.issubset(other)

    def __ne__(self, other: Self) -> Bool:
        return not (self == other)

    def __le__(self, other: Self) -> Bool:
        return self.issubset(other)

    def __ge__(self, other: Self) -> Bool:
        return other.issubset(self)

    def __lt__(self, other: Self) -> Bool:
        return len(self) < len(other) and self.issubset(other)

    def __gt__(self, other: Self) -> Bool:
        return other < self

    def __hash__[H: Hasher](self, mut hasher: H):
        var sum = UInt64(0)
        for value in self:
            sum = sum ^ hash(value)
        hasher._update_with_simd(sum)

    # ---- text

    def write_to(self, mut writer: Some[Writer]) where conforms_to(Self.T, Writable):
        """Writes the text that `print` shows."""
        writer.write_string("{")
        var first = True
        for value in self:
            if not first:
                writer.write_string(", ")
            first = False
            value.write_to(writer)
        writer.write_string("}")

    def write_repr_to(self, mut writer: Some[Writer]) where conforms_to(Self.T, Writable):
        """Writes the text that `repr` gives."""
        writer.write_string("Set[")
        _write_type_name[Self.T](writer)
        # The 1.x library names the hasher of its sets, the seeds of the usual one included.
        writer.write_string(", Hasher=")
        comptime if reflect[Self.H] == reflect[default_hasher]:
            writer.write_string("AHasher[[0, 0, 0, 0] : SIMD[DType.uint64, 4]]")
        else:
            _write_type_name[Self.H](writer)
        writer.write_string("]({")
        var first = True
        for value in self:
            if not first:
                writer.write_string(", ")
            first = False
            value.write_repr_to(writer)
        writer.write_string("})")


struct _SetIterator[mut: Bool, //, T: KeyElement, H: Hasher & Defaultable & Deinitable, origin: Origin[mut=mut]](
    TrivialRegisterPassable, _BoundedIterator, Iterable, Sized
):
    comptime Element = Self.T
    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = Self
    var _keys: _DictKeyIterator[Self.T, NoneType, Self.H, ImmOrigin(Self.origin), True]

    @always_inline
    def __init__(out self, set: Pointer[Set[Self.T, Self.H], Self.origin]):
        self._keys = _DictKeyIterator[Self.T, NoneType, Self.H, ImmOrigin(Self.origin), True](
            Pointer(to=set[]._table).unsafe_origin_cast[ImmOrigin(Self.origin)]()
        )

    @always_inline
    def __iter__(ref self) -> Self:
        return self

    @always_inline
    def __len__(self) -> Int:
        return len(self._keys)

    @always_inline
    def __has_next__(self) -> Bool:
        return self._keys.__has_next__()

    @always_inline
    def __next__(mut self) -> ref[ImmOrigin(Self.origin)] Self.T:
        return self._keys.__next__()
