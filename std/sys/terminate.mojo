"""The end of the program."""


@__intrinsic("foreign.call")
def __foreign_exit[name: __string_literal_value, Result: AnyType](status: Int32) -> Result:
    ...


def exit() -> Never:
    """Ends the program with status 0."""
    __foreign_exit["exit", Never](0)


def exit[T: Intable](code: T) -> Never:
    """Ends the program with a status."""
    __foreign_exit["exit", Never](code.__int__().cast[DType.int32]())
