# mojo: edition=classic
# What a classic `def` leaves untyped is an `object`.
# output:
#   5 2.5 7.5 10 2.5 2 False True -5 8 5
#   'text' 'text more' 'e' 4
#   [1, 'two', 3.0] 'two' 3
#   [10, 'two', 3.0]
#   'Hello, World!'
#   3 3.5 'ab' 2
#   3628800
#   6.5
#   4 5
#   value: 3
#   value: 'x'
#   value: [1, 2]
#   TypeError: not a valid arithmetic type
#   2 2
#   7
#   0 1 2 3 4 5 6 
#   zero is false
#   [1.0, 2.0, 3.0, 4.0] [0.5, 0.5, 0.5, 0.5] float32 float32
#   2x3 2x3xfloat32 True True
#   3.5 10.5 14.0 7.5 7e-09 True True
from math import sqrt, rsqrt
from tensor import Tensor, TensorShape

def greet(name):
    return "Hello, " + name + "!"

def add(a, b):
    return a + b

def fact(n):
    if n <= 1:
        return 1
    return n * fact(n - 1)

def total(items):
    var t: object = 0
    for i in range(len(items)):
        t += items[i]
    return t

def typed(n: Int):
    return n // 2

def show(x):
    print("value:", x)

fn matrix_getitem(self: object, i: object) raises -> object:
    return self.value[i]

fn main() raises:
    let a: object = 5
    let b: object = 2.5
    print(a, b, a + b, a * 2, a / 2, a // 2, a < b, a == 5, -a, 3 + a, 10 - a)
    let s: object = "text"
    print(s, s + " more", s[1], len(s))
    let l = object([])
    l.append(1)
    l.append("two")
    l.append(3.0)
    print(l, l[1], len(l))
    l[0] = 10
    print(l)
    print(greet("World"))
    print(add(1, 2), add(1.5, 2), add("a", "b"), add(True, 1))
    print(fact(10))
    print(total([1, 2, 3.5]))
    print(typed(9), typed(9) + 1)
    show(3)
    show("x")
    show([1, 2])
    try:
        print(add("a", 1))
    except e:
        print(e)
    let m = object(Attr("value", [1, 2, 3]), Attr("rows", 2), Attr("__getitem__", matrix_getitem))
    print(m.rows, m[1])
    m.rows = 7
    print(m.rows)
    for i in range(m.rows):
        print(i, end=" ")
    print()
    if add(1, -1):
        print("no")
    else:
        print("zero is false")
    # What classic programs ask of numbers and tensors.
    let v = SIMD[DType.float32, 4](1, 4, 9, 16)
    print(sqrt[DType.float32, 4](v), rsqrt[DType.float16, 4](4), v.element_type, DType.float32.__str__())
    let numbers = Tensor[DType.float32].rand(TensorShape(2, 3))
    print(numbers.shape(), numbers.spec().__str__(), numbers[1, 2] >= 0, numbers[0] < 1)
    let n: Int = 7
    print(n / 2.0, n * 1.5, 2.0 * n, n + 0.5, n / 1e9, n < 7.5, 6.5 < n)
