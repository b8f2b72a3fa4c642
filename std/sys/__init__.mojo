"""The process and the target."""
from std.io.file_descriptor import RawFileDescriptor
from std.sys.arg import argv
from std.sys.defines import is_defined, get_defined_int, get_defined_bool, get_defined_string, get_defined_dtype
from std.sys.info import (
    size_of, align_of, bit_width_of, simd_byte_width, simd_bit_width, simd_width_of, num_logical_cores, num_physical_cores,
    num_performance_cores, has_accelerator, has_nvidia_gpu_accelerator, has_amd_gpu_accelerator, has_apple_gpu_accelerator, is_gpu, is_little_endian, is_big_endian, is_64bit, is_32bit,
    is_nvidia_gpu, is_amd_gpu, is_apple_gpu, CompilationTarget, __is_wasm,
)
from std.sys.intrinsics import (
    llvm_intrinsic, prefetch, PrefetchCache, PrefetchLocality, PrefetchOptions, PrefetchRW, assume, expect, likely, unlikely, masked_load,
    masked_store, compressed_store, gather, scatter, strided_load, strided_store, codegen_unreachable,
)
from std.sys.terminate import exit

comptime stdin = RawFileDescriptor(0)
comptime stdout = RawFileDescriptor(1)
comptime stderr = RawFileDescriptor(2)
