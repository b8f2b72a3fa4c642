"""A part of `std.python`, at the path of the file that defines it in the 1.x library."""
from std.python.python_object import ConvertibleFromPython, ConvertibleToPython
