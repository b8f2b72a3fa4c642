"""Help for measuring."""


@__intrinsic("value.black_box")
def __black_box[T: TrivialRegisterPassable](value: T) -> T:
    ...


@always_inline
def keep[T: TrivialRegisterPassable](value: T):
    """Makes the optimizer believe that the value is used."""
    _ = __black_box(value)


@always_inline
def black_box[T: TrivialRegisterPassable](value: T) -> T:
    """The value, of which the optimizer knows nothing."""
    return __black_box(value)
