"""The users that the operating system knows."""
from std.pwd.pwd import getpwnam, getpwuid
