"""Complex numbers."""
from std.complex.complex import ComplexSIMD, ComplexScalar, ComplexFloat32, ComplexFloat64, abs
