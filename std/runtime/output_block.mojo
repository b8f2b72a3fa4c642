"""The block in which a native executable gathers what it prints to a file or a pipe.

Like the handler of traps this is no part of any program but of the start code (`scripts/trap-handler.mjs`), so programs do not pay for it. The start
code puts `write_gathered` into the slot `__kiln_output` of the program, if it has one, i.e. if it prints (`std/io/file_descriptor.mojo`).

The first prints of a program are written at once, so small programs never ask what standard output is; on a terminal all are. Else
text is kept until the block is full, until it has to be seen (`FLUSH`), or until the process ends: the C library's `exit` calls `_at_exit`, and
deadly signals the handler of traps. Several threads may print: whoever holds the lock adds to the block.
"""
from std.memory.memory import __memory_copy
from std.memory.pointer import Pointer, __pointer_from_int, __pointer_to_int


@__intrinsic("foreign.call")
def _c[name: __string_literal_value, Result: TrivialRegisterPassable, *Ts: TrivialRegisterPassable](*args: *Ts) -> Result:
    ...


@__intrinsic("foreign.call")
def __at_exit[name: __string_literal_value, Result: TrivialRegisterPassable](
    function: def(Int) abi("C") thin -> None, argument: Int, library: Int
) -> Result:
    ...


@__intrinsic("atomic.compare_exchange")
def _exchange[dtype: DType](
    pointer: Pointer[Scalar[dtype], MutUntrackedOrigin], expected: Scalar[dtype], desired: Scalar[dtype]
) -> Scalar[dtype]:
    ...


@__intrinsic("atomic.store")
def _store[dtype: DType](pointer: Pointer[Scalar[dtype], MutUntrackedOrigin], value: Scalar[dtype]):
    ...


@__intrinsic("atomic.pause")
def _pause():
    ...


comptime Gatherer = def(Int, Int, Int) abi("C") thin -> None

comptime FLUSH = -1
"""As the descriptor: nothing to write, but what is gathered is to be seen."""

# The block: how it is used, bytes of text in it, the lock, and from `TEXT` on the text.
comptime MODE = 0
comptime USED = 8
comptime LOCK = 16
comptime TEXT = 64
comptime ROOM = 65536

# Modes; a smaller number counts the prints.
comptime DIRECT_PRINTS = 12
comptime TERMINAL = 100
comptime GATHERING = 101

comptime DYING_ROUNDS = 10000000
"""How often a dying process tries to get the lock."""


@always_inline
def _word(address: Int) -> Pointer[Int64, MutUntrackedOrigin]:
    return __pointer_from_int[Pointer[Int64, MutUntrackedOrigin]](address)


@no_inline
def _write_all(descriptor: Int, address: Int, count: Int):
    """Gives up when the descriptor does not take the bytes."""
    var start = address
    var left = count
    while left > 0:
        var done = _c["write", Int](Int32(descriptor), start, left)
        if done <= 0:
            return
        start += done
        left -= done


@always_inline
def _lock(block: Int):
    var rounds = 0
    while _exchange(_word(block + LOCK), Int64(0), Int64(1)) != 0:
        rounds += 1
        if rounds < 100:
            _pause()
        else:
            _ = _c["sched_yield", Int32]()


@always_inline
def _unlock(block: Int):
    _store(_word(block + LOCK), Int64(0))


@no_inline
def _write_block(block: Int):
    """Writes the text. The caller holds the lock."""
    var used = Int(_word(block + USED)[])
    _word(block + USED)[] = 0
    _write_all(1, block + TEXT, used)


def _at_exit(argument: Int):
    var block = _c["__kiln_output_block", Int]()
    _lock(block)
    _write_block(block)
    # What is printed later, by threads or other exit functions, would never be written.
    _word(block + MODE)[] = TERMINAL
    _unlock(block)


@no_inline
def _next_mode(block: Int):
    """One more print. The caller holds the lock."""
    var mode = _word(block + MODE)[] + 1
    if mode > DIRECT_PRINTS:
        mode = TERMINAL
        if _c["isatty", Int32](Int32(1)) == 0:
            mode = GATHERING
            _ = __at_exit["__cxa_atexit", Int32](_at_exit, 0, 0)
    _word(block + MODE)[] = mode


@no_inline
def write_gathered(descriptor: Int, address: Int, count: Int):
    """Writes bytes to a file, at the next occasion where it is standard output, and after what was printed before."""
    var block = _c["__kiln_output_block", Int]()
    if descriptor != 1:
        if _word(block + USED)[] != 0:
            _lock(block)
            _write_block(block)
            _unlock(block)
        if descriptor != FLUSH:
            _write_all(descriptor, address, count)
        return
    _lock(block)
    if _word(block + MODE)[] < TERMINAL:
        _next_mode(block)
    if _word(block + MODE)[] != GATHERING:
        _write_all(1, address, count)
        _unlock(block)
        return
    if Int(_word(block + USED)[]) + count > ROOM:
        _write_block(block)
    if count > ROOM:
        _write_all(1, address, count)
    else:
        var used = Int(_word(block + USED)[])
        __memory_copy(
            __pointer_from_int[Pointer[UInt8, MutUntrackedOrigin]](block + TEXT + used),
            __pointer_from_int[Pointer[UInt8, MutUntrackedOrigin]](address),
            count,
        )
        _word(block + USED)[] = Int64(used + count)
    _unlock(block)


@no_inline
def write_last_words():
    """Writes what is gathered; the process is about to end. Another thread may be writing: this one waits for it, but not forever."""
    var block = _c["__kiln_output_block", Int]()
    for _ in range(DYING_ROUNDS):
        if _exchange(_word(block + LOCK), Int64(0), Int64(1)) == 0:
            break
    _write_block(block)
    _word(block + MODE)[] = TERMINAL
    _unlock(block)


@always_inline
def begin_output():
    """Before the program: its prints go to `write_gathered`."""
    var slot = _c["__kiln_output_slot", Int]()
    if slot != 0:
        __pointer_from_int[Pointer[Gatherer, MutUntrackedOrigin]](slot)[] = write_gathered
