"""Blocks of whole pages that lie side by side.

The C library writes a header in front of each block, so between two arrays of some pages is another page that is mostly empty. A
processor that reads to an array's end also fetches what follows it, and arrays that fill the first cache between them (three of
4096 `Float32` on many) then push each other out. Blocks of a few pages therefore come from one region of addresses, which the program
reserves when it first needs such a block: what follows an array is the next one.

A bit for each page of the region says whether it is free; the number of pages of a block stands in a table at the region's start. A
block does not reach from one word of bits into the next. When the region is full, reserved by somebody else's limit or just being
used by another thread, there is no run, and the C library gives the block.
"""
from std.atomic.atomic import __atomic_exchange, __atomic_load, __atomic_store, _pause
from std.bit.bits import count_trailing_zeros
from std.memory.pointer import Pointer, __pointer_from_int

comptime PAGE = 4096
comptime LEAST_BYTES = 2 * PAGE
comptime MOST_BYTES = 32 * PAGE
"""Half a word of bits: a larger block seldom fits what is left of one."""

comptime _WORD = 64
comptime _WORDS = 256
comptime _PAGES = _WORDS * _WORD
comptime _REGION = _PAGES * PAGE
"""Bytes of addresses, 64 MiB. What was never used of them is no memory."""

# From the region's start: a byte for each page, the length of the block that starts there, and then the words of free pages.
comptime _FREE_PAGES = _PAGES
comptime _HEADER_PAGES = (_FREE_PAGES + 8 * _WORDS + PAGE - 1) // PAGE

comptime _NO_REGION = -1

comptime _PROT_READ_WRITE = Int32(3)
comptime _MAP_PRIVATE_ANONYMOUS_NORESERVE = Int32(0x4022)


@__intrinsic("foreign.call")
def __foreign_mmap[name: __string_literal_value, Result: AnyType](
    address: Int, size: Int, protection: Int32, flags: Int32, descriptor: Int32, offset: Int
) -> Result:
    ...


@__intrinsic("memory.slot")
def __slot[name: __string_literal_value]() -> Pointer[Int, MutUntrackedOrigin]:
    ...


@always_inline
def is_run(size: Int) -> Bool:
    """Whether a block of so many bytes is one that `take` may give."""
    return size % PAGE == 0 and size >= LEAST_BYTES and size <= MOST_BYTES


@always_inline
def _length(region: Int, page: Int) -> Pointer[UInt8, MutUntrackedOrigin]:
    return __pointer_from_int[Pointer[UInt8, MutUntrackedOrigin]](region + page)


@always_inline
def _free_pages(region: Int, word: Int) -> Pointer[UInt64, MutUntrackedOrigin]:
    return __pointer_from_int[Pointer[UInt64, MutUntrackedOrigin]](region + _FREE_PAGES + 8 * word)


def _reserve() -> Int:
    """The region; the caller holds the lock. Every page is free but those of the tables."""
    var region = __foreign_mmap["mmap", Int](
        0, _REGION, _PROT_READ_WRITE, _MAP_PRIVATE_ANONYMOUS_NORESERVE, Int32(-1), 0
    )
    if region != _NO_REGION:
        for word in range(_WORDS):
            _free_pages(region, word)[] = ~UInt64(0)
        _free_pages(region, 0)[] = ~UInt64(0) << UInt64(_HEADER_PAGES)
    __atomic_store(__slot["pages.region"](), region)
    return region


@no_inline
def take(size: Int) -> Int:
    """A block for which `is_run` holds, at the lowest address where it fits; 0 when there is none."""
    if __atomic_exchange(__slot["pages.lock"](), 1) != 0:
        return 0
    var region = __slot["pages.region"]()[]
    if region == 0:
        region = _reserve()
    var address = 0
    if region != _NO_REGION:
        address = _first_fit(region, size // PAGE)
    __atomic_store(__slot["pages.lock"](), 0)
    return address


def _first_fit(region: Int, pages: Int) -> Int:
    """Marks a run as used. Words below "pages.first" have no free page."""
    var word = __slot["pages.first"]()[]
    var is_full_so_far = True
    while word < _WORDS:
        var free = _free_pages(region, word)[]
        if free == 0:
            if is_full_so_far:
                __slot["pages.first"]()[] = word + 1
            word += 1
            continue
        is_full_so_far = False
        # Bit i of `starts`: the pages from i on are free, as many as `reach`.
        var starts = free
        var reach = 1
        while reach < pages:
            var step = min(reach, pages - reach)
            starts &= starts >> UInt64(step)
            reach += step
        if starts != 0:
            var bit = count_trailing_zeros(starts)
            _free_pages(region, word)[] = free & ~(_mask(pages) << bit)
            var page = word * _WORD + Int(bit)
            _length(region, page)[] = UInt8(pages)
            return region + page * PAGE
        word += 1
    return 0


@always_inline
def _mask(pages: Int) -> UInt64:
    return (UInt64(1) << UInt64(pages)) - 1


@no_inline
def give_back(address: Int) -> Bool:
    """Takes a block back if it is a run; false for an address of the C library's."""
    var region = __atomic_load(__slot["pages.region"]())
    if region == 0 or region == _NO_REGION or address < region or address >= region + _REGION:
        return False
    while __atomic_exchange(__slot["pages.lock"](), 1) != 0:
        _pause()
    var page = (address - region) // PAGE
    var word = page // _WORD
    var pages = Int(_length(region, page)[])
    # Nothing starts there any more: a second time changes nothing.
    _length(region, page)[] = 0
    _free_pages(region, word)[] |= _mask(pages) << UInt64(page % _WORD)
    if word < __slot["pages.first"]()[]:
        __slot["pages.first"]()[] = word
    __atomic_store(__slot["pages.lock"](), 0)
    return True
