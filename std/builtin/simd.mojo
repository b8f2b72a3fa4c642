"""Vectors and scalars. Every number is a vector: `Int` is `SIMD[DType.int, 1]`."""
from std.collections.string import _parse_int, _parse_float
from std.format.numbers import write_scalar, scalar_name
from std.builtin.assertion import _check_lanes
from std.builtin.traits import _PythonValue, DivModable
from std.hash.hashable import Hasher
from std.math.power import _float_pow
from std.utils.index import IndexList


@__builtin("simd-length")
struct SIMDLength(TrivialRegisterPassable):
    """The number of lanes of a vector; converts to and from `Int` in parameters."""

    var _value: Int


comptime Scalar[dtype: DType] = SIMD[dtype, 1]
comptime Int = SIMD[DType.int, 1]
comptime UInt = SIMD[DType.uint, 1]
comptime Byte = SIMD[DType.uint8, 1]
comptime Int8 = SIMD[DType.int8, 1]
comptime Int16 = SIMD[DType.int16, 1]
comptime Int32 = SIMD[DType.int32, 1]
comptime Int64 = SIMD[DType.int64, 1]
comptime Int128 = SIMD[DType.int128, 1]
comptime Int256 = SIMD[DType.int256, 1]
comptime UInt8 = SIMD[DType.uint8, 1]
comptime UInt16 = SIMD[DType.uint16, 1]
comptime UInt32 = SIMD[DType.uint32, 1]
comptime UInt64 = SIMD[DType.uint64, 1]
comptime UInt128 = SIMD[DType.uint128, 1]
comptime UInt256 = SIMD[DType.uint256, 1]
comptime Float16 = SIMD[DType.float16, 1]
comptime Float32 = SIMD[DType.float32, 1]
comptime Float64 = SIMD[DType.float64, 1]
comptime BFloat16 = SIMD[DType.bfloat16, 1]
comptime Float8_e4m3fn = SIMD[DType.float8_e4m3fn, 1]
comptime Float8_e5m2 = SIMD[DType.float8_e5m2, 1]


@__intrinsic("simd.shuffle")
def __shuffle[dtype: DType, width: SIMDLength, result: SIMDLength, *mask: Int](
    a: SIMD[dtype, width], b: SIMD[dtype, width]
) -> SIMD[dtype, result]:
    ...


@__intrinsic("simd.shuffle")
def __shuffle_by[dtype: DType, width: SIMDLength, result: SIMDLength, //, mask: Array[Int, Int(result)]](
    a: SIMD[dtype, width], b: SIMD[dtype, width]
) -> SIMD[dtype, result]:
    ...


def _lanes[count: Int](start: Int, step: Int, modulus: Int) -> Array[Int, count]:
    """The numbers of lanes that lie `step` apart, from `start` on; behind lane `modulus - 1` comes lane 0."""
    var lanes = Array[Int, count](fill=0)
    for i in range(count):
        lanes[i] = (start + i * step) % modulus
    return lanes^


def _listed[count: Int](mask: IndexList[count, ...]) -> Array[Int, count]:
    """The numbers of a list."""
    var lanes = Array[Int, count](fill=0)
    for i in range(count):
        lanes[i] = mask[i]
    return lanes^


def _lanes_in_turn[count: Int]() -> Array[Int, count]:
    """The lanes of two vectors of half the length, first, first, second, second, …"""
    var lanes = Array[Int, count](fill=0)
    for i in range(count):
        lanes[i] = i // 2 + i % 2 * (count // 2)
    return lanes^


@__intrinsic("simd.bitcast")
def __bitcast[dtype: DType, width: SIMDLength, to_dtype: DType, to_width: SIMDLength](
    value: SIMD[dtype, width]
) -> SIMD[to_dtype, to_width]:
    ...


@__intrinsic("float.sqrt")
def __sqrt[dtype: DType, width: SIMDLength](value: SIMD[dtype, width]) -> SIMD[dtype, width]:
    ...


@__intrinsic("float.floor")
def __floor[dtype: DType, width: SIMDLength](value: SIMD[dtype, width]) -> SIMD[dtype, width]:
    ...


@__intrinsic("float.ceil")
def __ceil[dtype: DType, width: SIMDLength](value: SIMD[dtype, width]) -> SIMD[dtype, width]:
    ...


@__intrinsic("float.trunc")
def __trunc[dtype: DType, width: SIMDLength](value: SIMD[dtype, width]) -> SIMD[dtype, width]:
    ...


@__intrinsic("float.round_even")
def __round_even[dtype: DType, width: SIMDLength](value: SIMD[dtype, width]) -> SIMD[dtype, width]:
    ...


@__intrinsic("simd.min")
def __min[dtype: DType, width: SIMDLength](a: SIMD[dtype, width], b: SIMD[dtype, width]) -> SIMD[dtype, width]:
    ...


@__intrinsic("simd.max")
def __max[dtype: DType, width: SIMDLength](a: SIMD[dtype, width], b: SIMD[dtype, width]) -> SIMD[dtype, width]:
    ...


@__intrinsic("float.copysign")
def __copysign[dtype: DType, width: SIMDLength](a: SIMD[dtype, width], b: SIMD[dtype, width]) -> SIMD[dtype, width]:
    ...


@__intrinsic("simd.ctpop")
def __ctpop[dtype: DType, width: SIMDLength](value: SIMD[dtype, width]) -> SIMD[dtype, width]:
    ...


def _unsigned_of(dtype: DType) -> DType:
    """The unsigned integer type as wide as a type."""
    if dtype == DType.float64 or dtype == DType.int64 or dtype == DType.uint64 or dtype == DType.int:
        return DType.uint64
    if dtype == DType.float32 or dtype == DType.int32 or dtype == DType.uint32:
        return DType.uint32
    if dtype == DType.float16 or dtype == DType.bfloat16 or dtype == DType.int16 or dtype == DType.uint16:
        return DType.uint16
    if dtype == DType.int128 or dtype == DType.uint128:
        return DType.uint128
    if dtype == DType.int256 or dtype == DType.uint256:
        return DType.uint256
    if dtype == DType.uint:
        return DType.uint
    return DType.uint8


@__builtin("simd")
struct SIMD[dtype: DType, length: SIMDLength](
    TrivialRegisterPassable,
    Defaultable,
    Equatable,
    Comparable,
    Boolable,
    Intable,
    Floatable,
    Indexer,
    Absable,
    DivModable,
    Roundable,
    Powable,
    Sized,
    Hashable,
    KeyElement,
    Writable,
):
    """A vector of `length` lanes of `dtype`. Integer arithmetic wraps; `x // 0` and `x % 0` are 0."""

    comptime MAX = Self._limit[True, False]()
    comptime MIN = Self._limit[False, False]()
    comptime MAX_FINITE = Self._limit[True, True]()
    comptime MIN_FINITE = Self._limit[False, True]()

    # ---- construction

    @__intrinsic("simd.zero")
    def __init__(out self):
        ...

    @implicit
    @__intrinsic("literal.int")
    def __init__[value: __int_literal_value, //](out self, literal: IntLiteral[value]):
        ...

    @implicit
    @__intrinsic("literal.float")
    def __init__[value: __float_literal_value, //](out self, literal: FloatLiteral[value]):
        ...

    @implicit
    @__intrinsic("simd.splat")
    def __init__(out self, value: Scalar[Self.dtype]):
        ...

    @__intrinsic("simd.cast")
    def __init__[rhs: DType, //](out self, value: SIMD[rhs, Self.length]):
        ...

    @always_inline
    def __init__(out self, value: Bool) where Self.dtype != DType.bool:
        comptime assert Self.length == 1, "must be a scalar; use the 'fill' keyword to fill all lanes"
        self = Self(Scalar[Self.dtype](_bit=value))

    @__intrinsic("bool.to_int")
    def __init__(out self: Scalar[Self.dtype], *, _bit: Bool):
        ...

    @always_inline
    def __init__(out self: SIMD[DType.bool, Self.length], *, fill: Bool):
        """The same truth value in every lane."""
        self = SIMD[DType.bool, Self.length](Scalar[DType.bool](_truth=fill))

    @implicit
    @always_inline
    def __init__(out self: SIMD[DType.bool, Self.length], value: Bool):
        comptime assert Self.length == 1, "must be a scalar; use the 'fill' keyword to fill all lanes"
        self = SIMD[DType.bool, Self.length](fill=value)

    @__intrinsic("bool.to_mask")
    def __init__(out self: Scalar[DType.bool], *, _truth: Bool):
        ...

    @__call_location
    def __init__(out self, *lanes: Scalar[Self.dtype]):
        """One value for each lane. Traps when there are more or fewer."""
        _check_lanes(len(lanes), Int(Self.length))
        self = Self()
        for i in range(len(lanes)):
            self[i] = lanes[i]

    def __init__[T: Intable](out self, value: T):
        """Converts through `__int__`."""
        self = value.__int__().cast[Self.dtype]()

    def __init__[T: IntableRaising](out self, value: T) raises:
        """Converts through an `__int__` that may raise."""
        self = value.__int__().cast[Self.dtype]()

    def __init__(out self, text: StringSlice[_]) raises:
        """Reads a number from text."""
        comptime if Self.dtype.is_floating_point():
            self = _parse_float(text).cast[Self.dtype]()
        else:
            self = _parse_int(text, 10).cast[Self.dtype]()

    def __init__(out self, text: String) raises:
        """Reads a number from text."""
        self = Self(text._view())

    def __init__[T: _PythonValue](out self, *, py: T) raises:
        """The number that a Python object is."""
        comptime if Self.dtype.is_floating_point():
            self = Self(py._to_float().cast[Self.dtype]())
        elif Self.dtype.is_unsigned():
            self = Self(py._to_unsigned().cast[Self.dtype]())
        else:
            self = Self(py._to_int().cast[Self.dtype]())

    @staticmethod
    @always_inline
    def splat(value: Scalar[Self.dtype]) -> Self:
        """All lanes equal."""
        return Self(value)

    def __init__[bits: DType, //](out self, *, from_bits: SIMD[bits, Self.length]):
        """The lanes whose bits these integers are."""
        self = __bitcast[to_dtype=Self.dtype, to_width=Self.length](from_bits)

    @staticmethod
    def _limit[upper: Bool, finite: Bool]() -> Self:
        """The largest or smallest value of the type."""
        comptime if Self.dtype.is_floating_point():
            comptime if not finite:
                comptime if upper:
                    return Self(1) / Self(0)
                else:
                    return Self(-1) / Self(0)
            else:
                var largest = Self(0)
                comptime if Self.dtype == DType.float64:
                    largest = __bitcast[to_dtype=Self.dtype, to_width=1](UInt64(0x7FEFFFFFFFFFFFFF))
                comptime if Self.dtype == DType.float16:
                    largest = __bitcast[to_dtype=Self.dtype, to_width=1](UInt16(0x7BFF))
                comptime if Self.dtype == DType.bfloat16:
                    largest = __bitcast[to_dtype=Self.dtype, to_width=1](UInt16(0x7F7F))
                comptime if Self.dtype == DType.float32:
                    largest = __bitcast[to_dtype=Self.dtype, to_width=1](UInt32(0x7F7FFFFF))
                comptime if upper:
                    return largest
                else:
                    return -largest
        elif Self.dtype.is_unsigned():
            comptime if upper:
                return ~Self(0)
            else:
                return Self(0)
        else:
            var lowest = Self(1) << (8 * __size_of[Self]() // Int(Self.length) - 1).cast[Self.dtype]()
            comptime if upper:
                return ~lowest
            else:
                return lowest

    # ---- arithmetic

    @__intrinsic("simd.add")
    def __add__(self, rhs: Self) -> Self:
        ...

    @__intrinsic("simd.sub")
    def __sub__(self, rhs: Self) -> Self:
        ...

    @__intrinsic("simd.mul")
    def __mul__(self, rhs: Self) -> Self:
        ...

    @__intrinsic("simd.div")
    def __truediv__(self, rhs: Self) -> Self:
        ...

    @__intrinsic("simd.floordiv")
    def __floordiv__(self, rhs: Self) -> Self:
        ...

    @__intrinsic("simd.mod")
    def __mod__(self, rhs: Self) -> Self:
        ...

    def __pow__(self, exp: Self) -> Self:
        """Repeated multiplication for integers; a negative exp of an integer gives 0."""
        comptime if Self.dtype.is_floating_point():
            return _float_pow(self, exp)
        else:
            var result = Self(1)
            var base = self
            var rest = exp
            comptime if Self.dtype.is_signed() and Int(Self.length) == 1:
                if rest < 0:
                    return Self(0)
            while rest.ne(Self(0)).reduce_or():
                result = (rest & Self(1)).ne(Self(0)).select(result * base, result)
                base = base * base
                rest = rest >> Self(1)
            return result

    @always_inline
    def __pow__[value: __float_literal_value, //](self, exp: FloatLiteral[value]) -> Self:
        """A fraction as exp: what the vector's own type takes it for."""
        return self**Self(exp)

    def __pow__(self, exp: Scalar) -> Self where exp.dtype.is_integral():
        """Every lane to a whole power."""
        var result = Self(1)
        var base = self
        var rest = abs(Int(exp))
        while rest > 0:
            if rest & 1 == 1:
                result = result * base
            base = base * base
            rest = rest >> 1
        if exp < 0:
            return Self(1) / result
        return result

    @__intrinsic("simd.neg")
    def __neg__(self) -> Self:
        ...

    @always_inline
    def __pos__(self) -> Self:
        return self

    @__intrinsic("simd.not")
    def __invert__(self) -> Self:
        ...

    @__intrinsic("simd.and")
    def __and__(self, rhs: Self) -> Self:
        ...

    @__intrinsic("simd.or")
    def __or__(self, rhs: Self) -> Self:
        ...

    @__intrinsic("simd.xor")
    def __xor__(self, rhs: Self) -> Self:
        ...

    @__intrinsic("simd.shl")
    def __lshift__(self, rhs: Self) -> Self:
        ...

    @__intrinsic("simd.shr")
    def __rshift__(self, rhs: Self) -> Self:
        ...

    # ---- arithmetic with a converted left operand

    @__intrinsic("simd.add")
    def __radd__(self, value: Self) -> Self:
        ...

    @always_inline
    def __rsub__(self, value: Self) -> Self:
        return value - self

    @__intrinsic("simd.mul")
    def __rmul__(self, value: Self) -> Self:
        ...

    @always_inline
    def __rtruediv__(self, value: Self) -> Self:
        return value / self

    @always_inline
    def __rfloordiv__(self, rhs: Self) -> Self:
        return rhs // self

    @always_inline
    def __rmod__(self, value: Self) -> Self:
        return value % self

    @always_inline
    def __rpow__(self, base: Self) -> Self:
        return base**self

    @__intrinsic("simd.and")
    def __rand__(self, value: Self) -> Self:
        ...

    @__intrinsic("simd.or")
    def __ror__(self, value: Self) -> Self:
        ...

    @__intrinsic("simd.xor")
    def __rxor__(self, value: Self) -> Self:
        ...

    @always_inline
    def __rlshift__(self, value: Self) -> Self:
        return value << self

    @always_inline
    def __rrshift__(self, value: Self) -> Self:
        return value >> self

    # ---- in place

    @always_inline
    def __iadd__(mut self, rhs: Self):
        self = self + rhs

    @always_inline
    def __isub__(mut self, rhs: Self):
        self = self - rhs

    @always_inline
    def __imul__(mut self, rhs: Self):
        self = self * rhs

    @always_inline
    def __itruediv__(mut self, rhs: Self):
        self = self / rhs

    @always_inline
    def __ifloordiv__(mut self, rhs: Self):
        self = self // rhs

    @always_inline
    def __imod__(mut self, rhs: Self):
        self = self % rhs

    @always_inline
    def __ipow__(mut self, rhs: Self):
        self = self**rhs

    @always_inline
    def __iand__(mut self, rhs: Self):
        self = self & rhs

    @always_inline
    def __ior__(mut self, rhs: Self):
        self = self | rhs

    @always_inline
    def __ixor__(mut self, rhs: Self):
        self = self ^ rhs

    @always_inline
    def __ilshift__(mut self, rhs: Self):
        self = self << rhs

    @always_inline
    def __irshift__(mut self, rhs: Self):
        self = self >> rhs

    # ---- comparison

    @__intrinsic("simd.all_eq")
    def __eq__(self, rhs: Self) -> Bool:
        ...

    @__intrinsic("simd.any_ne")
    def __ne__(self, rhs: Self) -> Bool:
        ...

    @__intrinsic("scalar.lt")
    def __lt__(self, rhs: Self) -> Bool:
        ...

    @__intrinsic("scalar.le")
    def __le__(self, rhs: Self) -> Bool:
        ...

    @__intrinsic("scalar.gt")
    def __gt__(self, rhs: Self) -> Bool:
        ...

    @__intrinsic("scalar.ge")
    def __ge__(self, rhs: Self) -> Bool:
        ...

    @__intrinsic("simd.eq")
    def eq(self, rhs: Self) -> SIMD[DType.bool, Self.length]:
        """Which lanes are equal."""
        ...

    @__intrinsic("simd.ne")
    def ne(self, rhs: Self) -> SIMD[DType.bool, Self.length]:
        """Which lanes differ."""
        ...

    @__intrinsic("simd.lt")
    def lt(self, rhs: Self) -> SIMD[DType.bool, Self.length]:
        """Which lanes are smaller."""
        ...

    @__intrinsic("simd.le")
    def le(self, rhs: Self) -> SIMD[DType.bool, Self.length]:
        """Which lanes are smaller or equal."""
        ...

    @__intrinsic("simd.gt")
    def gt(self, rhs: Self) -> SIMD[DType.bool, Self.length]:
        """Which lanes are larger."""
        ...

    @__intrinsic("simd.ge")
    def ge(self, rhs: Self) -> SIMD[DType.bool, Self.length]:
        """Which lanes are larger or equal."""
        ...

    # ---- conversion

    @__intrinsic("simd.cast")
    def cast[target: DType](self) -> SIMD[target, Self.length]:
        """The lanes as another type: floats become whole numbers toward zero and within the range, whole numbers keep their low bits."""
        ...

    @always_inline
    def __bool__(self) -> Bool:
        return self != Self()

    @always_inline
    def __int__(self) -> Int:
        comptime assert Int(Self.length) == 1, "expected a scalar type"
        return self[0].cast[DType.int]()

    @always_inline
    def __float__(self) -> Float64:
        comptime assert Int(Self.length) == 1, "expected a scalar type"
        return self[0].cast[DType.float64]()

    @always_inline
    def __index__(self) -> Int:
        comptime assert Self.dtype.is_integral() or Self.dtype == DType.bool, "an index must be an integer"
        return self.__int__()

    @always_inline
    def __len__(self) -> Int:
        return Int(Self.length)

    # ---- lanes

    @__intrinsic("simd.extract")
    def __getitem__(self, idx: Int) -> Scalar[Self.dtype]:
        ...

    @__intrinsic("simd.insert")
    def _with_lane(self, index: Int, value: Scalar[Self.dtype]) -> Self:
        ...

    @always_inline
    def __setitem__(mut self, idx: Int, val: Scalar[Self.dtype]):
        self = self._with_lane(idx, val)

    @__intrinsic("simd.select")
    def _select[dtype: DType](
        self, if_true: SIMD[dtype, Self.length], if_false: SIMD[dtype, Self.length]
    ) -> SIMD[dtype, Self.length]:
        ...

    @always_inline
    def select[dtype: DType](
        self, true_case: SIMD[dtype, Self.length], false_case: SIMD[dtype, Self.length]
    ) -> SIMD[dtype, Self.length]:
        """Lanes of `true_case` where the mask is set, else of `false_case`."""
        comptime assert Self.dtype == DType.bool, "the simd type must be bool"
        return self._select(true_case, false_case)

    @__intrinsic("simd.reduce_add")
    def reduce_add[size_out: SIMDLength = 1](self) -> SIMD[Self.dtype, size_out]:
        """The sum of the lanes, made by adding halves until `size_out` lanes are left."""
        ...

    @__intrinsic("simd.reduce_mul")
    def reduce_mul[size_out: SIMDLength = 1](self) -> SIMD[Self.dtype, size_out]:
        """The product of the lanes, made by multiplying halves until `size_out` lanes are left."""
        ...

    @__intrinsic("simd.reduce_min")
    def reduce_min[size_out: SIMDLength = 1](self) -> SIMD[Self.dtype, size_out]:
        """The smallest lane, or `width` smallest of halves."""
        ...

    @__intrinsic("simd.reduce_max")
    def reduce_max[size_out: SIMDLength = 1](self) -> SIMD[Self.dtype, size_out]:
        """The largest lane, or `width` largest of halves."""
        ...

    @__intrinsic("simd.reduce_and")
    def reduce_and[size_out: SIMDLength = 1](self) -> SIMD[Self.dtype, size_out]:
        """The lanes joined by `&`."""
        ...

    @__intrinsic("simd.reduce_or")
    def reduce_or[size_out: SIMDLength = 1](self) -> SIMD[Self.dtype, size_out]:
        """The lanes joined by `|`."""
        ...

    @__intrinsic("simd.fma")
    def fma(self, multiplier: Self, accumulator: Self) -> Self:
        """`self * multiplier + accumulator` with one rounding."""
        ...

    @always_inline
    def clamp(self, lower_bound: Self, upper_bound: Self) -> Self:
        """Each lane, but not below `lower_bound` and not above `upper_bound`."""
        return __min(__max(self, lower_bound), upper_bound)

    def reduce_bit_count(self) -> Int:
        """How many bits are set in all lanes together."""
        comptime if Self.dtype == DType.bool:
            return self.cast[DType.uint8]().reduce_bit_count()
        else:
            return __ctpop(self).cast[DType.int]().reduce_add[1]()

    def reduce[
        F: def[w: SIMDLength](SIMD[Self.dtype, w], SIMD[Self.dtype, w]) -> SIMD[Self.dtype, w], //, size_out: Int = 1
    ](self, func: F) -> SIMD[Self.dtype, size_out]:
        """Combines lanes by a function: the lower half with the upper one, until `size_out` lanes are left."""
        comptime if Int(Self.length) <= size_out:
            return rebind[SIMD[Self.dtype, size_out]](self)
        else:
            var halves = self.split()
            return func[Self.length // 2](halves[0], halves[1]).reduce[size_out](func)

    # ---- lanes in rhs places

    @always_inline
    def shuffle[*mask: Int](self) -> Self:
        """Lane `i` of the result is lane `mask[i]`."""
        return __shuffle[Self.dtype, Self.length, Self.length, *mask](self, self)

    @always_inline
    def shuffle[*mask: Int](self, other: Self) -> Self:
        """Lane `i` of the result is lane `mask[i]` of both vectors together."""
        return __shuffle[Self.dtype, Self.length, Self.length, *mask](self, other)

    @always_inline
    def shuffle[mask: IndexList[Int(Self.length), ...]](self) -> Self:
        """Lane `i` of the result is lane `mask[i]`."""
        return self.shuffle[mask](self)

    @always_inline
    def shuffle[mask: IndexList[Int(Self.length), ...]](self, other: Self) -> Self:
        """Lane `i` of the result is lane `mask[i]` of both vectors together."""
        return __shuffle_by[_listed(mask)](self, other)

    @always_inline
    def slice[output_width: SIMDLength, /, *, offset: Int = 0](self) -> SIMD[Self.dtype, output_width]:
        """The lanes from `offset` on."""
        comptime assert (
            offset >= 0 and offset + Int(output_width) <= Int(Self.length)
        ), "output width must be a positive integer less than simd size"
        return __shuffle_by[result=output_width, _lanes[Int(output_width)](offset, 1, 2 * Int(Self.length))](self, self)

    @always_inline
    def insert[input_width: SIMDLength, //, *, offset: Int = 0](self, value: SIMD[Self.dtype, input_width]) -> Self:
        """With the lanes from `offset` on replaced."""
        comptime assert (
            offset >= 0 and offset + Int(input_width) <= Int(Self.length)
        ), "insertion position must not exceed the size of the vector"
        comptime assert offset % Int(input_width) == 0, "offset must be a multiple of the subvector's size"
        var result = self
        comptime for i in range(Int(input_width)):
            result[offset + i] = value[i]
        return result

    @always_inline
    def join(self, other: Self) -> SIMD[Self.dtype, Self.length * 2]:
        """The lanes of both vectors."""
        return __shuffle_by[result=Self.length * 2, _lanes[Int(Self.length * 2)](0, 1, 2 * Int(Self.length))](self, other)

    @always_inline
    def interleave(self, other: Self) -> SIMD[Self.dtype, Self.length * 2]:
        """The lanes of both vectors in turn."""
        return __shuffle_by[result=Self.length * 2, _lanes_in_turn[Int(Self.length * 2)]()](self, other)

    @always_inline
    def split(self) -> Tuple[SIMD[Self.dtype, Self.length // 2], SIMD[Self.dtype, Self.length // 2]]:
        """The lower and the upper half."""
        comptime half = Int(Self.length // 2)
        var low = __shuffle_by[result=Self.length // 2, _lanes[half](0, 1, 2 * Int(Self.length))](self, self)
        var high = __shuffle_by[result=Self.length // 2, _lanes[half](half, 1, 2 * Int(Self.length))](self, self)
        return (low, high)

    @always_inline
    def deinterleave(self) -> Tuple[SIMD[Self.dtype, Self.length // 2], SIMD[Self.dtype, Self.length // 2]]:
        """The lanes at even and those at odd positions."""
        comptime half = Int(Self.length // 2)
        var even = __shuffle_by[result=Self.length // 2, _lanes[half](0, 2, 2 * Int(Self.length))](self, self)
        var odd = __shuffle_by[result=Self.length // 2, _lanes[half](1, 2, 2 * Int(Self.length))](self, self)
        return (even, odd)

    @always_inline
    def reversed(self) -> Self:
        """The last lane first."""
        return __shuffle_by[_lanes[Int(Self.length)](Int(Self.length) - 1, -1, Int(Self.length))](self, self)

    @always_inline
    def rotate_left[shift: Int](self) -> Self:
        """Every lane moved `shift` places towards the first; those that leave come in at the end."""
        comptime assert (
            shift >= -Int(Self.length) and shift < Int(Self.length)
        ), "Constraint: -length <= shift < length"
        return __shuffle_by[_lanes[Int(Self.length)](shift, 1, Int(Self.length))](self, self)

    @always_inline
    def rotate_right[shift: Int](self) -> Self:
        """Every lane moved `shift` places towards the last; those that leave come in at the start."""
        comptime assert (
            shift >= -Int(Self.length) and shift < Int(Self.length)
        ), "Constraint: -length <= shift < length"
        return self.rotate_left[-shift % Int(Self.length)]()

    @always_inline
    def shift_left[shift: Int](self) -> Self:
        """Every lane moved `shift` places towards the first; zeros come in at the end."""
        comptime assert (
            shift >= 0 and shift <= Int(Self.length)
        ), "shift must be at least zero and at most the length of the vector"
        return __shuffle_by[_lanes[Int(Self.length)](shift, 1, 2 * Int(Self.length))](self, Self())

    @always_inline
    def shift_right[shift: Int](self) -> Self:
        """Every lane moved `shift` places towards the last; zeros come in at the start."""
        comptime assert (
            shift >= 0 and shift <= Int(Self.length)
        ), "shift must be at least zero and at most the length of the vector"
        return __shuffle_by[_lanes[Int(Self.length)](-shift, 1, 2 * Int(Self.length))](self, Self())

    # The result's type is spelled out where the element type is known, so that the checker need not compute it.

    @always_inline
    def to_bits(self) -> SIMD[DType.uint64, Self.length] where Self.dtype == DType.float64:
        """The bits of each lane as an unsigned integer."""
        return __bitcast[to_dtype=DType.uint64, to_width=Self.length](self)

    @always_inline
    def to_bits(self) -> SIMD[DType.uint32, Self.length] where Self.dtype == DType.float32:
        """The bits of each lane as an unsigned integer."""
        return __bitcast[to_dtype=DType.uint32, to_width=Self.length](self)

    @always_inline
    def to_bits(self) -> SIMD[DType.uint16, Self.length] where Self.dtype == DType.float16:
        """The bits of each lane as an unsigned integer."""
        return __bitcast[to_dtype=DType.uint16, to_width=Self.length](self)

    @always_inline
    def to_bits(self) -> SIMD[DType.uint16, Self.length] where Self.dtype == DType.bfloat16:
        """The bits of each lane as an unsigned integer."""
        return __bitcast[to_dtype=DType.uint16, to_width=Self.length](self)

    @always_inline
    def to_bits(self) -> SIMD[DType.uint64, Self.length] where Self.dtype == DType.int:
        """The bits of each lane as an unsigned integer."""
        return __bitcast[to_dtype=DType.uint64, to_width=Self.length](self)

    @always_inline
    def to_bits(self) -> SIMD[DType.uint64, Self.length] where Self.dtype == DType.int64:
        """The bits of each lane as an unsigned integer."""
        return __bitcast[to_dtype=DType.uint64, to_width=Self.length](self)

    @always_inline
    def to_bits(self) -> SIMD[DType.uint32, Self.length] where Self.dtype == DType.int32:
        """The bits of each lane as an unsigned integer."""
        return __bitcast[to_dtype=DType.uint32, to_width=Self.length](self)

    @always_inline
    def to_bits(self) -> SIMD[_unsigned_of(Self.dtype), Self.length]:
        """The bits of each lane as an unsigned integer."""
        return __bitcast[to_dtype=_unsigned_of(Self.dtype), to_width=Self.length](self)

    @always_inline
    def to_bits[bits: DType](self) -> SIMD[bits, Self.length]:
        """The bits of each lane as a lane of `bits`, which is as wide."""
        return __bitcast[to_dtype=bits, to_width=Self.length](self)

    def as_bytes(self) -> Array[UInt8, __size_of[Self]()]:
        """The bytes in memory order: the lowest first."""
        var result = Array[UInt8, __size_of[Self]()](fill=0)
        var source = Pointer(to=self).unsafe_bitcast[UInt8]()
        for i in range(__size_of[Self]()):
            result[i] = source.unsafe_offset(i)[]
        return result^

    @staticmethod
    def from_bytes(bytes: Array[UInt8, _]) -> Self:
        """The value that has these bytes in memory."""
        comptime assert bytes.length == __size_of[Self](), "as many bytes as the value takes are needed"
        var result = Self()
        var target = Pointer(to=result).unsafe_bitcast[UInt8]()
        for i in range(__size_of[Self]()):
            target.unsafe_offset(i)[] = bytes[i]
        return result

    @always_inline
    def __divmod__(self, denominator: Self) -> Tuple[Self, Self]:
        """The floored quotient and its remainder."""
        return (self // denominator, self % denominator)

    @always_inline
    def is_power_of_two(self) -> SIMD[DType.bool, Self.length]:
        """Whether exactly one bit is set, in positive lanes."""
        return self.gt(Self(0)) & (self & (self - Self(1))).eq(Self(0))

    # ---- functions

    def __contains__(self, value: Scalar[Self.dtype]) -> Bool:
        """Whether a lane has that value."""
        for i in range(Int(Self.length)):
            if self[i] == value:
                return True
        return False

    @__intrinsic("simd.abs")
    def __abs__(self) -> Self:
        ...

    @always_inline
    def __round__(self) -> Self:
        comptime if Self.dtype.is_floating_point():
            return __round_even(self)
        else:
            return self

    def __round__(self, ndigits: Int) -> Self:
        """Rounds to `ndigits` decimal places, half to even; a negative number of them cuts an integer to tens, hundreds and so on, toward the smaller."""
        comptime if Self.dtype.is_floating_point():
            var scale = Self(Scalar[Self.dtype](Float64(10) ** ndigits))
            return (self * scale).__round__() / scale
        else:
            if ndigits >= 0:
                return self
            var unit = Self(Scalar[Self.dtype](1))
            for _ in range(-ndigits):
                unit *= Self(Scalar[Self.dtype](10))
            return self - self % unit

    @always_inline
    def __floor__(self) -> Self:
        comptime if Self.dtype.is_floating_point():
            return __floor(self)
        else:
            return self

    @always_inline
    def __ceil__(self) -> Self:
        comptime if Self.dtype.is_floating_point():
            return __ceil(self)
        else:
            return self

    @always_inline
    def __trunc__(self) -> Self:
        comptime if Self.dtype.is_floating_point():
            return __trunc(self)
        else:
            return self

    # ---- text and hashing

    def write_padded[W: Writer](self, mut writer: W, width: Int) where Self.dtype.is_integral():
        """Writes an integer with spaces in front, so that it takes at least `width` places."""
        var text = String(self)
        for _ in range(width - text.byte_length()):
            writer.write_string(" ")
        writer.write_string(text)

    def write_to(self, mut writer: Some[Writer]):
        """Writes the text that `print` shows."""
        comptime if Int(Self.length) == 1:
            write_scalar(self[0], writer)
        else:
            writer.write_string("[")
            for i in range(Int(Self.length)):
                if i > 0:
                    writer.write_string(", ")
                write_scalar(self[i], writer)
            writer.write_string("]")

    def write_repr_to(self, mut writer: Some[Writer]):
        """Writes the text that `repr` shows."""
        comptime if Int(Self.length) == 1:
            writer.write_string(scalar_name(Self.dtype))
            writer.write_string("(")
            self.write_to(writer)
            writer.write_string(")")
        else:
            writer.write_string("SIMD[DType.")
            Self.dtype.write_to(writer)
            writer.write_string(", ")
            write_scalar(Int(Self.length), writer)
            writer.write_string("](")
            for i in range(Int(Self.length)):
                if i > 0:
                    writer.write_string(", ")
                write_scalar(self[i], writer)
            writer.write_string(")")

    def __hash__[H: Hasher](self, mut hasher: H):
        comptime if Self.dtype.is_floating_point():
            hasher._update_with_simd(self.to_bits())
        else:
            hasher._update_with_simd(self)


@__intrinsic("type.size_of")
def __size_of[T: AnyType]() -> Int:
    ...


@__intrinsic("control.is_compile_time")
def __is_compile_time() -> Bool:
    ...
