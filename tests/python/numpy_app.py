"""The same with NumPy arrays."""
import numpy as np
import kernels as k


def fails(call):
    try:
        print("no error:", call())
    except Exception as error:
        print(type(error).__name__ + ":", error)


a = np.arange(6, dtype=np.float32)
print(k.dot(a, a), k.dot(a[1:3], a[2:4]))
fails(lambda: k.dot(a[::2], a[::2]))
fails(lambda: k.dot(a.reshape(2, 3), a))
fails(lambda: k.dot(a.astype(np.float64), a))
b = np.ones(3)
k.scale(b, 3)
print(b, k.address(b) == b.ctypes.data)
c = k.squares(3)
print(c, c.dtype, c.flags.writeable, c.flags.owndata, k.squares(0))
print(k.add(np.int32(4)), k.or_zero(np.float32(1.5)))
