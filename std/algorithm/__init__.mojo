"""Loops over index ranges."""
from std.algorithm.parallelize import Concurrent, parallelize, sync_parallelize
from std.algorithm.reduce import parallel_reduce, parallelize_chunks
from std.algorithm.vectorize import vectorize, vectorize_unroll
from std.algorithm.tile import map, tile, tile_and_unswitch, tile_middle_unswitch_boundaries, unswitch
