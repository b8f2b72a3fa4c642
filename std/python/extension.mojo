"""What extension modules for CPython are made of: Kiln writes a function of Python's calling convention over each exported function of a
module (`kiln build --emit python-module`), and those use the names below.

Objects are addresses (`Int`). A function of this module that raises has set Python's exception before; `fail` turns the error into what
CPython expects. Strong references are said to be *new*, others *borrowed*, as in the C API's reference."""
from std.memory.memory import stack_allocation, unsafe_alloc, unsafe_memcpy, __free
from std.memory.pointer import Pointer, __pointer_from_int, __pointer_to_int
from std.python._cpython import _py, _symbol, _text_object
from std.python.buffer import (
    _array_name, _array_object, _BufferView, _format_fits, _format_text, _words, __size_of_element, _BUFFER_BYTES, _BUFFER_FLAGS,
    _BUFFER_WRITABLE,
)
from std.runtime.error_stack import stack_of_error

comptime Function = def(Int, Int, Int, Int) thin -> Int
comptime _Bytes = Pointer[UInt8, MutUntrackedOrigin]

comptime _FASTCALL_WITH_KEYWORDS = 0x82
comptime _API_VERSION = 1013


def _c_string(text: StringSpan[_]) -> Int:
    """A copy with a zero behind it, which is never freed: names and documentation of functions."""
    var bytes = unsafe_alloc[UInt8](text.byte_length() + 1)
    unsafe_memcpy(dest=bytes, src=text.unsafe_ptr(), count=text.byte_length())
    bytes.unsafe_offset(text.byte_length())[] = 0
    return __pointer_to_int(bytes)


# ---- the module


struct Module:
    """The tables of a module while it is made. They live as long as the process."""

    var _name: Int
    var _docs: Int
    var _methods: Int
    var _count: Int

    def __init__(out self, name: StringSpan[_], docs: StringSpan[_], *, functions: Int):
        self._name = _c_string(name)
        self._docs = _c_string(docs)
        # PyMethodDef: name, function, flags, documentation; a row of zeros ends the table.
        self._methods = __pointer_to_int(unsafe_alloc[Int](4 * (functions + 1)))
        for i in range(4 * (functions + 1)):
            _words(self._methods).unsafe_offset(i)[] = 0
        self._count = 0

    def add(mut self, name: StringSpan[_], docs: StringSpan[_], function: Function):
        """Documentation begins with the signature, as CPython wants it: `name(a, b)\\n--\\n\\n`."""
        var held = function
        var row = _words(self._methods).unsafe_offset(4 * self._count)
        row[] = _c_string(name)
        row.unsafe_offset(1)[] = Pointer(to=held).unsafe_bitcast[Int]()[]
        row.unsafe_offset(2)[] = _FASTCALL_WITH_KEYWORDS
        row.unsafe_offset(3)[] = _c_string(docs)
        self._count += 1

    def finish(self) -> Int:
        """The module object, new; 0 with an exception."""
        # PyModuleDef: a head of 40 bytes, name, documentation, size of state, functions, four more.
        var definition = unsafe_alloc[Int](13)
        for i in range(13):
            definition.unsafe_offset(i)[] = 0
        definition[] = 1
        definition.unsafe_offset(5)[] = self._name
        definition.unsafe_offset(6)[] = self._docs
        definition.unsafe_offset(7)[] = -1
        definition.unsafe_offset(8)[] = self._methods
        return _py["PyModule_Create2", Int](__pointer_to_int(definition), Int32(_API_VERSION))


# ---- exceptions


def _exception(symbol: Pointer[UInt8, ImmStaticOrigin]) -> Int:
    return _words(_symbol(0, symbol))[]


def _set(exception: Int, message: String):
    var text = message
    text.write_string("\0")
    _py["PyErr_SetString", NoneType](exception, __pointer_to_int(text.unsafe_ptr()))
    _ = text^


def type_error(message: String) raises:
    """Raises Python's TypeError."""
    _set(_exception("PyExc_TypeError".unsafe_ptr()), message)
    raise Error("a Python exception is set")


def _overflow_error(message: String) raises:
    _set(_exception("PyExc_OverflowError".unsafe_ptr()), message)
    raise Error("a Python exception is set")


def _value_error(message: String) raises:
    _set(_exception("PyExc_ValueError".unsafe_ptr()), message)
    raise Error("a Python exception is set")


def fail(error: Error) -> Int:
    """0, with Python's exception set: the one that is there, or a `RuntimeError` of the Mojo error's text."""
    if _py["PyErr_Occurred", Int]() == 0:
        _set(_exception("PyExc_RuntimeError".unsafe_ptr()), String(error))
        _add_note(stack_of_error[source=False](""))
    return 0


def _add_note(note: String):
    """Adds a text to the exception that is set, which tracebacks show after its message. Python has notes since 3.11."""
    if not note:
        return
    var parts = stack_allocation[3, Int]()
    var at = __pointer_to_int(parts)
    _py["PyErr_Fetch", NoneType](at, at + 8, at + 16)
    _py["PyErr_NormalizeException", NoneType](at, at + 8, at + 16)
    var method = _py["PyObject_GetAttrString", Int](parts[1], __pointer_to_int("add_note".unsafe_ptr()))
    if method != 0:
        var text = _text_object(note.removesuffix("\n"))
        var result = _py["PyObject_CallOneArg", Int](method, text)
        if result != 0:
            release(result)
        release(text)
        release(method)
    _py["PyErr_Clear", NoneType]()
    _py["PyErr_Restore", NoneType](parts[0], parts[1], parts[2])


def _require(object: Int) raises -> Int:
    if object == 0:
        raise Error("a Python exception is set")
    return object


def _type_of(object: Int) -> String:
    """The name of an object's type, for messages."""
    var type = _py["PyObject_Type", Int](object)
    var name = _py["PyObject_GetAttrString", Int](type, __pointer_to_int("__name__".unsafe_ptr()))
    release(type)
    if name == 0:
        _py["PyErr_Clear", NoneType]()
        return String("object")
    var text = String()
    try:
        text = String(_utf8(name))
    except:
        _py["PyErr_Clear", NoneType]()
    release(name)
    return text


def _wrong(function: StaticString, argument: StaticString, expected: StaticString, object: Int) raises:
    type_error(String(function, "(): argument '", argument, "' must be ", expected, ", not ", _type_of(object)))


def release(object: Int):
    """Gives a reference back; 0 is nothing."""
    if object != 0:
        _py["Py_DecRef", NoneType](object)


# ---- arguments


struct Arguments[count: Int]:
    """The arguments of one call, by position and by keyword, in the order of the function's formals; 0 where none was given.
    Buffers taken from them are given back at the end."""

    var _function: StaticString
    var _objects: Array[Int, Self.count]
    var _buffers: List[Int]

    def __init__(
        out self, function: StaticString, formals: Array[StaticString, Self.count], required: Int, args: Int, given: Int, names: Int
    ) raises:
        self._function = function
        self._objects = Array[Int, Self.count](fill=0)
        self._buffers = List[Int]()
        var positional = given & ~(1 << 63)
        if positional > Self.count:
            type_error(String(function, "() takes at most ", Self.count, " arguments (", positional, " given)"))
        for i in range(positional):
            self._objects[i] = _words(args).unsafe_offset(i)[]
        var keywords = 0 if names == 0 else _py["PyTuple_Size", Int](names)
        for k in range(keywords):
            var name = String(_utf8(_py["PyTuple_GetItem", Int](names, k)))
            var at = -1
            for i in range(Self.count):
                if formals[i] == name:
                    at = i
            if at < 0:
                type_error(String(function, "() got an unexpected keyword argument '", name, "'"))
            if self._objects[at] != 0:
                type_error(String(function, "() got multiple values for argument '", name, "'"))
            self._objects[at] = _words(args).unsafe_offset(positional + k)[]
        for i in range(required):
            if self._objects[i] == 0:
                type_error(String(function, "() missing required argument '", formals[i], "' (pos ", i + 1, ")"))

    def __deinit__(deinit self):
        for view in self._buffers:
            _py["PyBuffer_Release", NoneType](view)
            __free(view)

    def count_given(self) -> Int:
        """How many were given without a gap, from the first."""
        for i in range(Self.count):
            if self._objects[i] == 0:
                return i
        return Self.count

    def has(self, index: Int) -> Bool:
        """Whether there is an argument of that index."""
        return self._objects[index] != 0

    def object(self, index: Int) -> Int:
        """Borrowed."""
        return self._objects[index]

    def buffer[dtype: DType](mut self, object: Int, name: StaticString, *, writable: Bool) raises -> _Memory[dtype]:
        """The memory of a contiguous one-dimensional array of just this element type; given back with the arguments."""
        var view = __pointer_to_int(unsafe_alloc[UInt8](_BUFFER_BYTES))
        var flags = _BUFFER_FLAGS | (_BUFFER_WRITABLE if writable else 0)
        if _py["PyObject_GetBuffer", Int32](object, view, Int32(flags)) != 0:
            __free(view)
            _py["PyErr_Clear", NoneType]()
            if _py["PyObject_CheckBuffer", Int32](object) != 0:
                type_error(String(self._function, "(): argument '", name, "' is read-only, and the function writes to it"))
            _wrong(self._function, name, _array_name[dtype](), object)
        self._buffers.append(view)
        var fields = _BufferView(view)
        if not _format_fits[dtype](fields.format()):
            type_error(
                String(
                    self._function, "(): argument '", name, "' must be ", _array_name[dtype](), ", not one with elements of format '",
                    _format_text(fields.format()), "'",
                )
            )
        if fields.rank() != 1:
            type_error(
                String(
                    self._function, "(): argument '", name, "' must have one dimension, not ", fields.rank(),
                    "; reshape(-1) makes a view of one",
                )
            )
        if not fields.is_contiguous():
            type_error(String(self._function, "(): argument '", name, "' must be contiguous; make a copy of the slice"))
        return _Memory[dtype](fields.data(), fields.count())

    def require_disjoint[a: DType, b: DType](self, x: _Memory[a], x_name: StaticString, y: _Memory[b], y_name: StaticString) raises:
        """An error if two arrays overlap: one of them is written to."""
        if x.address < y.address + y.bytes() and y.address < x.address + x.bytes():
            _value_error(
                String(self._function, "(): arguments '", x_name, "' and '", y_name, "' share memory, and the function writes to one of them")
            )


@fieldwise_init
struct _Memory[dtype: DType](ImplicitlyCopyable):
    """Elements of a Python object's buffer."""

    var address: Int
    var length: Int

    def bytes(self) -> Int:
        return self.length * __size_of_element[Self.dtype]()

    def span(self) -> Span[Scalar[Self.dtype], ImmUntrackedOrigin]:
        return Span[Scalar[Self.dtype], ImmUntrackedOrigin](
            unsafe_ptr=__pointer_from_int[Pointer[Scalar[Self.dtype], ImmUntrackedOrigin]](self.address), length=self.length
        )

    def mut_span(self) -> Span[Scalar[Self.dtype], MutUntrackedOrigin]:
        return Span[Scalar[Self.dtype], MutUntrackedOrigin](
            unsafe_ptr=__pointer_from_int[Pointer[Scalar[Self.dtype], MutUntrackedOrigin]](self.address), length=self.length
        )

    def list(self) -> List[Scalar[Self.dtype]]:
        var result = List[Scalar[Self.dtype]](capacity=self.length)
        for value in self.span():
            result.append(value)
        return result^


# ---- values from objects


def integer(function: StaticString, name: StaticString, object: Int, least: Int, most: Int) raises -> Int:
    """The value of anything that is an integer for Python (`__index__`), within a range."""
    var index = _py["PyNumber_Index", Int](object)
    if index == 0:
        _py["PyErr_Clear", NoneType]()
        _wrong(function, name, "an integer", object)
    var value = _py["PyLong_AsLongLong", Int](index)
    release(index)
    if value == -1 and _py["PyErr_Occurred", Int]() != 0 or value < least or value > most:
        _py["PyErr_Clear", NoneType]()
        _overflow_error(String(function, "(): argument '", name, "' must be from ", least, " to ", most))
    return value


def unsigned(function: StaticString, name: StaticString, object: Int) raises -> UInt64:
    """A 64-bit unsigned integer."""
    var index = _py["PyNumber_Index", Int](object)
    if index == 0:
        _py["PyErr_Clear", NoneType]()
        _wrong(function, name, "an integer", object)
    var value = _py["PyLong_AsUnsignedLongLong", UInt64](index)
    release(index)
    if value == UInt64.MAX and _py["PyErr_Occurred", Int]() != 0:
        _py["PyErr_Clear", NoneType]()
        _overflow_error(String(function, "(): argument '", name, "' must be from 0 to ", UInt64.MAX))
    return value


def real(function: StaticString, name: StaticString, object: Int) raises -> Float64:
    """The value of anything that is a real number for Python (`__float__`)."""
    var value = _py["PyFloat_AsDouble", Float64](object)
    if value == -1 and _py["PyErr_Occurred", Int]() != 0:
        _py["PyErr_Clear", NoneType]()
        _wrong(function, name, "a real number", object)
    return value


def boolean(object: Int) raises -> Bool:
    """Python's truth of an object."""
    var truth = _py["PyObject_IsTrue", Int32](object)
    if truth < 0:
        raise Error("a Python exception is set")
    return truth != 0


def is_none(object: Int) -> Bool:
    """Whether an object is Python's None."""
    return object == _symbol(0, "_Py_NoneStruct".unsafe_ptr())


def _utf8(object: Int) raises -> StringSpan[ImmUntrackedOrigin]:
    var length = 0
    var data = _py["PyUnicode_AsUTF8AndSize", Int](object, __pointer_to_int(Pointer(to=length)))
    _ = _require(data)
    return StringSpan[ImmUntrackedOrigin](
        unsafe_from_utf8_ptr=__pointer_from_int[Pointer[UInt8, ImmUntrackedOrigin]](data), length=length
    )


def text(function: StaticString, name: StaticString, object: Int) raises -> StringSpan[ImmUntrackedOrigin]:
    """The text of a `str`, in its own memory: valid while the object is."""
    try:
        return _utf8(object)
    except error:
        # Half of a surrogate pair has no UTF-8: Python says that itself.
        if _py["PyUnicode_GetLength", Int](object) < 0:
            _py["PyErr_Clear", NoneType]()
            _wrong(function, name, "a str", object)
        raise error^


def item(function: StaticString, name: StaticString, object: Int, index: Int, count: Int) raises -> Int:
    """An element of a sequence of a known length, new."""
    if _py["PySequence_Check", Int32](object) == 0 or _py["PySequence_Size", Int](object) != count:
        _py["PyErr_Clear", NoneType]()
        type_error(String(function, "(): argument '", name, "' must be a sequence of ", count, " elements, not ", _type_of(object)))
    return _require(_py["PySequence_GetItem", Int](object, index))


def field(function: StaticString, name: StaticString, object: Int, key: StaticString) raises -> Int:
    """What a mapping has under a key, or an object under an attribute, new."""
    var bytes = String(key, "\0")
    var found = _py["PyMapping_GetItemString", Int](object, __pointer_to_int(bytes.unsafe_ptr()))
    if found == 0:
        _py["PyErr_Clear", NoneType]()
        found = _py["PyObject_GetAttrString", Int](object, __pointer_to_int(bytes.unsafe_ptr()))
    _ = bytes^
    if found == 0:
        _py["PyErr_Clear", NoneType]()
        type_error(String(function, "(): argument '", name, "' has no '", key, "'"))
    return found


# ---- objects from values: each new


def none() -> Int:
    """Python's None."""
    var object = _symbol(0, "_Py_NoneStruct".unsafe_ptr())
    _py["Py_IncRef", NoneType](object)
    return object


def from_int(value: Int) raises -> Int:
    """A Python int."""
    return _require(_py["PyLong_FromLongLong", Int](value))


def from_unsigned(value: UInt64) raises -> Int:
    """A Python int."""
    return _require(_py["PyLong_FromUnsignedLongLong", Int](value))


def from_float(value: Float64) raises -> Int:
    """A Python float."""
    return _require(_py["PyFloat_FromDouble", Int](value))


def from_bool(value: Bool) raises -> Int:
    """A Python bool."""
    return _require(_py["PyBool_FromLong", Int](Int(value)))


def from_text(value: StringSpan[_]) raises -> Int:
    """A Python str."""
    return _require(_py["PyUnicode_FromStringAndSize", Int](__pointer_to_int(value.unsafe_ptr()), value.byte_length()))


def from_list[dtype: DType, //](var value: List[Scalar[dtype]]) raises -> Int:
    """The list as an array of Python: no element is copied."""
    return _array_object(value^)


def tuple_of(count: Int) raises -> Int:
    """A Python tuple with room for `count` objects."""
    return _require(_py["PyTuple_New", Int](count))


def set_item(tuple: Int, index: Int, object: Int):
    """Puts a new reference into a fresh tuple, which takes it."""
    _ = _py["PyTuple_SetItem", Int32](tuple, index, object)


def dict() raises -> Int:
    """An empty Python dict."""
    return _require(_py["PyDict_New", Int]())


def set_field(dict: Int, key: StaticString, object: Int) raises:
    """Puts a new reference into a dictionary; this one is given back."""
    var bytes = String(key, "\0")
    var status = _py["PyDict_SetItemString", Int32](dict, __pointer_to_int(bytes.unsafe_ptr()), object)
    _ = bytes^
    release(object)
    if status != 0:
        raise Error("a Python exception is set")


# ---- threads


def release_gil() -> Int:
    """Lets other Python threads run until `acquire_gil`."""
    return _py["PyEval_SaveThread", Int]()


def acquire_gil(state: Int):
    """Takes the lock of the interpreter back."""
    _py["PyEval_RestoreThread", NoneType](state)
