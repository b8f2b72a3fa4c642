"""Allocation (the defining file of the names in 1.x)."""
from std.memory.memory import unsafe_alloc
from std.memory.allocation import alloc, dealloc, Layout, Allocation, ThinAllocation
