"""Names that classic files (Mojo 0.x, 2023 to 2025) see without import, besides today's prelude.

They are thin layers over today's library. Files of edition 1 do not see them.
"""
from std.classic.pointers import (
    Pointer, UnsafePointer, DTypePointer, memcpy, memset, memset_zero, memcmp,
    initialize_pointee_copy, initialize_pointee_move, destroy_pointee, move_from_pointee,
)
from std.classic.members import (
    Stringable, str, int, float, bool, print_no_newline, put_new_line, constrained, isdigit, isupper, islower, isspace,
)
from std.classic.algorithm.sort import sort
from std.classic.object import object, Attr
from std.classic.sys.info import simdwidthof, sizeof, alignof, bitwidthof
from std.classic.sys.param_env import is_defined, env_get_int, env_get_string
from std.classic.sys.ffi import external_call
from std.utils.index import IndexList
from std.utils.static_tuple import StaticTuple

comptime AnyRegType = TrivialRegisterPassable
comptime AnyTrivialRegType = TrivialRegisterPassable
comptime CollectionElement = Copyable
comptime KeyElement = Copyable & Equatable & Hashable
comptime EqualityComparable = Equatable
comptime StringRef = StaticString
comptime DynamicVector = List
comptime StaticIntTuple = IndexList
comptime InlinedFixedVector = List
comptime MutExternalOrigin = MutUntrackedOrigin
comptime ImmutExternalOrigin = ImmUntrackedOrigin
comptime ExternalOrigin = MutUntrackedOrigin
comptime StaticOrigin = ImmStaticOrigin
comptime StaticConstantOrigin = ImmStaticOrigin
comptime ImmAnyOrigin = ImmUnsafeAnyOrigin
comptime ImmutOrigin = ImmOrigin
comptime ImmutableOrigin = ImmOrigin
comptime MutableOrigin = MutOrigin
comptime ImmutableAnyOrigin = ImmUnsafeAnyOrigin
comptime MutableAnyOrigin = MutUnsafeAnyOrigin
comptime ExplicitlyCopyable = Copyable
comptime ImmutUntrackedOrigin = ImmUntrackedOrigin
comptime ImmutUnsafeAnyOrigin = ImmUnsafeAnyOrigin
comptime ImplicitlyDeletable = Deinitable
comptime ImplicitlyDestructible = Deinitable
comptime SIMDSize = SIMDLength
