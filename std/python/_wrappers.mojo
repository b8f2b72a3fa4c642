"""Functions of C's calling convention around Mojo functions of `PythonObject`s, for `python/bindings.mojo`. `bound` is 1 where the first
argument is the object that Python calls a method of, and 2 where the function takes this object and the tuple of all arguments."""
from std.builtin.simd import __size_of
from std.memory.pointer import Pointer, __pointer_from_int
from std.python._cpython import _py, _decrement, _increment, _symbol, _text_object
from std.python.extension import fail
from std.python.python_object import PythonObject

comptime _Entry = def(Int, Int) thin -> Int
comptime _Init = def(Int, Int, Int) thin -> Int

comptime _F0 = def() raises thin -> PythonObject
comptime _F1 = def(PythonObject) raises thin -> PythonObject
comptime _F2 = def(PythonObject, PythonObject) raises thin -> PythonObject
comptime _F3 = def(PythonObject, PythonObject, PythonObject) raises thin -> PythonObject
comptime _F4 = def(PythonObject, PythonObject, PythonObject, PythonObject) raises thin -> PythonObject
comptime _F5 = def(PythonObject, PythonObject, PythonObject, PythonObject, PythonObject) raises thin -> PythonObject
comptime _F6 = def(PythonObject, PythonObject, PythonObject, PythonObject, PythonObject, PythonObject) raises thin -> PythonObject
comptime _P0 = def() raises thin -> None
comptime _P1 = def(PythonObject) raises thin -> None
comptime _P2 = def(PythonObject, PythonObject) raises thin -> None
comptime _P3 = def(PythonObject, PythonObject, PythonObject) raises thin -> None
comptime _P4 = def(PythonObject, PythonObject, PythonObject, PythonObject) raises thin -> None


def _count(args: Int, wanted: Int) raises:
    """Raises Python's sentence where a call has another number of arguments."""
    var given = _py["PyTuple_Size", Int](args)
    if given < wanted:
        var missing = wanted - given
        raise Error("TypeError: <mojo function>() missing ", missing, " required positional argument", "" if missing == 1 else "s")
    if given > wanted:
        var subject = String(wanted, " positional argument", "" if wanted == 1 else "s")
        raise Error("TypeError: <mojo function>() takes ", subject, " but ", given, " were given")


def _at(py_self: Int, args: Int, index: Int, bound: Int) -> PythonObject:
    """An argument of the Mojo function."""
    if bound == 1 and index == 0:
        return PythonObject(from_borrowed=py_self)
    if bound == 2:
        return PythonObject(from_borrowed=py_self if index == 0 else args)
    return PythonObject(from_borrowed=_py["PyTuple_GetItem", Int](args, index - bound))


def _give(result: PythonObject) -> Int:
    """A reference for the caller."""
    _increment(result._address)
    return result._address



def _call0[function: _F0, bound: Int](py_self: Int, args: Int) -> Int:
    try:
        comptime if bound < 2:
            _count(args, 0 - bound)
        return _give(function())
    except error:
        return fail(error)


def _entry[function: _F0, bound: Int]() -> _Entry:
    return _call0[function, bound]



def _call1[function: _F1, bound: Int](py_self: Int, args: Int) -> Int:
    try:
        comptime if bound < 2:
            _count(args, 1 - bound)
        return _give(function(_at(py_self, args, 0, bound)))
    except error:
        return fail(error)


def _entry[function: _F1, bound: Int]() -> _Entry:
    return _call1[function, bound]



def _call2[function: _F2, bound: Int](py_self: Int, args: Int) -> Int:
    try:
        comptime if bound < 2:
            _count(args, 2 - bound)
        return _give(function(_at(py_self, args, 0, bound), _at(py_self, args, 1, bound)))
    except error:
        return fail(error)


def _entry[function: _F2, bound: Int]() -> _Entry:
    return _call2[function, bound]



def _call3[function: _F3, bound: Int](py_self: Int, args: Int) -> Int:
    try:
        comptime if bound < 2:
            _count(args, 3 - bound)
        return _give(function(_at(py_self, args, 0, bound), _at(py_self, args, 1, bound), _at(py_self, args, 2, bound)))
    except error:
        return fail(error)


def _entry[function: _F3, bound: Int]() -> _Entry:
    return _call3[function, bound]



def _call4[function: _F4, bound: Int](py_self: Int, args: Int) -> Int:
    try:
        comptime if bound < 2:
            _count(args, 4 - bound)
        return _give(function(_at(py_self, args, 0, bound), _at(py_self, args, 1, bound), _at(py_self, args, 2, bound), _at(py_self, args, 3, bound)))
    except error:
        return fail(error)


def _entry[function: _F4, bound: Int]() -> _Entry:
    return _call4[function, bound]



def _call5[function: _F5, bound: Int](py_self: Int, args: Int) -> Int:
    try:
        comptime if bound < 2:
            _count(args, 5 - bound)
        return _give(function(_at(py_self, args, 0, bound), _at(py_self, args, 1, bound), _at(py_self, args, 2, bound), _at(py_self, args, 3, bound), _at(py_self, args, 4, bound)))
    except error:
        return fail(error)


def _entry[function: _F5, bound: Int]() -> _Entry:
    return _call5[function, bound]



def _call6[function: _F6, bound: Int](py_self: Int, args: Int) -> Int:
    try:
        comptime if bound < 2:
            _count(args, 6 - bound)
        return _give(function(_at(py_self, args, 0, bound), _at(py_self, args, 1, bound), _at(py_self, args, 2, bound), _at(py_self, args, 3, bound), _at(py_self, args, 4, bound), _at(py_self, args, 5, bound)))
    except error:
        return fail(error)


def _entry[function: _F6, bound: Int]() -> _Entry:
    return _call6[function, bound]



def _call_none0[function: _P0, bound: Int](py_self: Int, args: Int) -> Int:
    try:
        comptime if bound < 2:
            _count(args, 0 - bound)
        function()
        return _give(PythonObject())
    except error:
        return fail(error)


def _entry[function: _P0, bound: Int]() -> _Entry:
    return _call_none0[function, bound]



def _call_none1[function: _P1, bound: Int](py_self: Int, args: Int) -> Int:
    try:
        comptime if bound < 2:
            _count(args, 1 - bound)
        function(_at(py_self, args, 0, bound))
        return _give(PythonObject())
    except error:
        return fail(error)


def _entry[function: _P1, bound: Int]() -> _Entry:
    return _call_none1[function, bound]



def _call_none2[function: _P2, bound: Int](py_self: Int, args: Int) -> Int:
    try:
        comptime if bound < 2:
            _count(args, 2 - bound)
        function(_at(py_self, args, 0, bound), _at(py_self, args, 1, bound))
        return _give(PythonObject())
    except error:
        return fail(error)


def _entry[function: _P2, bound: Int]() -> _Entry:
    return _call_none2[function, bound]



def _call_none3[function: _P3, bound: Int](py_self: Int, args: Int) -> Int:
    try:
        comptime if bound < 2:
            _count(args, 3 - bound)
        function(_at(py_self, args, 0, bound), _at(py_self, args, 1, bound), _at(py_self, args, 2, bound))
        return _give(PythonObject())
    except error:
        return fail(error)


def _entry[function: _P3, bound: Int]() -> _Entry:
    return _call_none3[function, bound]



def _call_none4[function: _P4, bound: Int](py_self: Int, args: Int) -> Int:
    try:
        comptime if bound < 2:
            _count(args, 4 - bound)
        function(_at(py_self, args, 0, bound), _at(py_self, args, 1, bound), _at(py_self, args, 2, bound), _at(py_self, args, 3, bound))
        return _give(PythonObject())
    except error:
        return fail(error)


def _entry[function: _P4, bound: Int]() -> _Entry:
    return _call_none4[function, bound]



# ---- values in objects: behind the head of 16 bytes, and a byte that says whether there is one


comptime _HEAD = 16


@always_inline
def _object_size[T: AnyType]() -> Int:
    """The bytes of an object."""
    return (_flag_offset[T]() + 8) // 8 * 8


@always_inline
def _flag_offset[T: AnyType]() -> Int:
    return _HEAD + __size_of[T]()


def _value[T: AnyType](object: Int) -> Pointer[T, MutUntrackedOrigin]:
    return __pointer_from_int[Pointer[T, MutUntrackedOrigin]](object + _HEAD)


def _flag[T: AnyType](object: Int) -> Pointer[UInt8, MutUntrackedOrigin]:
    return __pointer_from_int[Pointer[UInt8, MutUntrackedOrigin]](object + _flag_offset[T]())


def _put[T: Movable & Deinitable](object: Int, var value: T):
    """Fills a new object."""
    _value[T](object).unsafe_write(value^)
    _flag[T](object)[] = 1


def _drop_value[T: Movable & Deinitable](object: Int, unused: Int) -> Int:
    """`tp_dealloc`"""
    if _flag[T](object)[] == 1:
        _value[T](object).unsafe_deinit_pointee()
    var type = _py["PyObject_Type", Int](object)
    _py["PyObject_Free", NoneType](object)
    # The reference just taken, and the object's.
    _decrement(type)
    _decrement(type)
    return 0


def _repr_of[T: Movable & Deinitable & Writable](object: Int, unused: Int) -> Int:
    """`tp_repr`"""
    var text = repr(_value[T](object)[])
    return _text_object(text)


def _fill_with_default[T: Defaultable & Movable & Deinitable](object: Int, args: Int, keywords: Int) -> Int:
    """`tp_init`"""
    if _py["PyTuple_Size", Int](args) > 0 or (keywords != 0 and _py["PyDict_Size", Int](keywords) > 0):
        _ = fail(Error("unexpected arguments passed to default initializer function of wrapped Mojo type"))
        return -1
    _put(object, T())
    return 0
