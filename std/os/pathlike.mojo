"""A part of `std.os`, at the path of the file that defines it in the 1.x library."""
from std.os.path_like import PathLike
