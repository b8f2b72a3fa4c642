"""`vectorize`: a loop in steps of a vector, with the rest one by one."""


@always_inline
def vectorize[F: def[width: Int](Int) -> None, //, simd_width: Int, *, unroll_factor: Int = 1](size: Int, closure: F):
    """Calls `closure[simd_width](i)` for whole vectors from 0 on, then `closure[1](i)` for each element that is left."""
    # Ends that are multiples of the steps: the optimizer sees at once how often each loop runs.
    var i = 0
    comptime step = simd_width * unroll_factor
    comptime if unroll_factor > 1:
        var unrolled = size - size % step
        while i < unrolled:
            comptime for k in range(unroll_factor):
                closure[simd_width](i + k * simd_width)
            i += step
    var whole = size - size % simd_width
    while i < whole:
        closure[simd_width](i)
        i += simd_width
    comptime if simd_width > 1:
        while i < size:
            closure[1](i)
            i += 1


@always_inline
def vectorize[F: def[width: Int](Int) -> None, //, simd_width: Int, *, size: Int](closure: F):
    """With a compile-time size: what is left over is one call if it is a power of two, else one by one."""
    comptime whole = size // simd_width * simd_width
    comptime rest = size - whole
    var i = 0
    while i < whole:
        closure[simd_width](i)
        i += simd_width
    comptime if rest > 0 and rest & (rest - 1) == 0:
        closure[rest](whole)
    else:
        while i < size:
            closure[1](i)
            i += 1


@always_inline
def vectorize[F: def[width: Int](Int, Int) -> None, //, simd_width: Int, *, unroll_factor: Int = 1](size: Int, closure: F):
    """Calls `closure[simd_width](i, n)` for steps of a vector; `n` lanes are inside the range, which only the last step may have less of."""
    var i = 0
    while i < size:
        closure[simd_width](i, min(simd_width, size - i))
        i += simd_width


# ---- the closure in brackets (classic)


@always_inline
def vectorize[simd_width: Int, F: def[width: Int](Int) capturing -> None](size: Int):
    """Calls `F[simd_width](i)` for whole vectors from 0 on, then `F[1](i)` for each element that is left."""
    vectorize[simd_width](size, F)


@always_inline
def vectorize[F: def[width: Int](Int) capturing -> None, simd_width: Int, *, unroll_factor: Int = 1](size: Int):
    """Calls `F[simd_width](i)` for whole vectors from 0 on, then `F[1](i)` for each element that is left."""
    vectorize[simd_width, unroll_factor=unroll_factor](size, F)


@always_inline
def vectorize[F: def[width: Int](Int) capturing -> None, simd_width: Int, *, size: Int]():
    """With a compile-time size."""
    vectorize[simd_width, size=size](F)


@always_inline
def vectorize_unroll[simd_width: Int, unroll_factor: Int, F: def[width: Int](Int) capturing -> None](size: Int):
    """`vectorize` with `unroll_factor` vectors in each turn of the loop."""
    vectorize[simd_width, unroll_factor=unroll_factor](size, F)
