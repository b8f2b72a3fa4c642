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
from std.memory import ArcPointer, OwnedPointer, alloc, dealloc, unsafe_memcpy, unsafe_memset_zero, unsafe_memset, unsafe_memcmp, bitcast, stack_allocation, pack_bits
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


def main() raises:
    run_mem1()
    run_rand1()
