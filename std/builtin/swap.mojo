"""`swap`."""


def swap[T: Movable](mut a: T, mut b: T):
    """Exchanges the values of two places."""
    var saved = a^
    a = b^
    b = saved^
