"""Allocation and raw memory. `count` counts elements."""
from std.memory.pointer import __pointer_to_int, __pointer_from_int
from std.builtin.simd import __size_of, __bitcast
from std.builtin.assertion import __trap
from std.memory.large_blocks import LARGE, advise_huge_pages
from std.sys.info import CompilationTarget
import std.memory.page_runs as page_runs
import std.runtime.checked_heap as checked_heap


@__intrinsic("foreign.call")
def __foreign_malloc[name: __string_literal_value, Result: AnyType](size: Int) -> Result:
    ...


@__intrinsic("foreign.call")
def __foreign_free[name: __string_literal_value](address: Int):
    ...


@__intrinsic("foreign.call")
def __foreign_aligned_alloc[name: __string_literal_value, Result: AnyType](alignment: Int, size: Int) -> Result:
    ...


@__intrinsic("memory.copy")
def __memory_copy[P: TrivialRegisterPassable, Q: TrivialRegisterPassable](dest: P, source: Q, bytes: Int):
    ...


@__intrinsic("memory.move")
def __memory_move[P: TrivialRegisterPassable, Q: TrivialRegisterPassable](dest: P, source: Q, bytes: Int):
    ...


@__intrinsic("memory.set")
def __memory_set[P: TrivialRegisterPassable](dest: P, value: UInt8, bytes: Int):
    ...


@__intrinsic("memory.compare")
def __memory_compare[P: TrivialRegisterPassable, Q: TrivialRegisterPassable](a: P, b: Q, bytes: Int) -> Int:
    ...


@__intrinsic("memory.stack")
def __stack[Result: TrivialRegisterPassable, T: AnyType, n: Int]() -> Result:
    ...


@__intrinsic("target.is_wasm")
def __without_libc() -> Bool:
    ...


@__intrinsic("type.align_of")
def __align_of[T: AnyType]() -> Int:
    ...


@__intrinsic("target.is_defined")
def __is_heap_checked[name: __string_literal_value]() -> Bool:
    ...


@__intrinsic("control.is_compile_time")
def __runs_at_compile_time() -> Bool:
    ...


def __free(address: Int):
    """Gives memory back to the allocator; address 0 is nothing."""
    comptime if __is_heap_checked["KILN_CHECK_HEAP"]():
        if not __runs_at_compile_time():
            checked_heap.release(address)
            return
    comptime if CompilationTarget.is_linux() and not __without_libc():
        # The C library's blocks seldom start with a page.
        if address & (page_runs.PAGE - 1) == 0:
            if page_runs.__load(page_runs.__slot["pages.region"]()) > 0:
                page_runs.__function_slot["pages.release"]()[](address, 0, 0)
                return
    __foreign_free["free"](address)


def __free_foreign(address: Int):
    """Frees memory that a C function allocated."""
    __foreign_free["free"](address)


def __keep_forever(address: Int):
    """Tells the heap check that the process keeps this memory on purpose."""
    comptime if __is_heap_checked["KILN_CHECK_HEAP"]():
        checked_heap.keep_forever(address)


@no_inline
def _out_of_memory(size: Int) -> Never:
    """There is no memory left: the program ends."""
    print("ABORT: out of memory: an allocation of", UInt(size), "bytes failed")
    __trap()


@always_inline
def _obtained(address: Int, size: Int) -> Int:
    """What an allocator gave, if it gave something."""
    if address == 0 and size != 0:
        _out_of_memory(size)
    return address


comptime _LINE = 64
"""Bytes of a cache line, and of the widest vector register."""


def __aligned(alignment: Int, size: Int) -> Int:
    return __foreign_aligned_alloc["aligned_alloc", Int](alignment, (size + alignment - 1) // alignment * alignment)


@no_inline
@__fresh_result
def _aligned_block(alignment: Int, size: Int) -> Pointer[UInt8, MutUntrackedOrigin]:
    """A block at a multiple of `alignment`, which is a power of two."""
    var address = 0
    comptime if CompilationTarget.is_linux():
        if page_runs.is_run(size) and alignment <= page_runs.PAGE:
            address = page_runs.take(size)
    if address == 0:
        # Arrays that begin at one offset in their pages: the element that a loop stores never looks like one that it loads next.
        var pages = page_runs.PAGE if size > page_runs.MOST_BYTES else alignment
        address = _obtained(__aligned(max(alignment, pages), size), size)
        if size >= LARGE:
            advise_huge_pages(address, size)
    return __pointer_from_int[Pointer[UInt8, MutUntrackedOrigin]](address)


@always_inline
def __product(count: Int, size: Int) -> Int:
    """`count * size`; where that is no size of memory, one that no allocator gives."""
    return Int.MAX if UInt(count) > UInt(Int.MAX // max(size, 1)) else count * size


def unsafe_alloc[T: AnyType](count: Int) -> Pointer[T, MutUntrackedOrigin]:
    """Room for `count` values of `T`, without values in it. It must reach `unsafe_free`. Room of 1 KiB and more starts on a
    cache line, so that no vector in it lies on two."""
    var size = __product(count, __size_of[T]())
    comptime if __is_heap_checked["KILN_CHECK_HEAP"]():
        if not __runs_at_compile_time():
            return __pointer_from_int[Pointer[T, MutUntrackedOrigin]](checked_heap.allocate(__align_of[T](), size))
    comptime if __align_of[T]() > 16:
        return _aligned_block(__align_of[T](), size).unsafe_bitcast[T]()
    elif not __without_libc():
        if size >= 1024:
            return _aligned_block(_LINE, size).unsafe_bitcast[T]()
    var address = __foreign_malloc["malloc", Int](size)
    return __pointer_from_int[Pointer[T, MutUntrackedOrigin]](_obtained(address, size))


def unsafe_alloc[T: AnyType](count: Int, *, alignment: Int) -> Pointer[T, MutUntrackedOrigin]:
    """Room for `count` values of `T` at a multiple of `alignment`, which is a power of two."""
    comptime if __is_heap_checked["KILN_CHECK_HEAP"]():
        if not __runs_at_compile_time():
            return __pointer_from_int[Pointer[T, MutUntrackedOrigin]](
                checked_heap.allocate(max(alignment, __align_of[T]()), __product(count, __size_of[T]()))
            )
    var size = __product(count, __size_of[T]())
    return _aligned_block(max(alignment, max(__align_of[T](), 16)), size).unsafe_bitcast[T]()


@always_inline
def stack_allocation[count: Int, T: AnyType]() -> Pointer[T, MutUntrackedOrigin]:
    """Room for `count` values of `T` until the calling function returns."""
    return __stack[Pointer[T, MutUntrackedOrigin], T, count]()


@always_inline
def stack_allocation[count: Int, T: AnyType, *, alignment: Int]() -> Pointer[T, MutUntrackedOrigin]:
    """Room for `count` values of `T` at a multiple of `alignment`, a power of two, until the calling function returns."""
    comptime spare = (alignment + __size_of[T]() - 1) // __size_of[T]()
    var room = __stack[Pointer[T, MutUntrackedOrigin], T, count + spare]()
    return __pointer_from_int[Pointer[T, MutUntrackedOrigin]]((__pointer_to_int(room) + alignment - 1) & -alignment)


@always_inline
def stack_allocation[count: Int, dtype: DType, *, alignment: Int]() -> Pointer[Scalar[dtype], MutUntrackedOrigin]:
    """Room for `count` scalars at a multiple of `alignment`, a power of two, until the calling function returns."""
    return stack_allocation[count, Scalar[dtype], alignment=alignment]()


@always_inline
def stack_allocation[count: Int, dtype: DType]() -> Pointer[Scalar[dtype], MutUntrackedOrigin]:
    """Room for `count` scalars until the calling function returns."""
    return __stack[Pointer[Scalar[dtype], MutUntrackedOrigin], Scalar[dtype], count]()


@always_inline
def unsafe_memcpy[T: AnyType](*, dest: Pointer[T, _], src: Pointer[T, _], count: Int):
    """Copies `count` elements as bytes; the areas must not overlap."""
    __memory_copy(dest, src, count * __size_of[T]())


@always_inline
def unsafe_memset[T: AnyType](ptr: Pointer[T, _], value: UInt8, count: Int):
    """Sets every byte of `count` elements."""
    __memory_set(ptr, value, count * __size_of[T]())


@always_inline
def unsafe_memset_zero[T: AnyType](ptr: Pointer[T, _], count: Int):
    """Sets every byte of `count` elements to 0."""
    __memory_set(ptr, 0, count * __size_of[T]())


@always_inline
def unsafe_memset_zero[T: AnyType, //, *, count: Int](ptr: Pointer[T, _]):
    """Sets every byte of `count` elements to 0; how many is known when the program is compiled."""
    __memory_set(ptr, 0, count * __size_of[T]())


@always_inline
def bitcast[from_dtype: DType, from_width: SIMDLength, //, dtype: DType, width: SIMDLength = 1](
    val: SIMD[from_dtype, from_width]
) -> SIMD[dtype, width]:
    """The same bits as lanes of another type, the first lane in the lowest bits. They must be as many."""
    # The lanes of a mask are single bits.
    comptime from_bits = Int(from_width) if from_dtype == DType.bool else 8 * __size_of[SIMD[from_dtype, from_width]]()
    comptime to_bits = Int(width) if dtype == DType.bool else 8 * __size_of[SIMD[dtype, width]]()
    comptime assert from_bits == to_bits, "the source and destination types must have the same bitwidth"
    return __bitcast[to_dtype=dtype, to_width=width](val)


@always_inline
def unsafe_memmove[T: AnyType](*, dest: Pointer[T, _], src: Pointer[T, _], count: Int):
    """Copies `count` elements as bytes; the areas may overlap."""
    __memory_move(dest, src, count * __size_of[T]())


@always_inline
def unsafe_memcmp[T: AnyType](s1: Pointer[T, _], s2: Pointer[T, _], count: Int) -> Int:
    """Compares `count` elements as bytes: negative, 0 or positive."""
    return __memory_compare(s1, s2, count * __size_of[T]())


def _unsigned_of_width(width: Int) -> DType:
    """The unsigned type with at least `width` bits."""
    if width <= 8:
        return DType.uint8
    if width <= 16:
        return DType.uint16
    if width <= 32:
        return DType.uint32
    if width <= 64:
        return DType.uint64
    if width <= 128:
        return DType.uint128
    return DType.uint256


@always_inline
def pack_bits(val: SIMD[DType.bool, 8]) -> UInt8:
    """The lanes of a mask as bits, the first lane in the lowest one."""
    return __bitcast[to_dtype=DType.uint8, to_width=1](val)


@always_inline
def pack_bits(val: SIMD[DType.bool, 16]) -> UInt16:
    """The lanes of a mask as bits, the first lane in the lowest one."""
    return __bitcast[to_dtype=DType.uint16, to_width=1](val)


@always_inline
def pack_bits(val: SIMD[DType.bool, 32]) -> UInt32:
    """The lanes of a mask as bits, the first lane in the lowest one."""
    return __bitcast[to_dtype=DType.uint32, to_width=1](val)


@always_inline
def pack_bits(val: SIMD[DType.bool, 64]) -> UInt64:
    """The lanes of a mask as bits, the first lane in the lowest one."""
    return __bitcast[to_dtype=DType.uint64, to_width=1](val)


@always_inline
def pack_bits[
    src_width: SIMDLength, //, dtype: DType = _unsigned_of_width(Int(src_width)), width: SIMDLength = 1
](val: SIMD[DType.bool, src_width]) -> SIMD[dtype, width]:
    """The lanes of a mask as the bits of one or more numbers, the first lane in the lowest bit. They must be as many."""
    comptime bits = __size_of[SIMD[dtype, width]]() * 8
    comptime if Int(src_width) < 8 and bits == 8:
        var result = SIMD[dtype, width]()
        for i in range(Int(src_width)):
            if Bool(val[i]):
                result |= SIMD[dtype, width](1) << SIMD[dtype, width](i)
        return result
    else:
        comptime assert bits == Int(src_width), "the logical bitwidth of the bool vector must be the same as the target type"
        return __bitcast[to_dtype=dtype, to_width=width](val)


def __grown[T: AnyType](pointer: Pointer[T, MutUntrackedOrigin], used: Int, capacity: Int) -> Pointer[T, MutUntrackedOrigin]:
    """A block for `capacity` values of a type that moves as bytes, with the first `used` ones of the old block, which is freed. Large
    blocks are copied as well: fresh huge pages cost less than pages of the old block under new addresses (`large_blocks.mojo`)."""
    var data = unsafe_alloc[T](capacity)
    __memory_copy(data, pointer, used * __size_of[T]())
    pointer.unsafe_free()
    return data
