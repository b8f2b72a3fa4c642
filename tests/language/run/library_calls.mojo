# Calls by the names of arguments, printing of floats, sorting of short runs.
# output:
#   5 8 8 7
#   True 24 12
#   1 3 2
#   ValueError: Given element is not in deque
#   1, 2!
#   axby
#   ****aa   |
#   2.35 2.0 2.34
#   ab [a, b,c] 2
#   [9, 2, 7, 7] 1
#   xff 3 (3, 1)
#   32 A 97 x-y
#   1 x 0 0.5 True; 2 y 1 1.5 False; 
#   0.23632813 0.25195313 0.25585937 0.25976562 0.099975586
#   -6.9628854e-18 2.8196734e-07
#   -0.37473706 1.7694179e-15
#   122184344.0 0.093333334
#   2023347301156851.3 5e-324 1.7976931348623157e+308 2.2250738585072014e-308 9007199254740992.0 1e+23 1.2345678901234568e+17
#   0.33333334 16777216.0 3.4028235e+38 1e-45 0.90000004
#   bad 0
#   73.0
from std.atomic import Atomic, Ordering
from std.collections import Deque
from std.math import clamp, nan
from std.memory import bitcast
from std.stat import S_IFDIR, S_IFMT
from std.utils import Index, product


def names_of_arguments():
    var s = String(", ")
    var parts: List[String] = ["x", "y"]
    print(1, 2, sep=s, end="!\n")
    print("a", "b", sep=parts[0], end=parts[1] + "\n")
    print("a".ascii_rjust(5, fillchar="*"), "a".ascii_ljust(width=4), "|", sep="")
    print(round(2.345, ndigits=2), round(number=2.5), round(Float32(2.345), 2))
    print("xxabxx".strip(chars="x"), "a,b,c".split(sep=",", maxsplit=1), "abc".find(substr="c"))
    var l: List[Int] = [1, 2]
    l.insert(0, 9)
    l.resize(5, fill=7)
    print(l, l.pop(i=1))
    print(hex(255, prefix="x"), clamp(5, lower_bound=1, upper_bound=3), divmod(numerator=7, denominator=2))
    print(pow(base=2, exp=5), chr(c=65), ord(s="a"), "-".join(elems=parts))


def five_at_once():
    var d: List[Float64] = [0.5, 1.5, 2.5]
    for a, b, c, x, e in zip([1, 2], ["x", "y"], range(5), d, [True, False]):
        print(a, b, c, x, e, end="; ")
    print()


def floats_as_the_official_library_prints_them():
    # Halfway between two texts of a narrow type, and digits that the official library gets from another table.
    print(BFloat16(0.236328125), BFloat16(0.251953125), BFloat16(0.255859375), BFloat16(0.259765625), Float16(0.1))
    print(bitcast[DType.float32, 1](UInt32(2734715212)), bitcast[DType.float32, 1](UInt32(882336076)))
    print(bitcast[DType.float32, 1](UInt32(3200245129)), bitcast[DType.bfloat16, 1](UInt16(9983)))
    # There the official text is another number; the right one is printed.
    print(bitcast[DType.float32, 1](UInt32(1290341459)), Float32(0.28) / 3)
    print(2023347301156851.25, 5e-324, 1.7976931348623157e308, 2.0**-1022, 9007199254740993.0, 1e23, 123456789012345680.0)
    print(Float32(1) / 3, Float32(16777216), Float32(3.4028235e38), Float32(1e-45), Float32(0.3) * 3)


def order(values: List[Int]) -> Bool:
    for i in range(1, len(values)):
        if values[i] < values[i - 1]:
            return False
    return True


def sorted_runs():
    var x = UInt64(7)
    var bad = 0
    for n in range(70):
        for mode in range(4):
            var numbers = List[Int]()
            var bytes = List[UInt8]()
            var sum = 0
            for i in range(n):
                x ^= x << 13
                x ^= x >> 7
                x ^= x << 17
                var r = Int(x % 1000000007)
                numbers.append(r if mode == 0 else (r % 4 if mode == 1 else (i if mode == 2 else n - i)))
                sum += numbers[i]
                bytes.append(UInt8(r & 255))
            sort(numbers)
            for v in numbers:
                sum -= v
            bad += 0 if order(numbers) and sum == 0 else 1
            sort(bytes)
            for i in range(1, n):
                bad += Int(bytes[i] < bytes[i - 1])
    print("bad", bad)
    # NaN has no place in an order; nothing is lost.
    var floats = List[Float64]()
    for i in range(40):
        floats.append(Float64(i % 7) if i % 3 != 0 else nan[DType.float64]())
    sort(floats)
    var rest = 0.0
    for v in floats:
        rest += v if v == v else 0.0
    print(rest)


def small_things() raises:
    var a = Atomic[Int64](5)
    print(a.fetch_add[ordering=Ordering.RELAXED](3), a.load(), a.fetch_sub(1), a.load[ordering=Ordering.ACQUIRE]())
    print(S_IFDIR & S_IFMT == S_IFDIR, product(Index(2, 3, 4)), product(Index(2, 3, 4), 1, 3))
    var d = Deque[Int](1, 2, 3, 2)
    print(d.index(2), d.index(2, 2), d.index(3, 0, 4))
    try:
        print(d.index(3, 0, 2))
    except e:
        print(e)


def main() raises:
    small_things()
    names_of_arguments()
    five_at_once()
    floats_as_the_official_library_prints_them()
    sorted_runs()
