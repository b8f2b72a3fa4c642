"""Decorators of documentation tools. The compiler knows them by name."""


def doc_hidden():
    """Written as `@doc_hidden`: the documentation leaves the declaration out."""
    pass
