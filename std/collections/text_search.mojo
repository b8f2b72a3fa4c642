"""Searching in bytes: a needle (the generic SIMD algorithm of Mula: compare the first and the last byte of the needle at 32 places at once), a
single byte, and white space."""
from std.hash.hashable import _half_word, _word
from std.memory.memory import __memory_compare, pack_bits
from std.memory.pointer import Pointer
from std.bit.bits import count_trailing_zeros
from std.builtin.simd import __is_compile_time

comptime _BLOCK = 32


def _find(
    data: Pointer[UInt8, _], length: Int, start: Int, needle: Pointer[UInt8, _], needle_length: Int
) -> Int:
    """The first position from `start` on where a needle of at least one byte stands, or -1."""
    var last = length - needle_length
    if start > last:
        return -1
    var i = start
    var first = needle[]
    if not __is_compile_time():
        var firsts = SIMD[DType.uint8, _BLOCK](first)
        var ends = SIMD[DType.uint8, _BLOCK](needle.unsafe_offset(needle_length - 1)[])
        while i + _BLOCK <= last + 1:
            var hits = data.unsafe_load[width=_BLOCK](i).eq(firsts) & data.unsafe_load[width=_BLOCK](i + needle_length - 1).eq(ends)
            var mask = pack_bits(hits)
            while mask != 0:
                var at = i + Int(count_trailing_zeros(mask))
                if needle_length <= 2 or __memory_compare(data.unsafe_offset(at + 1), needle.unsafe_offset(1), needle_length - 2) == 0:
                    return at
                mask &= mask - 1
            i += _BLOCK
    while i <= last:
        if data.unsafe_offset(i)[] == first and __memory_compare(data.unsafe_offset(i), needle, needle_length) == 0:
            return i
        i += 1
    return -1


@always_inline
def _equal_bytes(a: Pointer[UInt8, _], b: Pointer[UInt8, _], length: Int) -> Bool:
    """Whether two runs of bytes are the same; short ones without a call, by loads that overlap."""
    if length > 16:
        return __memory_compare(a, b, length) == 0
    if length >= 8:
        return (_word(a, 0) ^ _word(b, 0)) | (_word(a, length - 8) ^ _word(b, length - 8)) == 0
    if length >= 4:
        return (_half_word(a, 0) ^ _half_word(b, 0)) | (_half_word(a, length - 4) ^ _half_word(b, length - 4)) == 0
    for i in range(length):
        if a.unsafe_offset(i)[] != b.unsafe_offset(i)[]:
            return False
    return True


@always_inline
def _space_width(data: Pointer[UInt8, _], left: Int) -> Int:
    """Bytes of the white space at a place: ASCII's, and the line ends U+0085, U+2028, U+2029; 0 for anything else."""
    var byte = data[]
    if byte <= 32:
        return 1 if byte == 32 or (byte >= 9 and byte <= 13) or (byte >= 28 and byte <= 30) else 0
    if byte == 0xC2 and left > 1 and data.unsafe_offset(1)[] == 0x85:
        return 2
    if byte == 0xE2 and left > 2 and data.unsafe_offset(1)[] == 0x80 and (data.unsafe_offset(2)[] & 0xFE) == 0xA8:
        return 3
    return 0


def _spaces(data: Pointer[UInt8, _], length: Int) -> Int:
    """Bytes of white space at the start."""
    var i = 0
    while i < length:
        var width = _space_width(data.unsafe_offset(i), length - i)
        if width == 0:
            break
        i += width
    return i
