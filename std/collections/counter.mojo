"""`Counter`: how often each value occurs."""
from std.collections.dict import Dict, _DictKeyIterator, _DictValueIterator, _DictItemIterator
from std.hash.hashable import default_hasher
from std.builtin.assertion import _check_index
from std.format.writable import _write_type_name
from std.utils.variant import Variant


struct Counter[V: KeyElement & Copyable & Deinitable](
    Copyable, Movable, Deinitable, Defaultable, Sized, Boolable, Iterable, Equatable, Writable where conforms_to(V, Writable)
):
    """Counts of values; a value that never occurred has count 0."""

    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = _DictKeyIterator[Self.V, Int, default_hasher, o, True]
    var _counts: Dict[Self.V, Int]

    def __init__(out self):
        self._counts = Dict[Self.V, Int]()

    def __init__(out self, *values: Self.V):
        """Counts the given values."""
        self._counts = Dict[Self.V, Int]()
        for i in range(len(values)):
            self._add(values[i], 1)

    def __init__(out self, values: List[Self.V]):
        """Counts the elements of a list."""
        self._counts = Dict[Self.V, Int]()
        for i in range(len(values)):
            self._add(values[i], 1)

    def __init__[I: Iterable, //](
        out self, ref iterable: I
    ) where conforms_to(I.IteratorType[origin_of(iterable)].Element, Copyable & Deinitable):
        """Counts the elements of anything that can be iterated over."""
        self._counts = Dict[Self.V, Int]()
        for element in iterable:
            self._add(rebind[Self.V](element), 1)

    @staticmethod
    def fromkeys(keys: List[Self.V], value: Int) -> Self:
        """Every key with the same count."""
        var result = Self()
        for i in range(len(keys)):
            result[keys[i].copy()] = value
        return result^

    def _add(mut self, value: Self.V, count: Int):
        self._counts[value.copy()] = self[value] + count

    # ---- reading

    def __getitem__(self, key: Self.V) -> Int:
        return self._counts.get(key, 0)

    def __setitem__(mut self, var value: Self.V, count: Int):
        self._counts[value^] = count

    def __contains__(self, key: Self.V) -> Bool:
        return key in self._counts

    def get(self, value: Self.V) -> Optional[Int]:
        """The count of a value, if it was ever set."""
        return self._counts.get(value)

    def get(self, value: Self.V, default: Int) -> Int:
        """The count of a value, or `default`."""
        return self._counts.get(value, default)

    @always_inline
    def __len__(self) -> Int:
        return len(self._counts)

    @always_inline
    def __bool__(self) -> Bool:
        return len(self._counts) > 0

    def total(self) -> Int:
        """The sum of all counts."""
        var sum = 0
        for count in self._counts.values():
            sum += count
        return sum

    def most_common(self, n: Int) -> List[CountTuple[Self.V]]:
        """The `n` values with the highest counts, highest first; equal ones in order of first occurrence."""
        var pairs = List[CountTuple[Self.V]]()
        for entry in self._counts.items():
            # Insertion keeps the list sorted and stable.
            var place = len(pairs)
            while place > 0 and pairs[place - 1]._count < entry.value:
                place -= 1
            if place < n:
                pairs.insert(place, CountTuple[Self.V](entry.key.copy(), entry.value))
                if len(pairs) > n:
                    _ = pairs.pop()
        return pairs^

    def elements(self) -> List[Self.V]:
        """Every value as often as its count says."""
        var values = List[Self.V]()
        for entry in self._counts.items():
            for _ in range(entry.value):
                values.append(entry.key.copy())
        return values^

    # ---- changing

    def pop(mut self, value: Self.V) raises -> Int:
        """Removes a value and returns its count."""
        return self._counts.pop(value)

    def pop(mut self, value: Self.V, default: Int) -> Int:
        """Removes a value and returns its count, or `default`."""
        return self._counts.pop(value, default)

    def popitem(mut self) raises -> Tuple[Self.V, Int]:
        """Removes the value that was added last and returns it with its count."""
        var entry = self._counts.popitem()
        return (entry.key.copy(), entry.value)

    def clear(mut self):
        """Removes all values."""
        self._counts.clear()

    def update(mut self, other: Self):
        """Adds the counts of another counter."""
        for entry in other._counts.items():
            self._add(entry.key, entry.value)

    def subtract(mut self, other: Self):
        """Takes the counts of another counter away; counts may become negative."""
        for entry in other._counts.items():
            self._add(entry.key, -entry.value)

    def _positive(self) -> Self:
        var result = Self()
        for entry in self._counts.items():
            if entry.value > 0:
                result[entry.key.copy()] = entry.value
        return result^

    def __add__(self, other: Self) -> Self:
        """Sums of counts; only positive ones."""
        var result = self.copy()
        result.update(other)
        return result._positive()

    def __sub__(self, other: Self) -> Self:
        """Differences of counts; only positive ones."""
        var result = self.copy()
        result.subtract(other)
        return result._positive()

    def __and__(self, other: Self) -> Self:
        """The smaller count of each value; only positive ones."""
        var result = Self()
        for entry in self._counts.items():
            var count = min(entry.value, other[entry.key])
            if count > 0:
                result[entry.key.copy()] = count
        return result^

    def __or__(self, other: Self) -> Self:
        """The larger count of each value; only positive ones."""
        var result = self.copy()
        for entry in other._counts.items():
            result[entry.key.copy()] = max(entry.value, self[entry.key])
        return result._positive()

    def __pos__(self) -> Self:
        """The positive counts."""
        return self._positive()

    def __neg__(self) -> Self:
        """The negative counts, negated."""
        var result = Self()
        for entry in self._counts.items():
            if entry.value < 0:
                result[entry.key.copy()] = -entry.value
        return result^

    def __iadd__(mut self, other: Self):
        self.update(other)
        self = self._positive()

    def __isub__(mut self, other: Self):
        self.subtract(other)
        self = self._positive()

    def __iand__(mut self, other: Self):
        self = self & other

    def __ior__(mut self, other: Self):
        self = self | other

    def lt(self, other: Self) -> Bool:
        """Whether every count is below that of the other counter, over the values of both."""
        return self._all_below[strict=True](other)

    def le(self, other: Self) -> Bool:
        """Whether no count is above that of the other counter, over the values of both."""
        return self._all_below[strict=False](other)

    def gt(self, other: Self) -> Bool:
        """Whether every count is above that of the other counter, over the values of both."""
        return other._all_below[strict=True](self)

    def ge(self, other: Self) -> Bool:
        """Whether no count is below that of the other counter, over the values of both."""
        return other._all_below[strict=False](self)

    def _all_below[strict: Bool](self, other: Self) -> Bool:
        for entry in self._counts.items():
            var limit = other[entry.key]
            if entry.value > limit or (strict and entry.value == limit):
                return False
        for entry in other._counts.items():
            var count = self[entry.key]
            if count > entry.value or (strict and count == entry.value):
                return False
        return True

    def __eq__(self, other: Self) -> Bool:
        """Whether all counts agree, absent values counting 0."""
        for entry in self._counts.items():
            if other[entry.key] != entry.value:
                return False
        for entry in other._counts.items():
            if self[entry.key] != entry.value:
                return False
        return True

    # ---- iteration and text

    @always_inline
    def __iter__(ref self) -> _DictKeyIterator[Self.V, Int, default_hasher, origin_of(self), True]:
        return _DictKeyIterator[Self.V, Int, default_hasher, origin_of(self), True](
            Pointer(to=self._counts).unsafe_origin_cast[origin_of(self)]()
        )

    @always_inline
    def keys(ref self) -> _DictKeyIterator[Self.V, Int, default_hasher, origin_of(self._counts), True]:
        """Iterates over the values that were counted."""
        return self._counts.keys()

    @always_inline
    def values(ref self) -> _DictValueIterator[Self.V, Int, default_hasher, origin_of(self._counts), True]:
        """Iterates over the counts."""
        return self._counts.values()

    @always_inline
    def items(ref self) -> _DictItemIterator[Self.V, Int, default_hasher, origin_of(self._counts), True]:
        """Iterates over entries of value and count."""
        return self._counts.items()

    def write_to(self, mut writer: Some[Writer]) where conforms_to(Self.V, Writable):
        """Writes the text that `print` shows."""
        self._counts.write_to(writer)

    def write_repr_to(self, mut writer: Some[Writer]) where conforms_to(Self.V, Writable):
        """Writes the text that `repr` gives."""
        _write_type_name[Self](writer)
        writer.write_string("({")
        var first = True
        for entry in self._counts.items():
            if not first:
                writer.write_string(", ")
            first = False
            entry.key.write_repr_to(writer)
            writer.write_string(": ")
            entry.value.write_repr_to(writer)
        writer.write_string("})")


struct CountTuple[V: KeyElement & Copyable & Deinitable](Copyable, Movable, Deinitable, Comparable):
    """A value and how often it occurs; the more frequent one is the smaller."""

    var _value: Self.V
    var _count: Int

    @always_inline
    def __init__(out self, var value: Self.V, count: Int):
        self._value = value^
        self._count = count

    def __eq__(self, other: Self) -> Bool:
        return self._count == other._count

    def __lt__(self, other: Self) -> Bool:
        return self._count > other._count

    @__call_location
    def __getitem__(self, idx: Int) -> Variant[Self.V, Int]:
        """The value at 0, its count at 1."""
        _check_index(idx, 2)
        if idx == 0:
            return Variant[Self.V, Int](self._value.copy())
        return Variant[Self.V, Int](self._count)
