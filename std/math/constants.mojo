"""Constants of mathematics."""
from std.math.functions import pi, e, tau

comptime log2e = 1.442695040888963407359924681001892137426645954152985934135449408
