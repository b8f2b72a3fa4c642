"""Input and output."""
from std.io.file import FileHandle
from std.io.file_descriptor import RawFileDescriptor
from std.io.io import print, input
