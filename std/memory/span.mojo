"""`Span`: a view of consecutive elements that somebody else owns."""
from std.builtin.assertion import _check_index


struct Span[mut: Bool, //, T: AnyType, origin: Origin[mut=mut]](TrivialRegisterPassable, Sized, Boolable):
    """Address and length of elements of type `T`."""

    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = _SpanIterator[Self.T, Self.origin]
    var _data: Pointer[Self.T, Self.origin]
    var _count: Int

    @always_inline
    def __init__(out self, *, ptr: Pointer[Self.T, Self.origin], length: Int):
        self._data = ptr
        self._count = length

    @always_inline
    @implicit
    def __init__(out self, ref[Self.origin] list: List[Self.T]) where conforms_to(Self.T, Movable & Deinitable):
        self._data = list._data.unsafe_origin_cast[Self.origin]()
        self._count = list._count

    @always_inline
    def __len__(self) -> Int:
        return self._count

    @always_inline
    def __bool__(self) -> Bool:
        return self._count > 0

    @always_inline
    @__call_location
    def __getitem__(self, index: Int) -> ref[Self.origin] Self.T:
        _check_index(index, self._count)
        return self._data.unsafe_offset(index)[]

    @always_inline
    def unsafe_ptr(self) -> Pointer[Self.T, Self.origin]:
        return self._data

    @always_inline
    def __iter__(ref self) -> _SpanIterator[Self.T, Self.origin]:
        return _SpanIterator[Self.T, Self.origin](self._data, self._count)


struct _SpanIterator[mut: Bool, //, T: AnyType, origin: Origin[mut=mut]](TrivialRegisterPassable, Iterator):
    comptime Element = Self.T
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


comptime MutSpan = Span[mut=True, ...]
comptime ImmSpan = Span[mut=False, ...]
