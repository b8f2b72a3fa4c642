"""`utils.stringref`: text without an owner."""

comptime StringRef = StaticString
