"""Iteration."""
from std.builtin.iteration import iter, next, enumerate, zip, map, reversed
from std.builtin.traits import Iterator, Iterable, IterableOwned, StopIteration
from std.iter.adapters import peekable, once, empty, chain
