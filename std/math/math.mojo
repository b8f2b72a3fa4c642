"""A part of `std.math`, at the path of the file that defines it in the 1.x library."""
from std.builtin.traits import Absable, Powable, Roundable
from std.math.rounding import CeilDivable, CeilDivableRaising, Ceilable, Floorable, Truncable, ceil, ceildiv, floor, trunc
from std.math.floats import (
    acos, acosh, asin, asinh, atan, atanh, cbrt, cosh, expm1, frexp, ldexp, log1p, logb, modf, recip, remainder, scalb, sinh,
    ulp,
)
from std.math.integers import align_down, align_up, clamp, factorial, gcd, lcm
from std.math.functions import atan2, copysign, erf, exp, exp2, fma, hypot, iota, log, log10, log2, rsqrt, sqrt, tanh
from std.math.predicates import comb, isclose, perm
from std.math.trigonometry import cos, sin, tan
from std.builtin.math import abs, divmod, max, min, pow, round
from std.math.special import erfc, gamma, j0, j1, lgamma, y0, y1
