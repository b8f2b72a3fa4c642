"""How a program begins and ends."""
from std.io.file_descriptor import RawFileDescriptor
from std.memory.pointer import Pointer, __pointer_from_int


@__intrinsic("error.trace")
def __error_trace() -> Pointer[Int, MutUntrackedOrigin]:
    ...


@__intrinsic("pointer.load_volatile")
def __now_at(place: Pointer[Int, MutUntrackedOrigin]) -> Int:
    ...


@no_inline
def _report_uncaught(error: Error):
    """The message of an error that left `main`, and the calls it came through, on standard error."""
    print("Unhandled exception caught during execution:", error, file=RawFileDescriptor(2))
    var trace = __error_trace()
    var count = __now_at(trace)
    if count == 0:
        return
    var text = String("stack, innermost call first:\n")
    for i in range(min(count, _MOST_SITES)):
        if i == _MOST_SITES - 1 and count > _MOST_SITES:
            text.write("  … ", count - _MOST_SITES, " calls …\n")
        var site = __now_at(trace.unsafe_offset(i + 1))
        text.write("  at ", _text_of(site, 4), " (", _text_of(site, 0), ":", _word_of(site, 2), ":", _word_of(site, 3), ")\n")
        if i == 0 and _word_of(site, 7) != 0:
            text.write(String(_word_of(site, 2)).ascii_rjust(7), " | ", _text_of(site, 6), "\n")
    print(text, end="", file=RawFileDescriptor(2))


comptime _MOST_SITES = 32
"""As many sites are kept: see `llvm/error-trace.ts` of the compiler."""


def _word_of(site: Int, index: Int) -> Int:
    return __pointer_from_int[Pointer[Int, MutUntrackedOrigin]](site).unsafe_offset(index)[]


def _text_of(site: Int, index: Int) -> StaticString:
    """The text whose address is word `index` of a site; its length is the next word."""
    var address = __pointer_from_int[Pointer[UInt8, StaticOrigin]](_word_of(site, index))
    return StaticString(unsafe_from_utf8_ptr=address, length=_word_of(site, index + 1))


def __run_main[main: def() thin -> None]() -> Int:
    """Runs a `main` that cannot raise; returns the exit status."""
    main()
    return 0


def __run_raising_main[main: def() raises thin -> None]() -> Int:
    """Runs a `main` that may raise; returns the exit status."""
    try:
        main()
        return 0
    except error:
        _report_uncaught(error)
        return 1
