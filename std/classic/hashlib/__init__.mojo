"""`hashlib` of 2025."""
from std.hash.hashable import Hashable, Hasher, default_comp_time_hasher, default_hasher, hash
