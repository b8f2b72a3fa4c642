"""`hashlib.hasher`: where `Hasher` was."""
from std.hash.hashable import Hasher, default_hasher
