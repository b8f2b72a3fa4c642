struct R(Movable):
    var s: String
    def __init__(out self, s: String):
        self.s = s
    def __deinit__(deinit self):
        print("-", self.s, sep="")
struct E(Movable, Writable):
    var n: Int
    var tag: R
    def __init__(out self, n: Int):
        self.n = n
        self.tag = R(String("tag", n))
    def write_to(self, mut w: Some[Writer]):
        w.write("E#", self.n)
def low(n: Int) raises E -> Int:
    var a = R("low")
    if n > 2:
        raise E(n)
    return n
def mid(n: Int) raises -> Int:
    var b = R("mid")
    var c = R("mid2")
    var x = low(n)
    print("mid ok", c.s)
    return x + low(n + 1)
def again(n: Int) raises:
    try:
        print(low(n))
    except e:
        print("re", e.n)
        raise
def both(n: Int) raises -> Int:
    try:
        var k = mid(n)
        return k + low(k)
    finally:
        print("both done")
def main():
    for i in range(1, 4):
        try:
            print(mid(i))
        except e:
            print("caught", e)
        try:
            again(i)
        except e:
            print("again", e)
        try:
            print(both(i))
        except e:
            print("both", e)

# output:
#   -mid
#   -low
#   mid ok mid2
#   -mid2
#   -low
#   3
#   -low
#   1
#   -mid
#   -low
#   mid ok mid2
#   -mid2
#   -low
#   -low
#   -tag3
#   both done
#   both E#3
#   -mid
#   -low
#   mid ok mid2
#   -mid2
#   -low
#   -tag3
#   caught E#3
#   -low
#   2
#   -mid
#   -low
#   mid ok mid2
#   -mid2
#   -low
#   -tag3
#   both done
#   both E#3
#   -mid
#   -low
#   -mid2
#   -tag3
#   caught E#3
#   -low
#   re 3
#   -tag3
#   again E#3
#   -mid
#   -low
#   -mid2
#   -tag3
#   both done
#   both E#3
