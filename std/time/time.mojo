"""A part of `std.time`, at the path of the file that defines it in the 1.x library."""
from std.time import global_perf_counter_ns, monotonic, perf_counter, perf_counter_ns, sleep, time_function
