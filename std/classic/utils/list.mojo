"""`utils.list`: shapes with known and unknown dimensions were here."""
from std.builtin.variadics import VariadicList
