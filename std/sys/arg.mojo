"""The arguments of the program."""
from std.memory.memory import unsafe_alloc, __keep_forever
from std.memory.pointer import Pointer, __pointer_from_int, __pointer_to_int


@__intrinsic("process.argument_count")
def __argument_count() -> Int:
    ...


@__intrinsic("process.arguments")
def __arguments() -> Pointer[Pointer[UInt8, ImmStaticOrigin], ImmStaticOrigin]:
    ...


@__intrinsic("memory.slot")
def __argument_slot[name: __string_literal_value]() -> Pointer[Int, MutUntrackedOrigin]:
    ...


def argv() -> Span[StaticString, ImmStaticOrigin]:
    """The arguments of the command line; the first is the program."""
    var count = __argument_count()
    var slot = __argument_slot["argv"]()
    if slot[] == 0 and count > 0:
        # Made once and kept: the texts are there until the program ends.
        var table = unsafe_alloc[StaticString](count)
        for i in range(count):
            var text = __arguments().unsafe_offset(i)[]
            var length = 0
            while text.unsafe_offset(length)[] != 0:
                length += 1
            table.unsafe_offset(i).unsafe_write(StaticString(unsafe_from_utf8_ptr=text, length=length))
        slot[] = __pointer_to_int(table)
        __keep_forever(slot[])
    return Span[StaticString, ImmStaticOrigin](
        ptr=__pointer_from_int[Pointer[StaticString, ImmStaticOrigin]](slot[]), length=count
    )
