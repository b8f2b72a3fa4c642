"""Origins by name."""
from std.origin.origins import (
    MutOrigin, ImmOrigin, StaticOrigin, StaticConstantOrigin, MutUntrackedOrigin, ImmUntrackedOrigin, MutUnsafeAnyOrigin,
    ImmUnsafeAnyOrigin, MutAnyOrigin, ImmAnyOrigin,
)

comptime ImmStaticOrigin = StaticOrigin
