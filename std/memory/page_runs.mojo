"""Blocks of whole pages that lie side by side.

The C library writes a header in front of each block, so between two arrays of some pages is another page that is mostly empty. A
processor that reads to an array's end also fetches what follows it, and arrays that fill the first cache between them (three of
4096 `Float32` on many) then push each other out. Blocks of a few pages therefore come from one region of addresses, which the program
reserves when it first needs such a block: what follows an array is the next one.

A bit for each page of the region says whether it is free; the number of pages of a block stands in a table at the region's start. A
block does not reach from one word of bits into the next. When the region is full, reserved by somebody else's limit or just being
used by another thread, there is no run, and the C library gives the block.
"""
from std.bit.bits import count_trailing_zeros
from std.memory.pointer import Pointer, __pointer_from_int

comptime PAGE = 4096
comptime LEAST_BYTES = 8192
comptime MOST_BYTES = 131072
"""32 pages, half a word of bits: a larger block seldom fits what is left of one."""

comptime _PAGE_BITS = 12
comptime _WORD_BITS = 6
comptime _WORDS = 256
comptime _REGION = 67108864
"""Bytes of addresses: 16,384 pages. What was never used of them is no memory."""

# From the region's start: a word for each page, the length of the block that starts there, and then the words of free pages.
comptime _FREE_PAGES = 131072
comptime _HEADER_PAGES = 33

comptime _NO_REGION = -1

comptime _PROT_READ_WRITE = Int32(3)
comptime _MAP_PRIVATE_ANONYMOUS_NORESERVE = Int32(0x4022)


@__intrinsic("foreign.call")
def __foreign_mmap[name: __string_literal_value, Result: AnyType](
    address: Int, size: Int, protection: Int32, flags: Int32, descriptor: Int32, offset: Int
) -> Result:
    ...


@__intrinsic("atomic.exchange")
def __exchange(pointer: Pointer[Int, MutUntrackedOrigin], value: Int) -> Int:
    ...


@__intrinsic("atomic.load")
def __load(pointer: Pointer[Int, MutUntrackedOrigin]) -> Int:
    ...


@__intrinsic("atomic.store")
def __store(pointer: Pointer[Int, MutUntrackedOrigin], value: Int):
    ...


@__intrinsic("foreign.call")
def __foreign_free[name: __string_literal_value](address: Int):
    ...


@__intrinsic("memory.slot")
def __slot[name: __string_literal_value]() -> Pointer[Int, MutUntrackedOrigin]:
    ...


@__intrinsic("memory.slot")
def __function_slot[name: __string_literal_value]() -> Pointer[def(Int, Int, Int) abi("C") thin -> None, MutUntrackedOrigin]:
    ...


@always_inline
def is_run(size: Int) -> Bool:
    """Whether a block of so many bytes is one that `take` may give."""
    return size & (PAGE - 1) == 0 and size >= LEAST_BYTES and size <= MOST_BYTES


@always_inline
def _word(address: Int) -> Pointer[Int, MutUntrackedOrigin]:
    return __pointer_from_int[Pointer[Int, MutUntrackedOrigin]](address)


def _reserve() -> Int:
    """The region; the caller holds the lock. Every page is free but those of the tables."""
    var region = __foreign_mmap["mmap", Int](
        0, _REGION, _PROT_READ_WRITE, _MAP_PRIVATE_ANONYMOUS_NORESERVE, Int32(-1), 0
    )
    if region != _NO_REGION:
        for word in range(_WORDS):
            _word(region + _FREE_PAGES + 8 * word)[] = -1
        _word(region + _FREE_PAGES)[] = -1 << _HEADER_PAGES
        __function_slot["pages.release"]()[] = _release
    __store(__slot["pages.region"](), region)
    return region


@no_inline
def take(size: Int) -> Int:
    """A block for which `is_run` holds, at the lowest address where it fits; 0 when there is none."""
    if __exchange(__slot["pages.lock"](), 1) != 0:
        return 0
    var region = __slot["pages.region"]()[]
    if region == 0:
        region = _reserve()
    var address = 0
    if region != _NO_REGION:
        address = _first_fit(region, size >> _PAGE_BITS)
    __store(__slot["pages.lock"](), 0)
    return address


def _first_fit(region: Int, pages: Int) -> Int:
    """Marks a run as used. Words below "pages.first" have no free page."""
    var word = __slot["pages.first"]()[]
    var is_full_so_far = True
    while word < _WORDS:
        var cell = _word(region + _FREE_PAGES + 8 * word)
        var free = UInt64(cell[])
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
            var bit = Int(count_trailing_zeros(starts))
            cell[] = cell[] & ~(((1 << pages) - 1) << bit)
            var page = (word << _WORD_BITS) + bit
            _word(region + 8 * page)[] = pages
            return region + (page << _PAGE_BITS)
        word += 1
    return 0


def _release(address: Int, unused: Int, unused_too: Int) abi("C"):
    """Frees a block that begins with a page, whoever gave it. A program that takes no run has no code for this: every program frees
    memory, and is compiled anew. (Of the type of another function that each of them points to.)"""
    var region = __load(__slot["pages.region"]())
    if address < region or address >= region + _REGION:
        __foreign_free["free"](address)
        return
    while __exchange(__slot["pages.lock"](), 1) != 0:
        pass
    var page = (address - region) >> _PAGE_BITS
    var word = page >> _WORD_BITS
    var length = _word(region + 8 * page)
    var cell = _word(region + _FREE_PAGES + 8 * word)
    cell[] = cell[] | ((1 << length[]) - 1) << (page & 63)
    # Nothing starts there any more: a second time changes nothing.
    length[] = 0
    if word < __slot["pages.first"]()[]:
        __slot["pages.first"]()[] = word
    __store(__slot["pages.lock"](), 0)
