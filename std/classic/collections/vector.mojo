"""`collections.vector`: growable sequences."""

comptime DynamicVector = List
comptime InlinedFixedVector = List
comptime UnsafeFixedVector = List
