"""The C functions that the library calls, for targets without a C library (WebAssembly under WASI).

The allocator keeps freed blocks in lists by power-of-two size class; every block has a header of 16 bytes with its class. In a
program with threads a lock guards it.
"""
from std.atomic.atomic import __atomic_compare_exchange, __atomic_exchange
from std.memory.pointer import Pointer, __pointer_from_int, __pointer_to_int
from std.memory.memory import stack_allocation, __memory_set


@__intrinsic("wasm.memory_size")
def __memory_size() -> Int:
    ...


@__intrinsic("wasm.memory_grow")
def __memory_grow(pages: Int) -> Int:
    ...


@__intrinsic("wasm.heap_base")
def __heap_base() -> Int:
    ...


@__intrinsic("foreign.call")
def __wasi_fd_write[name: __string_literal_value, Result: AnyType](
    descriptor: Int32, vectors: Int32, count: Int32, written: Int32
) -> Result:
    ...


@__intrinsic("foreign.call")
def __wasi_exit[name: __string_literal_value, Result: AnyType](status: Int32) -> Result:
    ...


@__intrinsic("process.has_threads")
def __has_threads() -> Bool:
    ...


@__intrinsic("target.has_feature")
def __has_feature[name: __string_literal_value]() -> Bool:
    ...


@__intrinsic("memory.slot")
def __lock_slot[name: __string_literal_value]() -> Pointer[Int32, MutUntrackedOrigin]:
    ...


@__intrinsic("foreign.call")
def __host_cell[name: __string_literal_value, Result: AnyType](address: Int32, value: Int32) -> Result:
    ...


@always_inline
def _lock():
    """Enters the allocator: 0 free, 1 taken, 2 taken and somebody waits."""
    comptime if __has_feature["atomics"]():
        if __has_threads() and __atomic_compare_exchange(__lock_slot["wasm.heap"](), 0, 1) != 0:
            _wait_for_lock()


@no_inline
def _wait_for_lock():
    var lock = __lock_slot["wasm.heap"]()
    for _ in range(100):
        if __atomic_compare_exchange(lock, 0, 1) == 0:
            return
    while __atomic_exchange(lock, 2) != 0:
        __host_cell["kiln.wait", NoneType](__pointer_to_int(lock).cast[DType.int32](), 2)


@always_inline
def _unlock():
    comptime if __has_feature["atomics"]():
        if __has_threads():
            var lock = __lock_slot["wasm.heap"]()
            if __atomic_exchange(lock, 0) == 2:
                __host_cell["kiln.wake", NoneType](__pointer_to_int(lock).cast[DType.int32](), 1)


def _word(address: Int) -> Pointer[Int, MutUntrackedOrigin]:
    return __pointer_from_int[Pointer[Int, MutUntrackedOrigin]](address)


def malloc(size: Int) -> Int:
    """Memory for `size` bytes, aligned to 16; 0 when there is none."""
    # No address goes beyond 4 GB.
    if size < 0 or size > 0xF0000000:
        return 0
    _lock()
    var address = _take_block(size)
    _unlock()
    return address


@always_inline
def _take_block(size: Int) -> Int:
    # The first 512 bytes of the heap hold the heads of the free lists and the end of the used part.
    var base = (__heap_base() + 15) // 16 * 16
    var end_cell = _word(base + 504)
    if end_cell[] == 0:
        end_cell[] = base + 512
        if __memory_size() * 65536 < base + 512:
            _ = __memory_grow(1)
    var size_class = 5
    while (1 << size_class) < size + 16:
        size_class += 1
    var head = _word(base + 8 * size_class)
    var block = head[]
    if block != 0:
        head[] = _word(block + 8)[]
        return block + 16
    block = end_cell[]
    var end = block + (1 << size_class)
    var available = __memory_size() * 65536
    if end > available:
        var pages = (end - available + 65535) // 65536
        if __memory_grow(max(pages, 16)) < 0:
            if __memory_grow(pages) < 0:
                return 0
    end_cell[] = end
    _word(block)[] = size_class
    return block + 16


def free(address: Int):
    """Gives a block back."""
    if address == 0:
        return
    var base = (__heap_base() + 15) // 16 * 16
    var block = address - 16
    # Behind the start of an aligned block a negative number tells the way back to it.
    if _word(block)[] < 0:
        block += _word(block)[]
    _lock()
    var head = _word(base + 8 * _word(block)[])
    _word(block + 8)[] = head[]
    head[] = block
    _unlock()


def aligned_alloc(alignment: Int, size: Int) -> Int:
    """Memory at a multiple of `alignment`, which is one of 16."""
    var plain = malloc(size + alignment)
    if plain == 0:
        return 0
    var aligned = (plain + alignment - 1) // alignment * alignment
    if aligned != plain:
        _word(aligned - 16)[] = plain - aligned
    return aligned


def write(descriptor: Int32, address: Int, count: Int) -> Int:
    """Writes bytes to a descriptor; the number written, or -1."""
    var cells = stack_allocation[4, Int32]()
    cells.unsafe_offset(0)[] = address.cast[DType.int32]()
    cells.unsafe_offset(1)[] = count.cast[DType.int32]()
    cells.unsafe_offset(2)[] = 0
    var at = __pointer_to_int(cells).cast[DType.int32]()
    var status = __wasi_fd_write["wasi_snapshot_preview1.fd_write", Int32](descriptor, at, 1, at + 8)
    if status != 0:
        return -1
    return cells.unsafe_offset(2)[].cast[DType.int]()


@__intrinsic("foreign.call")
def __wasi_clock[name: __string_literal_value, Result: AnyType](clock: Int32, precision: Int, address: Int32) -> Result:
    ...


def clock_gettime(clock: Int32, address: Int) -> Int32:
    """Stores seconds and nanoseconds of a clock."""
    var cell = _word(address)
    var status = __wasi_clock["wasi_snapshot_preview1.clock_time_get", Int32](
        clock, 1, address.cast[DType.int32]()
    )
    var total = cell[]
    cell[] = total // 1000000000
    _word(address + 8)[] = total % 1000000000
    return status


def exit(code: Int32) -> Never:
    """Ends the program."""
    __wasi_exit["wasi_snapshot_preview1.proc_exit", Never](code)
