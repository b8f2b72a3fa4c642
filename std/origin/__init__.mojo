"""Origins by name."""
from std.origin.origins import (
    Origin, MutOrigin, ImmOrigin, ImmStaticOrigin, MutUntrackedOrigin, ImmUntrackedOrigin, UntrackedOrigin, MutUnsafeAnyOrigin,
    ImmUnsafeAnyOrigin, UnsafeAnyOrigin, MutAnyOrigin,
)
