"""Hashing."""
from std.builtin.simd import __bitcast
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


@always_inline
def _fold(a: UInt64, b: UInt64) -> UInt64:
    """Both halves of the 128-bit product, one on the other: the mixing step of wyhash (Wang Yi, 2019)."""
    var product = a.cast[DType.uint128]() * b.cast[DType.uint128]()
    return product.cast[DType.uint64]() ^ (product >> 64).cast[DType.uint64]()


@always_inline
def _word(data: Pointer[UInt8, _], at: Int) -> UInt64:
    return __bitcast[to_dtype=DType.uint64, to_width=1](data.unsafe_load[width=8](at))


@always_inline
def _half_word(data: Pointer[UInt8, _], at: Int) -> UInt64:
    return __bitcast[to_dtype=DType.uint32, to_width=1](data.unsafe_load[width=4](at)).cast[DType.uint64]()


@always_inline
def _hash_bytes(data: Pointer[UInt8, _], length: Int) -> UInt64:
    """A word that depends on all bytes and on how many there are: wyhash, with overlapping loads for short input."""
    var state = UInt64(0x9E3779B97F4A7C15) ^ length.cast[DType.uint64]() * 0xA0761D6478BD642F
    var a: UInt64
    var b: UInt64
    if length <= 16:
        if length >= 8:
            a = _word(data, 0)
            b = _word(data, length - 8)
        elif length >= 4:
            a = _half_word(data, 0)
            b = _half_word(data, length - 4)
        elif length > 0:
            a = (data[].cast[DType.uint64]() << 16) | (data.unsafe_offset(length // 2)[].cast[DType.uint64]() << 8)
            a |= data.unsafe_offset(length - 1)[].cast[DType.uint64]()
            b = 0
        else:
            a = 0
            b = 0
    else:
        var i = 0
        while i + 16 < length:
            state = _fold(_word(data, i) ^ 0xE7037ED1A0B428DB, _word(data, i + 8) ^ state)
            i += 16
        a = _word(data, length - 16)
        b = _word(data, length - 8)
    return _fold(a ^ 0x8EBC6AF09C88C6E3, b ^ state)


struct _Mixer(Defaultable, Hasher, ImplicitlyCopyable, Deinitable):
    """Folds one word after the other into a state."""

    var _state: UInt64

    @always_inline
    def __init__(out self):
        self._state = 0x9E3779B97F4A7C15

    @always_inline
    def _take(mut self, word: UInt64):
        self._state = _fold(self._state ^ word, 0xBF58476D1CE4E5B9) + 0x9E3779B97F4A7C15

    @always_inline
    def _update_with_simd(mut self, value: SIMD[_, _]):
        for i in range(Int(value.length)):
            comptime if value.dtype.is_floating_point():
                self._take(__bitcast[to_dtype=DType.uint64, to_width=1](value[i].cast[DType.float64]()))
            else:
                self._take(value[i].cast[DType.uint64]())

    @always_inline
    def update(mut self, value: Span[mut=False, UInt8, _]):
        self._take(_hash_bytes(value.unsafe_ptr(), len(value)))

    @always_inline
    def finish(self) -> UInt64:
        return self._state ^ (self._state >> 32)


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
