"""`memory.memory` of classic Mojo."""
from std.classic.pointers import memcpy, memset, memset_zero, memcmp
