"""Decorators of documentation tools. `@doc_hidden` is known to the compiler."""
