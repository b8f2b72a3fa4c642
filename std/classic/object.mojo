"""`object`: a value whose type is known at run time only. It is the type of arguments without one in a classic `def`, and of what such a
`def` returns. It holds None, a truth value, a number, a text, a list, a function of up to three objects, or named attributes; lists and
attributes are shared by all copies. Operations on values that they are not made for raise an error."""
from std.memory.arc_pointer import ArcPointer

comptime _Unary = def(object) raises thin -> object
comptime _Binary = def(object, object) raises thin -> object
comptime _Ternary = def(object, object, object) raises thin -> object

comptime _NONE = 0
comptime _BOOL = 1
comptime _INT = 2
comptime _FLOAT = 3
comptime _TEXT = 4
comptime _LIST = 5
comptime _ATTRIBUTES = 6
comptime _FUNCTION = 7


@fieldwise_init
struct Attr(Copyable, Deinitable):
    """A named attribute, for the initializer of `object`."""

    var key: String
    var value: object

    def __init__(out self, key: StringLiteral, value: object):
        self.key = String(key)
        self.value = value


struct _Items(Movable, Deinitable):
    """What the copies of a list, or of an object with attributes, share."""

    var values: List[object]
    var keys: List[String]

    def __init__(out self):
        self.values = []
        self.keys = []


struct object(ImplicitlyCopyable, Movable, Deinitable, Defaultable, Boolable, Indexer, Sized, Writable):
    """A value of any of the kinds above."""

    var _kind: Int
    var _int: Int
    var _float: Float64
    var _text: String
    var _items: Optional[ArcPointer[_Items]]
    var _functions: Tuple[Optional[_Unary], Optional[_Binary], Optional[_Ternary]]

    # ---- construction

    def __init__(out self):
        """None."""
        self = Self(kind=_NONE)

    def __init__(out self, *, kind: Int):
        self._kind = kind
        self._int = 0
        self._float = 0
        self._text = String()
        self._items = None
        self._functions = (Optional[_Unary](None), Optional[_Binary](None), Optional[_Ternary](None))

    @implicit
    def __init__(out self, none: NoneType):
        self = Self(kind=_NONE)

    @implicit
    def __init__(out self, value: Bool):
        self = Self(kind=_BOOL)
        self._int = 1 if value else 0

    @implicit
    def __init__[dtype: DType, //](out self, value: Scalar[dtype]):
        comptime if dtype.is_floating_point():
            self = Self(kind=_FLOAT)
            self._float = value.cast[DType.float64]()
        else:
            self = Self(kind=_BOOL if dtype == DType.bool else _INT)
            self._int = value.cast[DType.int]()

    @implicit
    def __init__(out self, value: IntLiteral):
        self = Self(Int(value))

    @implicit
    def __init__(out self, value: FloatLiteral):
        self = Self(Float64(value))

    @implicit
    def __init__(out self, value: StringLiteral):
        self = Self(String(value))

    @implicit
    def __init__(out self, value: String):
        self = Self(kind=_TEXT)
        self._text = value

    @implicit
    def __init__(out self, value: StringSlice[_]):
        self = Self(String(value))

    @implicit
    def __init__(out self, var values: List[object]):
        self = Self(kind=_LIST)
        var items = _Items()
        items.values = values^
        self._items = ArcPointer(items^)

    def __init__(out self, *values: object, __list_literal__: NoneType):
        """A list of values of any kinds."""
        var list = List[object](capacity=len(values))
        for i in range(len(values)):
            list.append(values[i])
        self = Self(list^)

    @implicit
    def __init__(out self, function: _Unary):
        self = Self(kind=_FUNCTION)
        self._functions[0] = function

    @implicit
    def __init__(out self, function: _Binary):
        self = Self(kind=_FUNCTION)
        self._functions[1] = function

    @implicit
    def __init__(out self, function: _Ternary):
        self = Self(kind=_FUNCTION)
        self._functions[2] = function

    def __init__(out self, *attributes: Attr):
        """An object with these attributes; others cannot be added."""
        self = Self(kind=_ATTRIBUTES)
        var items = _Items()
        for i in range(len(attributes)):
            items.keys.append(attributes[i].key)
            items.values.append(attributes[i].value)
        self._items = ArcPointer(items^)

    # ---- conversion

    def __bool__(self) -> Bool:
        if self._kind == _FLOAT:
            return self._float != 0
        if self._kind == _TEXT:
            return self._text.byte_length() > 0
        if self._kind == _LIST:
            return self.__len__() > 0
        return self._int != 0 or self._kind >= _ATTRIBUTES

    def __int__(self) -> Int:
        return Int(self._float) if self._kind == _FLOAT else self._int

    def __index__(self) -> Int:
        return self.__int__()

    def __float__(self) -> Float64:
        return self._float if self._kind == _FLOAT else Float64(self._int)

    def __len__(self) -> Int:
        """Elements of a list, bytes of a text; 0 for anything else."""
        if self._kind == _TEXT:
            return self._text.byte_length()
        return len(self._items.value()[].values) if self._items else 0

    def write_to(self, mut writer: Some[Writer]):
        """Writes the text that `print` shows; texts stand in quotes."""
        if self._kind == _NONE:
            writer.write_string("None")
        elif self._kind == _BOOL:
            writer.write(self._int != 0)
        elif self._kind == _INT:
            writer.write(self._int)
        elif self._kind == _FLOAT:
            writer.write(self._float)
        elif self._kind == _TEXT:
            writer.write("'", self._text, "'")
        elif self._kind == _FUNCTION:
            writer.write_string("function")
        else:
            self._write_items(writer)

    def _write_items(self, mut writer: Some[Writer]):
        ref items = self._items.value()[]
        writer.write_string("[" if self._kind == _LIST else "{")
        for i in range(len(items.values)):
            if i > 0:
                writer.write_string(", ")
            if self._kind == _ATTRIBUTES:
                writer.write("'", items.keys[i], "' = ")
            # Not the generic `write`: the instance of this function would contain itself.
            writer.write_string(items.values[i].__str__())
        writer.write_string("]" if self._kind == _LIST else "}")

    def __str__(self) -> String:
        """The text that `print` shows."""
        var text = String()
        self.write_to(text)
        return text^

    # ---- arithmetic

    def _is_number(self) -> Bool:
        return self._kind >= _BOOL and self._kind <= _FLOAT

    def _check_numbers(self, other: Self) raises:
        if not (self._is_number() and other._is_number()):
            raise Error("TypeError: not a valid arithmetic type")

    def _is_float_with(self, other: Self) -> Bool:
        return self._kind == _FLOAT or other._kind == _FLOAT

    def _check_integers(self, other: Self) raises:
        self._check_numbers(other)
        if self._is_float_with(other):
            raise Error("TypeError: not a valid integral type")

    def __add__(self, other: Self) raises -> Self:
        """The sum of numbers; texts and lists are joined."""
        if self._kind == _TEXT and other._kind == _TEXT:
            return Self(self._text + other._text)
        if self._kind == _LIST and other._kind == _LIST:
            var joined = self._items.value()[].values.copy()
            for ref value in other._items.value()[].values:
                joined.append(value)
            return Self(joined^)
        self._check_numbers(other)
        if self._is_float_with(other):
            return Self(self.__float__() + other.__float__())
        return Self(self._int + other._int)

    def __sub__(self, other: Self) raises -> Self:
        self._check_numbers(other)
        if self._is_float_with(other):
            return Self(self.__float__() - other.__float__())
        return Self(self._int - other._int)

    def __mul__(self, other: Self) raises -> Self:
        self._check_numbers(other)
        if self._is_float_with(other):
            return Self(self.__float__() * other.__float__())
        return Self(self._int * other._int)

    def __truediv__(self, other: Self) raises -> Self:
        self._check_numbers(other)
        return Self(self.__float__() / other.__float__())

    def __floordiv__(self, other: Self) raises -> Self:
        self._check_numbers(other)
        if self._is_float_with(other):
            return Self(self.__float__() // other.__float__())
        return Self(self._int // other._int)

    def __mod__(self, other: Self) raises -> Self:
        self._check_numbers(other)
        if self._is_float_with(other):
            return Self(self.__float__() % other.__float__())
        return Self(self._int % other._int)

    def __pow__(self, other: Self) raises -> Self:
        self._check_numbers(other)
        if self._is_float_with(other):
            return Self(self.__float__() ** other.__float__())
        return Self(self._int**other._int)

    def __and__(self, other: Self) raises -> Self:
        self._check_integers(other)
        return Self(self._int & other._int)

    def __or__(self, other: Self) raises -> Self:
        self._check_integers(other)
        return Self(self._int | other._int)

    def __xor__(self, other: Self) raises -> Self:
        self._check_integers(other)
        return Self(self._int ^ other._int)

    def __lshift__(self, other: Self) raises -> Self:
        self._check_integers(other)
        return Self(self._int << other._int)

    def __rshift__(self, other: Self) raises -> Self:
        self._check_integers(other)
        return Self(self._int >> other._int)

    def __neg__(self) raises -> Self:
        return Self(0) - self

    def __invert__(self) raises -> Self:
        self._check_integers(self)
        return Self(~self._int)

    def __radd__(self, other: Self) raises -> Self:
        return other + self

    def __rsub__(self, other: Self) raises -> Self:
        return other - self

    def __rmul__(self, other: Self) raises -> Self:
        return other * self

    def __rtruediv__(self, other: Self) raises -> Self:
        return other / self

    def __rfloordiv__(self, other: Self) raises -> Self:
        return other // self

    def __rmod__(self, other: Self) raises -> Self:
        return other % self

    def __rpow__(self, other: Self) raises -> Self:
        return other**self

    def __iadd__(mut self, other: Self) raises:
        self = self + other

    def __isub__(mut self, other: Self) raises:
        self = self - other

    def __imul__(mut self, other: Self) raises:
        self = self * other

    def __itruediv__(mut self, other: Self) raises:
        self = self / other

    def __ifloordiv__(mut self, other: Self) raises:
        self = self // other

    def __imod__(mut self, other: Self) raises:
        self = self % other

    def __ipow__(mut self, other: Self) raises:
        self = self**other

    # ---- comparison

    def _order(self, other: Self) raises -> Int:
        """-1, 0 or 1; numbers compare with numbers, texts with texts."""
        if self._kind == _TEXT and other._kind == _TEXT:
            return -1 if self._text < other._text else (1 if self._text > other._text else 0)
        if not (self._is_number() and other._is_number()):
            raise Error("TypeError: not a valid comparison type")
        if self._is_float_with(other):
            var a = self.__float__()
            var b = other.__float__()
            return -1 if a < b else (1 if a > b else 0)
        return -1 if self._int < other._int else (1 if self._int > other._int else 0)

    def __lt__(self, other: Self) raises -> Self:
        return Self(self._order(other) < 0)

    def __le__(self, other: Self) raises -> Self:
        return Self(self._order(other) <= 0)

    def __gt__(self, other: Self) raises -> Self:
        return Self(self._order(other) > 0)

    def __ge__(self, other: Self) raises -> Self:
        return Self(self._order(other) >= 0)

    def __eq__(self, other: Self) raises -> Self:
        return Self(self._order(other) == 0)

    def __ne__(self, other: Self) raises -> Self:
        return Self(self._order(other) != 0)

    # ---- lists, attributes, functions

    def append(self, value: Self) raises:
        """Adds an element to the end of a list."""
        if self._kind != _LIST:
            raise Error("TypeError: can only append to lists")
        self._items.value()[].values.append(value)

    def _element(self, index: Self) raises -> Int:
        if self._kind != _LIST and self._kind != _TEXT:
            raise Error("TypeError: can only index into lists and strings")
        var i = index.__int__()
        if i < 0:
            i += self.__len__()
        if i < 0 or i >= self.__len__():
            raise Error("IndexError: index out of range")
        return i

    def __getitem__(self, index: Self) raises -> Self:
        """An element, or a character of a text; with an attribute `__getitem__`, the result of that function."""
        if self._kind == _ATTRIBUTES:
            return self.__getattr__("__getitem__")(self, index)
        var i = self._element(index)
        if self._kind == _TEXT:
            return Self(String(self._text[byte=i]))
        return self._items.value()[].values[i]

    def __getitem__(self, i: Self, j: Self) raises -> Self:
        return self[i][j]

    def __setitem__(self, index: Self, value: Self) raises:
        if self._kind == _ATTRIBUTES:
            _ = self.__getattr__("__setitem__")(self, index, value)
            return
        var i = self._element(index)
        if self._kind == _TEXT:
            raise Error("TypeError: 'str' object does not support item assignment")
        self._items.value()[].values[i] = value

    def __setitem__(self, i: Self, j: Self, value: Self) raises:
        self[i][j] = value

    def _attribute(self, name: StringSlice[_]) raises -> Int:
        if self._kind == _ATTRIBUTES:
            ref keys = self._items.value()[].keys
            for i in range(len(keys)):
                if keys[i] == name:
                    return i
        raise Error("AttributeError: Object does not have an attribute of name '", name, "'")

    def __getattr__(self, name: StringSlice[_]) raises -> Self:
        """The value of an attribute."""
        return self._items.value()[].values[self._attribute(name)]

    def __setattr__(self, name: StringSlice[_], value: Self) raises:
        """Changes an attribute that the object was made with."""
        self._items.value()[].values[self._attribute(name)] = value

    def __call__(self, a: Self) raises -> Self:
        if self._kind != _FUNCTION or not self._functions[0]:
            raise Error("TypeError: not a function of one argument")
        return self._functions[0].value()(a)

    def __call__(self, a: Self, b: Self) raises -> Self:
        if self._kind != _FUNCTION or not self._functions[1]:
            raise Error("TypeError: not a function of two arguments")
        return self._functions[1].value()(a, b)

    def __call__(self, a: Self, b: Self, c: Self) raises -> Self:
        if self._kind != _FUNCTION or not self._functions[2]:
            raise Error("TypeError: not a function of three arguments")
        return self._functions[2].value()(a, b, c)


__extension SIMD:
    @implicit
    def __init__(out self, value: object):
        """The number in an object; 0 where it holds none."""
        comptime if Self.dtype.is_floating_point():
            self = Self(value.__float__().cast[Self.dtype]())
        else:
            self = Self(value.__int__().cast[Self.dtype]())
