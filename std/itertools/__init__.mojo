"""Iterators made from others."""
from std.itertools.itertools import count, cycle, repeat, product, take, drop, take_while, drop_while
