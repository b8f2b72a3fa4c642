"""Mathematics."""
from std.math.functions import (
    sqrt, rsqrt, exp, exp2, log, log2, log10, sin, cos, tan, tanh, atan2, erf, floor, ceil, trunc, fma, copysign, isnan, isinf, isfinite,
    ceildiv, align_up, align_down, gcd, lcm, factorial, hypot, inf, nan, pi, e, tau, iota,
)
from std.math.predicates import isclose, comb, perm
