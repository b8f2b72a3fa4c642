# Pointers that own, raw memory, random numbers.
# output:
#   abcd 2 True
#   6
#   6
#   20 10 [20, 30]
#   30 0
#   0
#   1065353216 3.1415927
#   7 7
#   1.5
#   True
#   [1, 2, 3, 4, 5]
#   True
#   deinit 2
#   True False True False True
#   141 141 36237 [141, 141]
#   0 0
#   8 8 1 4 2 4 8
#   True True True
#   [3, 9] 4 ab [1, 2] 7
#   [logged] [place.mojo:3:4] text 1
#   True True ErrNo(value=Int32(7))
#   1.5 [2.0, 2.0] [1, 1, 1]
#   1 3 0 Base must be >= 2 and <= 36, or 0.
#   7.0 1.0 3 1.0 9.0 5.0 7.0 10 3
#   blocks 0 wrong, 560 blocks 0 wrong, threads 0 wrong
from std.utils import StaticTuple
from std.algorithm import parallelize
from std.memory.alloc import unsafe_alloc
from std.memory import ArcPointer, OwnedPointer, alloc, dealloc, unsafe_memcpy, unsafe_memset_zero, unsafe_memset, unsafe_memcmp, bitcast, stack_allocation, pack_bits, forget_deinit
from std.benchmark import black_box, keep
from std.ffi import ErrNo, UnsafeUnion
from std.logger import Level, Logger
from std.reflection import SourceLocation
from std.sys import align_of, size_of
from std.traits import IsTriviallyCopyable, IsTriviallyDeinitable, IsTriviallyMovable
from std.random import seed, random_float64, random_si64, random_ui64, shuffle, rand, randn, randint, randn_float64


def run_mem1() raises:
    var p = ArcPointer(String("abc"))
    var q = p
    q[] += "d"
    print(p[], p.count(), p is q)
    var o = OwnedPointer(5)
    o[] += 1
    print(o[])
    print(o^.into_inner())
    var aa = alloc[Int]({count = 4})
    var a = aa.unsafe_ptr()
    for i in range(4):
        a.unsafe_offset(i).unsafe_write(i * 10)
    print(a[unsafe_offset=2], a.unsafe_load(1), a.unsafe_load[width=2](2))
    var bb = alloc[Int]({count = 4})
    var b = bb.unsafe_ptr()
    unsafe_memcpy(dest=b, src=a, count=4)
    print(b[unsafe_offset=3], unsafe_memcmp(a, b, 4))
    unsafe_memset_zero(b, 4)
    print(b[unsafe_offset=3])
    dealloc(aa^)
    dealloc(bb^)
    print(bitcast[DType.uint32](Float32(1.0)), bitcast[DType.float32](UInt32(0x40490fdb)))
    var x = 5
    var ptr = Pointer(to=x)
    ptr[] = 7
    print(x, ptr[])
    var st = stack_allocation[4, Float32]()
    st[unsafe_offset=0] = 1.5
    print(st[unsafe_offset=0])


def run_rand1() raises:
    seed(42)
    for _ in range(1000):
        var f = random_float64()
        if f < 0 or f >= 1:
            print("bad")
        var i = random_si64(-5, 5)
        if i < -5 or i > 5:
            print("bad")
        var u = random_ui64(1, 6)
        if u < 1 or u > 6:
            print("bad")
        var g = random_float64(2, 3)
        if g < 2 or g > 3:
            print("bad")
    seed(7)
    var a = random_ui64(0, 1000000)
    seed(7)
    var b = random_ui64(0, 1000000)
    print(a == b)
    var l: List[Int] = [1, 2, 3, 4, 5]
    shuffle(l)
    sort(l)
    print(l)
    seed()
    var p = List[Float32](length=10, fill=0)
    rand(p.unsafe_ptr(), 10)
    var ok = True
    for x in p:
        if x < 0 or x > 1:
            ok = False
    print(ok)
    _ = randn_float64()


@fieldwise_init
struct Noisy(Movable):
    var x: Int

    def __deinit__(deinit self):
        print("deinit", self.x)


def bytes_of_values() raises:
    var kept = Noisy(1)
    forget_deinit(kept^)
    var ended = Noisy(2)
    _ = ended^
    print(IsTriviallyCopyable[Int], IsTriviallyCopyable[String], IsTriviallyMovable[String], IsTriviallyDeinitable[Noisy], IsTriviallyDeinitable[Int])
    var mask = SIMD[DType.bool, 8](True, False, True, True, False, False, False, True)
    print(pack_bits(mask), pack_bits[DType.uint8](mask), pack_bits(mask.join(mask)), pack_bits[DType.uint8, 2](mask.join(mask)))
    var two = stack_allocation[2, Int32]()
    two[unsafe_offset=0] = 5
    two[unsafe_offset=1] = 6
    unsafe_memset_zero[count=2](two)
    print(two[unsafe_offset=0], two[unsafe_offset=1])
    comptime Union = UnsafeUnion[Int8, Int64, Int16]
    print(size_of[Union](), align_of[Union](), size_of[UnsafeUnion[Int8]](), size_of[UnsafeUnion[Int32, Int8]](), align_of[UnsafeUnion[Int8, Int16]](), align_of[UnsafeUnion[UnsafeUnion[Int8, Int16], Float32]](), size_of[UnsafeUnion[SIMD[DType.float32, 2], Int8]]())
    var either = UnsafeUnion[Int32, Float32](unsafe_uninitialized=())
    either.unsafe_set(Int32(7))
    var copied = either
    either.unsafe_get[Int32]() = 8
    var pointer = either.unsafe_ptr[Int32]()
    pointer[] += 1
    print(copied.unsafe_get[Int32]() == 7, either.unsafe_get[Int32]() == 9, either.unsafe_take[Int32]() == 9)


struct Fixed:
    var x: Int

    def __init__(out self):
        self.x = 4


def measured() raises:
    var list: List[Int] = [3]
    black_box(list).append(9)
    var fixed = Fixed()
    keep(fixed)
    keep("text")
    var numbers: List[Int] = [1, 2]
    var moved = black_box(take=numbers^)
    print(list, black_box(fixed).x, black_box("ab"), moved, black_box(3) + 4)
    Logger[Level.NOTSET]().error("nothing is logged")
    Logger[Level.INFO](prefix="[logged] ", source_location=True).info("text", 1, location=SourceLocation(3, 4, "place.mojo"))
    print(ErrNo.ENODEV == ErrNo(19), ErrNo.EWOULDBLOCK == ErrNo.EAGAIN, repr(ErrNo.E2BIG))


def total[dtype: DType](values: Span[Scalar[dtype], _]) -> Scalar[dtype]:
    var sum = Scalar[dtype](0)
    for value in values:
        sum += value
    return sum


def filled[dtype: DType, //](values: Span[mut=True, Scalar[dtype], _], value: Int):
    for i in range(len(values)):
        values[i] = Scalar[dtype](value)


def lists_as_spans() raises:
    var floats: List[Float32] = [0.5, 1]
    var bytes: Array[UInt8, 3] = [4, 5, 6]
    var sum = total(floats)
    filled(floats, 2)
    randint(bytes, 1, 1)
    print(sum, floats, bytes)


def first(bytes: UnsafePointer[mut=False, UInt8, _]) -> UInt8:
    return bytes[]


def set_first(bytes: Pointer[mut=True, UInt8, _], value: UInt8):
    bytes[] = value


def pointers_by_mutability() raises:
    var bytes: List[UInt8] = [1, 2]
    print(first(bytes.unsafe_ptr()), end=" ")
    set_first(bytes.unsafe_ptr(), 3)
    var nowhere = Pointer[Float64, MutUntrackedOrigin].unsafe_dangling()
    print(first(bytes.unsafe_ptr()), Int(nowhere) % 8, end=" ")
    try:
        print(atol("5", 99))
    except e:
        print(e)


comptime Triple = StaticTuple[Float64, 3]
comptime ROWS = StaticTuple[Triple, 3](Triple(1, 2, 3), Triple(4, 5, 6), Triple(7, 8, 9))


@fieldwise_init
struct Camera(TrivialRegisterPassable):
    var place: Triple
    var number: Int


def row(rows: StaticTuple[Triple, 3], i: Int) -> Triple:
    return rows[i]


def tuples_in_registers():
    var rows = StaticTuple[Triple, 3](Triple(1, 0, 0), Triple(0, 1, 0), Triple(0, 0, 1))
    rows[1] = Triple(5, 6, 7)
    print(row(rows, 1)[2], rows[0][0], len(rows), end=" ")
    var camera = Camera(Triple(1, 2, 3), 4)
    var other = camera
    other.place[0] = 9
    print(camera.place[0], other.place[0], ROWS[1][1], row(ROWS, 2)[0], end=" ")
    var threes = StaticTuple[Int, 4](fill=3)
    var changed = threes
    changed[0] = 1
    var sum = 0
    for i in range(len(changed)):
        sum += changed[i]
    print(sum, threes[0])


comptime Words = Pointer[Int, MutUntrackedOrigin]
comptime WORDS_OF_PAGE = 4096 // size_of[Int]()


def marked(number: Int, pages: Int) -> Words:
    """A block of whole pages, with its number at both ends and in the middle."""
    var block = unsafe_alloc[Int](pages * WORDS_OF_PAGE)
    block[unsafe_offset=0] = number
    block[unsafe_offset = pages * WORDS_OF_PAGE // 2] = number
    block[unsafe_offset = pages * WORDS_OF_PAGE - 1] = number
    return block


def is_intact(block: Words, number: Int, pages: Int) -> Bool:
    return (
        block[unsafe_offset=0] == number
        and block[unsafe_offset = pages * WORDS_OF_PAGE // 2] == number
        and block[unsafe_offset = pages * WORDS_OF_PAGE - 1] == number
    )


def wrong_after_churn(seed: Int, count: Int, rounds: Int) -> Int:
    """Allocates blocks of 1 to 40 pages and replaces them in turn; how many did not keep what was written."""
    var blocks = List[Words]()
    var pages = List[Int]()
    var numbers = List[Int]()
    for i in range(count):
        var size = 1 + (i * 7 + seed) % 40
        blocks.append(marked(i, size))
        pages.append(size)
        numbers.append(i)
    var wrong = 0
    for round in range(rounds):
        var i = (round * 13 + seed) % count
        if not is_intact(blocks[i], numbers[i], pages[i]):
            wrong += 1
        blocks[i].unsafe_free()
        pages[i] = 1 + (round * 11 + seed) % 40
        numbers[i] = 1000 + round
        blocks[i] = marked(numbers[i], pages[i])
    for i in range(count):
        if not is_intact(blocks[i], numbers[i], pages[i]):
            wrong += 1
        blocks[i].unsafe_free()
    return wrong


def blocks_of_pages():
    print("blocks", wrong_after_churn(3, 50, 400), "wrong,", end=" ")
    # More than the region for such blocks holds.
    var many = List[Words]()
    for i in range(560):
        many.append(marked(i, 32))
    var wrong = 0
    for i in range(560):
        if not is_intact(many[i], i, 32):
            wrong += 1
        many[i].unsafe_free()
    print(len(many), "blocks", wrong, "wrong,", end=" ")
    var of_tasks = List[Int](length=8, fill=0)

    def churn(task: Int) {mut of_tasks}:
        of_tasks[task] = wrong_after_churn(task, 20, 100)

    parallelize(churn, 8)
    var sum = 0
    for found in of_tasks:
        sum += found
    print("threads", sum, "wrong")


def main() raises:
    run_mem1()
    run_rand1()
    bytes_of_values()
    measured()
    lists_as_spans()
    pointers_by_mutability()
    tuples_in_registers()
    blocks_of_pages()
