# A format string that is parsed while the program compiles: its holes are checked against the arguments, and what runs is a
# straight line of writes.


@fieldwise_init
struct Piece(Copyable):
    """Text, followed by a hole or by the end of the format."""

    var text: String
    var has_hole: Bool


def parse(format: String) -> List[Piece]:
    """Splits a format at its `{}`."""
    var pieces = List[Piece]()
    var text = String()
    var after_brace = False
    for c in format.codepoint_slices():
        if c == "{":
            after_brace = True
        elif c == "}" and after_brace:
            pieces.append(Piece(text, True))
            text = String()
            after_brace = False
        else:
            text += c
    pieces.append(Piece(text, False))
    return pieces^


def holes(pieces: List[Piece]) -> Int:
    var n = 0
    for piece in pieces:
        n += Int(piece.has_hole)
    return n


def show[format: String, *Ts: Writable](*values: *Ts):
    """Prints the values at the holes of the format. A wrong number of values does not compile."""
    comptime PIECES = parse(format)
    comptime assert holes(PIECES) == values.__len__(), "the format has another number of holes than there are values"
    # One round for each piece, each with constants of its own; no list and no loop remain.
    comptime for i in range(len(PIECES)):
        print(comptime (PIECES[i].text), end="")
        comptime if PIECES[i].has_hole:
            print(values[i], end="")
    print()


def main():
    show["{} + {} = {}"](1, 2.5, 3.5)
    show["hello, {}!"]("world")
    show["no holes"]()

# output:
#   1 + 2.5 = 3.5
#   hello, world!
#   no holes
