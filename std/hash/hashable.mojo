"""Hashing."""
from std.builtin.simd import __bitcast, __size_of
from std.memory.pointer import Pointer
from std.memory.span import Span


@__builtin("Hasher")
trait Hasher:
    """Collects what determines a hash."""

    def _update_with_simd(mut self, value: SIMD[_, _]):
        """Takes numbers into the hash."""
        ...

    def update(mut self, value: Span[mut=False, UInt8, _]):
        """Takes bytes into the hash."""
        ...

    def finish(self) -> UInt64:
        """The hash of all that was taken in."""
        ...


@__builtin("Hashable")
trait Hashable:
    """A type whose values have a hash; equal values have equal ones."""

    def __hash__[H: Hasher](self, mut hasher: H):
        ...


# The first 256 bits of the fraction of pi, and the multiplier of Knuth's generator (MMIX).
comptime _PI_0 = UInt64(0x243F6A8885A308D3)
comptime _PI_1 = UInt64(0x13198A2E03707344)
comptime _PI_2 = UInt64(0xA4093822299F31D0)
comptime _PI_3 = UInt64(0x082EFA98EC4E6C89)
comptime _MULTIPLIER = UInt64(6364136223846793005)


@always_inline
def _fold(a: UInt64, b: UInt64) -> UInt64:
    """Both halves of the 128-bit product, one on the other."""
    var product = a.cast[DType.uint128]() * b.cast[DType.uint128]()
    return product.cast[DType.uint64]() ^ (product >> 64).cast[DType.uint64]()


@always_inline
def _rotated(word: UInt64, count: UInt64) -> UInt64:
    return (word << (count & 63)) | (word >> ((64 - count) & 63))


@always_inline
def _word(data: Pointer[UInt8, _], at: Int) -> UInt64:
    return __bitcast[to_dtype=DType.uint64, to_width=1](data.unsafe_load[width=8](at))


@always_inline
def _half_word(data: Pointer[UInt8, _], at: Int) -> UInt64:
    return __bitcast[to_dtype=DType.uint32, to_width=1](data.unsafe_load[width=4](at)).cast[DType.uint64]()


struct _Mixer(Defaultable, Hasher, ImplicitlyCopyable, Deinitable):
    """aHash (Tom Kaitchuck, https://github.com/tkaitchuck/aHash), the portable variant with a fixed key: the hashes of the 1.x library."""

    var _state: UInt64

    @always_inline
    def __init__(out self):
        self._state = _PI_0

    @always_inline
    def _take(mut self, word: UInt64):
        self._state = _fold(self._state ^ word, _MULTIPLIER)

    @always_inline
    def _take_two(mut self, a: UInt64, b: UInt64):
        self._state = _rotated((self._state + _PI_1) ^ _fold(a ^ _PI_2, b ^ _PI_3), 23)

    @always_inline
    def _update_with_simd(mut self, value: SIMD[_, _]):
        comptime bytes = __size_of[Scalar[value.dtype]]()
        comptime if bytes > 8:
            for i in range(Int(value.length)):
                comptime for pair in range(bytes // 16):
                    var lane = value[i] >> Scalar[value.dtype](pair * 128)
                    self._take_two(lane.cast[DType.uint64](), (lane >> Scalar[value.dtype](64)).cast[DType.uint64]())
        elif Int(value.length) == 1:
            self._take(_bits_of(value[0]))
        else:
            comptime for i in range(0, Int(value.length), 2):
                self._take_two(_bits_of(value[i]), _bits_of(value[i + 1]))

    @always_inline
    def update(mut self, value: Span[mut=False, UInt8, _]):
        var data = value.unsafe_ptr()
        var length = len(value)
        self._state = (self._state + length.cast[DType.uint64]()) * _MULTIPLIER
        if length > 16:
            self._take_two(_word(data, length - 16), _word(data, length - 8))
            var at = 0
            while length - at > 16:
                self._take_two(_word(data, at), _word(data, at + 8))
                at += 16
        elif length > 8:
            self._take_two(_word(data, 0), _word(data, length - 8))
        elif length >= 4:
            self._take_two(_half_word(data, 0), _half_word(data, length - 4))
        elif length > 0:
            var last = data.unsafe_offset(length - 1)[].cast[DType.uint64]()
            if length == 1:
                self._take_two(last, last)
            else:
                self._take_two(
                    data[].cast[DType.uint64]() | (data.unsafe_offset(1)[].cast[DType.uint64]() << 8), last
                )
        else:
            self._take_two(0, 0)

    @always_inline
    def finish(self) -> UInt64:
        return _rotated(_fold(self._state, _PI_1), self._state)


@always_inline
def _bits_of[dtype: DType](value: Scalar[dtype]) -> UInt64:
    """The bytes of a number as the low bytes of a word."""
    comptime if dtype == DType.bool:
        return value.cast[DType.uint64]()
    elif __size_of[Scalar[dtype]]() == 8:
        return __bitcast[to_dtype=DType.uint64, to_width=1](value)
    elif __size_of[Scalar[dtype]]() == 4:
        return __bitcast[to_dtype=DType.uint32, to_width=1](value).cast[DType.uint64]()
    elif __size_of[Scalar[dtype]]() == 2:
        return __bitcast[to_dtype=DType.uint16, to_width=1](value).cast[DType.uint64]()
    else:
        return __bitcast[to_dtype=DType.uint8, to_width=1](value).cast[DType.uint64]()


comptime default_hasher = _Mixer
"""What `hash`, `Dict` and `Set` hash with."""

comptime default_comp_time_hasher = _Mixer
"""The hasher for compile-time code: the same, so that a table made while compiling is found at run time."""


def hash[T: Hashable, //, HasherType: Defaultable & Hasher & Deinitable = default_hasher](hashable: T) -> UInt64:
    """The hash of a value, as `HasherType` computes it."""
    var hasher = HasherType()
    hashable.__hash__(hasher)
    return hasher.finish()


@deprecated("Use `hash_bytes()` instead")
def hash[HasherType: Defaultable & Hasher & Deinitable = default_hasher](bytes: Pointer[UInt8, _], n: Int) -> UInt64:
    """The hash of `n` bytes, as `HasherType` computes it."""
    return hash_bytes[HasherType](bytes, n)


def hash_bytes[HasherType: Defaultable & Hasher & Deinitable = default_hasher](bytes: Pointer[UInt8, _], n: Int) -> UInt64:
    """The hash of `n` bytes, as `HasherType` computes it."""
    return hash[HasherType=HasherType](StringSlice(unsafe_from_utf8_ptr=bytes, length=n))
