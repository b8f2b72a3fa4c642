"""Loops over index ranges."""
from std.algorithm.vectorize import vectorize
