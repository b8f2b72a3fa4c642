"""Vectors and scalars."""
from std.builtin.simd import (
    SIMD, SIMDLength, Scalar, Int, UInt, Byte, Int8, Int16, Int32, Int64, Int128, Int256, UInt8, UInt16, UInt32, UInt64, UInt128,
    UInt256, Float16, Float32, Float64, BFloat16,
)
