"""`algorithm.sort`: sorting, from where it was."""
from std.builtin.sort import sort, partition
