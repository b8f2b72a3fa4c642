"""Hashing."""
from std.hash.hashable import Hashable, Hasher, default_comp_time_hasher, default_hasher, hash, hash_bytes
