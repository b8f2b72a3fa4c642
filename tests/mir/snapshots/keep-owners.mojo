# pass: keep-owners
# function: drop_first
# The call may empty the list that the owner lies in: the owner gets a copy, which lives until 'child' was used last.
from std.memory import ArcPointer


struct Node(Movable):
    var kids: List[ArcPointer[Node]]

    def __init__(out self):
        self.kids = []


def cut(node: ArcPointer[Node]):
    node[].kids.clear()


def drop_first(node: ArcPointer[Node]):
    ref child = node[].kids[0]
    cut(node)
    _ = child.count()


def main():
    pass
