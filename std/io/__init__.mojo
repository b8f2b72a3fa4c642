"""Input and output."""
from std.io.print import print, input
