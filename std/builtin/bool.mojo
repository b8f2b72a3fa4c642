"""Truth values."""
from std.builtin.traits import Boolable, _PythonValue
from std.hash.hashable import Hasher


@__builtin("bool")
struct Bool(TrivialRegisterPassable, Boolable, Defaultable, Equatable, Comparable, Intable, Writable, Hashable):
    """True or False, one byte in memory."""

    comptime MIN = False
    comptime MAX = True

    def __init__(out self):
        self = False

    def __init__[T: Boolable](out self, value: T):
        self = value.__bool__()

    @always_inline
    def __init__(out self, value: NoneType):
        """None is not true."""
        self = False

    def __init__[T: _PythonValue](out self, *, py: T) raises:
        """The truth of a Python object."""
        self = py._to_bool()

    @implicit
    @__intrinsic("bool.from_mask")
    def __init__(out self, value: Scalar[DType.bool]):
        ...

    def __bool__(self) -> Bool:
        return self

    @__intrinsic("bool.to_int")
    def __int__(self) -> Int:
        ...

    @__intrinsic("bool.not")
    def __invert__(self) -> Bool:
        ...

    @__intrinsic("bool.and")
    def __and__(self, rhs: Bool) -> Bool:
        ...

    @__intrinsic("bool.or")
    def __or__(self, rhs: Bool) -> Bool:
        ...

    @__intrinsic("bool.xor")
    def __xor__(self, rhs: Bool) -> Bool:
        ...

    @always_inline
    def __rand__(self, lhs: Bool) -> Bool:
        return lhs & self

    @always_inline
    def __ror__(self, lhs: Bool) -> Bool:
        return lhs | self

    @always_inline
    def __rxor__(self, lhs: Bool) -> Bool:
        return lhs ^ self

    @always_inline
    def __float__(self) -> Float64:
        return 1.0 if self else 0.0

    @always_inline
    def __iand__(mut self, rhs: Bool):
        self = self & rhs

    @always_inline
    def __ior__(mut self, rhs: Bool):
        self = self | rhs

    @always_inline
    def __ixor__(mut self, rhs: Bool):
        self = self ^ rhs

    @__intrinsic("bool.eq")
    def __eq__(self, rhs: Bool) -> Bool:
        ...

    @__intrinsic("bool.xor")
    def __ne__(self, rhs: Bool) -> Bool:
        ...

    @always_inline
    def __lt__(self, rhs: Bool) -> Bool:
        return ~self & rhs

    def write_to(self, mut writer: Some[Writer]):
        """Writes the text that `print` shows."""
        if self:
            writer.write_string("True")
        else:
            writer.write_string("False")

    def write_repr_to(self, mut writer: Some[Writer]):
        """Writes the text that `repr` shows."""
        self.write_to(writer)

    def __hash__[H: Hasher](self, mut hasher: H):
        hasher._update_with_simd(SIMD[DType.bool, 1](self))


def all(value: SIMD) -> Bool:
    """Whether no lane is zero or False."""
    return value.cast[DType.bool]().reduce_and()


def any(value: SIMD) -> Bool:
    """Whether some lane is neither zero nor False."""
    return value.cast[DType.bool]().reduce_or()


def all[I: Iterable](iterable: I) -> Bool where conforms_to(I.IteratorType[origin_of(iterable)].Element, Boolable & Deinitable):
    """Whether every element is true; looks no further than the first that is not."""
    for element in iterable:
        if not element:
            return False
    return True


def any[I: Iterable](iterable: I) -> Bool where conforms_to(I.IteratorType[origin_of(iterable)].Element, Boolable & Deinitable):
    """Whether some element is true; looks no further than the first that is."""
    for element in iterable:
        if element:
            return True
    return False
