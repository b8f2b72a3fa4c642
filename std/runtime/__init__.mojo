"""Program start and what the targets lack."""
from std.sys.info import num_logical_cores


def parallelism_level() -> Int:
    """How many threads work at once in `parallelize`."""
    return num_logical_cores()
