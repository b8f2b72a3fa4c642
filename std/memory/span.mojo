"""`Span`: a view of consecutive elements that somebody else owns."""
from std.builtin.traits import _exactly
from std.builtin.assertion import _check_index
from std.builtin.iteration import _BoundedIterator, _ReversedIterator
from std.builtin.slice import ContiguousSlice, _check_slice
from std.format.writable import _write_type_name
from std.hash.hashable import Hasher
from std.memory.pointer import __null_pointer


@__builtin("span")
struct Span[mut: Bool, //, T: AnyType, origin: Origin[mut=mut]](
    TrivialRegisterPassable,
    Sized,
    Boolable,
    Iterable,
    Equatable where conforms_to(T, Equatable),
    Writable where conforms_to(T, Writable),
    Hashable where conforms_to(T, Hashable),
):
    """Address and length of elements of type `T`."""

    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = _SpanIterator[Self.T, Self.origin]
    var _data: Pointer[Self.T, Self.origin]
    var _count: Int

    # ---- construction

    @always_inline
    def __init__(out self):
        """No elements."""
        self._data = __null_pointer[Pointer[Self.T, Self.origin]]()
        self._count = 0

    @always_inline
    def __init__(out self, *, ptr: Pointer[Self.T, Self.origin], length: Int):
        self._data = ptr
        self._count = length

    @always_inline
    def __init__(out self, *, unsafe_ptr: Pointer[Self.T, Self.origin], length: Int):
        self._data = unsafe_ptr
        self._count = length

    @always_inline
    @implicit
    def __init__(out self, ref[Self.origin] list: List[Self.T]) where conforms_to(Self.T, Movable & Deinitable):
        self._data = list._data.unsafe_origin_cast[Self.origin]()
        self._count = list._count

    @always_inline
    @implicit
    def __init__[length: Int, //](
        out self, ref[Self.origin] array: Array[Self.T, length]
    ) where conforms_to(Self.T, Movable & Deinitable):
        self._data = array._place().unsafe_origin_cast[Self.origin]()
        self._count = length

    # ---- reading

    @always_inline
    def __len__(self) -> Int:
        return self._count

    @always_inline
    def __bool__(self) -> Bool:
        return self._count > 0

    @always_inline
    @__call_location
    def __getitem__(self, idx: Int) -> ref[Self.origin] Self.T:
        _check_index(idx, self._count)
        return self._data.unsafe_offset(idx)[]

    @always_inline
    @__call_location
    def __getitem__[I: Indexer, //](self, idx: I) -> ref[Self.origin] Self.T:
        var position = idx.__index__()
        _check_index(position, self._count)
        return self._data.unsafe_offset(position)[]

    @always_inline
    @__call_location
    def __getitem__(self, slc: ContiguousSlice) -> Self:
        """The part from `start` to `end`, exclusive."""
        var start = slc.lower()
        var end = slc.upper(self._count)
        _check_slice(start, end, self._count)
        return Self(ptr=self._data.unsafe_offset(start), length=end - start)

    @always_inline
    def unsafe_get(self, idx: Int) -> ref[Self.origin] Self.T:
        """An element, without looking whether it is there."""
        return self._data.unsafe_offset(idx)[]

    @always_inline
    def unsafe_subspan(self, *, offset: Int, length: Int) -> Self:
        """A part, without looking whether it is there."""
        return Self(ptr=self._data.unsafe_offset(offset), length=length)

    @always_inline
    def unsafe_ptr(self) -> Pointer[Self.T, Self.origin]:
        """A pointer to the first element; it is valid until the value is changed."""
        return self._data

    @always_inline
    def as_imm(self) -> Span[Self.T, ImmOrigin(Self.origin)]:
        """The same view, for reading only."""
        return Span[Self.T, ImmOrigin(Self.origin)](
            ptr=self._data.unsafe_origin_cast[ImmOrigin(Self.origin)](), length=self._count
        )

    def __contains__(self, value: Self.T) -> Bool where conforms_to(Self.T, Equatable):
        for i in range(self._count):
            if self._data.unsafe_offset(i)[] == value:
                return True
        return False

    @__holds_only
    def __eq__(self, other: Self) -> Bool where conforms_to(Self.T, Equatable):
        if self._count != other._count:
            return False
        for i in range(self._count):
            if self._data.unsafe_offset(i)[] != other._data.unsafe_offset(i)[]:
                return False
        return True

    @__holds_only
    def __eq__(self, other: Span[Self.T, _]) -> Bool where conforms_to(Self.T, Equatable):
        if self._count != other._count:
            return False
        for i in range(self._count):
            if self._data.unsafe_offset(i)[] != other._data.unsafe_offset(i)[]:
                return False
        return True

    @__holds_only
    def __ne__(self, other: Span[Self.T, _]) -> Bool where conforms_to(Self.T, Equatable):
        return not (self == other)

    def count[dtype: DType, F: def[w: SIMDLength](SIMD[dtype, w]) -> SIMD[DType.bool, w], //](
        self: Span[Scalar[dtype], _], func: F
    ) -> Int:
        """How many elements a test holds of."""
        var result = 0
        for i in range(self._count):
            if Bool(func[1](self._data.unsafe_offset(i)[])):
                result += 1
        return result

    def binary_search_by[func: def(Self.T) thin -> Int](self) -> Optional[Int]:
        """The position of an element for which `func` is 0; the elements must be sorted so that `func` ascends."""
        return self.binary_search_by(func)

    def binary_search_by[F: def(Self.T) -> Int, //](self, func: F) -> Optional[Int]:
        """The position of an element for which `func` is 0; the elements must be sorted so that `func` ascends."""
        var low = 0
        var high = self._count
        while low < high:
            var middle = low + (high - low) // 2
            var sign = func(self._data.unsafe_offset(middle)[])
            if sign == 0:
                return Optional[Int](middle)
            if sign < 0:
                low = middle + 1
            else:
                high = middle
        return Optional[Int]()

    # ---- writing

    @always_inline
    def _place(self, index: Int) -> Pointer[Self.T, MutUntrackedOrigin]:
        return self._data.unsafe_offset(index).unsafe_origin_cast[MutUntrackedOrigin]()

    def fill(self, value: Self.T) where Self.mut and conforms_to(Self.T, Copyable & Deinitable):
        """Sets every element to copies of one value."""
        for i in range(self._count):
            self._place(i)[] = value.copy()

    def copy_from(self, other: Span[Self.T, _]) where Self.mut and conforms_to(Self.T, Copyable & Deinitable):
        """Sets the elements to copies of those of another span of the same length."""
        for i in range(self._count):
            self._place(i)[] = other._data.unsafe_offset(i)[].copy()

    @__call_location
    def swap_elements(self, a: Int, b: Int) where Self.mut and conforms_to(Self.T, Movable):
        """Exchanges two elements."""
        _check_index(a, self._count)
        _check_index(b, self._count)
        if a != b:
            var saved = self._place(a).unsafe_take_pointee()
            self._place(a).unsafe_write_move_from(self._place(b))
            self._place(b).unsafe_write(saved^)

    @always_inline
    def unsafe_swap_elements(self, a: Int, b: Int) where Self.mut and conforms_to(Self.T, Movable):
        """Exchanges two elements, without looking whether they are there."""
        var saved = self._place(a).unsafe_take_pointee()
        self._place(a).unsafe_write_move_from(self._place(b))
        self._place(b).unsafe_write(saved^)

    def reverse(self) where Self.mut and conforms_to(Self.T, Movable):
        """Turns the order round."""
        var low = 0
        var high = self._count - 1
        while low < high:
            var saved = self._place(low).unsafe_take_pointee()
            self._place(low).unsafe_write_move_from(self._place(high))
            self._place(high).unsafe_write(saved^)
            low += 1
            high -= 1

    def apply[dtype: DType, F: def[w: SIMDLength](SIMD[dtype, w]) -> SIMD[dtype, w], //](
        self: Span[mut=True, Scalar[dtype], _], func: F
    ):
        """Replaces every element by what a function makes of it."""
        for i in range(self._count):
            self._place(i)[] = func[1](self._data.unsafe_offset(i)[])

    def apply[
        dtype: DType, F: def[w: SIMDLength](SIMD[dtype, w]) -> SIMD[dtype, w], C: def[w: SIMDLength](SIMD[dtype, w]) -> SIMD[DType.bool, w], //
    ](self: Span[mut=True, Scalar[dtype], _], func: F, *, cond: C):
        """Replaces every element that a test holds of by what a function makes of it."""
        for i in range(self._count):
            if Bool(cond[1](self._data.unsafe_offset(i)[])):
                self._place(i)[] = func[1](self._data.unsafe_offset(i)[])

    # ---- iteration and text

    @always_inline
    def __iter__(ref self) -> _SpanIterator[Self.T, Self.origin]:
        return _SpanIterator[Self.T, Self.origin](self._data, self._count)

    @always_inline
    def __reversed__(self) -> _ReversedIterator[Self.T, Self.origin]:
        return _ReversedIterator[Self.T, Self.origin](self._data, self._count)

    def write_to(self, mut writer: Some[Writer]) where conforms_to(Self.T, Writable):
        """Writes the text that `print` shows."""
        writer.write_string("[")
        for i in range(self._count):
            if i > 0:
                writer.write_string(", ")
            self._data.unsafe_offset(i)[].write_to(writer)
        writer.write_string("]")

    def write_repr_to(self, mut writer: Some[Writer]) where conforms_to(Self.T, Writable):
        """Writes the text that `repr` gives."""
        writer.write_string("Span[mut=")
        Self.mut.write_to(writer)
        writer.write_string(", ")
        _write_type_name[Self.T](writer)
        writer.write_string("]([")
        for i in range(self._count):
            if i > 0:
                writer.write_string(", ")
            self._data.unsafe_offset(i)[].write_repr_to(writer)
        writer.write_string("])")

    def __hash__[H: Hasher](self, mut hasher: H) where conforms_to(Self.T, Hashable):
        for i in range(self._count):
            self._data.unsafe_offset(i)[].__hash__(hasher)


struct _SpanIterator[mut: Bool, //, T: AnyType, origin: Origin[mut=mut]](TrivialRegisterPassable, _BoundedIterator, Iterable):
    comptime Element = Self.T
    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = Self
    var _data: Pointer[Self.T, Self.origin]
    var _left: Int

    @always_inline
    def __init__(out self, data: Pointer[Self.T, Self.origin], left: Int):
        self._data = data
        self._left = left

    @always_inline
    def __iter__(ref self) -> Self:
        return self

    @always_inline
    def __has_next__(self) -> Bool:
        return self._left > 0

    @always_inline
    def __next__(mut self) -> ref[Self.origin] Self.T:
        var current = self._data
        self._data = current.unsafe_offset(1)
        self._left = self._left - 1
        return current[]

    def bounds(self) -> Tuple[Int, Optional[Int]]:
        return _exactly(self._left)


comptime MutSpan = Span[mut=True, ...]
comptime ImmSpan = Span[mut=False, ...]
