"""The type of `None`, and the type of expressions that never return."""


@__builtin("none")
struct NoneType(TrivialRegisterPassable):
    """The type of `None`: one value."""

    def __init__(out self):
        pass


@__builtin("never")
struct Never(TrivialRegisterPassable):
    """The result type of a function that does not return: no value."""

    pass
