"""The vector that all kernels compute with.

It has 16 lanes on every processor, so that a sum is made of the same partial sums in the same order everywhere: with `--fp-mode strict` a
result has the same bits natively, in WebAssembly, and on any number of threads. A processor with shorter registers takes several
of them for a vector, which also keeps its adders busy.
"""

comptime LANES = 16
comptime Vector = SIMD[DType.float32, LANES]

comptime Floats = Pointer[Float32, MutUntrackedOrigin]
"""Where several threads write, each its own part: the compiler does not track what stands behind it."""


@always_inline
def untracked(place: Pointer[Float32, _]) -> Floats:
    """An address that threads may share. Its owner must be kept alive by the caller of the kernel, who passed a view of it."""
    return place.unsafe_mut_cast[True]().unsafe_origin_cast[MutUntrackedOrigin]()
