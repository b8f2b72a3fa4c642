"""Natural numbers of any size, for what floats cannot decide by a product."""
from std.memory.pointer import Pointer


struct _BigInt(Movable, Deinitable):
    """A natural number of up to 40 words of 32 bits, on the stack."""

    var words: Pointer[UInt32, MutUntrackedOrigin]
    var count: Int

    def __init__(out self, words: Pointer[UInt32, MutUntrackedOrigin], value: UInt64):
        self.words = words
        self.count = 0
        var rest = value
        while rest != 0:
            words.unsafe_offset(self.count)[] = rest.cast[DType.uint32]()
            self.count += 1
            rest = rest >> 32

    def assign(mut self, other: Self):
        for i in range(other.count):
            self.words.unsafe_offset(i)[] = other.words.unsafe_offset(i)[]
        self.count = other.count

    def multiply(mut self, factor: UInt32):
        var carry = UInt64(0)
        for i in range(self.count):
            var product = self.words.unsafe_offset(i)[].cast[DType.uint64]() * factor.cast[DType.uint64]() + carry
            self.words.unsafe_offset(i)[] = product.cast[DType.uint32]()
            carry = product >> 32
        if carry != 0:
            self.words.unsafe_offset(self.count)[] = carry.cast[DType.uint32]()
            self.count += 1

    def shift_left(mut self, bits: Int):
        if self.count == 0:
            return
        var whole = bits // 32
        var part = UInt32(bits % 32)
        if whole > 0:
            var i = self.count - 1
            while i >= 0:
                self.words.unsafe_offset(i + whole)[] = self.words.unsafe_offset(i)[]
                i -= 1
            for j in range(whole):
                self.words.unsafe_offset(j)[] = 0
            self.count += whole
        if part != 0:
            self.multiply(UInt32(1) << part)

    def compare(self, other: Self) -> Int:
        """-1, 0 or 1."""
        if self.count != other.count:
            return -1 if self.count < other.count else 1
        var i = self.count - 1
        while i >= 0:
            var a = self.words.unsafe_offset(i)[]
            var b = other.words.unsafe_offset(i)[]
            if a != b:
                return -1 if a < b else 1
            i -= 1
        return 0

    def subtract(mut self, other: Self):
        """Takes away a number that is not larger."""
        var borrow = Int64(0)
        for i in range(self.count):
            var difference = self.words.unsafe_offset(i)[].cast[DType.int64]() - borrow
            if i < other.count:
                difference -= other.words.unsafe_offset(i)[].cast[DType.int64]()
            borrow = 0
            if difference < 0:
                difference += 0x100000000
                borrow = 1
            self.words.unsafe_offset(i)[] = difference.cast[DType.uint32]()
        while self.count > 0 and self.words.unsafe_offset(self.count - 1)[] == 0:
            self.count -= 1

    def add(mut self, other: Self):
        var carry = UInt64(0)
        var length = max(self.count, other.count)
        for i in range(length):
            var sum = carry
            if i < self.count:
                sum += self.words.unsafe_offset(i)[].cast[DType.uint64]()
            if i < other.count:
                sum += other.words.unsafe_offset(i)[].cast[DType.uint64]()
            self.words.unsafe_offset(i)[] = sum.cast[DType.uint32]()
            carry = sum >> 32
        self.count = length
        if carry != 0:
            self.words.unsafe_offset(length)[] = carry.cast[DType.uint32]()
            self.count += 1
