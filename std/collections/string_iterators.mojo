"""Iterators over text: code points, as values and as views, and the characters that a reader sees."""
from std.builtin.iteration import _BoundedIterator
from std.collections.codepoint import Codepoint, _decode, _sequence_length, _character_length
from std.collections.string_slice import StringSlice
from std.memory.pointer import Pointer


struct CodepointsIter[mut: Bool, //, origin: Origin[mut=mut]](TrivialRegisterPassable, _BoundedIterator, Iterable, Sized):
    """The code points of a text, first to last."""

    comptime Element = Codepoint
    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = Self
    var _data: Pointer[UInt8, Self.origin]
    var _left: Int

    @always_inline
    def __init__(out self, data: Pointer[UInt8, Self.origin], left: Int):
        self._data = data
        self._left = left

    @always_inline
    def __iter__(ref self) -> Self:
        return self

    @always_inline
    def __has_next__(self) -> Bool:
        return self._left > 0

    def __next__(mut self) -> Codepoint:
        var length = min(_sequence_length(self._data[]), self._left)
        var value = Codepoint(unsafe_unchecked_codepoint=_decode(self._data, length))
        self._data = self._data.unsafe_offset(length)
        self._left -= length
        return value

    def __len__(self) -> Int:
        """The number of code points that are left. Linear time."""
        return StringSlice[Self.origin](unsafe_from_utf8_ptr=self._data, length=self._left).count_codepoints()

    def next(mut self) -> Optional[Codepoint]:
        """The next code point, or nothing at the end."""
        if self._left > 0:
            return self.__next__()
        return None

    def peek_next(self) -> Optional[Codepoint]:
        """The next code point without going past it, or nothing at the end."""
        var ahead = self
        return ahead.next()


struct CodepointSliceIter[mut: Bool, //, origin: Origin[mut=mut]](TrivialRegisterPassable, _BoundedIterator, Iterable, Sized):
    """Views of the code points of a text, first to last."""

    comptime Element = StringSlice[Self.origin]
    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = Self
    var _data: Pointer[UInt8, Self.origin]
    var _left: Int

    @always_inline
    def __init__(out self, data: Pointer[UInt8, Self.origin], left: Int):
        self._data = data
        self._left = left

    @always_inline
    def __iter__(ref self) -> Self:
        return self

    @always_inline
    def __has_next__(self) -> Bool:
        return self._left > 0

    def __next__(mut self) -> StringSlice[Self.origin]:
        var length = min(_sequence_length(self._data[]), self._left)
        var value = StringSlice[Self.origin](unsafe_from_utf8_ptr=self._data, length=length)
        self._data = self._data.unsafe_offset(length)
        self._left -= length
        return value

    def __len__(self) -> Int:
        """The number of code points that are left. Linear time."""
        return StringSlice[Self.origin](unsafe_from_utf8_ptr=self._data, length=self._left).count_codepoints()

    def next(mut self) -> Optional[StringSlice[Self.origin]]:
        """The next code point, or nothing at the end."""
        if self._left > 0:
            return self.__next__()
        return None

    def peek_next(self) -> Optional[StringSlice[Self.origin]]:
        """The next code point without going past it, or nothing at the end."""
        var ahead = self
        return ahead.next()

    def next_back(mut self) -> Optional[StringSlice[Self.origin]]:
        """The last code point that is left, which is taken off the end; nothing when none is left."""
        if self._left == 0:
            return None
        var behind = _ReversedSliceIterator[Self.origin](self._data, self._left)
        var last = behind.__next__()
        self._left = behind._left
        return last

    def peek_back(self) -> Optional[StringSlice[Self.origin]]:
        """The last code point that is left, or nothing."""
        var behind = self
        return behind.next_back()


struct _ReversedSliceIterator[mut: Bool, //, origin: Origin[mut=mut]](TrivialRegisterPassable, _BoundedIterator, Iterable, Sized):
    """Views of the code points of a text, last to first."""

    comptime Element = StringSlice[Self.origin]
    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = Self
    var _data: Pointer[UInt8, Self.origin]
    var _left: Int

    @always_inline
    def __init__(out self, data: Pointer[UInt8, Self.origin], left: Int):
        self._data = data
        self._left = left

    @always_inline
    def __iter__(ref self) -> Self:
        return self

    @always_inline
    def __has_next__(self) -> Bool:
        return self._left > 0

    def __next__(mut self) -> StringSlice[Self.origin]:
        var start = self._left - 1
        while start > 0 and (self._data.unsafe_offset(start)[] & 0xC0) == 0x80:
            start -= 1
        var value = StringSlice[Self.origin](unsafe_from_utf8_ptr=self._data.unsafe_offset(start), length=self._left - start)
        self._left = start
        return value

    def __len__(self) -> Int:
        """The number of code points that are left. Linear time."""
        return StringSlice[Self.origin](unsafe_from_utf8_ptr=self._data, length=self._left).count_codepoints()

    def next(mut self) -> Optional[StringSlice[Self.origin]]:
        """The next code point, or nothing at the end."""
        if self._left > 0:
            return self.__next__()
        return None

    def peek_next(self) -> Optional[StringSlice[Self.origin]]:
        """The next code point without going past it, or nothing at the end."""
        var ahead = self
        return ahead.next()


struct GraphemeSliceIter[mut: Bool, //, origin: Origin[mut=mut]](TrivialRegisterPassable, _BoundedIterator, Iterable, Sized):
    """Views of the characters of a text, first to last."""

    comptime Element = StringSlice[Self.origin]
    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = Self
    var _data: Pointer[UInt8, Self.origin]
    var _left: Int

    @always_inline
    def __init__(out self, data: Pointer[UInt8, Self.origin], left: Int):
        self._data = data
        self._left = left

    @always_inline
    def __iter__(ref self) -> Self:
        return self

    @always_inline
    def __has_next__(self) -> Bool:
        return self._left > 0

    def __next__(mut self) -> StringSlice[Self.origin]:
        var length = _character_length(self._data, self._left)
        var value = StringSlice[Self.origin](unsafe_from_utf8_ptr=self._data, length=length)
        self._data = self._data.unsafe_offset(length)
        self._left -= length
        return value

    def __len__(self) -> Int:
        """The number of characters that are left. Linear time."""
        return StringSlice[Self.origin](unsafe_from_utf8_ptr=self._data, length=self._left).count_graphemes()

    @always_inline
    def remaining_byte_length(self) -> Int:
        """The bytes of the characters that are left."""
        return self._left

    def next(mut self) -> Optional[StringSlice[Self.origin]]:
        """The next character, or nothing at the end."""
        if self._left > 0:
            return self.__next__()
        return None

    def peek_next(self) -> Optional[StringSlice[Self.origin]]:
        """The next character without going past it, or nothing at the end."""
        var ahead = self
        return ahead.next()

    def next_back(mut self) -> Optional[StringSlice[Self.origin]]:
        """The last character that is left, which is taken off the end; nothing when none is left."""
        if self._left == 0:
            return None
        var behind = _ReversedGraphemeIterator[Self.origin](self._data, self._left)
        var last = behind.__next__()
        self._left = behind._left
        return last

    def peek_back(self) -> Optional[StringSlice[Self.origin]]:
        """The last character that is left, or nothing."""
        var behind = self
        return behind.next_back()


struct _ReversedGraphemeIterator[mut: Bool, //, origin: Origin[mut=mut]](TrivialRegisterPassable, _BoundedIterator, Iterable, Sized):
    """Clusters can only be found from the front, so a step goes back to a line's start, where one surely begins, and scans from there."""

    comptime Element = StringSlice[Self.origin]
    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = Self
    var _data: Pointer[UInt8, Self.origin]
    var _left: Int

    @always_inline
    def __init__(out self, data: Pointer[UInt8, Self.origin], left: Int):
        self._data = data
        self._left = left

    @always_inline
    def __iter__(ref self) -> Self:
        return self

    @always_inline
    def __has_next__(self) -> Bool:
        return self._left > 0

    def __next__(mut self) -> StringSlice[Self.origin]:
        var at = self._left - 1
        while at > 0 and self._data.unsafe_offset(at - 1)[] != 10:
            at -= 1
        var start = at
        while at < self._left:
            start = at
            at += _character_length(self._data.unsafe_offset(at), self._left - at)
        var value = StringSlice[Self.origin](unsafe_from_utf8_ptr=self._data.unsafe_offset(start), length=self._left - start)
        self._left = start
        return value

    def __len__(self) -> Int:
        """The number of characters that are left. Linear time."""
        return StringSlice[Self.origin](unsafe_from_utf8_ptr=self._data, length=self._left).count_graphemes()

    def next(mut self) -> Optional[StringSlice[Self.origin]]:
        """The next character, or nothing at the end."""
        if self._left > 0:
            return self.__next__()
        return None

    def peek_next(self) -> Optional[StringSlice[Self.origin]]:
        """The next character without going past it, or nothing at the end."""
        var ahead = self
        return ahead.next()


struct GraphemeIndicesIter[mut: Bool, //, origin: Origin[mut=mut]](TrivialRegisterPassable, _BoundedIterator, Iterable):
    """Pairs of a byte position and a character."""

    comptime Element = Tuple[Int, StringSlice[Self.origin]]
    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = Self
    var _data: Pointer[UInt8, Self.origin]
    var _at: Int
    var _length: Int

    @always_inline
    def __init__(out self, data: Pointer[UInt8, Self.origin], length: Int):
        self._data = data
        self._at = 0
        self._length = length

    @always_inline
    def __iter__(ref self) -> Self:
        return self

    @always_inline
    def __has_next__(self) -> Bool:
        return self._at < self._length

    def __next__(mut self) -> Tuple[Int, StringSlice[Self.origin]]:
        var at = self._at
        var data = self._data.unsafe_offset(at)
        var length = _character_length(data, self._length - at)
        self._at = at + length
        return (at, StringSlice[Self.origin](unsafe_from_utf8_ptr=data, length=length))


struct BytesIter[mut: Bool, //, origin: Origin[mut=mut]](TrivialRegisterPassable, _BoundedIterator, Iterable, Sized):
    """The bytes of a text, first to last."""

    comptime Element = Byte
    comptime IteratorType[m: Bool, //, o: Origin[mut=m]]: Iterator = Self
    var _data: Pointer[UInt8, Self.origin]
    var _left: Int

    @always_inline
    def __init__(out self, data: Pointer[UInt8, Self.origin], left: Int):
        self._data = data
        self._left = left

    @always_inline
    def __iter__(ref self) -> Self:
        return self

    @always_inline
    def __has_next__(self) -> Bool:
        return self._left > 0

    @always_inline
    def __next__(mut self) -> Byte:
        var value = self._data[]
        self._data = self._data.unsafe_offset(1)
        self._left -= 1
        return value

    @always_inline
    def __len__(self) -> Int:
        """The number of bytes that are left."""
        return self._left

    @always_inline
    def bounds(self) -> Tuple[Int, Optional[Int]]:
        """The least and the greatest number of steps that are left: the same."""
        return (self._left, Optional(self._left))
