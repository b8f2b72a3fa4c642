"""`swap`."""
from std.memory.pointer import Pointer, __pointer_to_int


def swap[T: Movable](mut lhs: T, mut rhs: T):
    """Exchanges the values of two places. They may be one: several owners may lead to it."""
    if __pointer_to_int(Pointer(to=lhs)) == __pointer_to_int(Pointer(to=rhs)):
        return
    var saved = lhs^
    lhs = rhs^
    rhs = saved^
