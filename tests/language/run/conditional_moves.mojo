struct T(Movable):
    var n: Int
    def __init__(out self, n: Int):
        self.n = n
    def __deinit__(deinit self):
        print("-", self.n, sep="")

def eat(var t: T):
    print("eat", t.n)

def f(k: Int):
    var a = T(k)
    if k > 1:
        eat(a^)
    print("joined", k)

def g(k: Int):
    var a = T(k)
    var i = 0
    while i < 3:
        if i == k:
            eat(a^)
            break
        i += 1
    else:
        print("no break", a.n)
    print("g end")

def h(k: Int) -> Int:
    var a = T(k)
    for i in range(5):
        if i == k:
            var b = a^
            return b.n * 10
    eat(a^)
    return -1

def refill(k: Int):
    var a = T(k)
    for i in range(k):
        eat(a^)
        a = T(100 + i)
    print("last", a.n)

def opt(k: Int) -> Optional[T]:
    if k == 0:
        return None
    var t = T(k)
    if k == 1:
        return t^
    return T(99)

def main():
    f(1)
    f(2)
    g(1)
    g(7)
    print(h(2), h(9))
    refill(2)
    for i in range(3):
        var o = opt(i)
        if o:
            print("o", o.value().n)
        else:
            print("none")
    var xs = List[T]()
    for i in range(3):
        var t = T(i)
        if i != 1:
            xs.append(t^)
        else:
            print("skip", t.n)
    print(len(xs))
    while len(xs) > 0:
        var t = xs.pop()
        if t.n == 0:
            print("zero")
            continue
        eat(t^)

# output:
#   -1
#   joined 1
#   eat 2
#   -2
#   joined 2
#   eat 1
#   -1
#   g end
#   no break 7
#   -7
#   g end
#   -2
#   eat 9
#   -9
#   20 -1
#   eat 2
#   -2
#   eat 100
#   -100
#   last 101
#   -101
#   none
#   o 1
#   -1
#   -2
#   o 99
#   -99
#   skip 1
#   -1
#   2
#   eat 2
#   -2
#   -0
#   zero
