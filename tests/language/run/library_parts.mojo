# What a comparison of every public name with the 1.x library found missing.
# output:
#   abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789 0123456789abcdefABCDEF 01234567
#   !"#$%&'()*+,-./:;<=>?@[\]^_`{|}~
#   '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~ \t\n\r\x0b\x0c'
#   y,é,h,
#   c,b,a,
#   xy
#   qab
#   h y 3
#   h y é True
#   h h é True True
#   3 é h h True
#   3 3
#   104
#   {a: 2, b: 1, c: 1}
#   {a: 2, c: 1}
#   a 2
#   c 1
#   1 7
#   ValueError: Given element is not in linked list
#   [9, 6, 7] True
#   True 64
#   a 1
#   b 2
#   0
#   1 1
#   3 2 1 
#   2
#   False True 1.0 False True False
#   RELAXED SEQUENTIAL NOT_ATOMIC Ordering.ACQUIRE UNORDERED RELEASE ACQUIRE_RELEASE
#   Ordering.RELAXED
#   Layout[SIMD[DType.int, 1], alignment=8](count=4) Layout[SIMD[DType.int, 1], alignment=8](count=4) 4 Layout[SIMD[DType.int32, 1], alignment=4](count=1) Layout[SIMD[DType.uint8, 1], alignment=8](count=32)
#   0 1 True
#   1 1 5 1 2
#   True 0 1
#   0
#   a
#   b
#   a
#   1 {b: 2}
#   1
#   2
#   3
#   1 [1, 3]
#   2 [2, 3]
#   0
#   False False
#   True True False
#   True False False
#   True
#   [0, 1, 2, 3]
#   [5, 6, 7, 8]
#   1 2 3 5 6 
#   (1, 3, 5, 0) (1, 3, 5, 1) (1, 3, 6, 0) (1, 3, 6, 1) (2, 3, 5, 0) (2, 3, 5, 1) (2, 3, 6, 0) (2, 3, 6, 1) 
#   (0, 1) (0, 2) (1, 1) (1, 2) 
#   1 2 1 2 1 
#   9 0 1 
#   False True True True
#   9
#   [7, -2]
#   [13, 6]
#   True False
#   tile 2 3 0 0
#   tile 1 3 2 0
#   tile 2 1 0 3
#   tile 1 1 2 3
#   (3, 4) IndexList[2, int32]((3, 4))
#   IndexList[2, int64]((1, 2))
#   True False
#   (5, 6)
#   1 True False
#   a 2
#   2 AddressSpace.SHARED 3 2.0
#   True False True False
#   ABC [a, b] x-y 2   x
#   10 31 no no no 
#   [1, 2, 3, 4] [2, 3]
#   [5, 2, 3, 4] Int128(5) Set[SIMD[DType.int, 1], Hasher=AHasher[[0, 0, 0, 0] : SIMD[DType.uint64, 4]]]({Int(1)}) inf nan
#   1065353216 UnsafeUnion[SIMD[DType.int32, 1], SIMD[DType.float32, 1]](size=4, align=4) 17.0 -1 4
#   Slice(2, 20, None) Slice(start=2, end=20, step=None) 2 10; Slice(5, 1, -1) Slice(start=5, end=1, step=-1)
#   defgh abc defgh
#   [100, 2] [3, 4]
#   0 1 2 1 4 7 0 1 2 1 4 7 0 1 2 1 4 7 9 9 (5, 5) (3, 3)
#   True False True True
#   3 4 (1, 2, 3) 23
#   [448, 512, 64, 0] 96
#   (0, ) (0, (, 0.0)) (True,)
#   {p: 1, q: 1} {p: None, q: None} 1.5
from std.collections import OptionalReg, Set, check_bounds
from std.math import align_down, align_up
from std.testing import assert_equal
from std.algorithm import tile, unswitch
from std.atomic import Ordering
from std.collections import *
from std.collections.linked_list import Node
from std.complex import ComplexFloat64
from std.iter import chain, once
from std.itertools import cycle, product, repeat, take
from std.logger import Level
from std.math import ceildiv, exp, inf, iota, isclose
from std.memory import *
from std.memory.arc_pointer import WeakPointer
from std.utils import Index, IndexList, StaticTuple
from std.bit.bit import pop_count
from std.bit.mask import splat
from std.builtin.builtin_slice import ContiguousSlice, StridedSlice
from std.builtin.rebind import rebind
from std.builtin.value import Copyable, materialize
from std.builtin.variadics import TypeList
from std.collections.string.string import String
from std.origin import MutOrigin, Origin
from std.traits.copyable import ImplicitlyCopyable
from std.ffi import UnsafeUnion
from std.math.math import sqrt
from std.math.polynomial import polynomial_evaluate
from std.math.uutils import uceildiv
from std.os.fstat import stat_result
from std.time.time import perf_counter_ns


def text_and_collections() raises:
    print(String.ASCII_LOWERCASE, String.ASCII_UPPERCASE, String.ASCII_LETTERS, String.DIGITS, String.HEX_DIGITS, String.OCT_DIGITS)
    print(String.PUNCTUATION)
    print(repr(String.PRINTABLE))
    for c in String("héy").__reversed__():
        print(c, end=",")
    print()
    for c in "abc".__reversed__():
        print(c, end=",")
    print()
    print("x" + StaticString("y"))
    var s = StaticString("ab")
    var l = String("q") + s
    print(l)
    var it = String("héy").codepoint_slices()
    print(it.peek_next().value(), it.peek_back().value(), len(it))
    print(it.next().value(), it.next_back().value(), it.next().value(), it.next() is None)
    var it2 = String("hé").codepoints()
    print(it2.peek_next().value(), it2.next().value(), it2.next().value(), it2.next() is None, it2.peek_next() is None)
    var it3 = String("hé").graphemes()
    print(it3.remaining_byte_length(), it3.next_back().value(), it3.peek_back().value(), it3.next().value(), it3.next() is None)
    var by = String("hé").bytes()
    print(by.bounds()[0], len(by))
    print(by.__next__())
    var c1 = Counter[String]("a", "b", "a")
    var c2 = Counter[String]("a", "c")
    c1 |= c2
    print(c1)
    c1 &= Counter[String]("a", "a", "c")
    print(c1)
    for t in c1.most_common(2):
        print(t[0], t[1])
    var ll = LinkedList[Int](5, 6, 7)
    print(ll.index(6), ll.get_nth(2))
    try:
        print(ll.index(99))
    except e:
        print(e)
    ll.get_nth(0) = 9
    print(ll, hash(ll) == hash(ll.copy()))
    var dq = Deque[Int](1, 2)
    print(hash(dq) == hash(dq.copy()), Deque[Int].default_capacity)
    var d: Dict[String, Int] = {"a": 1, "b": 2}
    for e in d.take_items():
        print(e.key, e.value)
    print(len(d))
    var o = Optional(4)
    print(o.bounds()[0], o.bounds()[1])
    var arr: Array[Int, 3] = [1, 2, 3]
    for x in reversed(arr):
        print(x, end=" ")
    print()
    print(Codepoint.unsafe_decode_utf8_codepoint("é".as_bytes())[1])
    print(Bool.MIN, Bool.MAX, True.__float__(), True.__rand__(False), True.__ror__(False), True.__rxor__(True))


def memory_and_orderings() raises:
    print(Ordering.RELAXED, Ordering.SEQUENTIAL, Ordering.NOT_ATOMIC, repr(Ordering.ACQUIRE), Ordering.UNORDERED, Ordering.RELEASE, Ordering.ACQUIRE_RELEASE)
    print(Ordering.RELAXED.as_string_slice())
    var lay = Layout[Int](count=4)
    print(lay, repr(lay), lay.count(), Layout[Int32].single(), lay.as_byte_layout())
    var a = ArcPointer(5)
    print(a.weak_count(), a.count(), hash(a) == hash(a))
    var w = WeakPointer(downgrade=a)
    print(w.strong_count(), w.weak_count(), w.try_upgrade().value()[], w.weak_count(), a.count())
    _ = a
    print(w.try_upgrade() is None, w.strong_count(), w.weak_count())
    var z = MaybeUninit[Int].zeroed()
    print(z.unsafe_assume_init())


def owned_entries() raises:
    var d: Dict[String, Int] = {"a": 1, "b": 2}
    for k in d^:
        print(k)
    var d2: Dict[String, Int] = {"a": 1, "b": 2}
    for e in d2.take_items():
        print(e.key)
        break
    print(len(d2), d2)
    var s = {1, 2, 3}
    for x in s^:
        print(x)
    var d3: Dict[Int, List[Int]] = {1: [1], 2: [2]}
    for ref e in d3.take_items():
        e.value.append(3)
        print(e.key, e.value)
    print(len(d3))


def iteration_and_closeness() raises:
    print(isclose(Float64(1.0), Float64(1.000011)), isclose(Float64(1.000011), Float64(1.0)))
    print(isclose[symmetrical=False](Float64(100.0), Float64(101.0), rtol=0.00995), isclose(Float64(100.0), Float64(101.0), rtol=0.00995), isclose[symmetrical=False](Float64(101.0), Float64(100.0), rtol=0.00995))
    print(isclose(Float64(0.0), Float64(1e-9)), isclose(Float64(0), Float64(2e-8)), isclose(Float64(1.0), Float64(1.00002), atol=1e-5, rtol=1e-5))
    print(isclose(inf[DType.float64](), inf[DType.float64]()))
    var l = List[Int](length=4, fill=0)
    iota(Span(l))
    print(l)
    iota(l, 5)
    print(l)
    var a: List[Int] = [1, 2]
    var b: List[Int] = [3]
    var c: List[Int] = [5, 6]
    for x in chain(a, b, c):
        print(x, end=" ")
    print()
    for t in product(a, b, c, range(2)):
        print(t, end=" ")
    print()
    for t in product(range(2), a):
        print(t, end=" ")
    print()
    for x in take(cycle(a), 5):
        print(x, end=" ")
    print()
    for x in chain(once(9), range(2)):
        print(x, end=" ")
    print()
    print(all([True, False]), any([True, False]), all(List[Int]()), any({0, 1}))
    def sub[w: SIMDLength](x: SIMD[DType.int32, w], y: SIMD[DType.int32, w]) -> SIMD[DType.int32, w]:
        return x - y
    print(SIMD[DType.int32, 4](10, 2, 3, 4).reduce(sub))
    print(SIMD[DType.int32, 4](10, 2, 3, 4).reduce[size_out=2](sub))
    print(SIMD[DType.int32, 4](10, 2, 3, 4).reduce_add[2]())
    def f[w: Int](x: Int, y: Int) : pass
    def sw[a: Bool, b: Bool](): print(a, b)
    unswitch(True, False, sw)
    def tl[w: Int, h: Int](x: Int, y: Int): print("tile", w, h, x, y)
    tile[[2, 1], [3, 1]](0, 0, 3, 4, tl)


def fixed_tuples() raises:
    var a = IndexList[2, element_type=DType.int32](3, 4)
    print(a, repr(a))
    print(repr(Index(1,2)))
    print(Index(1,2) < Index(2, 3), Index(1, 5) < Index(2, 3))
    print(Index[dtype=DType.int32](5, 6))
    var s = StaticTuple[Int, 3](1, 2, 3)
    print(s.get[0](), s == s, s < s)
    var c = Counter[String]("a", "b", "a")
    var m = c.most_common(1)
    print(m[0][0][String], m[0][1][Int])


def chosen(pred: Bool, a: StringSlice, b: StringSlice) -> StringSlice[origin_of(a.origin, b.origin)]:
    return a if pred else b


def counted[dtype: DType]():
    comptime S = Scalar[dtype]
    for i in range(S(3)):
        print(i, end=" ")
    for i in range(S(1), S(9), S(3)):
        print(i, end=" ")


def listed(*args: Int) -> String:
    var text = String()
    args.write_to(text)
    return text


def run_views_and_defaults() raises:
    var s = String(" abc ")
    var t = String("defgh ")
    var a = s.strip()
    var b = t.strip()
    var later = a if a > b else b
    print(later, chosen(True, a, b), chosen(False, a, b))
    var xs: List[Int] = [1, 2]
    var ys: List[Int] = [3]
    var part = Span(xs) if len(xs) > 1 else Span(ys)
    part[0] = 100
    var pointer = Pointer(to=xs) if len(xs) > 5 else Pointer(to=ys)
    pointer[].append(4)
    print(xs, ys)
    counted[DType.int8]()
    counted[DType.uint64]()
    counted[DType.int]()
    print(range(10).__reversed__().start, range(3, 9, 2).end, range(5).bounds(), [1, 2, 3].__iter__().bounds())
    var empty = Set[Int]()
    print(empty == {}, {1, 2} == empty, xs == [100, 2], {"a": 1} == {"a": 1})
    assert_equal("x,y".split(","), [StaticString("x"), "y"])
    check_bounds(UInt(1), 3)
    var reg = OptionalReg[Int](3)
    print(reg.value(), OptionalReg[Int](None).or_else(4), listed(1, 2, 3), String.INLINE_CAPACITY)
    print(align_up(SIMD[DType.uint32, 4](385, 512, 63, 0), SIMD[DType.uint32, 4](64)), align_down(100, 16))
    print(Tuple[Int, String](), Tuple[Int, Tuple[String, Float64]](), (True,).concat(()))
    var keys: List[String] = ["p", "q"]

    def halved(x: Int) {} -> Float64:
        return Float64(x) / 2

    print(Dict.fromkeys(keys, 1), Dict[String, Optional[Int]].fromkeys(keys, None), Optional(3).map[To=Float64](halved))


def main() raises:
    text_and_collections()
    memory_and_orderings()
    owned_entries()
    iteration_and_closeness()
    fixed_tuples()
    var room = alloc[Int]({count = 2})
    print(len(room.unsafe_span()), AddressSpace.SHARED, pop_count(7), sqrt(4.0))
    room^.unsafe_leak().unsafe_free()
    # A display that is looked through is an array of its own; underscores stand alone between digits, and after a prefix.
    var sought = 2
    print(sought in [1, 2], sought not in [1, 2], sought in [5, 2, 7], 3 in [1, 2])
    print("abc".upper(), "a,b".split(","), "-".join(["x", "y"]), "abab".count("ab"), "x".ascii_rjust(3))
    for text in ["1_0", "0x_1f", "1__0", "_1", "07"]:
        try:
            print(atol(text, 0), end=" ")
        except:
            print("no", end=" ")
    print()
    # Elements that are plain values may be written while their list is read.
    var numbers: List[Int] = [1, 2, 3, 4]
    print(numbers, numbers[1:3])
    raise_by_length(numbers, numbers[0])
    print(numbers, repr(Int128(5)), repr({1}), FloatLiteral.infinity, FloatLiteral.nan)
    var either = UnsafeUnion[Int32, Float32](Float32(1.0))
    print(either.unsafe_get[Int32](), either, polynomial_evaluate[[1.0, 2.0, 3.0]](Float64(2)), splat(True), uceildiv(7, 2))
    print(Shown()[2:20], Shown()[5:1:-1], sep="; ")
    run_views_and_defaults()


struct Shown:
    def __init__(out self):
        pass

    def __getitem__(self, slice: ContiguousSlice) -> String:
        var bounds = slice.indices(10)
        return String(slice, " ", repr(slice), " ", bounds[0], " ", bounds[1])

    def __getitem__(self, slice: StridedSlice) -> String:
        return String(slice, " ", repr(slice))


def raise_by_length(numbers: List[Int], mut number: Int):
    number += len(numbers)
