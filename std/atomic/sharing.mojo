"""What the author of a type says about threads that use one value together."""


@__builtin("SharedMutable")
trait SharedMutable:
    """Values that several tasks may change at once: every method keeps order among threads by itself. Nothing checks that promise."""

    pass


@__builtin("NotShared")
trait NotShared:
    """Values that one thread alone may use, not even for reading: a task must not capture one, nor anything that holds one."""

    pass
