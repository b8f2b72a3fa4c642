"""Pseudorandom numbers. One generator serves the whole program; `philox` has generators of one's own."""
from std.random.random import (
    seed, random_float64, random_si64, random_ui64, randn_float64, rand, randn, randint, shuffle,
)
from std.random.philox import Random, NormalRandom
