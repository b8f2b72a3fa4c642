"""Names that every module sees without import."""
from std.builtin.traits import (
    AnyType, Deinitable, Movable, Copyable, ImplicitlyCopyable, RegisterPassable, TrivialRegisterPassable,
    Defaultable, Boolable, Equatable, Comparable, Sized, SizedRaising, Intable, IntableRaising, Floatable, FloatableRaising, ReversibleRange, Indexer,
    Absable, Roundable, Powable, Identifiable, KeyElement, Iterator, Iterable, IterableOwned, StopIteration,
)
from std.builtin.dtype import DType
from std.builtin.simd import (
    SIMD, SIMDLength, Scalar, Int, UInt, Byte,
    Int8, Int16, Int32, Int64, Int128, Int256, UInt8, UInt16, UInt32, UInt64, UInt128, UInt256,
    Float16, Float32, Float64, BFloat16, Float8_e4m3fn, Float8_e5m2,
)
from std.builtin.bool import Bool, all, any
from std.builtin.literals import IntLiteral, FloatLiteral, StringLiteral
from std.builtin.none import NoneType, Never
from std.builtin.tuple import Tuple
from std.builtin.variadics import VariadicList, VariadicPack
from std.builtin.error import Error
from std.builtin.len import len
from std.builtin.range import range
from std.builtin.math import min, max, abs, pow, round, divmod, index
from std.builtin.swap import swap
from std.builtin.slice import Slice, slice
from std.builtin.iteration import iter, next, enumerate, zip, map, reversed
from std.builtin.sort import sort, partition
from std.builtin.assertion import debug_assert
from std.format.writable import Writable, Writer, repr
from std.hash.hashable import Hashable, hash
from std.io.file import FileHandle, open
from std.io.io import print, input
from std.origin.origins import (
    MutOrigin, ImmOrigin, ImmStaticOrigin, MutUntrackedOrigin, ImmUntrackedOrigin, MutUnsafeAnyOrigin, ImmUnsafeAnyOrigin,
    MutAnyOrigin, ImmutAnyOrigin, AnyOrigin, UnsafeAnyOrigin, UntrackedOrigin,
)
from std.memory.address_space import AddressSpace
from std.memory.allocation import alloc
from std.memory.pointer import Pointer, MutPointer, ImmPointer, OpaquePointer, MutOpaquePointer, ImmOpaquePointer, UnsafePointer
from std.memory.span import Span, MutSpan, ImmSpan
from std.collections.list import List
from std.collections.optional import Optional
from std.collections.array import Array
from std.collections.dict import Dict
from std.collections.string import (
    String, StringSlice, StringSpan, StaticString, ImmStringSlice, ImmStringSpan, Codepoint, chr, ord, atol, atof, hex, bin, oct, ascii,
)
from std.reflection.reflect import reflect
