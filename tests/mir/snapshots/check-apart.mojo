# pass: check-apart
# function: both
# Two owners may share one value: the call, which changes one of its arguments, is checked when the program runs.
from std.memory import ArcPointer


struct Bag(Movable):
    var words: List[String]

    def __init__(out self):
        self.words = []


def merge(mut into: List[String], words: List[String]):
    for word in words:
        into.append(word)


def both(a: ArcPointer[Bag], b: ArcPointer[Bag]):
    merge(a[].words, b[].words)


def main():
    pass
