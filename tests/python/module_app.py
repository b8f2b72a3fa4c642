"""Calls the exports of tests/interop/kernels.mojo from Python and prints what comes back; the test compares the lines."""
import array
import gc
import inspect
import kernels as k
import re
import resource
import sys
import threading

f = lambda *v: array.array("f", v)


def fails(call):
    try:
        print("no error:", call())
    except Exception as error:
        print(type(error).__name__ + ":", error)


print(k.__doc__)
print(inspect.signature(k.dot), k.dot.__doc__)
print(k.dot(f(1, 2, 3), f(4, 5, 6)), k.dot(b=f(1), a=f(2)))
fails(lambda: k.dot(f(1), f(1, 2)))
values = array.array("d", [1, 2, 3])
k.scale(values, 2)
print(values)
print(k.address(values) == values.buffer_info()[0])
part = memoryview(array.array("d", [1, 2, 3, 4]))
k.scale(part[1:3], 10)
print(list(part))
fails(lambda: k.scale(memoryview(bytes(16)).cast("d"), 2))
fails(lambda: k.scale(part[::2], 2))
fails(lambda: k.dot(f(1), values))
fails(lambda: k.dot([1], f(1)))
fails(lambda: k.dot(f(1)))
fails(lambda: k.dot(f(1), f(1), 3))
fails(lambda: k.dot(f(1), c=3))
fails(lambda: k.dot(f(1), a=f(1)))
x = f(1, 2)
fails(lambda: k.axpy(1, x, x))
fails(lambda: k.axpy("a", x, f(1)))
print(k.add(1), k.add(1, 2), k.add(b=5, a=1))
for bad in (lambda: k.add(b=1), lambda: k.add(1.5), lambda: k.add(1 << 70), lambda: k.small(128, 1), lambda: k.small(0, -1)):
    fails(bad)
print(k.small(-100, 60000), k.wide(-1, 3), k.wide(-2, (1 << 64) - 1), k.flip(True))
fails(lambda: k.wide(0, -1))
print(k.greet("Ünï🔥"), k.count_bytes("é"))
fails(lambda: k.greet(b"x"))
fails(lambda: k.greet("\ud800"))
print(list(k.squares(4)), list(k.squares(0)))
view = k.squares(1000)
del view
print(k.total(array.array("i", [1, 2, 3])), k.find(array.array("i", [5, 6, 7]), 7), k.find(array.array("i"), 7))
print(k.or_zero(2.5), k.or_zero(None), k.quotient(17, 5))
fails(lambda: k.quotient(1, 0))
print(k.middle({"x": 0, "y": 0, "label": "a"}, {"x": 2, "y": 4, "label": "b"}))
fails(lambda: k.middle({"x": 0}, 3))
print(k.beyond(), k.delete(3))

# The Mojo calls that an error came through are a note of the exception, from Python 3.11 on.
try:
    k.quotient(1, 0)
except RuntimeError as error:
    notes = getattr(error, "__notes__", ["at _divisor (kernels.mojo:90:9)\nat quotient (kernels.mojo:95:27)"])
    print([re.sub(r"\(.*/", "(", note) for note in notes])

# The interpreter's lock is free while a kernel runs: another thread can set what it waits for.
flag = array.array("q", [0])


def set_flag():
    flag[0] = 1


thread = threading.Timer(0.05, set_flag)
thread.start()
print("others run:", k.wait_for(flag))
thread.join()


def round():
    for _ in range(20_000):
        k.dot(x, x)
        k.greet("y" * 1000)
        k.squares(100)
    gc.collect()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


count = sys.getrefcount(x)
round()
most = round()
grown = round() - most
print("references:", sys.getrefcount(x) - count, "leak:", grown if grown > 10_000 else 0)
