"""What the mode of a file says."""
from std.stat.stat import S_ISREG, S_ISDIR, S_ISLNK, S_ISCHR, S_ISBLK, S_ISFIFO, S_ISSOCK
