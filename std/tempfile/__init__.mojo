"""Temporary files and directories."""
from std.tempfile.tempfile import gettempdir, mkdtemp, TemporaryDirectory, NamedTemporaryFile
