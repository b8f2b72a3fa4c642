# What containers do with values whose copies, moves and ends can be seen: as many of each, in the order of the official library.
# output:
#   # list_d
#     mv 1
#     mv 2
#     mv 3
#   slice
#   2 T1
#   copy
#     cp 1
#     cp 2
#     cp 3
#   3
#   +
#     cp 1
#     cp 2
#     cp 3
#     ~ 1
#     ~ 2
#     ~ 3
#     cp 1
#     cp 2
#     cp 3
#     ~ 1
#     ~ 2
#     ~ 3
#     cp 1
#     cp 2
#     cp 3
#     mv 1
#     mv 2
#     mv 3
#     ~ 1
#     ~ 2
#     ~ 3
#   6
#   +=
#     mv 1
#     mv 2
#     mv 3
#     mv 1
#     mv 2
#     mv 3
#     mv 1
#     mv 2
#     mv 3
#     mv 1
#     mv 2
#     mv 3
#     ~ 1
#     ~ 2
#     ~ 3
#     ~ 1
#     ~ 2
#     ~ 3
#     ~ 1
#     ~ 2
#     ~ 3
#   9
#   *
#     mv 1
#     mv 2
#     mv 3
#     cp 1
#     cp 2
#     cp 3
#     cp 1
#     cp 2
#     cp 3
#     cp 1
#     cp 2
#     cp 3
#     ~ 1
#     ~ 2
#     ~ 3
#     ~ 1
#     ~ 2
#     ~ 3
#     ~ 1
#     ~ 2
#     ~ 3
#     ~ 1
#     ~ 2
#     ~ 3
#   6
#   *=
#     mv 1
#     mv 2
#     mv 3
#     cp 1
#     cp 2
#     cp 3
#     cp 1
#     cp 2
#     cp 3
#     ~ 1
#     ~ 2
#     ~ 3
#     ~ 1
#     ~ 2
#     ~ 3
#     ~ 1
#     ~ 2
#     ~ 3
#   6
#   end
#   # list_h
#     mv 1
#     mv 2
#     mv 3
#   sort
#     mv 2
#     mv 2
#     mv 3
#     mv 3
#   last
#   T3
#   min
#     mv 1
#     mv 2
#     mv 3
#     ~ 1
#     ~ 2
#     ~ 3
#   True
#   move list
#   3
#   append self elem
#     cp 1
#     mv 1
#   grow
#     mk 1
#     mv 1
#     mk 2
#     mv 2
#     mk 3
#     mv 3
#     mk 4
#     mv 4
#     mk 5
#     mv 1
#     mv 2
#     mv 3
#     mv 1
#     mv 1
#     mv 2
#     mv 3
#     mv 4
#     mv 5
#   reserve
#     mv 1
#     mv 2
#     mv 3
#     mv 1
#     mv 1
#     mv 2
#     mv 3
#     mv 4
#     mv 5
#   steal
#     mv 5
#     mv 5
#     ~ 1
#     ~ 2
#     ~ 3
#     ~ 1
#     ~ 1
#     ~ 2
#     ~ 3
#     ~ 4
#     mv 5
#     ~ 5
#   end
#   # list_i
#     mk 1
#     mk 2
#     mv 1
#     mv 2
#     ~ 1
#     ~ 2
#   take 2
#   lend
#     mk 1
#     mk 2
#     mv 1
#     mv 2
#     ~ 1
#     ~ 2
#   2
#   take copy
#     mk 1
#     mk 2
#     mv 1
#     mv 2
#     cp 1
#     cp 2
#     ~ 1
#     ~ 2
#   take 2
#   first
#   T1
#     ~ 1
#     mk 9
#   take move
#     ~ 9
#     ~ 2
#   take 2
#   zip
#     mv 1
#     mv 2
#     mv 3
#     mv 1
#     mv 2
#     mv 3
#     cp 1
#     mv 1
#     mv 1
#     cp 1
#     mv 1
#     mv 1
#     mv 1
#     mv 1
#   T1 T1
#     ~ 1
#     ~ 1
#     cp 2
#     mv 2
#     mv 2
#     cp 2
#     mv 2
#     mv 2
#     mv 2
#     mv 2
#   T2 T2
#     ~ 2
#     ~ 2
#     cp 3
#     mv 3
#     mv 3
#     cp 3
#     mv 3
#     mv 3
#     mv 3
#     mv 3
#   T3 T3
#     ~ 3
#     ~ 3
#     ~ 1
#     ~ 2
#     ~ 3
#     ~ 1
#     ~ 2
#     ~ 3
#   end
#   # dict_a
#   set
#     mk 1
#     mv 1
#     mv 1
#   set2
#     mk 2
#     mv 2
#     mv 2
#   replace
#     mk 11
#     mv 11
#     ~ 1
#     mv 11
#   get
#   T11
#   copy out
#     cp 2
#   T2
#     ~ 2
#   pop
#     mv 11
#     mv 11
#   T11
#     ~ 11
#   pop default
#     mk 7
#     mv 7
#   T7
#     ~ 7
#   pop bind
#     mv 2
#     mv 2
#     mv 2
#   T2
#     ~ 2
#   end 0
#   # dict_b
#   set
#     mk 1
#     mv 1
#     mv 1
#   set2
#     mk 2
#     mv 2
#     mv 2
#   replace
#     mk 1
#     mv 1
#     ~ 1
#     mv 1
#   get
#     ~ 1
#   5
#   in
#     ~ 2
#   True
#   keys
#   T1
#   T2
#   items
#   T1 5
#   T2 2
#   pop
#     mv 1
#     ~ 1
#     ~ 1
#     ~ 2
#   5
#   end
#   # dict_c
#   display
#     mk 1
#     mk 2
#     mk 3
#     mv 1
#     mv 2
#     mv 3
#     cp 1
#     mv 1
#     mv 1
#     mv 1
#     cp 1
#     ~ 1
#     mv 1
#     mv 1
#     cp 2
#     mv 2
#     mv 2
#     mv 2
#     cp 2
#     ~ 2
#     mv 2
#     mv 2
#     cp 3
#     mv 3
#     mv 3
#     mv 3
#     cp 3
#     ~ 3
#     mv 3
#     mv 3
#     ~ 1
#     ~ 2
#     ~ 3
#   values
#   T1
#   T2
#   T3
#   items
#   1 T1
#   2 T2
#   3 T3
#   get opt
#     cp 2
#     mv 2
#   T2
#     ~ 2
#   get none
#   False
#   get default
#     mk 9
#     mv 9
#   T9
#     ~ 9
#   get default hit
#     mk 9
#     ~ 9
#     cp 1
#   T1
#     ~ 1
#   setdefault
#     mk 4
#     mv 4
#     mv 4
#   T4
#   setdefault hit
#     mk 5
#     ~ 5
#   T4
#     ~ 1
#     ~ 2
#     ~ 4
#     ~ 3
#   end
#   # dict_d
#     mk 1
#     mk 2
#     mv 1
#     mv 2
#     cp 1
#     mv 1
#     mv 1
#     mv 1
#     cp 1
#     ~ 1
#     mv 1
#     mv 1
#     cp 2
#     mv 2
#     mv 2
#     mv 2
#     cp 2
#     ~ 2
#     mv 2
#     mv 2
#     ~ 1
#     ~ 2
#   copy
#     cp 1
#     cp 2
#   2
#   update
#     cp 1
#     mv 1
#     ~ 1
#     mv 1
#     cp 2
#     mv 2
#     ~ 2
#     mv 2
#   or
#     cp 1
#     cp 2
#     cp 1
#     mv 1
#     ~ 1
#     mv 1
#     cp 2
#     mv 2
#     ~ 2
#     mv 2
#     ~ 1
#     ~ 2
#   2
#   popitem
#     mv 2
#     mv 2
#     mv 2
#   2 T2
#     ~ 2
#   clear
#     ~ 1
#   move
#   2
#   for var
#   T2
#     ~ 2
#     ~ 3
#   end
#   # dict_e
#   comp
#     mv 0
#     mv 0
#     mv 1
#     mv 1
#     mv 2
#     mv 2
#   3
#   grow
#     mv 3
#     mv 3
#     mv 4
#     mv 4
#     mv 5
#     mv 5
#     mv 6
#     mv 6
#     mv 7
#     mv 7
#     mv 8
#     mv 8
#     mv 9
#     mv 9
#   try
#   err
#   items mut
#   T103
#   in place
#   T5
#   T104
#     ~ 101
#     ~ 102
#     ~ 100
#     ~ 107
#     ~ 106
#     ~ 105
#     ~ 104
#     ~ 5
#     ~ 109
#     ~ 108
#   end
#   # dict_f
#     mk 1
#     mk 2
#     mk 10
#     mk 20
#     mv 1
#     mv 2
#     mv 10
#     mv 20
#     cp 1
#     mv 1
#     mv 1
#     cp 10
#     mv 10
#     mv 10
#     mv 1
#     mv 10
#     cp 1
#     cp 10
#     ~ 1
#     ~ 10
#     mv 1
#     mv 10
#     mv 1
#     mv 10
#     cp 2
#     mv 2
#     mv 2
#     cp 20
#     mv 20
#     mv 20
#     mv 2
#     mv 20
#     cp 2
#     cp 20
#     ~ 2
#     ~ 20
#     mv 2
#     mv 20
#     mv 2
#     mv 20
#     ~ 10
#     ~ 20
#     ~ 1
#     ~ 2
#   items
#   T1 T10
#   T2 T20
#   pop
#     mv 1
#     mv 10
#     ~ 1
#     mv 10
#     ~ 1
#     mv 10
#   T10
#     ~ 10
#   del via pop
#     mv 2
#     mv 20
#     ~ 2
#     mv 20
#     ~ 2
#     ~ 20
#   len 0
#   set vars
#     cp 5
#     cp 50
#     mv 5
#     mv 50
#     mv 5
#     mv 50
#   T5 T50
#   set moved
#     mv 5
#     mv 50
#     ~ 5
#     ~ 50
#     mv 5
#     mv 50
#   find
#     cp 50
#     mv 50
#     ~ 5
#     ~ 5
#     ~ 50
#   T50
#     ~ 50
#   end
#   # set_a
#   make
#     mk 1
#     mk 2
#     cp 1
#     mv 1
#     mv 1
#     cp 2
#     mv 2
#     mv 2
#     ~ 2
#     ~ 1
#   add
#     mk 3
#     mv 3
#     mv 3
#   add dup
#     mk 1
#     mv 1
#     ~ 1
#     mv 1
#   in
#     ~ 2
#   True
#   for
#   T1
#   T2
#   T3
#   remove
#     mv 2
#     ~ 2
#     ~ 2
#   discard
#     ~ 9
#   pop
#     mv 3
#     mv 3
#     mv 3
#   T3
#     ~ 3
#   copy
#     cp 1
#   1
#   union
#     cp 1
#     cp 1
#     mv 1
#     ~ 1
#     mv 1
#     ~ 1
#     ~ 1
#   1
#   clear
#     ~ 1
#   end
#   # set_b
#   display
#     mk 1
#     mk 2
#     mk 3
#     cp 1
#     mv 1
#     mv 1
#     cp 2
#     mv 2
#     mv 2
#     cp 3
#     mv 3
#     mv 3
#     ~ 3
#     ~ 2
#     ~ 1
#   comp
#     mv 2
#     mv 2
#     mv 3
#     mv 3
#     mv 4
#     mv 4
#   and
#     cp 2
#     mv 2
#     mv 2
#     cp 3
#     mv 3
#     mv 3
#     ~ 2
#     ~ 3
#   2
#   minus
#     cp 1
#     mv 1
#     mv 1
#     ~ 1
#   1
#   xor
#     cp 1
#     mv 1
#     mv 1
#     cp 4
#     mv 4
#     mv 4
#     ~ 1
#     ~ 4
#   2
#     ~ 2
#     ~ 4
#     ~ 3
#     ~ 1
#     ~ 2
#     ~ 3
#   eq False
#   end
#   # deque_a
#   make
#   append
#     mk 1
#     mv 1
#     mk 2
#     mv 2
#   left
#     mk 0
#     mv 0
#   pop
#     mv 2
#     mv 2
#   T2
#     ~ 2
#   popleft
#     mv 0
#     mv 0
#   T0
#     ~ 0
#   get
#   T1
#   extend
#     mv 1
#     mv 2
#     mv 3
#     mv 1
#     mv 2
#     mv 3
#   extendleft
#     mv 1
#     mv 2
#     mv 3
#     mv 1
#     mv 2
#     mv 3
#   for
#   T3
#   T2
#   T1
#   T1
#   T1
#   T2
#   T3
#   reverse
#     mv 3
#     mv 3
#     mv 3
#     mv 2
#     mv 2
#     mv 2
#     mv 1
#     mv 1
#     mv 1
#   rotate
#     mv 3
#     mv 2
#   insert
#     mk 8
#     mv 2
#     mv 8
#   remove
#     ~ 8
#     mv 2
#     ~ 8
#   peek
#     cp 1
#   T1
#     ~ 1
#   copy
#     cp 2
#     cp 3
#     cp 3
#     cp 2
#     cp 1
#     cp 1
#     cp 1
#     ~ 2
#     ~ 3
#     ~ 3
#     ~ 2
#     ~ 1
#     ~ 1
#     ~ 1
#   7
#   clear
#     ~ 2
#     ~ 3
#     ~ 3
#     ~ 2
#     ~ 1
#     ~ 1
#     ~ 1
#   end
#   # deque_b
#   display
#     mk 1
#     mk 2
#     mk 3
#     mv 1
#     mv 2
#     mv 3
#   set
#     ~ 2
#     mk 9
#   pop loop
#     mv 1
#     mv 1
#   T1
#     ~ 1
#     mv 9
#     mv 9
#   T9
#     ~ 9
#     mv 3
#     mv 3
#   T3
#     ~ 3
#   grow
#     mv 0
#     mv 1
#     mv 2
#     mv 3
#     mv 4
#     mv 5
#     mv 6
#     mv 7
#     mv 8
#     mv 9
#     mv 10
#     mv 11
#     mv 12
#     mv 13
#     mv 14
#     mv 15
#     mv 16
#     mv 17
#     mv 18
#     mv 19
#     ~ 0
#     ~ 1
#     ~ 2
#     ~ 3
#     ~ 4
#     ~ 5
#     ~ 6
#     ~ 7
#     ~ 8
#     ~ 9
#     ~ 10
#     ~ 11
#     ~ 12
#     ~ 13
#     ~ 14
#     ~ 15
#     ~ 16
#     ~ 17
#     ~ 18
#     ~ 19
#   end
#   # ll_a
#   append
#     mk 1
#     mv 1
#     mk 2
#     mv 2
#   prepend
#     mk 0
#     mv 0
#     mv 0
#   insert
#     mk 7
#     mv 7
#   for
#   T0
#   T7
#   T1
#   T2
#   pop
#     mv 2
#     mv 2
#   T2
#     ~ 2
#   pop i
#     mv 0
#     mv 0
#   T0
#     ~ 0
#   reverse
#   copy
#     cp 1
#     mv 1
#     cp 7
#     mv 7
#   2
#   extend
#   clear
#     ~ 1
#     ~ 7
#     ~ 1
#     ~ 7
#   end
#   # opt_a
#   some
#     mk 1
#     mv 1
#   value
#   T1
#   copy value
#     cp 1
#   T1
#     ~ 1
#   take
#     mv 1
#     mv 1
#   T1
#     ~ 1
#   or_else
#     mk 5
#     mv 5
#   T5
#     ~ 5
#   or_else hit
#     mk 3
#     mv 3
#     mk 6
#     ~ 6
#     mv 3
#   T3
#     ~ 3
#   assign
#     mk 7
#     mv 7
#     ~ 7
#   assign none
#   if
#     mk 4
#     mv 4
#     ~ 4
#   yes
#   bind
#     mk 8
#     mv 8
#   T8
#   T80
#   unsafe_take
#     mv 80
#     mv 80
#   T80
#     ~ 80
#   end
#   # q_typed
#   bind ctor
#     mv 1
#   T1
#     ~ 1
#   bind g
#     mv 2
#     mv 2
#   T2
#     ~ 2
#   print
#   T3
#     ~ 3
#     mv 4
#   T4
#     ~ 4
#   h
#   T5
#     ~ 5
#   bind h
#     mv 6
#   T6
#     ~ 6
#   assign
#     mv 7
#   T7
#     ~ 7
#   try
#     mv 8
#   T8
#     ~ 8
#   list
#     mv 9
#     ~ 9
#   take
#   take T11
#     ~ 11
#   opt
#     mv 10
#   T10
#     ~ 10
#   h2
#     mv 12
#   T12
#     ~ 12
#   i
#   T13
#     mv 13
#     mv 13
#   T13
#     ~ 13
#   discard
#     ~ 14
#     ~ 15
#   tuple
#     mv 16
#   T16
#     ~ 16
#   return in typed ctx
#   T17
#     mv 17
#   T17
#     ~ 17
#   caught
#   end
#   # q_dict2
#     mv 0
#     mv 0
#     mv 1
#     mv 1
#     mv 2
#     mv 2
#     mv 3
#     mv 3
#     mv 4
#     mv 4
#     mv 5
#     mv 5
#   try pop
#     mv 1
#     mv 1
#   T1
#     ~ 1
#   assign pop
#     ~ 100
#     mv 2
#     mv 2
#     mv 2
#   T2
#     ~ 2
#   take pop
#     mv 3
#     mv 3
#     mv 3
#     ~ 3
#   deque
#     mv 50
#     mv 51
#     mv 51
#     mv 51
#     ~ 50
#   T51
#     ~ 51
#   get
#     cp 4
#   T4
#     ~ 4
#   ref get
#   T4
#   pop default
#     ~ 55
#     mv 5
#     mv 5
#     ~ 0
#     ~ 4
#   T5
#     ~ 5
#   end
#   # q_hash
#   14824966480498192933 7121024052126637824 649810281545677513 12818954954410788605 1350428292635383282 5099020174652265565 7121024052126637824
#     ~ 3
#   14733015696913141579
#   14896942961954214815
from std.hash import Hasher
from std.memory import ArcPointer, OwnedPointer
from std.collections import Deque, LinkedList, Set, Dict, Counter, Array
from std.utils import Variant
@fieldwise_init
struct T(ImplicitlyCopyable, Writable, Hashable, Equatable, Comparable):
    var n: Int
    def __init__(out self, *, copy: Self):
        self.n = copy.n
        print("  cp", self.n)
    def __init__(out self, *, deinit move: Self):
        self.n = move.n
        print("  mv", self.n)
    def __deinit__(deinit self):
        print("  ~", self.n)
    def write_to(self, mut w: Some[Writer]):
        w.write("T", self.n)
    def __hash__[H: Hasher](self, mut hasher: H):
        self.n.__hash__(hasher)
    def __eq__(self, o: Self) -> Bool:
        return self.n == o.n
    def __lt__(self, o: Self) -> Bool:
        return self.n < o.n
def mk(n: Int) -> T:
    print("  mk", n)
    return T(n)
def three() -> List[T]:
    var l = List[T](capacity=8)
    for i in range(3):
        l.append(T(i + 1))
    return l^
def list_d() raises:
    var l = three()
    print("slice")
    var s = l[0:2]
    print(len(s), s[0])
    print("copy")
    var c = l.copy()
    print(len(c))
    print("+")
    var d = l.copy() + c.copy()
    print(len(d))
    print("+=")
    d += three()
    print(len(d))
    print("*")
    var e = three() * 2
    print(len(e))
    print("*=")
    var f = three()
    f *= 2
    print(len(f))
    print("end")
def list_h() raises:
    var l = three()
    print("sort")
    sort(l)
    print("last")
    print(l[len(l) - 1])
    print("min")
    print(l == three())
    print("move list")
    var m = l^
    print(len(m))
    print("append self elem")
    m.append(m[0])
    print("grow")
    m.append(mk(1))
    m.append(mk(2))
    m.append(mk(3))
    m.append(mk(4))
    m.append(mk(5))
    print("reserve")
    m.reserve(50)
    print("steal")
    var o = List[T]()
    o.append(m.pop())
    print("end")
def take(var l: List[T]):
    print("take", len(l))
def give() -> List[T]:
    return [mk(1), mk(2)]
def lend(l: List[T]) -> Int:
    return len(l)
def first(ref l: List[T]) -> ref[l[0]] T:
    return l[0]
def list_i() raises:
    take(give())
    print("lend")
    print(lend(give()))
    print("take copy")
    var l = give()
    take(l.copy())
    print("first")
    print(first(l))
    first(l) = mk(9)
    print("take move")
    take(l^)
    print("zip")
    var a = three()
    var b = three()
    for x, y in zip(a, b):
        print(x, y)
    print("end")
def dict_a() raises:
    var d = Dict[Int, T]()
    print("set")
    d[1] = mk(1)
    print("set2")
    d[2] = mk(2)
    print("replace")
    d[1] = mk(11)
    print("get")
    print(d[1])
    print("copy out")
    var x = d[2]
    print(x)
    print("pop")
    print(d.pop(1))
    print("pop default")
    print(d.pop(77, mk(7)))
    print("pop bind")
    var p = d.pop(2)
    print(p)
    print("end", len(d))
def dict_b() raises:
    var d = Dict[T, Int]()
    print("set")
    d[mk(1)] = 1
    print("set2")
    d[mk(2)] = 2
    print("replace")
    d[mk(1)] = 5
    print("get")
    print(d[T(1)])
    print("in")
    print(T(2) in d)
    print("keys")
    for k in d:
        print(k)
    print("items")
    for e in d.items():
        print(e.key, e.value)
    print("pop")
    print(d.pop(T(1)))
    print("end")
def dict_c() raises:
    print("display")
    var d: Dict[Int, T] = {1: mk(1), 2: mk(2), 3: mk(3)}
    print("values")
    for v in d.values():
        print(v)
    print("items")
    for e in d.items():
        print(e.key, e.value)
    print("get opt")
    var o = d.get(2)
    print(o.value())
    print("get none")
    print(Bool(d.get(9)))
    print("get default")
    print(d.get(9, mk(9)))
    print("get default hit")
    print(d.get(1, mk(9)))
    print("setdefault")
    print(d.setdefault(4, mk(4)))
    print("setdefault hit")
    print(d.setdefault(4, mk(5)))
    print("end")
def dict_d() raises:
    var d: Dict[Int, T] = {1: mk(1), 2: mk(2)}
    print("copy")
    var c = d.copy()
    print(len(c))
    print("update")
    d.update(c)
    print("or")
    var e = d | c
    print(len(e))
    print("popitem")
    var it = e.popitem()
    print(it.key, it.value)
    print("clear")
    e.clear()
    print("move")
    var f = d^
    print(len(f))
    print("for var")
    for ref v in f.values():
        v.n += 1
    print(f[1])
    print("end")
def dict_e() raises:
    print("comp")
    var d = {i: T(i) for i in range(3)}
    print(len(d))
    print("grow")
    for i in range(3, 10):
        d[i] = T(i)
    print("try")
    try:
        print(d[100])
    except e:
        print("err")
    print("items mut")
    for ref e in d.items():
        e.value.n += 100
    print(d[3])
    print("in place")
    d[3].n = 5
    print(d[3])
    ref r = d[4]
    print(r)
    print("end")
def dict_f() raises:
    var d: Dict[T, T] = {mk(1): mk(10), mk(2): mk(20)}
    print("items")
    for e in d.items():
        print(e.key, e.value)
    print("pop")
    var v = d.pop(T(1))
    print(v)
    print("del via pop")
    _ = d.pop(T(2))
    print("len", len(d))
    var k = T(5)
    var w = T(50)
    print("set vars")
    d[k] = w
    print(k, w)
    print("set moved")
    d[k^] = w^
    print("find")
    print(d.find(T(5)).value())
    print("end")
def set_a() raises:
    print("make")
    var s = Set[T](mk(1), mk(2))
    print("add")
    s.add(mk(3))
    print("add dup")
    s.add(mk(1))
    print("in")
    print(T(2) in s)
    print("for")
    for x in s:
        print(x)
    print("remove")
    s.remove(T(2))
    print("discard")
    s.discard(T(9))
    print("pop")
    print(s.pop())
    print("copy")
    var c = s.copy()
    print(len(c))
    print("union")
    var u = s | c
    print(len(u))
    print("clear")
    u.clear()
    print("end")
def set_b() raises:
    print("display")
    var a = {mk(1), mk(2), mk(3)}
    print("comp")
    var b = {T(i) for i in range(2, 5)}
    print("and")
    var c = a & b
    print(len(c))
    print("minus")
    var d = a - b
    print(len(d))
    print("xor")
    var e = a ^ b
    print(len(e))
    print("eq", a == b)
    print("end")
def deque_a() raises:
    print("make")
    var q = Deque[T]()
    print("append")
    q.append(mk(1))
    q.append(mk(2))
    print("left")
    q.appendleft(mk(0))
    print("pop")
    print(q.pop())
    print("popleft")
    print(q.popleft())
    print("get")
    print(q[0])
    print("extend")
    q.extend(three())
    print("extendleft")
    q.extendleft(three())
    print("for")
    for x in q:
        print(x)
    print("reverse")
    q.reverse()
    print("rotate")
    q.rotate(2)
    print("insert")
    q.insert(1, mk(8))
    print("remove")
    q.remove(T(8))
    print("peek")
    print(q.peek())
    print("copy")
    var c = q.copy()
    print(len(c))
    print("clear")
    c.clear()
    print("end")
def deque_b() raises:
    print("display")
    var q: Deque[T] = [mk(1), mk(2), mk(3)]
    print("set")
    q[1] = mk(9)
    print("pop loop")
    while q:
        var x = q.popleft()
        print(x)
    print("grow")
    for i in range(20):
        q.append(T(i))
    print("end")
def ll_a() raises:
    var l = LinkedList[T]()
    print("append")
    l.append(mk(1))
    l.append(mk(2))
    print("prepend")
    l.prepend(mk(0))
    print("insert")
    l.insert(1, mk(7))
    print("for")
    for x in l:
        print(x)
    print("pop")
    print(l.pop())
    print("pop i")
    print(l.pop(0))
    print("reverse")
    l.reverse()
    print("copy")
    var c = l.copy()
    print(len(c))
    print("extend")
    l.extend(c^)
    print("clear")
    l.clear()
    print("end")
def maybe(n: Int) -> Optional[T]:
    if n > 0:
        return mk(n)
    return None
def opt_a() raises:
    print("some")
    var o = Optional(mk(1))
    print("value")
    print(o.value())
    print("copy value")
    var v = o.value()
    print(v)
    print("take")
    var t = o.take()
    print(t)
    print("or_else")
    print(maybe(0).or_else(mk(5)))
    print("or_else hit")
    print(maybe(3).or_else(mk(6)))
    print("assign")
    o = mk(7)
    print("assign none")
    o = None
    print("if")
    if maybe(4):
        print("yes")
    print("bind")
    var m = maybe(8)
    if m:
        print(m.value())
        m.value().n = 80
        print(m.value())
    print("unsafe_take")
    print(m.unsafe_take())
    print("end")
@fieldwise_init
struct E(ImplicitlyCopyable, Writable):
    var c: Int
    def write_to(self, mut w: Some[Writer]):
        w.write("E")
def f(n: Int) raises E -> T:
    if n < 0:
        raise E(n)
    return T(n)
def g(n: Int) raises E -> T:
    var t = T(n)
    return t^
def h(n: Int) raises E -> T:
    return f(n)
def h2(n: Int) raises -> T:
    return f(n)
def i(n: Int) raises E -> T:
    var x = f(n)
    print(x)
    return x^
def take(var t: T):
    print("take", t)
def q_typed() raises:
    print("bind ctor")
    var x = f(1)
    print(x)
    print("bind g")
    var y = g(2)
    print(y)
    print("print")
    print(f(3))
    print(g(4))
    print("h")
    print(h(5))
    print("bind h")
    var z = h(6)
    print(z)
    print("assign")
    z = f(7)
    print(z)
    print("try")
    try:
        var w = g(8)
        print(w)
    except e:
        pass
    print("list")
    var l = List[T]()
    l.append(f(9))
    print("take")
    take(f(11))
    print("opt")
    var o = Optional(f(10))
    print(o.value())
    print("h2")
    var h2v = h2(12)
    print(h2v)
    print("i")
    var iv = i(13)
    print(iv)
    print("discard")
    _ = f(14)
    f(15)
    print("tuple")
    var t = (f(16), 1)
    print(t[0])
    print("return in typed ctx")
    try:
        var q = i(17)
        print(q)
        var q2 = f(-1)
        print(q2)
    except e:
        print("caught")
    print("end")
def q_dict2() raises:
    var d = Dict[Int, T]()
    for i in range(6):
        d[i] = T(i)
    try:
        print("try pop")
        var p = d.pop(1)
        print(p)
    except e:
        print("no")
    print("assign pop")
    var x = T(100)
    x = d.pop(2)
    print(x)
    print("take pop")
    var l = List[T]()
    l.append(d.pop(3))
    print("deque")
    var q = Deque[T]()
    q.append(T(50))
    q.append(T(51))
    var a = q.pop()
    print(a)
    print("get")
    var g = d[4]
    print(g)
    print("ref get")
    ref r = d[4]
    print(r)
    print("pop default")
    var pd = d.pop(5, T(55))
    print(pd)
    print("end")
def q_hash() raises:
    print(hash(0), hash(1), hash(5), hash(String("a")), hash(String("hello world")), hash(1.5), hash(True))
    print(hash(T(3)))
    print(hash((1, 2)))
def main() raises:
    print("# list_d")
    list_d()
    print("# list_h")
    list_h()
    print("# list_i")
    list_i()
    print("# dict_a")
    dict_a()
    print("# dict_b")
    dict_b()
    print("# dict_c")
    dict_c()
    print("# dict_d")
    dict_d()
    print("# dict_e")
    dict_e()
    print("# dict_f")
    dict_f()
    print("# set_a")
    set_a()
    print("# set_b")
    set_b()
    print("# deque_a")
    deque_a()
    print("# deque_b")
    deque_b()
    print("# ll_a")
    ll_a()
    print("# opt_a")
    opt_a()
    print("# q_typed")
    q_typed()
    print("# q_dict2")
    q_dict2()
    print("# q_hash")
    q_hash()
