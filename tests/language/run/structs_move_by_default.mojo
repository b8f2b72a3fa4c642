# Structs move without saying so; generic code moves what its bound says.
struct A:
    var x: Int
    def __init__(out self): self.x = 1
    def __deinit__(deinit self): print("del", self.x)
trait Tr:
    def f(self): ...
@fieldwise_init
struct TT(Tr):
    var a: A
    def f(self): print("f")
def h[T: Tr & Movable & Deinitable](var x: T):
    var y = x^
    y.f()
def main():
    var a = A()
    a.x = 5
    var b = a^
    var l = List[A]()
    l.append(b^)
    print(l[0].x)
    h(TT(A()))


# output:
#   5
#   del 5
#   f
#   del 1
