"""A part of `std.benchmark`, at the path of the file that defines it in the 1.x library."""
from std.benchmark.run import Batch, Report, Unit, run
