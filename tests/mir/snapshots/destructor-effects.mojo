# pass: destructor-effects
# function: f
# A destructor that lets a shared list grow, while a reference to one of its elements is alive.
from std.memory import ArcPointer


struct Closing(Movable):
    var log: ArcPointer[List[Int]]

    def __init__(out self, log: ArcPointer[List[Int]]):
        self.log = log

    def __deinit__(deinit self):
        self.log[].append(0)


def f(log: ArcPointer[List[Int]]) -> Int:
    var closing = Closing(log)
    ref first = log[][0]
    _ = closing^
    return first
