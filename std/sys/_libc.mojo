"""Numbers of signals, at the path of the file that defines them in the 1.x library."""


struct SignalCodes:
    """Signals of the operating system by name."""

    comptime HUP = 1
    comptime INT = 2
    comptime QUIT = 3
    comptime ABRT = 6
    comptime KILL = 9
    comptime ALRM = 14
    comptime TERM = 15
