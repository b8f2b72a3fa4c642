"""`swap`."""


def swap[T: Movable](mut lhs: T, mut rhs: T):
    """Exchanges the values of two places."""
    var saved = lhs^
    lhs = rhs^
    rhs = saved^
