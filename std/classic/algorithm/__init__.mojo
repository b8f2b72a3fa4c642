"""Loops of classic Mojo, whose closure stands in the brackets."""
from std.classic.algorithm.functional import parallelize, sync_parallelize
from std.builtin.sort import sort
