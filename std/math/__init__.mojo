"""Mathematics."""
from std.builtin.math import abs, divmod, max, min, pow, round
from std.builtin.traits import Absable, DivModable, Powable, Roundable
from std.math.functions import (
    sqrt, rsqrt, exp, exp2, log, log2, log10, tanh, atan2, erf, fma, copysign, isnan, isinf, isfinite,
    hypot, inf, nan, pi, e, tau, iota,
)
from std.math.floats import (
    asin, acos, atan, sinh, cosh, asinh, acosh, atanh, cbrt, expm1, log1p, logb, remainder, nextafter, recip, scalb, ldexp, frexp, modf, ulp,
)
from std.math.trigonometry import sin, cos, tan
from std.math.integers import gcd, lcm, factorial, align_up, align_down, clamp
from std.math.rounding import Ceilable, CeilDivable, CeilDivableRaising, Floorable, Truncable, ceil, ceildiv, floor, trunc
from std.math.predicates import isclose, comb, perm
from std.math.special import erfc, gamma, lgamma, j0, j1, y0, y1
