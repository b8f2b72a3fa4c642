# output:
#   0 1 4 9
#   5 6
#   17
#   [1.0, 1.0, 1.0, 1.0]
#   0 0 20.0
#   True False 3
#   True True False True
#   [1, 7] [2]
#   [1] [2, 7]
#   [2, 3] abc 1 2 3
#   True False
#   8 8 2
from std.memory.alloc import unsafe_alloc


def bump(mut x: Int):
    x += 1


def first(ref values: List[Int]) -> ref[values[0]] Int:
    return values[0]


@fieldwise_init
struct Holder:
    """Gives out an address with the mutability of the place it is asked through."""

    var data: Pointer[Int, MutUntrackedOrigin]

    def place(ref self) -> Pointer[Int, origin_of(self)]:
        return self.data.unsafe_mut_cast[origin_of(self).mut]().unsafe_origin_cast[origin_of(self)]()


def is_writable[mut: Bool, //, origin: Origin[mut=mut]](place: Pointer[Int, origin]) -> Bool:
    return origin.mut


def through_immutable(holder: Holder) -> Bool:
    return is_writable(holder.place())


def main():
    var p = unsafe_alloc[Int](4)
    for i in range(4):
        p[unsafe_offset=i] = i * i
    print(p[], p[unsafe_offset=1], p[unsafe_offset=2], p[unsafe_offset=3])
    p.unsafe_free()
    var x = 5
    var q = Pointer(to=x)
    print(q[], end=" ")
    q[] += 1
    print(x)
    var l: List[Int] = [7, 8]
    first(l) = 16
    bump(first(l))
    print(first(l))
    var f = unsafe_alloc[Float32](4)
    for i in range(4):
        f.unsafe_offset(i).unsafe_write(1.0)
    print(f.unsafe_load[width=4](0))
    f.unsafe_free()
    # Wide elements need more than the allocator's 16 bytes.
    var wide = unsafe_alloc[SIMD[DType.float64, 8]](1)
    var other = unsafe_alloc[SIMD[DType.float64, 8]](1)
    wide[] = SIMD[DType.float64, 8](1.5)
    other[] = wide[] + 1
    print(Int(wide) % 64, Int(other) % 64, other[].reduce_add())
    wide.unsafe_free()
    other.unsafe_free()
    var three = unsafe_alloc[Int](1)
    three[] = 2
    var holder = Holder(three)
    holder.place()[] += 1
    print(is_writable(holder.place()), through_immutable(holder), three[])
    three.unsafe_free()
    other_origins()
    register_values_stay()


def pick(condition: Bool):
    var a: List[Int] = [1]
    var b: List[Int] = [2]
    # A pointer to one of two variables has both origins: neither ends before it.
    var either = Pointer(to=a) if condition else Pointer(to=b)
    either[].append(7)
    print(a, b)


def longer(a: List[Int], b: List[Int]) -> Pointer[List[Int], origin_of(a, b)]:
    return Pointer(to=a) if len(a) > len(b) else Pointer(to=b)


def other_origins():
    var a = 1
    var b = 1
    print(Pointer(to=a) != Pointer(to=b), Pointer(to=a) == Pointer(to=a), Pointer(to=a) == Pointer(to=b), Pointer(to=a) < Pointer(to=b) or Pointer(to=a) > Pointer(to=b))
    pick(True)
    pick(False)
    var short: List[Int] = [1]
    var long: List[Int] = [2, 3]
    var text = "abc"
    var slice = StringSlice(text) if len(long) > 1 else StringSlice("static")
    print(longer(short, long)[], slice, end=" ")
    var x = [1, 2, 3]
    var y = [4, 5]
    var span = Span(x) if len(short) == 1 else Span(y)
    for value in span:
        print(value, end=" " if value < 3 else "\n")
    var same = String("abc")
    print(text.as_c_string_span() == same.as_c_string_span(), text.as_c_string_span() != same.as_c_string_span())


def register_values_stay():
    var xs: List[Int] = [8]
    var taken = xs[0]^
    var at = Pointer(to=xs)
    var same = at^
    print(taken, xs[0], len(at[]) + len(same[]))
