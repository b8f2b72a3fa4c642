"""A part of `std.hash`, at the path of the file that defines it in the 1.x library."""
from std.hash.hashable import Hashable, hash
