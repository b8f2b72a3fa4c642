"""`PythonObject`: a reference to an object of Python. Everything it does, Python does, so almost everything may raise."""
from std.atomic.sharing import NotShared
from std.builtin.slice import ContiguousSlice, StridedSlice
from std.builtin.traits import SizedRaising, _PythonValue
from std.memory.memory import stack_allocation
from std.memory.pointer import __pointer_to_int
from std.python._cpython import (
    __slot, _py, _start, _abort, _increment, _decrement, _text_object, _name_object, _text_of, _pending_error, _checked, _checked_status,
)
from std.python._wrappers import _put, _value


trait ConvertibleToPython:
    """A type whose values can become Python objects."""

    def to_python_object(var self) raises -> PythonObject:
        """The value as a Python object."""
        ...


trait ConvertibleFromPython:
    """A type whose values can be made from Python objects."""

    def __init__(out self, *, py: PythonObject) raises:
        ...


def _none() -> Int:
    """A new reference to None."""
    return _py["Py_BuildValue", Int]("".unsafe_ptr())


def _int_object(value: Int) -> Int:
    return _py["PyLong_FromSsize_t", Int](value)


def _optional_int(value: Optional[Int]) -> Int:
    return _int_object(value.value()) if value else _none()


def _slice_object(start: Optional[Int], end: Optional[Int], step: Int) -> Int:
    """A new `slice`; `step` is an object whose reference is taken over."""
    var first = _optional_int(start)
    var last = _optional_int(end)
    var object = _py["PySlice_New", Int](first, last, step)
    _decrement(first)
    _decrement(last)
    _decrement(step)
    return object


struct PythonObject(
    ImplicitlyCopyable, Movable, Deinitable, Defaultable, Boolable, SizedRaising, Writable, ConvertibleToPython, _PythonValue, NotShared
):
    """A counted reference to a Python object."""

    var _address: Int

    # ---- construction

    def __init__(out self):
        """None."""
        self._address = _none()

    @always_inline
    def __init__(out self, *, from_owned: Int):
        """Takes over a reference that the caller holds."""
        self._address = from_owned

    def __init__(out self, *, from_borrowed: Int):
        """Takes a reference of its own."""
        _increment(from_borrowed)
        self._address = from_borrowed

    def __init__(out self, *, copy: Self):
        _increment(copy._address)
        self._address = copy._address

    def __deinit__(deinit self):
        _decrement(self._address)

    @implicit
    def __init__(out self, none: NoneType):
        self._address = _none()

    @implicit
    def __init__(out self, value: Bool):
        self._address = _py["PyBool_FromLong", Int](value.__int__())

    @implicit
    def __init__[dtype: DType, //](out self, value: Scalar[dtype]):
        comptime if dtype == DType.bool:
            self._address = _py["PyBool_FromLong", Int](Int(value.cast[DType.int]()))
        elif dtype.is_floating_point():
            self._address = _py["PyFloat_FromDouble", Int](value.cast[DType.float64]())
        elif dtype.is_unsigned():
            self._address = _py["PyLong_FromUnsignedLongLong", Int](value.cast[DType.uint64]())
        else:
            self._address = _py["PyLong_FromLongLong", Int](value.cast[DType.int64]())

    @implicit
    def __init__(out self, text: String):
        self._address = _text_object(text._view())

    @implicit
    def __init__(out self, text: StringSlice[_]):
        self._address = _text_object(text)

    @implicit
    def __init__(out self, value: ContiguousSlice):
        self._address = _slice_object(value.start, value.end, _none())

    @implicit
    def __init__(out self, value: StridedSlice):
        self._address = _slice_object(value.start, value.end, _int_object(value.step))

    @implicit
    def __init__(out self, value: Slice):
        self._address = _slice_object(value.start, value.end, _optional_int(value.step))

    def __init__(out self, *values: PythonObject, __list_literal__: NoneType) raises:
        """A new list."""
        self._address = _new_list(values)

    def __init__(out self, *values: PythonObject, __set_literal__: NoneType) raises:
        """A new set."""
        var list = _new_list(values)
        var object = _py["PySet_New", Int](list)
        _decrement(list)
        self._address = _checked(object)

    def __init__(out self, var keys: List[PythonObject], var values: List[PythonObject], __dict_literal__: NoneType) raises:
        """A new dictionary."""
        self._address = _checked(_py["PyDict_New", Int]())
        for i in range(len(keys)):
            self.__setitem__(keys[i], values[i])

    @implicit
    def __init__[T: ConvertibleToPython & Movable](out self, var value: T) raises:
        """What the value makes of itself."""
        self = value^.to_python_object()

    def __init__[T: Movable & Deinitable](out self, *, var alloc: T) raises:
        """A Python object that holds a Mojo value, of the type that was registered for it (`PythonModuleBuilder.add_type`)."""
        var type = _registered_type(String(reflect[T].name()))
        if not type:
            raise Error("No Python type object registered for Mojo type with name: ", reflect[T].name())
        self._address = _checked(_py["PyType_GenericAlloc", Int](type.value()._address, Int(0)))
        _put(self._address, alloc^)

    def downcast_value_ptr[T: Movable & Deinitable](self) raises -> Pointer[T, MutUntrackedOrigin]:
        """The Mojo value that the object holds; an error if it holds none of this type."""
        var type = _registered_type(String(reflect[T].name()))
        var own = PythonObject(from_owned=_checked(_py["PyObject_Type", Int](self._address)))
        if not type or type.value()._address != own._address:
            raise Error(
                "TypeError: expected Mojo '", reflect[T].name(), "' type value, got '", own.__getattr__("__name__"), "'"
            )
        return _value[T](self._address)

    def unchecked_downcast_value_ptr[T: Movable & Deinitable](self) -> Pointer[T, MutUntrackedOrigin]:
        """The Mojo value of an object that is known to hold one of this type."""
        return _value[T](self._address)

    def to_python_object(var self) raises -> PythonObject:
        """The value as a Python object."""
        return self^

    def unsafe_address(self) -> Int:
        """The address of the object, which the reference keeps alive."""
        return self._address

    # ---- attributes, calls

    def __getattr__(self, name: StringSlice[_]) raises -> PythonObject:
        var key = _name_object(name)
        var found = _py["PyObject_GetAttr", Int](self._address, key)
        _decrement(key)
        return PythonObject(from_owned=_checked(found))

    def __setattr__(self, name: StringSlice[_], value: PythonObject) raises:
        var key = _name_object(name)
        var status = _py["PyObject_SetAttr", Int32](self._address, key, value._address)
        _decrement(key)
        _checked_status(status)

    def __call__(self, *args: PythonObject, var **kwargs: PythonObject) raises -> PythonObject:
        var positional = _new_tuple(args)
        var keywords = 0
        if len(kwargs) > 0:
            keywords = _py["PyDict_New", Int]()
            for ref entry in kwargs.items():
                var key = _name_object(entry.key)
                _ = _py["PyDict_SetItem", Int32](keywords, key, entry.value._address)
                _decrement(key)
        var result = _py["PyObject_Call", Int](self._address, positional, keywords)
        _decrement(positional)
        _decrement(keywords)
        return PythonObject(from_owned=_checked(result))

    # ---- elements

    def __getitem__(self, *args: PythonObject) raises -> PythonObject:
        if len(args) == 1:
            return PythonObject(from_owned=_checked(_py["PyObject_GetItem", Int](self._address, args[0]._address)))
        var key = _new_tuple(args)
        var result = _py["PyObject_GetItem", Int](self._address, key)
        _decrement(key)
        return PythonObject(from_owned=_checked(result))

    def __setitem__(self, key: PythonObject, value: PythonObject) raises:
        _checked_status(_py["PyObject_SetItem", Int32](self._address, key._address, value._address))

    def __setitem__(self, first: PythonObject, second: PythonObject, value: PythonObject) raises:
        self.__setitem__(_key(first, second), value)

    def __setitem__(self, first: PythonObject, second: PythonObject, third: PythonObject, value: PythonObject) raises:
        self.__setitem__(_key(first, second, third), value)

    def __contains__(self, value: PythonObject) raises -> Bool:
        var found = _py["PySequence_Contains", Int32](self._address, value._address)
        _checked_status(found)
        return found == 1

    def __len__(self) raises -> Int:
        var length = _py["PyObject_Size", Int](self._address)
        if length == -1:
            raise _pending_error()
        return length

    def __iter__(self) raises -> _PythonIterator:
        return _PythonIterator(PythonObject(from_owned=_checked(_py["PyObject_GetIter", Int](self._address))))

    # ---- identity, truth, text

    def __is__(self, other: PythonObject) -> Bool:
        return self._address == other._address

    def __isnot__(self, other: PythonObject) -> Bool:
        return self._address != other._address

    def __bool__(self) -> Bool:
        var truth = _py["PyObject_IsTrue", Int32](self._address)
        if truth == -1:
            _abort(String(_pending_error()))
        return truth == 1

    def __hash__(self) raises -> Int:
        var result = _py["PyObject_Hash", Int](self._address)
        if result == -1:
            raise _pending_error()
        return result

    def write_to(self, mut writer: Some[Writer]):
        """Writes the text that `print` shows."""
        var text = _py["PyObject_Str", Int](self._address)
        if text == 0:
            _abort(String(_pending_error()))
        writer.write_string(_text_of(text))
        _decrement(text)

    def write_repr_to(self, mut writer: Some[Writer]):
        """Writes the text that `repr` shows."""
        var text = _py["PyObject_Repr", Int](self._address)
        if text == 0:
            _abort(String(_pending_error()))
        writer.write_string("PythonObject(")
        writer.write_string(_text_of(text))
        _decrement(text)
        writer.write_string(")")

    # ---- to values of Mojo: `Int(py=o)` and the like

    def _to_int(self) raises -> Int:
        var number = _checked(_py["PyNumber_Long", Int](self._address))
        var value = _py["PyLong_AsSsize_t", Int](number)
        _decrement(number)
        if value == -1 and _py["PyErr_Occurred", Int]() != 0:
            raise _pending_error()
        return value

    def _to_unsigned(self) raises -> UInt64:
        var number = _checked(_py["PyNumber_Long", Int](self._address))
        var value = _py["PyLong_AsSize_t", UInt64](number)
        _decrement(number)
        if value == UInt64.MAX and _py["PyErr_Occurred", Int]() != 0:
            raise _pending_error()
        return value

    def _to_float(self) raises -> Float64:
        var value = _py["PyFloat_AsDouble", Float64](self._address)
        if value == -1.0 and _py["PyErr_Occurred", Int]() != 0:
            raise _pending_error()
        return value

    def _to_bool(self) raises -> Bool:
        var truth = _py["PyObject_IsTrue", Int32](self._address)
        _checked_status(truth)
        return truth == 1

    def _to_string(self) raises -> String:
        var text = _checked(_py["PyObject_Str", Int](self._address))
        var result = _text_of(text)
        _decrement(text)
        return result^

    def to_float64(self) raises -> Float64:
        """The number that the object is (classic name)."""
        return self._to_float()

    # ---- comparison: the result is whatever Python answers

    def __lt__(self, other: PythonObject) raises -> PythonObject:
        return self._compare(other, 0)

    def __le__(self, other: PythonObject) raises -> PythonObject:
        return self._compare(other, 1)

    def __eq__(self, other: PythonObject) raises -> PythonObject:
        return self._compare(other, 2)

    def __ne__(self, other: PythonObject) raises -> PythonObject:
        return self._compare(other, 3)

    def __gt__(self, other: PythonObject) raises -> PythonObject:
        return self._compare(other, 4)

    def __ge__(self, other: PythonObject) raises -> PythonObject:
        return self._compare(other, 5)

    @always_inline
    def _compare(self, other: PythonObject, operator: Int32) raises -> PythonObject:
        return PythonObject(from_owned=_checked(_py["PyObject_RichCompare", Int](self._address, other._address, operator)))

    # ---- operators

    def __neg__(self) raises -> PythonObject:
        return PythonObject(from_owned=_checked(_py["PyNumber_Negative", Int](self._address)))

    def __pos__(self) raises -> PythonObject:
        return PythonObject(from_owned=_checked(_py["PyNumber_Positive", Int](self._address)))

    def __invert__(self) raises -> PythonObject:
        return PythonObject(from_owned=_checked(_py["PyNumber_Invert", Int](self._address)))

    def __abs__(self) raises -> PythonObject:
        return PythonObject(from_owned=_checked(_py["PyNumber_Absolute", Int](self._address)))

    def __add__(self, other: PythonObject) raises -> PythonObject:
        return PythonObject(from_owned=_checked(_py["PyNumber_Add", Int](self._address, other._address)))

    def __radd__(self, other: PythonObject) raises -> PythonObject:
        return PythonObject(from_owned=_checked(_py["PyNumber_Add", Int](other._address, self._address)))

    def __iadd__(mut self, other: PythonObject) raises:
        self = PythonObject(from_owned=_checked(_py["PyNumber_InPlaceAdd", Int](self._address, other._address)))

    def __sub__(self, other: PythonObject) raises -> PythonObject:
        return PythonObject(from_owned=_checked(_py["PyNumber_Subtract", Int](self._address, other._address)))

    def __rsub__(self, other: PythonObject) raises -> PythonObject:
        return PythonObject(from_owned=_checked(_py["PyNumber_Subtract", Int](other._address, self._address)))

    def __isub__(mut self, other: PythonObject) raises:
        self = PythonObject(from_owned=_checked(_py["PyNumber_InPlaceSubtract", Int](self._address, other._address)))

    def __mul__(self, other: PythonObject) raises -> PythonObject:
        return PythonObject(from_owned=_checked(_py["PyNumber_Multiply", Int](self._address, other._address)))

    def __rmul__(self, other: PythonObject) raises -> PythonObject:
        return PythonObject(from_owned=_checked(_py["PyNumber_Multiply", Int](other._address, self._address)))

    def __imul__(mut self, other: PythonObject) raises:
        self = PythonObject(from_owned=_checked(_py["PyNumber_InPlaceMultiply", Int](self._address, other._address)))

    def __truediv__(self, other: PythonObject) raises -> PythonObject:
        return PythonObject(from_owned=_checked(_py["PyNumber_TrueDivide", Int](self._address, other._address)))

    def __rtruediv__(self, other: PythonObject) raises -> PythonObject:
        return PythonObject(from_owned=_checked(_py["PyNumber_TrueDivide", Int](other._address, self._address)))

    def __itruediv__(mut self, other: PythonObject) raises:
        self = PythonObject(from_owned=_checked(_py["PyNumber_InPlaceTrueDivide", Int](self._address, other._address)))

    def __floordiv__(self, other: PythonObject) raises -> PythonObject:
        return PythonObject(from_owned=_checked(_py["PyNumber_FloorDivide", Int](self._address, other._address)))

    def __rfloordiv__(self, other: PythonObject) raises -> PythonObject:
        return PythonObject(from_owned=_checked(_py["PyNumber_FloorDivide", Int](other._address, self._address)))

    def __ifloordiv__(mut self, other: PythonObject) raises:
        self = PythonObject(from_owned=_checked(_py["PyNumber_InPlaceFloorDivide", Int](self._address, other._address)))

    def __mod__(self, other: PythonObject) raises -> PythonObject:
        return PythonObject(from_owned=_checked(_py["PyNumber_Remainder", Int](self._address, other._address)))

    def __rmod__(self, other: PythonObject) raises -> PythonObject:
        return PythonObject(from_owned=_checked(_py["PyNumber_Remainder", Int](other._address, self._address)))

    def __imod__(mut self, other: PythonObject) raises:
        self = PythonObject(from_owned=_checked(_py["PyNumber_InPlaceRemainder", Int](self._address, other._address)))

    def __matmul__(self, other: PythonObject) raises -> PythonObject:
        return PythonObject(from_owned=_checked(_py["PyNumber_MatrixMultiply", Int](self._address, other._address)))

    def __rmatmul__(self, other: PythonObject) raises -> PythonObject:
        return PythonObject(from_owned=_checked(_py["PyNumber_MatrixMultiply", Int](other._address, self._address)))

    def __imatmul__(mut self, other: PythonObject) raises:
        self = PythonObject(from_owned=_checked(_py["PyNumber_InPlaceMatrixMultiply", Int](self._address, other._address)))

    def __and__(self, other: PythonObject) raises -> PythonObject:
        return PythonObject(from_owned=_checked(_py["PyNumber_And", Int](self._address, other._address)))

    def __rand__(self, other: PythonObject) raises -> PythonObject:
        return PythonObject(from_owned=_checked(_py["PyNumber_And", Int](other._address, self._address)))

    def __iand__(mut self, other: PythonObject) raises:
        self = PythonObject(from_owned=_checked(_py["PyNumber_InPlaceAnd", Int](self._address, other._address)))

    def __or__(self, other: PythonObject) raises -> PythonObject:
        return PythonObject(from_owned=_checked(_py["PyNumber_Or", Int](self._address, other._address)))

    def __ror__(self, other: PythonObject) raises -> PythonObject:
        return PythonObject(from_owned=_checked(_py["PyNumber_Or", Int](other._address, self._address)))

    def __ior__(mut self, other: PythonObject) raises:
        self = PythonObject(from_owned=_checked(_py["PyNumber_InPlaceOr", Int](self._address, other._address)))

    def __xor__(self, other: PythonObject) raises -> PythonObject:
        return PythonObject(from_owned=_checked(_py["PyNumber_Xor", Int](self._address, other._address)))

    def __rxor__(self, other: PythonObject) raises -> PythonObject:
        return PythonObject(from_owned=_checked(_py["PyNumber_Xor", Int](other._address, self._address)))

    def __ixor__(mut self, other: PythonObject) raises:
        self = PythonObject(from_owned=_checked(_py["PyNumber_InPlaceXor", Int](self._address, other._address)))

    def __lshift__(self, other: PythonObject) raises -> PythonObject:
        return PythonObject(from_owned=_checked(_py["PyNumber_Lshift", Int](self._address, other._address)))

    def __rlshift__(self, other: PythonObject) raises -> PythonObject:
        return PythonObject(from_owned=_checked(_py["PyNumber_Lshift", Int](other._address, self._address)))

    def __ilshift__(mut self, other: PythonObject) raises:
        self = PythonObject(from_owned=_checked(_py["PyNumber_InPlaceLshift", Int](self._address, other._address)))

    def __rshift__(self, other: PythonObject) raises -> PythonObject:
        return PythonObject(from_owned=_checked(_py["PyNumber_Rshift", Int](self._address, other._address)))

    def __rrshift__(self, other: PythonObject) raises -> PythonObject:
        return PythonObject(from_owned=_checked(_py["PyNumber_Rshift", Int](other._address, self._address)))

    def __irshift__(mut self, other: PythonObject) raises:
        self = PythonObject(from_owned=_checked(_py["PyNumber_InPlaceRshift", Int](self._address, other._address)))

    def __pow__(self, exponent: PythonObject) raises -> PythonObject:
        return _power["PyNumber_Power"](self, exponent)

    def __rpow__(self, base: PythonObject) raises -> PythonObject:
        return _power["PyNumber_Power"](base, self)

    def __ipow__(mut self, exponent: PythonObject) raises:
        self = _power["PyNumber_InPlacePower"](self, exponent)


def _power[function: __string_literal_value](base: PythonObject, exponent: PythonObject) raises -> PythonObject:
    var modulus = PythonObject()
    var result = _py[function, Int](base._address, exponent._address, modulus._address)
    _ = modulus^
    return PythonObject(from_owned=_checked(result))


# ---- types for values of Mojo


def _type_registry() -> Int:
    """A dictionary from the names of Mojo types to Python's types; never freed."""
    var slot = __slot["python.types"]()
    if slot[] == 0:
        slot[] = _py["PyDict_New", Int]()
    return slot[]


def _registered_type(name: String) -> Optional[PythonObject]:
    var key = _text_object(name)
    var found = _py["PyDict_GetItem", Int](_type_registry(), key)
    _decrement(key)
    if found == 0:
        return None
    return PythonObject(from_borrowed=found)


def _register_type(name: String, type: PythonObject) raises:
    if _registered_type(name):
        raise Error("Error building multiple Python type objects bound to Mojo type with id: ", name)
    var key = _text_object(name)
    _ = _py["PyDict_SetItem", Int32](_type_registry(), key, type._address)
    _decrement(key)


# ---- sequences


def _new_tuple(values: VariadicList[PythonObject]) -> Int:
    """A new tuple."""
    var object = _py["PyTuple_New", Int](len(values))
    for i in range(len(values)):
        # The tuple takes a reference over.
        _increment(values[i]._address)
        _ = _py["PyTuple_SetItem", Int32](object, i, values[i]._address)
    return object


def _new_list(values: VariadicList[PythonObject]) -> Int:
    """A new list."""
    var object = _py["PyList_New", Int](len(values))
    for i in range(len(values)):
        _increment(values[i]._address)
        _ = _py["PyList_SetItem", Int32](object, i, values[i]._address)
    return object


def _key(*parts: PythonObject) -> PythonObject:
    return PythonObject(from_owned=_new_tuple(parts))


struct _PythonIterator(ImplicitlyCopyable, Movable, Deinitable):
    """What `for` asks for elements; an exception of the Python iterator leaves the loop as an error."""

    var _iterator: PythonObject
    var _next: Optional[PythonObject]

    def __init__(out self, iterator: PythonObject):
        self._iterator = iterator
        self._next = Optional[PythonObject]()

    def __iter__(self) -> Self:
        return self

    def __has_next__(mut self) raises -> Bool:
        if not self._next:
            var element = _py["PyIter_Next", Int](self._iterator._address)
            if element != 0:
                self._next = PythonObject(from_owned=element)
            elif _py["PyErr_Occurred", Int]() != 0:
                raise _pending_error()
        return Bool(self._next)

    def __next__(mut self) -> PythonObject:
        return self._next.take()
