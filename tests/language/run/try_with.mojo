# output:
#   2
#   E1 5
#   err zero 0
#   err one
#   2
#   finally 0
#   10
#   caught fin one
#   finally 1
#   11
#   body
#   else
#   finally 2
#   12
#   re zero 0
#   again zero 0
#   f1
#   outer inner
#   i 0
#   fin 0
#   fin 1
#   fin 2
#   enter a
#   a! 7
#   exit2
#   exit a
#   enter b
#   b!
#   exit err b boom
#   after
#   enter c
#   exit err c bam
#   got bam
#   exit2
#   7
#   enter exit with Typed(n=4) got Typed(n=4)
#   enter exit with Typed(n=5) got Error('Typed(n=5)')
#   enter exit got 6
@fieldwise_init
struct E1(Movable, Copyable, Writable):
    var code: Int

def f1(n: Int) raises E1 -> Int:
    if n > 2:
        raise E1(n)
    return n * 2

def f2(n: Int) raises -> Int:
    if n == 0:
        raise Error("zero ", n)
    if n == 1:
        raise "one"
    return n

def fin(n: Int) raises -> Int:
    try:
        if n == 0:
            return 10
        if n == 1:
            raise "fin one"
        print("body")
    except e:
        print("caught", e)
        if n == 1:
            return 11
    else:
        print("else")
    finally:
        print("finally", n)
    return 12

def rer() raises:
    try:
        _ = f2(0)
    except e:
        print("re", e)
        raise

def nested() raises:
    try:
        try:
            raise "inner"
        finally:
            print("f1")
    except e:
        print("outer", e)
    for i in range(3):
        try:
            if i == 1:
                continue
            if i == 2:
                break
            print("i", i)
        finally:
            print("fin", i)

struct CM(Movable):
    var name: String
    var swallow: Bool
    def __init__(out self, name: String, swallow: Bool):
        self.name = name
        self.swallow = swallow
    def __enter__(mut self) -> String:
        print("enter", self.name)
        return self.name + "!"
    def __exit__(mut self):
        print("exit", self.name)
    def __exit__(mut self, e: Error) raises -> Bool:
        print("exit err", self.name, e)
        return self.swallow

struct CM2:
    def __init__(out self):
        pass
    def __enter__(self) -> Int:
        return 7
    def __exit__(self):
        print("exit2")

def w() raises:
    with CM("a", False) as x, CM2() as y:
        print(x, y)
    with CM("b", True) as z:
        print(z)
        raise "boom"
    print("after")
    try:
        with CM("c", False):
            raise "bam"
    except e:
        print("got", e)

@fieldwise_init
struct Typed(Copyable, Writable):
    var n: Int

struct TakesErrors(Movable):
    def __init__(out self):
        pass

    def __enter__(mut self):
        print("enter", end=" ")

    def __exit__(mut self):
        print("exit", end=" ")

    def __exit__(mut self, e: Error) -> Bool:
        print("exit with", e, end=" ")
        return False

struct TakesAnything(Movable):
    def __init__(out self):
        pass

    def __enter__(mut self):
        print("enter", end=" ")

    def __exit__(mut self):
        print("exit", end=" ")

    def __exit__[T: Writable](mut self, e: T) -> Bool:
        print("never called")
        return True

def fails_typed() raises Typed:
    raise Typed(4)

# The body of a 'with' raises what '__exit__' takes; one that takes any type is not called with an error.
def errors_for_exit():
    try:
        with TakesErrors():
            fails_typed()
    except e:
        print("got", String(e))
    try:
        with TakesErrors():
            raise Typed(5)
    except e:
        print("got", repr(e))
    try:
        with TakesAnything():
            raise Typed(6)
    except e:
        print("got", e.n)

def early() -> Int:
    with CM2() as y:
        return y
    return 0

def main() raises:
    try:
        print(f1(1))
        print(f1(5))
    except e:
        print("E1", e.code)
    for i in range(3):
        try:
            print(f2(i))
        except e:
            print("err", e)
    print(fin(0))
    print(fin(1))
    print(fin(2))
    try:
        rer()
    except e:
        print("again", e)
    nested()
    w()
    print(early())
    errors_for_exit()
