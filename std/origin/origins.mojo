"""Names of origins: where a reference points, and whether it may be written through."""

comptime MutOrigin = Origin[mut=True]
comptime ImmOrigin = Origin[mut=False]
comptime ImmStaticOrigin = __static_origin
comptime MutUntrackedOrigin = __untracked_origin[True]
comptime ImmUntrackedOrigin = __untracked_origin[False]
comptime UntrackedOrigin[*, mut: Bool] = __untracked_origin[mut]
comptime AnyOrigin[*, mut: Bool] = __any_origin[mut]
comptime UnsafeAnyOrigin[*, mut: Bool] = __any_origin[mut]
comptime ImmutAnyOrigin = __any_origin[False]
comptime MutUnsafeAnyOrigin = __any_origin[True]
comptime ImmUnsafeAnyOrigin = __any_origin[False]
comptime MutAnyOrigin = __any_origin[True]
