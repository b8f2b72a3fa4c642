"""Hashing."""
from std.hash.hashable import Hashable, Hasher, hash
