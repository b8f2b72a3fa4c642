"""Memory by the megabyte: what the operating system is told about it.

A page of 4 KiB that is touched for the first time costs one to three microseconds, more than most programs then spend on its contents. So
large blocks ask for pages of 2 MiB, and a program keeps what it freed for what it allocates next.
"""
from std.sys.info import CompilationTarget

comptime _HUGE_PAGE = 2 * 1024 * 1024
comptime LARGE = 2 * _HUGE_PAGE
"""Bytes from which on a block contains a huge page, wherever it starts."""

comptime _MADV_HUGEPAGE = Int32(14)
comptime _M_TRIM_THRESHOLD = Int32(-1)
comptime _M_MMAP_THRESHOLD = Int32(-3)
comptime _KEPT = Int32(128 * 1024 * 1024)
"""Free bytes at the end of the heap that stay in the process."""
comptime _MAPPED = Int32(32 * 1024 * 1024)
"""Bytes from which on a block has a mapping of its own: the most that the C library takes."""


@__intrinsic("foreign.call")
def __foreign_madvise[name: __string_literal_value, Result: AnyType](address: Int, size: Int, advice: Int32) -> Result:
    ...


@__intrinsic("foreign.call")
def __foreign_mallopt[name: __string_literal_value, Result: AnyType](option: Int32, value: Int32) -> Result:
    ...


@no_inline
def advise_huge_pages(address: Int, size: Int):
    """Asks for huge pages inside a block. It is a hint: a system without them goes on with small ones."""
    comptime if CompilationTarget.is_linux():
        var first = (address + _HUGE_PAGE - 1) // _HUGE_PAGE * _HUGE_PAGE
        var end = (address + size) // _HUGE_PAGE * _HUGE_PAGE
        if address != 0 and end > first:
            _ = __foreign_madvise["madvise", Int32](first, end - first, _MADV_HUGEPAGE)


def keep_freed_memory():
    """Tells the C library to keep freed memory in the process, up to a limit. Called once, when a program starts; code that lives in
    somebody else's process leaves the allocator as it is."""
    comptime if CompilationTarget.is_linux():
        _ = __foreign_mallopt["mallopt", Int32](_M_TRIM_THRESHOLD, _KEPT)
        _ = __foreign_mallopt["mallopt", Int32](_M_MMAP_THRESHOLD, _MAPPED)
