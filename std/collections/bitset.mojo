"""`BitSet`: a fixed number of bits."""
from std.builtin.assertion import _check_index


struct BitSet[size: Int](Copyable, Movable, Deinitable, Defaultable, Sized, Boolable, Equatable, Writable):
    """Small integers from 0 to `size`, exclusive; each is in the set or not."""

    comptime _WORDS = (Self.size + 63) // 64
    var _words: Array[UInt64, Self._WORDS]

    def __init__(out self):
        self._words = Array[UInt64, Self._WORDS](fill=0)

    def __init__[width: SIMDLength, //](out self: BitSet[Int(width)], init: SIMD[DType.bool, width]):
        """The numbers of the lanes that are set."""
        self = BitSet[Int(width)]()
        for i in range(Int(width)):
            if init[i]:
                self.set(i)

    def __init__[other_size: Int, //, *, truncate: Bool = False](out self, *, resized_from: BitSet[other_size]):
        """The numbers of a set of another size, which must be smaller or may lose numbers."""
        comptime assert truncate or other_size <= Self.size, "a smaller set has no room for the numbers of the larger one"
        self = Self(resized_from=resized_from, truncate_set_bits=())

    def __init__[other_size: Int, //](out self, *, resized_from: BitSet[other_size], truncate_set_bits: Tuple[]):
        """The numbers of a set of another size that have room."""
        self = Self()
        for i in range(min(Self.size, other_size)):
            if resized_from.test(i):
                self.set(i)

    @__call_location
    def set(mut self, idx: Int):
        """Puts a number in."""
        _check_index(idx, Self.size)
        self._words[idx >> 6] |= UInt64(1) << (idx & 63).cast[DType.uint64]()

    @__call_location
    def clear(mut self, idx: Int):
        """Takes a number out."""
        _check_index(idx, Self.size)
        self._words[idx >> 6] &= ~(UInt64(1) << (idx & 63).cast[DType.uint64]())

    @__call_location
    def toggle(mut self, idx: Int):
        """Puts a number in or takes it out."""
        _check_index(idx, Self.size)
        self._words[idx >> 6] ^= UInt64(1) << (idx & 63).cast[DType.uint64]()

    @__call_location
    def test(self, idx: Int) -> Bool:
        """Whether a number is in the set."""
        _check_index(idx, Self.size)
        return (self._words[idx >> 6] >> (idx & 63).cast[DType.uint64]()) & 1 == 1

    def clear_all(mut self):
        """Takes all numbers out."""
        for i in range(Self._WORDS):
            self._words[i] = 0

    def set_all(mut self):
        """Puts all numbers in."""
        for i in range(Self.size):
            self.set(i)

    def toggle_all(mut self):
        """Exchanges the numbers that are in with those that are not."""
        for i in range(Self.size):
            self.toggle(i)

    def __len__(self) -> Int:
        var count = 0
        for i in range(Self._WORDS):
            var word = self._words[i]
            while word != 0:
                word &= word - 1
                count += 1
        return count

    def __bool__(self) -> Bool:
        for i in range(Self._WORDS):
            if self._words[i] != 0:
                return True
        return False

    def union(self, other: Self) -> Self:
        """The numbers of either set."""
        var result = Self()
        for i in range(Self._WORDS):
            result._words[i] = self._words[i] | other._words[i]
        return result^

    def intersection(self, other: Self) -> Self:
        """The numbers of both sets."""
        var result = Self()
        for i in range(Self._WORDS):
            result._words[i] = self._words[i] & other._words[i]
        return result^

    def difference(self, other: Self) -> Self:
        """The numbers that the other set lacks."""
        var result = Self()
        for i in range(Self._WORDS):
            result._words[i] = self._words[i] & ~other._words[i]
        return result^

    def __eq__(self, other: Self) -> Bool:
        for i in range(Self._WORDS):
            if self._words[i] != other._words[i]:
                return False
        return True

    def write_to(self, mut writer: Some[Writer]):
        """Writes the text that `print` shows."""
        writer.write_string("{")
        var first = True
        for i in range(Self.size):
            if self.test(i):
                if not first:
                    writer.write_string(", ")
                first = False
                i.write_to(writer)
        writer.write_string("}")

    def write_repr_to(self, mut writer: Some[Writer]):
        """Writes the text that `repr` gives."""
        writer.write("BitSet[", Self.size, "](", self, ")")
