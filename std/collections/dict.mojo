"""`Dict`: an insertion-ordered hash table."""


@fieldwise_init
struct DictEntry[K: KeyElement & Copyable & Deinitable, V: Copyable & Deinitable](Copyable, Deinitable):
    """A key with its value."""

    var key: Self.K
    var value: Self.V


struct DictKeyError(Copyable, Movable, Deinitable, Writable):
    """Raised when a key is missing."""

    def __init__(out self):
        pass

    def write_to(self, mut writer: Some[Writer]):
        writer.write_string("DictKeyError")


@__builtin("dict")
struct Dict[K: KeyElement & Copyable & Deinitable, V: Copyable & Deinitable](
    Copyable, Movable, Deinitable, Defaultable, Sized, Boolable
):
    """Entries in order of insertion, and an open-addressing index of their positions (linear probing, at most 2/3 full)."""

    var _entries: List[DictEntry[Self.K, Self.V]]
    var _index: List[Int]

    def __init__(out self):
        self._entries = List[DictEntry[Self.K, Self.V]]()
        self._index = List[Int]()

    def __len__(self) -> Int:
        return len(self._entries)

    def __bool__(self) -> Bool:
        return len(self._entries) > 0

    def _find(self, key: Self.K) -> Int:
        """The position of the entry with this key, or -1."""
        var size = len(self._index)
        if size == 0:
            return -1
        var slot = (hash(key) & (size - 1).cast[DType.uint64]()).cast[DType.int]()
        while True:
            var position = self._index[slot]
            if position < 0:
                return -1
            if self._entries[position].key == key:
                return position
            slot = (slot + 1) & (size - 1)

    def _rebuild(mut self, size: Int):
        var index = List[Int](length=size, fill=-1)
        for i in range(len(self._entries)):
            var slot = (hash(self._entries[i].key) & (size - 1).cast[DType.uint64]()).cast[DType.int]()
            while index[slot] >= 0:
                slot = (slot + 1) & (size - 1)
            index[slot] = i
        self._index = index^

    def __contains__(self, key: Self.K) -> Bool:
        return self._find(key) >= 0

    def __getitem__(ref self, key: Self.K) raises -> ref[__interior(self, "value")] Self.V:
        var position = self._find(key)
        if position < 0:
            raise Error("DictKeyError")
        return self._entries.unsafe_ptr().unsafe_origin_cast[MutUntrackedOrigin]().unsafe_offset(position)[].value

    def __setitem__(mut self, key: Self.K, var value: Self.V):
        var position = self._find(key)
        if position >= 0:
            self._entries[position].value = value^
            return
        if (len(self._entries) + 1) * 3 > len(self._index) * 2:
            self._rebuild(max(8, len(self._index) * 2))
        var size = len(self._index)
        var slot = (hash(key) & (size - 1).cast[DType.uint64]()).cast[DType.int]()
        while self._index[slot] >= 0:
            slot = (slot + 1) & (size - 1)
        self._index[slot] = len(self._entries)
        self._entries.append(DictEntry[Self.K, Self.V](key.copy(), value^))

    def get(self, key: Self.K, default: Self.V) -> Self.V:
        var position = self._find(key)
        if position < 0:
            return default.copy()
        return self._entries[position].value.copy()

    def get(self, key: Self.K) -> Optional[Self.V]:
        var position = self._find(key)
        if position < 0:
            return Optional[Self.V]()
        return Optional[Self.V](self._entries[position].value.copy())
