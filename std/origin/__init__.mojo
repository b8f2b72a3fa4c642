"""Origins by name."""
from std.origin.origins import (
    MutOrigin, ImmOrigin, ImmStaticOrigin, MutUntrackedOrigin, ImmUntrackedOrigin, MutUnsafeAnyOrigin, ImmUnsafeAnyOrigin,
    MutAnyOrigin,
)
