"""Products of small integers, summed in 32 bits: exactly, and by the processor's own instruction where it has one.

The instruction (AVX512-VNNI) multiplies unsigned bytes by signed ones. So weights are moved up by 128, which is one bit to flip, and each sum
starts at what that adds too much: 128 times the sum of the other operand's bytes. That start is known before any weight is read.
"""
from std.memory import bitcast
from std.sys.info import CompilationTarget
from std.sys.intrinsics import llvm_intrinsic

comptime HAS_VNNI = CompilationTarget.has_vnni()


@always_inline
def sums_of_four[lanes: SIMDLength](values: SIMD[DType.int16, lanes * 4]) -> SIMD[DType.int32, lanes]:
    """Each four neighbours, summed: 16 at a time, as many as the shortest vector registers take in one or two steps."""
    var result = SIMD[DType.int32, lanes](0)
    comptime for part in range(Int(lanes) // 4):
        var wide = values.slice[16, offset = part * 16]().cast[DType.int32]()
        var pairs = wide + wide.rotate_left[1]()
        var fours = pairs + pairs.rotate_left[2]()
        comptime for lane in range(4):
            result[part * 4 + lane] = fours[lane * 4]
    return result


@always_inline
def start_of_sums[lanes: SIMDLength](right: SIMD[DType.int8, lanes * 4]) -> SIMD[DType.int32, lanes]:
    """What `add_products` must start from, for this right operand."""
    comptime if HAS_VNNI:
        return sums_of_four[lanes](right.cast[DType.int16]()) * -128
    else:
        return SIMD[DType.int32, lanes](0)


@always_inline
def add_products[lanes: SIMDLength, //](
    start: SIMD[DType.int32, lanes], left: SIMD[DType.int8, lanes * 4], right: SIMD[DType.int8, lanes * 4]
) -> SIMD[DType.int32, lanes]:
    """In each lane the sum of the four products of its bytes; `start` is that of `right`. There are 8 or 16 lanes."""
    comptime if HAS_VNNI:
        comptime Sums = SIMD[DType.int32, lanes]
        var unsigned = bitcast[DType.uint8, lanes * 4](left ^ -128)
        comptime if lanes == 16:
            return llvm_intrinsic["llvm.x86.avx512.vpdpbusd.512", Sums, has_side_effect=False](start, unsigned, right)
        else:
            comptime assert lanes == 8, "the instruction takes registers of 32 and 64 bytes"
            return llvm_intrinsic["llvm.x86.avx512.vpdpbusd.256", Sums, has_side_effect=False](start, unsigned, right)
    else:
        return start + sums_of_four[lanes](left.cast[DType.int16]() * right.cast[DType.int16]())
