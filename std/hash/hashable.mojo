"""Hashing."""


@__builtin("Hasher")
trait Hasher:
    """Collects what determines a hash."""

    def __init__(out self):
        ...

    def update(mut self, word: UInt64):
        ...

    def finish(self) -> UInt64:
        ...


@__builtin("Hashable")
trait Hashable:
    """A type whose values have a hash; equal values have equal ones."""

    def __hash__[H: Hasher](self, mut hasher: H):
        ...


struct _Mixer(Hasher, ImplicitlyCopyable, Deinitable):
    """Multiplies and folds words: the finalizer of SplitMix64 over a running state."""

    var _state: UInt64

    @always_inline
    def __init__(out self):
        self._state = 0x9E3779B97F4A7C15

    @always_inline
    def update(mut self, word: UInt64):
        var x = (self._state ^ word) * 0xBF58476D1CE4E5B9
        x = x ^ (x >> 29)
        self._state = x * 0x94D049BB133111EB + 0x9E3779B97F4A7C15

    @always_inline
    def finish(self) -> UInt64:
        var x = self._state
        x = (x ^ (x >> 32)) * 0xD6E8FEB86659FD93
        return x ^ (x >> 32)


def hash[T: Hashable](value: T) -> UInt64:
    """The hash of a value."""
    var mixer = _Mixer()
    value.__hash__(mixer)
    return mixer.finish()
