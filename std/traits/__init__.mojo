"""The traits of the prelude, by module."""
from std.builtin.traits import (
    AnyType, Deinitable, Movable, Copyable, ImplicitlyCopyable, RegisterPassable, TrivialRegisterPassable, Defaultable, Boolable,
    Equatable, Comparable, Sized, Intable, IntableRaising, Floatable, Indexer, Absable, Roundable, Powable, Identifiable, KeyElement,
    Iterator, Iterable,
)
from std.format.writable import Writable, Writer
from std.hash.hashable import Hashable, Hasher
from std.memory.triviality import IsTriviallyCopyable, IsTriviallyDeinitable, IsTriviallyMovable
