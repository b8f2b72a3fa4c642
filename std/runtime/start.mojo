"""How a program begins and ends."""
from std.io.file_descriptor import RawFileDescriptor
from std.memory.large_blocks import keep_freed_memory
from std.runtime.error_stack import foreign_stack, stack_of_error


@no_inline
def _report_uncaught(error: Error):
    """The message of an error that left `main`, and the calls it came through, on standard error."""
    print("Unhandled exception caught during execution:", error, file=RawFileDescriptor(2))
    var foreign = foreign_stack(error)
    var stack = stack_of_error[source=True]("  ")
    if foreign or stack:
        print("stack, innermost call first:\n", foreign, stack, sep="", end="", file=RawFileDescriptor(2))


def __run_main[main: def() thin -> None]() -> Int:
    """Runs a `main` that cannot raise; returns the exit status."""
    keep_freed_memory()
    main()
    return 0


def __run_raising_main[main: def() raises thin -> None]() -> Int:
    """Runs a `main` that may raise; returns the exit status."""
    keep_freed_memory()
    try:
        main()
        return 0
    except error:
        _report_uncaught(error)
        return 1
