"""Messages of graded importance."""
from std.logger.logger import Logger, Level
