"""`Dict`: an insertion-ordered hash table.

Entries stand in one block in the order of insertion; a removed entry leaves a gap there until the block is rebuilt. An index of a power
of two slots maps hashes to positions in the block: a Swiss table (Benzaquen, Evlogimenos, Kulukundis and Perepelitsa, 2017). Every slot has
a control byte, seven bits of the hash or "free"; a look-up compares sixteen of them at once, and goes on to the next sixteen only where
none of them is free. At most seven eighths of the slots are taken.
"""
from std.builtin.traits import KeyElement
from std.builtin.iteration import _BoundedIterator
from std.builtin.simd import __size_of
from std.format.writable import _write_type_name
from std.bit.bits import count_trailing_zeros
from std.collections.list import __is_trivial_destroy
from std.hash.hashable import Hasher, default_hasher
from std.memory.memory import pack_bits, unsafe_alloc, unsafe_memset, __memory_copy
from std.memory.pointer import __null_pointer

comptime _LIVE = UInt64(1) << 63
comptime _FREE = UInt8(0x80)
comptime _GROUP = 16


struct DictEntry[K: KeyElement, V: Movable, H: Hasher & Defaultable & Deinitable = default_hasher](
    Copyable where conforms_to(K, Copyable) and conforms_to(V, Copyable),
    Movable,
    Deinitable where conforms_to(K, Deinitable) and conforms_to(V, Deinitable),
):
    """A key with its value. `H` is the hasher of the dictionary."""

    var key: Self.K
    var value: Self.V
    # The hash with its top bit set, or 0 where the entry was removed.
    var _hash: UInt64

    @always_inline
    def __init__(out self, var key: Self.K, var value: Self.V):
        self._hash = hash[HasherType=Self.H](key) | _LIVE
        self.key = key^
        self.value = value^

    @always_inline
    def __init__(out self, var key: Self.K, var value: Self.V, *, known_hash: UInt64):
        self.key = key^
        self.value = value^
        self._hash = known_hash

    @always_inline
    def __init__(out self, *, copy: Self) where conforms_to(Self.K, Copyable) and conforms_to(Self.V, Copyable):
        self.key = copy.key.copy()
        self.value = copy.value.copy()
        self._hash = copy._hash

    def reap_value(deinit self) -> Self.V where conforms_to(Self.K, Deinitable):
        """The value alone."""
        return self.value^

    def reap_key(deinit self) -> Self.K where conforms_to(Self.V, Deinitable):
        """The key alone."""
        return self.key^

    def deinit_with[F: def(var key: Self.K, var value: Self.V), //](deinit self, deinit_func: F):
        """Ends the entry and hands key and value to a function that ends them."""
        deinit_func(self.key^, self.value^)


struct DictKeyError[K: AnyType](TrivialRegisterPassable, Writable):
    """What a missing key raises prints like this."""

    def __init__(out self):
        pass

    def write_to(self, mut writer: Some[Writer]):
        """Writes the text that `print` shows."""
        _write_type_name[Self](writer)
        writer.write_string("()")


struct EmptyDictError(TrivialRegisterPassable, Writable):
    """What `popitem` of an empty dictionary raises prints like this."""

    def __init__(out self):
        pass

    def write_to(self, mut writer: Some[Writer]):
        """Writes the text that `print` shows."""
        writer.write_string("EmptyDictError()")


@always_inline
def _room(size: Int) -> Int:
    """How many entries a table of so many slots may have."""
    return size - size // 8


@always_inline
def _mark(hash: UInt64) -> UInt8:
    """The control byte of a hash: bits that do not choose the slot, but for huge tables."""
    return ((hash >> 56) & 0x7F).cast[DType.uint8]()


def _new_index(size: Int) -> Pointer[Int32, MutUntrackedOrigin]:
    """Slots, all free, with their control bytes."""
    var index = unsafe_alloc[Int32](size + (size + _GROUP) // 4)
    unsafe_memset(index.unsafe_offset(size).unsafe_bitcast[UInt8](), _FREE, size + _GROUP)
    return index


@always_inline
def _take_slot(index: Pointer[Int32, MutUntrackedOrigin], size: Int, hash: UInt64, position: Int):
    """Enters a position into the first free slot for a hash."""
    var control = index.unsafe_offset(size).unsafe_bitcast[UInt8]()
    var mask = size - 1
    var slot = hash.cast[DType.int]() & mask
    var step = 0
    while True:
        var free = pack_bits(control.unsafe_load[width=_GROUP](slot).eq(SIMD[DType.uint8, _GROUP](_FREE)))
        if free != 0:
            slot = (slot + count_trailing_zeros(free).cast[DType.int]()) & mask
            break
        step += _GROUP
        slot = (slot + step) & mask
    index.unsafe_offset(slot)[] = position.cast[DType.int32]()
    control.unsafe_offset(slot)[] = _mark(hash)
    # The copy behind the end lets a group begin at any slot.
    if slot < _GROUP:
        control.unsafe_offset(size + slot)[] = _mark(hash)


@__builtin("dict")
@explicit_destroy("Use `deinit_with()` to explicitly destroy a `Dict` with non-`Deinitable` keys or values")
struct Dict[K: KeyElement, V: Movable, H: Hasher & Defaultable & Deinitable = default_hasher](
    Copyable where conforms_to(K, Copyable) and conforms_to(V, Copyable),
    Movable,
    Deinitable where conforms_to(K, Deinitable) and conforms_to(V, Deinitable),
    Defaultable,
    Sized,
    Boolable,
    Iterable,
    IterableOwned,
    Equatable where conforms_to(V, Equatable),
    Hashable where conforms_to(V, Hashable),
    Writable where conforms_to(K, Writable) and conforms_to(V, Writable),
):
    """Maps keys to values, in order of insertion. `H` computes the hashes of the keys."""

    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = _DictKeyIterator[Self.K, Self.V, Self.H, o, True]
    comptime IteratorOwnedType: Iterator = _DictKeyOwnedIterator[Self.K, Self.V, Self.H]
    var _entries: Pointer[DictEntry[Self.K, Self.V, Self.H], MutUntrackedOrigin]
    # The position of an entry for each slot; behind them the control bytes, of which the first group is repeated at the end.
    var _index: Pointer[Int32, MutUntrackedOrigin]
    # Entries in the block, gaps included.
    var _used: Int
    # Entries that are alive.
    var _count: Int
    # Slots of the index; the block has room for seven eighths as many entries.
    var _size: Int

    # ---- life

    def __init__(out self):
        self._entries = __null_pointer[Pointer[DictEntry[Self.K, Self.V, Self.H], MutUntrackedOrigin]]()
        self._index = __null_pointer[Pointer[Int32, MutUntrackedOrigin]]()
        self._used = 0
        self._count = 0
        self._size = 0

    def __init__(out self, *, capacity: Int):
        """An empty dictionary with room for `capacity` entries."""
        self = Self()
        self.reserve(capacity)

    def __init__(out self, var keys: List[Self.K], var values: List[Self.V], __dict_literal__: NoneType) where conforms_to(
        Self.K, Copyable & Deinitable
    ) and conforms_to(Self.V, Copyable & Deinitable):
        """Of a display of values whose copies can be seen: copied from a pair, as officially."""
        self = Self()
        for key, value in zip(keys, values):
            self[key.copy()] = value.copy()

    def __init__(out self, *, copy: Self) where conforms_to(Self.K, Copyable) and conforms_to(Self.V, Copyable):
        self = Self()
        self.reserve(copy._count)
        for i in range(copy._used):
            ref entry = copy._entries.unsafe_offset(i)[]
            if entry._hash != 0:
                _take_slot(self._index, self._size, entry._hash, self._count)
                self._entries.unsafe_offset(self._count).unsafe_write(copy=entry)
                self._count += 1
        self._used = self._count

    def __deinit__(deinit self):
        self._destroy_entries()
        self._free()

    def deinit_with[F: def(var key: Self.K, var value: Self.V), //](deinit self, deinit_func: F):
        """Ends the dictionary and hands each key and value to a function that ends them."""
        self._hand_out_entries(deinit_func)
        self._free()

    @staticmethod
    def fromkeys(keys: List[Self.K], value: Self.V) -> Self where conforms_to(Self.K, Copyable & Deinitable) and conforms_to(
        Self.V, Copyable & Deinitable
    ):
        """A dictionary of these keys, all with one value."""
        var result = Self()
        for i in range(len(keys)):
            result[keys[i].copy()] = value.copy()
        return result^

    @staticmethod
    def fromkeys[size: Int, //](keys: Array[Self.K, size], value: Self.V) -> Self where conforms_to(
        Self.K, Copyable & Deinitable
    ) and conforms_to(Self.V, Copyable & Deinitable):
        """A dictionary of these keys, all with one value."""
        var result = Self()
        for i in range(size):
            result[keys[i].copy()] = value.copy()
        return result^

    @staticmethod
    def fromkeys[Keys: Iterable](ref keys: Keys, value: Self.V) -> Self where conforms_to(Self.K, Copyable & Deinitable) and conforms_to(
        Self.V, Copyable & Deinitable
    ) and conforms_to(Keys.IteratorType[origin_of(keys)].Element, Copyable & Deinitable):
        """A dictionary of what can be iterated over, all with one value."""
        var result = Self()
        for key in keys:
            result[rebind[Self.K](key).copy()] = value.copy()
        return result^

    # ---- the table

    @always_inline
    def _hash_of(self, key: Self.K) -> UInt64:
        return hash[HasherType=Self.H](key) | _LIVE

    @always_inline
    def _control(self) -> Pointer[UInt8, MutUntrackedOrigin]:
        return self._index.unsafe_offset(self._size).unsafe_bitcast[UInt8]()

    def _find(self, key: Self.K, hash: UInt64) -> Int:
        """The position of the entry with this key, or -1."""
        if self._count == 0:
            return -1
        var control = self._control()
        var wanted = SIMD[DType.uint8, _GROUP](_mark(hash))
        var mask = self._size - 1
        var slot = hash.cast[DType.int]() & mask
        var step = 0
        while True:
            var group = control.unsafe_load[width=_GROUP](slot)
            var hits = pack_bits(group.eq(wanted))
            while hits != 0:
                var position = self._index.unsafe_offset((slot + count_trailing_zeros(hits).cast[DType.int]()) & mask)[]
                ref entry = self._entries.unsafe_offset(position.cast[DType.int]())[]
                if entry._hash == hash and entry.key == key:
                    return position.cast[DType.int]()
                hits = hits & (hits - 1)
            if pack_bits(group.eq(SIMD[DType.uint8, _GROUP](_FREE))) != 0:
                return -1
            step += _GROUP
            slot = (slot + step) & mask

    def _add_new(mut self, var entry: DictEntry[Self.K, Self.V, Self.H]):
        """Adds an entry whose key is not there."""
        if self._used == _room(self._size):
            self._rebuild(max(_GROUP, self._size if self._count * 2 <= self._used else self._size * 2))
        _take_slot(self._index, self._size, entry._hash, self._used)
        self._entries.unsafe_offset(self._used).unsafe_write(entry^)
        self._used += 1
        self._count += 1

    @no_inline
    def _rebuild(mut self, size: Int):
        """Moves the live entries to a table of `size` slots, without gaps."""
        var entries = unsafe_alloc[DictEntry[Self.K, Self.V, Self.H]](_room(size))
        var index = _new_index(size)
        var count = 0
        for i in range(self._used):
            var hash = self._entries.unsafe_offset(i)[]._hash
            if hash == 0:
                continue
            _take_slot(index, size, hash, count)
            entries.unsafe_offset(count).unsafe_write_move_from(self._entries.unsafe_offset(i))
            count += 1
        self._entries.unsafe_free()
        self._index.unsafe_free()
        self._entries = entries
        self._index = index
        self._used = count
        self._size = size

    def _forget(mut self, position: Int):
        """An entry was taken out. Its slot in the index stays taken, by a gap."""
        self._entries.unsafe_offset(position)[]._hash = 0
        self._count -= 1
        if position == self._used - 1 and self._count == 0:
            self._reset()

    def _take_next(mut self, mut position: Int) -> DictEntry[Self.K, Self.V, Self.H]:
        """Takes out the first entry from a position on, which moves behind it."""
        while self._entries.unsafe_offset(position)[]._hash == 0:
            position += 1
        var entry = self._entries.unsafe_offset(position).unsafe_take_pointee()
        self._forget(position)
        position += 1
        return entry^

    def _next_to_end(self, mut step: Int) -> Int:
        """The position of the entry that ends next, or -1: of a small table in the order of its slots, as officially, of a large one as
        they lie in memory. `step` begins with 0."""
        if self._size > 1024:
            while step < self._used:
                step += 1
                if self._entries.unsafe_offset(step - 1)[]._hash != 0:
                    return step - 1
            return -1
        var control = self._control()
        while step < self._size:
            step += 1
            if control.unsafe_offset(step - 1)[] == _FREE:
                continue
            var position = self._index.unsafe_offset(step - 1)[].cast[DType.int]()
            if self._entries.unsafe_offset(position)[]._hash != 0:
                return position
        return -1

    def _destroy_entries(self):
        comptime if __is_trivial_destroy[DictEntry[Self.K, Self.V, Self.H]]():
            return
        var step = 0
        while True:
            var position = self._next_to_end(step)
            if position < 0:
                return
            self._entries.unsafe_offset(position).unsafe_deinit_pointee()

    def _hand_out_entries[F: def(var key: Self.K, var value: Self.V), //](self, receiver: F):
        var step = 0
        while True:
            var position = self._next_to_end(step)
            if position < 0:
                return
            self._entries.unsafe_offset(position).unsafe_take_pointee().deinit_with(receiver)

    def _free(self):
        self._entries.unsafe_free()
        self._index.unsafe_free()

    def _reset(mut self):
        if self._size > 0:
            unsafe_memset(self._control(), _FREE, self._size + _GROUP)
        self._used = 0
        self._count = 0

    def reserve(mut self, capacity: Int):
        """Makes room for `capacity` entries in all."""
        var size = max(_GROUP, self._size)
        # Beyond the largest power of two it is negative, which no allocator gives.
        while _room(size) < capacity and size > 0:
            size *= 2
        if size != self._size:
            self._rebuild(size)

    # ---- reading

    @always_inline
    def __len__(self) -> Int:
        return self._count

    @always_inline
    def __bool__(self) -> Bool:
        return self._count > 0

    def __contains__(self, key: Self.K) -> Bool:
        return self._find(key, self._hash_of(key)) >= 0

    def __getitem__(ref self, key: Self.K) raises DictKeyError[Self.K] -> ref[origin_of(self)._get_owned_interior["value"]] Self.V:
        var position = self._find(key, self._hash_of(key))
        if position < 0:
            raise DictKeyError[Self.K]()
        return self._entries.unsafe_offset(position)[].value

    def find(self, key: Self.K) -> Optional[Self.V] where conforms_to(Self.V, Copyable):
        """A copy of the value, if the key is there."""
        var position = self._find(key, self._hash_of(key))
        if position < 0:
            return Optional[Self.V]()
        return Optional[Self.V](self._entries.unsafe_offset(position)[].value.copy())

    def get(self, key: Self.K) -> Optional[Self.V] where conforms_to(Self.V, Copyable):
        """A copy of the value, if the key is there."""
        return self.find(key)

    def get(self, key: Self.K, var default: Self.V) -> Self.V where conforms_to(Self.V, Copyable & Deinitable):
        """A copy of the value, or `default`."""
        var position = self._find(key, self._hash_of(key))
        if position < 0:
            return default^
        return self._entries.unsafe_offset(position)[].value.copy()

    # ---- changing

    def __setitem__(mut self, var key: Self.K, var value: Self.V) where conforms_to(Self.K, Deinitable) and conforms_to(Self.V, Deinitable):
        var hash = self._hash_of(key)
        var position = self._find(key, hash)
        var entry = DictEntry[Self.K, Self.V, Self.H](key^, value^, known_hash=hash)
        if position >= 0:
            self._entries.unsafe_offset(position)[] = entry^
        else:
            self._add_new(entry^)

    def insert(mut self, var key: Self.K, var value: Self.V) -> Optional[DictEntry[Self.K, Self.V, Self.H]]:
        """Puts an entry in and returns the one with this key that it displaces."""
        var hash = self._hash_of(key)
        var position = self._find(key, hash)
        var entry = DictEntry[Self.K, Self.V, Self.H](key^, value^, known_hash=hash)
        if position < 0:
            self._add_new(entry^)
            return None
        var place = self._entries.unsafe_offset(position)
        var displaced = place.unsafe_take_pointee()
        place.unsafe_write(entry^)
        return displaced^

    def setdefault(mut self, var key: Self.K, var default: Self.V) -> ref[
        origin_of(self)._get_owned_interior["value"]
    ] Self.V where conforms_to(Self.K, Deinitable) and conforms_to(Self.V, Deinitable):
        """The value of a key, which becomes `default` where the key was missing."""
        var hash = self._hash_of(key)
        var position = self._find(key, hash)
        if position < 0:
            self._add_new(DictEntry[Self.K, Self.V, Self.H](key^, default^, known_hash=hash))
            position = self._used - 1
        return self._entries.unsafe_offset(position)[].value

    def pop(mut self, key: Self.K) raises DictKeyError[Self.K] -> Self.V where conforms_to(Self.K, Deinitable):
        """Removes a key and returns its value."""
        var position = self._find(key, self._hash_of(key))
        if position < 0:
            raise DictKeyError[Self.K]()
        var entry = self._entries.unsafe_offset(position).unsafe_take_pointee()
        self._forget(position)
        return entry^.reap_value()

    def pop(mut self, key: Self.K, var default: Self.V) -> Self.V where conforms_to(Self.K, Deinitable) and conforms_to(Self.V, Deinitable):
        """Removes a key and returns its value, or `default`."""
        var position = self._find(key, self._hash_of(key))
        if position < 0:
            return default^
        var entry = self._entries.unsafe_offset(position).unsafe_take_pointee()
        self._forget(position)
        return entry^.reap_value()

    def popitem(mut self) raises EmptyDictError -> DictEntry[Self.K, Self.V, Self.H]:
        """Removes the entry that was inserted last and returns it."""
        var position = self._used - 1
        while position >= 0 and self._entries.unsafe_offset(position)[]._hash == 0:
            position -= 1
        if position < 0:
            raise EmptyDictError()
        var entry = self._entries.unsafe_offset(position).unsafe_take_pointee()
        self._forget(position)
        return entry^

    def take_items(mut self) -> _TakeDictEntryIter[Self.K, Self.V, Self.H, origin_of(self)] where conforms_to(Self.K, Deinitable) and conforms_to(Self.V, Deinitable):
        """Takes the entries out one by one, in order of insertion; those that the loop does not reach stay."""
        return _TakeDictEntryIter[Self.K, Self.V, Self.H, origin_of(self)](Pointer(to=self))

    def update(mut self, other: Self) where conforms_to(Self.K, Copyable & Deinitable) and conforms_to(Self.V, Copyable & Deinitable):
        """Takes over the entries of another dictionary."""
        for i in range(other._used):
            ref entry = other._entries.unsafe_offset(i)[]
            if entry._hash != 0:
                self[entry.key.copy()] = entry.value.copy()

    def clear(mut self) where conforms_to(Self.K, Deinitable) and conforms_to(Self.V, Deinitable):
        """Removes all entries."""
        self._destroy_entries()
        self._reset()

    def clear_with[F: def(var key: Self.K, var value: Self.V), //](mut self, destroy_func: F):
        """Removes all entries and hands each key and value to a function that ends them."""
        self._hand_out_entries(destroy_func)
        self._reset()

    def __or__(self, other: Self) -> Self where conforms_to(Self.K, Copyable & Deinitable) and conforms_to(Self.V, Copyable & Deinitable):
        var result = self.copy()
        result.update(other)
        return result^

    def __ior__(mut self, other: Self) where conforms_to(Self.K, Copyable & Deinitable) and conforms_to(Self.V, Copyable & Deinitable):
        self.update(other)

    # ---- iteration

    @always_inline
    def __iter__(ref self) -> _DictKeyIterator[Self.K, Self.V, Self.H, origin_of(self), True]:
        return _DictKeyIterator[Self.K, Self.V, Self.H, origin_of(self), True](Pointer(to=self))

    @always_inline
    def __iter__(var self) -> _DictKeyOwnedIterator[Self.K, Self.V, Self.H] where conforms_to(Self.K, Deinitable) and conforms_to(
        Self.V, Deinitable
    ):
        """Hands out the keys one by one and destroys their values; what is left at the end of the iteration is destroyed."""
        return _DictKeyOwnedIterator[Self.K, Self.V, Self.H](self^)

    @always_inline
    def __reversed__(ref self) -> _DictKeyIterator[Self.K, Self.V, Self.H, origin_of(self), False]:
        return _DictKeyIterator[Self.K, Self.V, Self.H, origin_of(self), False](Pointer(to=self))

    @always_inline
    def keys(ref self) -> _DictKeyIterator[Self.K, Self.V, Self.H, origin_of(self), True]:
        """Iterates over the keys."""
        return _DictKeyIterator[Self.K, Self.V, Self.H, origin_of(self), True](Pointer(to=self))

    @always_inline
    def values(ref self) -> _DictValueIterator[Self.K, Self.V, Self.H, origin_of(self), True]:
        """Iterates over the values."""
        return _DictValueIterator[Self.K, Self.V, Self.H, origin_of(self), True](Pointer(to=self))

    @always_inline
    def items(ref self) -> _DictItemIterator[Self.K, Self.V, Self.H, origin_of(self), True]:
        """Iterates over the entries."""
        return _DictItemIterator[Self.K, Self.V, Self.H, origin_of(self), True](Pointer(to=self))

    # ---- comparison and text

    def __hash__[H: Hasher](self, mut hasher: H) where conforms_to(Self.V, Hashable):
        """The order of the entries does not count."""
        var sum = UInt64(0)
        for i in range(self._used):
            ref entry = self._entries.unsafe_offset(i)[]
            if entry._hash != 0:
                sum += hash(entry.key) ^ (hash(entry.value) * 0x9E3779B97F4A7C15)
        hasher._update_with_simd(sum)

    def __eq__(self, other: Self) -> Bool where conforms_to(Self.V, Equatable):
        if self._count != other._count:
            return False
        for i in range(self._used):
            ref entry = self._entries.unsafe_offset(i)[]
            if entry._hash == 0:
                continue
            var position = other._find(entry.key, entry._hash)
            if position < 0 or other._entries.unsafe_offset(position)[].value != entry.value:
                return False
        return True

    def write_to(self, mut writer: Some[Writer]) where conforms_to(Self.K, Writable) and conforms_to(Self.V, Writable):
        """Writes the text that `print` shows."""
        writer.write_string("{")
        var first = True
        for i in range(self._used):
            ref entry = self._entries.unsafe_offset(i)[]
            if entry._hash == 0:
                continue
            if not first:
                writer.write_string(", ")
            first = False
            entry.key.write_to(writer)
            writer.write_string(": ")
            entry.value.write_to(writer)
        writer.write_string("}")

    def write_repr_to(self, mut writer: Some[Writer]) where conforms_to(Self.K, Writable) and conforms_to(Self.V, Writable):
        """Writes the text that `repr` gives."""
        writer.write_string("Dict[")
        _write_type_name[Self.K](writer)
        writer.write_string(", ")
        _write_type_name[Self.V](writer)
        writer.write_string("]({")
        var first = True
        for i in range(self._used):
            ref entry = self._entries.unsafe_offset(i)[]
            if entry._hash == 0:
                continue
            if not first:
                writer.write_string(", ")
            first = False
            entry.key.write_repr_to(writer)
            writer.write_string(": ")
            entry.value.write_repr_to(writer)
        writer.write_string("})")


struct _DictWalk[mut: Bool, //, K: KeyElement, V: Movable, H: Hasher & Defaultable & Deinitable, origin: Origin[mut=mut], forward: Bool](
    TrivialRegisterPassable
):
    """A position among the entries of a dictionary. It reads the table anew at each step, so that inserting during the iteration is safe."""

    var _dict: Pointer[Dict[Self.K, Self.V, Self.H], Self.origin]
    var _next: Int

    @always_inline
    def __init__(out self, dict: Pointer[Dict[Self.K, Self.V, Self.H], Self.origin]):
        self._dict = dict
        comptime if Self.forward:
            self._next = 0
        else:
            self._next = dict[]._used - 1

    @always_inline
    def _skip(self) -> Int:
        """The next position of a live entry, or one outside the block."""
        var position = self._next
        comptime if Self.forward:
            while position < self._dict[]._used and self._dict[]._entries.unsafe_offset(position)[]._hash == 0:
                position += 1
        else:
            while position >= 0 and self._dict[]._entries.unsafe_offset(position)[]._hash == 0:
                position -= 1
        return position

    @always_inline
    def has_next(self) -> Bool:
        var position = self._skip()
        return position >= 0 and position < self._dict[]._used

    @always_inline
    def advance(mut self) -> Pointer[DictEntry[Self.K, Self.V, Self.H], Self.origin]:
        var position = self._skip()
        comptime if Self.forward:
            self._next = position + 1
        else:
            self._next = position - 1
        return self._dict[]._entries.unsafe_offset(position).unsafe_origin_cast[Self.origin]()


struct _DictKeyIterator[
    mut: Bool, //, K: KeyElement, V: Movable, H: Hasher & Defaultable & Deinitable, origin: Origin[mut=mut], forward: Bool
](TrivialRegisterPassable, _BoundedIterator, Iterable, Sized):
    comptime Element = Self.K
    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = Self
    var _walk: _DictWalk[Self.K, Self.V, Self.H, Self.origin, Self.forward]

    @always_inline
    def __init__(out self, dict: Pointer[Dict[Self.K, Self.V, Self.H], Self.origin]):
        self._walk = _DictWalk[Self.K, Self.V, Self.H, Self.origin, Self.forward](dict)

    @always_inline
    def __iter__(ref self) -> Self:
        return self

    @always_inline
    def __len__(self) -> Int:
        return self._walk._dict[]._count

    @always_inline
    def __has_next__(self) -> Bool:
        return self._walk.has_next()

    @always_inline
    def __next__(mut self) -> ref[Self.origin] Self.K:
        return self._walk.advance()[].key


struct _DictValueIterator[
    mut: Bool, //, K: KeyElement, V: Movable, H: Hasher & Defaultable & Deinitable, origin: Origin[mut=mut], forward: Bool
](TrivialRegisterPassable, _BoundedIterator, Iterable, Sized):
    comptime Element = Self.V
    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = Self
    var _walk: _DictWalk[Self.K, Self.V, Self.H, Self.origin, Self.forward]

    @always_inline
    def __init__(out self, dict: Pointer[Dict[Self.K, Self.V, Self.H], Self.origin]):
        self._walk = _DictWalk[Self.K, Self.V, Self.H, Self.origin, Self.forward](dict)

    @always_inline
    def __iter__(ref self) -> Self:
        return self

    @always_inline
    def __reversed__(self) -> _DictValueIterator[Self.K, Self.V, Self.H, Self.origin, False]:
        return _DictValueIterator[Self.K, Self.V, Self.H, Self.origin, False](self._walk._dict)

    @always_inline
    def __len__(self) -> Int:
        return self._walk._dict[]._count

    @always_inline
    def __has_next__(self) -> Bool:
        return self._walk.has_next()

    @always_inline
    def __next__(mut self) -> ref[Self.origin] Self.V:
        return self._walk.advance()[].value


struct _DictItemIterator[
    mut: Bool, //, K: KeyElement, V: Movable, H: Hasher & Defaultable & Deinitable, origin: Origin[mut=mut], forward: Bool
](TrivialRegisterPassable, _BoundedIterator, Iterable, Sized):
    comptime Element = DictEntry[Self.K, Self.V, Self.H]
    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = Self
    var _walk: _DictWalk[Self.K, Self.V, Self.H, Self.origin, Self.forward]

    @always_inline
    def __init__(out self, dict: Pointer[Dict[Self.K, Self.V, Self.H], Self.origin]):
        self._walk = _DictWalk[Self.K, Self.V, Self.H, Self.origin, Self.forward](dict)

    @always_inline
    def __iter__(ref self) -> Self:
        return self

    @always_inline
    def __reversed__(self) -> _DictItemIterator[Self.K, Self.V, Self.H, Self.origin, False]:
        return _DictItemIterator[Self.K, Self.V, Self.H, Self.origin, False](self._walk._dict)

    @always_inline
    def __len__(self) -> Int:
        return self._walk._dict[]._count

    @always_inline
    def __has_next__(self) -> Bool:
        return self._walk.has_next()

    @always_inline
    def __next__(mut self) -> ref[Self.origin] DictEntry[Self.K, Self.V, Self.H]:
        return self._walk.advance()[]


struct _TakeDictEntryIter[K: KeyElement & Deinitable, V: Movable & Deinitable, H: Hasher & Defaultable & Deinitable, origin: Origin[mut=True]](
    TrivialRegisterPassable, _BoundedIterator, Iterable
):
    """Removes the first entry at each step."""

    comptime Element = DictEntry[Self.K, Self.V, Self.H]
    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = Self
    var _dict: Pointer[Dict[Self.K, Self.V, Self.H], Self.origin]
    var _next: Int

    @always_inline
    def __init__(out self, dict: Pointer[Dict[Self.K, Self.V, Self.H], Self.origin]):
        self._dict = dict
        self._next = 0

    @always_inline
    def __iter__(ref self) -> Self:
        return self

    @always_inline
    def __has_next__(self) -> Bool:
        return self._dict[]._count > 0

    def __next__(mut self) -> DictEntry[Self.K, Self.V, Self.H]:
        return self._dict[]._take_next(self._next)


struct _DictKeyOwnedIterator[K: KeyElement & Deinitable, V: Movable & Deinitable, H: Hasher & Defaultable & Deinitable](
    Movable, _BoundedIterator, Sized
):
    """Owns a dictionary and hands out its keys."""

    comptime Element = Self.K
    var _dict: Dict[Self.K, Self.V, Self.H]
    var _next: Int

    @always_inline
    def __init__(out self, var dict: Dict[Self.K, Self.V, Self.H]):
        self._dict = dict^
        self._next = 0

    @always_inline
    def __len__(self) -> Int:
        return self._dict._count

    @always_inline
    def __has_next__(self) -> Bool:
        return self._dict._count > 0

    def __next__(mut self) -> Self.K:
        return self._dict._take_next(self._next).reap_key()
