"""`math.math`: the same functions as `math`."""
from std.math import *
from std.classic.math import *
