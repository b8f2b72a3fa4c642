"""The calls that the last error came through, as the compiler records them where a program or module shows them
(`llvm/error-trace.ts`)."""
from std.memory.pointer import Pointer, __pointer_from_int


@__intrinsic("error.trace")
def __error_trace() -> Pointer[Int, MutUntrackedOrigin]:
    ...


@__intrinsic("pointer.load_volatile")
def __now_at(place: Pointer[Int, MutUntrackedOrigin]) -> Int:
    ...


@__intrinsic("memory.slot")
def __slot[name: __string_literal_value]() -> Pointer[Int, MutUntrackedOrigin]:
    ...


@__intrinsic("pointer.cast")
def __as_foreign_stack(slot: Pointer[Int, MutUntrackedOrigin]) -> Pointer[ForeignStack, MutUntrackedOrigin]:
    ...


comptime ForeignStack = def(Error) thin -> String
"""The calls of another language that an error came from, as `stack_of_error` writes them; empty where the error is not from there."""


def set_foreign_stack(writer: ForeignStack):
    """For the library of another language, when it makes an error of one of that language."""
    __as_foreign_stack(__slot["error.foreign_stack"]())[] = writer


def foreign_stack(error: Error) -> String:
    var slot = __slot["error.foreign_stack"]()
    return __as_foreign_stack(slot)[](error) if slot[] != 0 else String()


comptime _MOST_SITES = 32
"""As many sites are kept."""


@no_inline
def stack_of_error[*, source: Bool](indent: StaticString) -> String:
    """A line for each call, innermost first: `at function (file:line:column)`. With `source`, the text of the first place follows it.
    Empty where nothing was recorded."""
    var trace = __error_trace()
    var count = __now_at(trace)
    var text = String()
    for i in range(min(count, _MOST_SITES)):
        if i == _MOST_SITES - 1 and count > _MOST_SITES:
            text.write(indent, "… ", count - _MOST_SITES, " calls …\n")
        var site = __now_at(trace.unsafe_offset(i + 1))
        text.write(indent, "at ", _text_of(site, 4), " (", _text_of(site, 0), ":", _word_of(site, 2), ":", _word_of(site, 3), ")\n")
        comptime if source:
            if i == 0 and _word_of(site, 7) != 0:
                text.write(String(_word_of(site, 2)).ascii_rjust(7), " | ", _text_of(site, 6), "\n")
    return text


def _word_of(site: Int, index: Int) -> Int:
    return __pointer_from_int[Pointer[Int, MutUntrackedOrigin]](site).unsafe_offset(index)[]


def _text_of(site: Int, index: Int) -> StaticString:
    """The text whose address is word `index` of a site; its length is the next word."""
    var address = __pointer_from_int[Pointer[UInt8, ImmStaticOrigin]](_word_of(site, index))
    return StaticString(unsafe_from_utf8_ptr=address, length=_word_of(site, index + 1))
