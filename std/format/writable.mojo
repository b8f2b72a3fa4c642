"""Text output: what writes itself, and where to."""
from std.hash.hashable import Hasher  # for derived methods, whose names are looked up here


@__intrinsic("type.name_pointer")
def __type_name_pointer[T: AnyType]() -> Pointer[UInt8, ImmStaticOrigin]:
    ...


@__intrinsic("type.name_length")
def __type_name_length[T: AnyType]() -> Int:
    ...


@__intrinsic("type.derived_name_pointer")
def __derived_name_pointer[T: AnyType]() -> Pointer[UInt8, ImmStaticOrigin]:
    ...


@__intrinsic("type.derived_name_length")
def __derived_name_length[T: AnyType]() -> Int:
    ...


def _write_derived_name[T: AnyType](mut writer: Some[Writer]):
    """What the derived text of a generic struct begins with: its plain name, and its parameters as `reflect` names them."""
    writer.write_string(StaticString(unsafe_from_utf8_ptr=__derived_name_pointer[T](), length=__derived_name_length[T]()))


@no_inline
def _write_unqualified(name: StaticString, mut writer: Some[Writer]):
    """Writes a type's name without the modules in front of each part: `std.collections.list.List[X]` is `List[X]`."""
    var length = name.byte_length()
    var start = 0
    while start < length:
        var end = start
        var last_dot = -1
        var dot_before = -1
        while end < length and _is_name_byte(name._byte(end)):
            if name._byte(end) == 46:
                dot_before = last_dot
                last_dot = end
            end += 1
        # Members keep the type in front of them, as in `DType.int`.
        var from_byte = start
        if last_dot >= 0:
            var owner = dot_before + 1 if dot_before >= 0 else start
            var is_member = name._byte(owner) >= 65 and name._byte(owner) <= 90
            from_byte = owner if is_member else last_dot + 1
        writer.write_string(name._part(from_byte, end))
        start = end
        while start < length and not _is_name_byte(name._byte(start)):
            start += 1
        writer.write_string(name._part(end, start))


def _is_name_byte(byte: UInt8) -> Bool:
    return (byte >= 48 and byte <= 57) or (byte >= 65 and byte <= 90) or (byte >= 97 and byte <= 122) or byte == 95 or byte == 46


def _write_type_name[T: AnyType](mut writer: Some[Writer]):
    """The name of a library type as its `repr` shows it."""
    _write_unqualified(StaticString(unsafe_from_utf8_ptr=__type_name_pointer[T](), length=__type_name_length[T]()), writer)


@__builtin("Writer")
trait Writer:
    """A sink for text."""

    def write_string(mut self, text: StringSlice[_]):
        """Takes text."""
        ...

    def write[*Ts: Writable](mut self, *values: *Ts):
        """Writes values one after the other."""
        comptime for i in range(values.__len__()):
            values[i].write_to(self)


@__builtin("Writable")
trait Writable:
    """A type that can be printed."""

    def write_to(self, mut writer: Some[Writer]):
        """Writes the text that `print` shows."""
        ...

    def write_repr_to(self, mut writer: Some[Writer]):
        """Writes the text that `repr` shows; without this method it is that of `print`."""
        self.write_to(writer)


def repr(value: NoneType) -> String:
    """`None`, which `print` does not take."""
    return "None"


def repr[T: Writable](value: T) -> String:
    """The text that names the value's type and quotes strings."""
    var text = String()
    value.write_repr_to(text)
    return text^
