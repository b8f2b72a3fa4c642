"""`format`: text with holes for values."""


def _write_argument[*Ts: Writable](values: VariadicPack[*Ts], index: Int, as_repr: Bool, mut text: String):
    """Writes one value of a pack, chosen at run time."""
    comptime for i in range(values.__len__()):
        if i == index:
            if as_repr:
                values[i].write_repr_to(text)
            else:
                values[i].write_to(text)


def _format[*Ts: Writable](template: StringSlice[_], values: VariadicPack[*Ts]) raises -> String:
    """Replaces `{}`, `{n}`, `{!r}` and `{n!r}` by values; `{{` and `}}` stand for braces."""
    var count = values.__len__()
    var text = String()
    var automatic = 0
    var start = 0
    var i = 0
    var length = template.byte_length()
    while i < length:
        var byte = template._byte(i)
        if byte != 123 and byte != 125:
            i += 1
            continue
        text.write_string(template._part(start, i))
        if i + 1 < length and template._byte(i + 1) == byte:
            text._append_byte(byte)
            i += 2
            start = i
            continue
        if byte == 125:
            raise Error("there is a single curly } left unclosed or unescaped")
        var end = template.find("}", i)
        if end < 0:
            raise Error("there is a single curly { left unclosed or unescaped")
        var field = template._part(i + 1, end)
        var as_repr = False
        var mark = field.find("!")
        if mark >= 0:
            var conversion = field._part(mark + 1, field.byte_length())
            if conversion == "r":
                as_repr = True
            elif conversion != "s":
                raise Error("Conversion flag ", conversion, " not recognized.")
            field = field._part(0, mark)
        var index = automatic
        if field.byte_length() == 0:
            automatic += 1
            if index >= count:
                raise Error("Automatic indexing require more args in *args")
        else:
            if not field.is_ascii_digit():
                raise Error("Index ", field, " not in kwargs")
            index = 0
            for k in range(field.byte_length()):
                index = index * 10 + (field._byte(k) - 48).cast[DType.int]()
            if index >= count:
                raise Error("Index ", field, " not in *args")
        _write_argument(values, index, as_repr, text)
        i = end + 1
        start = i
    text.write_string(template._part(start, length))
    return text^
