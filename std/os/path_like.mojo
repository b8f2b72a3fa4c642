"""`PathLike`: what can name a file."""


trait PathLike:
    """A type whose values stand for a path of the file system."""

    def __fspath__(self) -> String:
        """The path as text."""
        ...
