"""Parallel loops under the name that 1.x has them by."""
from std.algorithm.parallelize import parallelize, sync_parallelize
from std.algorithm.vectorize import vectorize
