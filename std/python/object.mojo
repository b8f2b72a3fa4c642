"""Where 0.x had `PythonObject`."""
from std.python.python_object import PythonObject
