"""The standard streams, at the path of the file that defines them in the 1.x library."""
from std.sys import stderr, stdin, stdout
