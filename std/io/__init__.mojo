"""Input and output."""
from std.io.print import print, input
from std.io.file import FileHandle
