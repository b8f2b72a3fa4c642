"""Reinterpreting bits; in classic files also the raw pointers."""
from std.memory.memory import bitcast, pack_bits
from std.memory.pointer import Pointer, UnsafePointer
from std.classic.prelude import DTypePointer
