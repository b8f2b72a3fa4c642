"""Input and output."""
from std.io.file import FileHandle
from std.io.file_descriptor import RawFileDescriptor
from std.format.writable import Writer
from std.io.io import print, input
