"""Python objects and modules, through the C API of a libpython found at run time."""
from std.python.python import Python
from std.python.python_object import PythonObject, ConvertibleToPython, ConvertibleFromPython
from std.python.buffer import PythonBuffer, array_from_list
