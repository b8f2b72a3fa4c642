"""The allocator of programs compiled with `--check-heap`: what C's gives, with every block counted and watched.

A block has a header in front, by which it is found again, and 16 bytes of a known pattern behind. A freed block is filled with another
pattern and kept for a while, so that freeing it twice, using it and writing to it are noticed. The program's end reports what was
never freed. Any finding is a line on standard error that begins `kiln: heap check:` and exit status 23.

Nothing here is reached without the option: `unsafe_alloc` and `__free` call the C functions then.
"""
from std.io.file_descriptor import RawFileDescriptor
from std.memory.memory import stack_allocation, __memory_set
from std.memory.pointer import Pointer, __pointer_from_int, __pointer_to_int


@__intrinsic("foreign.call")
def __c_malloc[name: __string_literal_value, Result: AnyType](size: Int) -> Result:
    ...


@__intrinsic("foreign.call")
def __c_aligned_alloc[name: __string_literal_value, Result: AnyType](alignment: Int, size: Int) -> Result:
    ...


@__intrinsic("foreign.call")
def __c_free[name: __string_literal_value](address: Int):
    ...


@__intrinsic("foreign.call")
def __c_exit[name: __string_literal_value, Result: AnyType](status: Int32) -> Result:
    ...


@__intrinsic("memory.slot")
def __slot[name: __string_literal_value]() -> Pointer[Int, MutUntrackedOrigin]:
    ...


@__intrinsic("atomic.exchange")
def __exchange(pointer: Pointer[Int, MutUntrackedOrigin], value: Int) -> Int:
    ...


@__intrinsic("atomic.store")
def __store(pointer: Pointer[Int, MutUntrackedOrigin], value: Int):
    ...


comptime FINDING_STATUS = 23

# A header ends where its block begins. Offsets from its start:
comptime HEADER = 48
comptime MARK = 0
comptime SIZE = 8
comptime NUMBER = 16
comptime NEXT = 24
comptime PREVIOUS = 32
comptime BASE = 40

# The mark is mixed with the address, so that a copy of a header elsewhere is none.
comptime LIVE = 0x4B494C4E48454150
comptime FREED = 0x4B494C4E44454144

comptime GUARD = 16
comptime GUARD_BYTE = 0xFB
comptime FRESH_BYTE = 0xCD
comptime FREED_BYTE = 0xDD

# Freed blocks stay out of use until so many bytes of younger ones follow.
comptime KEPT_BYTES = 1 << 26


@always_inline
def _cell(address: Int) -> Pointer[Int, MutUntrackedOrigin]:
    return __pointer_from_int[Pointer[Int, MutUntrackedOrigin]](address)


@always_inline
def _byte(address: Int) -> Pointer[UInt8, MutUntrackedOrigin]:
    return __pointer_from_int[Pointer[UInt8, MutUntrackedOrigin]](address)


@always_inline
def _lock():
    while __exchange(__slot["heap.lock"](), 1) != 0:
        pass


@always_inline
def _unlock():
    __store(__slot["heap.lock"](), 0)


def _say_block(header: Int, what: StaticString):
    print(
        "kiln: heap check: block ", _cell(header + NUMBER)[], " of ", _cell(header + SIZE)[], " bytes ", what, sep="", file=RawFileDescriptor(2)
    )


def _stop() -> Never:
    __c_exit["exit", Never](Int32(FINDING_STATUS))


def _is_filled(address: Int, count: Int, value: UInt8) -> Bool:
    for i in range(count):
        if _byte(address + i)[] != value:
            return False
    return True


def allocate(alignment: Int, size: Int) -> Int:
    """A fresh block; 0 when there is no memory. Its bytes are a pattern, not zeros."""
    var front = HEADER
    var base: Int
    if alignment > 16:
        front = (HEADER + alignment - 1) // alignment * alignment
        var total = (front + size + GUARD + alignment - 1) // alignment * alignment
        base = __c_aligned_alloc["aligned_alloc", Int](alignment, total)
    else:
        base = __c_malloc["malloc", Int](front + size + GUARD)
    if base == 0:
        return 0
    var address = base + front
    var header = address - HEADER
    __memory_set(_byte(address), FRESH_BYTE, size)
    __memory_set(_byte(address + size), GUARD_BYTE, GUARD)
    _cell(header + MARK)[] = LIVE ^ address
    _cell(header + SIZE)[] = size
    _cell(header + BASE)[] = base
    _lock()
    var number = __slot["heap.count"]()[] + 1
    __slot["heap.count"]()[] = number
    _cell(header + NUMBER)[] = number
    # The chain of live blocks, youngest first.
    var next = __slot["heap.live"]()[]
    _cell(header + NEXT)[] = next
    _cell(header + PREVIOUS)[] = 0
    if next != 0:
        _cell(next + PREVIOUS)[] = header
    __slot["heap.live"]()[] = header
    _unlock()
    return address


def allocate_plain(size: Int) -> Int:
    """As `malloc`: where compile-time values are rebuilt."""
    return allocate(16, size)


def _unchain(header: Int):
    var next = _cell(header + NEXT)[]
    var previous = _cell(header + PREVIOUS)[]
    if next != 0:
        _cell(next + PREVIOUS)[] = previous
    if previous != 0:
        _cell(previous + NEXT)[] = next
    else:
        __slot["heap.live"]()[] = next


def _check_kept(header: Int):
    """A freed block must still be as it was left."""
    if not _is_filled(header + HEADER, _cell(header + SIZE)[], FREED_BYTE):
        _say_block(header, "was written after it was freed")
        _stop()


def _keep(header: Int):
    """Puts a freed block at the end of the queue; blocks at its front go when the queue is too long."""
    _cell(header + NEXT)[] = 0
    var last = __slot["heap.kept.last"]()[]
    if last != 0:
        _cell(last + NEXT)[] = header
    else:
        __slot["heap.kept.first"]()[] = header
    __slot["heap.kept.last"]()[] = header
    __slot["heap.kept.bytes"]()[] += HEADER + _cell(header + SIZE)[]
    while __slot["heap.kept.bytes"]()[] > KEPT_BYTES:
        var first = __slot["heap.kept.first"]()[]
        _check_kept(first)
        __slot["heap.kept.bytes"]()[] -= HEADER + _cell(first + SIZE)[]
        __slot["heap.kept.first"]()[] = _cell(first + NEXT)[]
        if first == __slot["heap.kept.last"]()[]:
            __slot["heap.kept.last"]()[] = 0
        __c_free["free"](_cell(first + BASE)[])


def release(address: Int):
    """Takes a block back; ends the program when it is none or was freed before. Address 0 is nothing."""
    if address == 0:
        return
    var header = address - HEADER
    _lock()
    var mark = _cell(header + MARK)[] ^ address
    if mark == FREED:
        _say_block(header, "was freed twice")
        _stop()
    if mark != LIVE:
        print("kiln: heap check: an address that was not allocated was freed", file=RawFileDescriptor(2))
        _stop()
    var size = _cell(header + SIZE)[]
    if not _is_filled(address + size, GUARD, GUARD_BYTE):
        _say_block(header, "was written beyond its end")
        _stop()
    _unchain(header)
    _cell(header + MARK)[] = FREED ^ address
    __memory_set(_byte(address), FREED_BYTE, size)
    _keep(header)
    _unlock()


def keep_forever(address: Int):
    """Takes a live block out of the account: the process keeps it on purpose."""
    _lock()
    _unchain(address - HEADER)
    _cell(address - HEADER + NEXT)[] = 0
    _cell(address - HEADER + PREVIOUS)[] = address - HEADER
    _unlock()


def __finish(status: Int) -> Int:
    """The account at the program's end, after its variables are gone. Returns the exit status."""
    var kept = __slot["heap.kept.first"]()[]
    while kept != 0:
        _check_kept(kept)
        kept = _cell(kept + NEXT)[]
    var header = __slot["heap.live"]()[]
    if header == 0:
        return status
    while header != 0:
        _say_block(header, "was never freed")
        header = _cell(header + NEXT)[]
    return FINDING_STATUS
