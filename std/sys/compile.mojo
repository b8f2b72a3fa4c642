"""How the program is compiled."""


@fieldwise_init
struct _OptimizationLevel(TrivialRegisterPassable, Intable, Writable):
    """How much the optimizer does, from 0 to 3."""

    var level: Int

    def __int__(self) -> Int:
        return self.level

    def write_to(self, mut writer: Some[Writer]):
        writer.write(self.level)


@fieldwise_init
struct _DebugLevel(TrivialRegisterPassable, Writable):
    """What the debugger is told: none, line-tables or full."""

    var level: StaticString

    def write_to(self, mut writer: Some[Writer]):
        writer.write_string(self.level)


comptime OptimizationLevel = _OptimizationLevel(3)
"""How much the optimizer does, as a number from 0 to 3."""

comptime DebugLevel = _DebugLevel("none")
"""What the debugger is told."""

comptime SanitizeAddress: Bool = False
"""Whether accesses to memory are checked."""
