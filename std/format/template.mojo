"""`format`: text with holes for values."""


comptime _BOTH_KINDS = "Cannot both use manual and automatic indexing"


@fieldwise_init
struct _Piece(TrivialRegisterPassable):
    """A part of a template: the text up to `end`, and then perhaps a hole. The next one starts at `next`."""

    var end: Int
    var next: Int
    var index: Int
    """Which value fills the hole; -1 where there is none."""
    var as_repr: Bool


def _next_piece(template: StringSlice[_], start: Int, count: Int, mut automatic: Int) raises -> _Piece:
    """Holes are `{}`, `{n}`, `{!r}` and `{n!r}`; `{{` and `}}` stand for braces. There are `count` values, of which holes without a number
    took `automatic`; -1 says that the holes have numbers. Raises an error for anything else in braces, and for holes of both kinds."""
    var length = template.byte_length()
    var at = start
    while at < length and template._byte(at) != 123 and template._byte(at) != 125:
        at += 1
    if at == length:
        return _Piece(at, at, -1, False)
    var byte = template._byte(at)
    if at + 1 < length and template._byte(at + 1) == byte:
        return _Piece(at + 1, at + 2, -1, False)
    if byte == 125:
        raise Error("there is a single curly } left unclosed or unescaped")
    var close = template.find("}", at)
    if close < 0:
        raise Error("there is a single curly { left unclosed or unescaped")
    var field = template._part(at + 1, close)
    var as_repr = False
    var mark = field.find("!")
    if mark >= 0:
        var conversion = field._part(mark + 1, field.byte_length())
        if conversion == "r":
            as_repr = True
        elif conversion != "s":
            raise Error("Conversion flag ", conversion, " not recognized.")
        field = field._part(0, mark)
    if field.byte_length() == 0:
        if automatic < 0:
            raise Error(_BOTH_KINDS)
        if automatic >= count:
            raise Error("Automatic indexing require more args in *args")
        automatic += 1
        return _Piece(at, close + 1, automatic - 1, as_repr)
    if not field.is_ascii_digit():
        raise Error("Index ", field, " not in kwargs")
    var index = 0
    for k in range(field.byte_length()):
        index = index * 10 + (field._byte(k) - 48).cast[DType.int]()
    if automatic > 0:
        raise Error(_BOTH_KINDS)
    automatic = -1
    if index >= count:
        raise Error("Index ", field, " not in *args")
    return _Piece(at, close + 1, index, as_repr)


def _template_problem(template: StringSlice[_], count: Int) -> String:
    """Why the template cannot be filled by `count` values; empty if it can."""
    var automatic = 0
    var start = 0
    try:
        while start < template.byte_length():
            start = _next_piece(template, start, count, automatic).next
    except error:
        var problem = String(error)
        if problem.startswith("Index :"):
            problem += " (there are no format specifiers: round or pad the value first)"
        return problem^
    return String()


def _write_argument[*Ts: Writable](values: VariadicPack[*Ts], index: Int, as_repr: Bool, mut text: String):
    """Writes one value of a pack, chosen at run time."""
    comptime for i in range(values.__len__()):
        if i == index:
            if as_repr:
                values[i].write_repr_to(text)
            else:
                values[i].write_to(text)


def _format[*Ts: Writable](template: StringSlice[_], values: VariadicPack[*Ts]) raises -> String:
    """The template with its holes filled."""
    var text = String()
    var automatic = 0
    var start = 0
    while start < template.byte_length():
        var piece = _next_piece(template, start, values.__len__(), automatic)
        text.write_string(template._part(start, piece.end))
        if piece.index >= 0:
            _write_argument(values, piece.index, piece.as_repr, text)
        start = piece.next
    return text^
