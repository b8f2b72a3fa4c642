"""`Python`: modules, code and new objects."""
from std.python._cpython import _py, _start, _checked, _checked_status, _decrement, _pending_error, _text_of
from std.memory.pointer import __pointer_from_int, __pointer_to_int
from std.python._find import _address
from std.python.bindings import _new_module
from std.python.python_object import PythonObject, _new_list, _new_tuple

comptime _EXPRESSION = Int32(258)
comptime _FILE = Int32(257)


def _module_of(mut code: String, mut name: String) -> Int:
    """A module made from code; 0 after an exception."""
    var origin = String("<string>")
    var compiled = _py["Py_CompileString", Int](_address(code), _address(origin), _FILE)
    _ = origin^
    if compiled == 0:
        return 0
    var module = _py["PyImport_ExecCodeModule", Int](_address(name), compiled)
    _decrement(compiled)
    return module


struct Python(Defaultable, ImplicitlyCopyable, Deinitable):
    """The interpreter. There is one in the process; it starts at the first use."""

    def __init__(out self):
        pass

    # ---- modules and code

    @staticmethod
    def import_module(name: StringSlice[_]) raises -> PythonObject:
        """The module with a name, imported if it has not been."""
        _start()
        var text = String(name)
        var module = _py["PyImport_ImportModule", Int](_address(text))
        _ = text^
        return PythonObject(from_owned=_checked(module))

    @staticmethod
    def create_module(name: StaticString) raises -> PythonObject:
        """A new, empty module; `import` does not find it."""
        return _new_module(name)

    @staticmethod
    def add_object(module: PythonObject, name: StaticString, value: PythonObject) raises:
        """Puts an object into a module."""
        module.__setattr__(name, value)

    @staticmethod
    def add_to_path(folder: StringSlice[_]) raises:
        """Adds a folder in which modules are looked for."""
        var sys = Python.import_module("sys")
        _ = sys.path.append(folder)

    @staticmethod
    def evaluate(code: StringSlice[_], file: Bool = False, name: StaticString = "__main__") raises -> PythonObject:
        """The value of an expression; with `file` the code is a module's, and the module is the result."""
        _start()
        var text = String(code)
        var module_name = String(name)
        var result: Int
        if file:
            result = _module_of(text, module_name)
        else:
            # Both are borrowed.
            var module = _py["PyImport_AddModule", Int](_address(module_name))
            var names = _py["PyModule_GetDict", Int](module)
            result = _py["PyRun_StringFlags", Int](_address(text), _EXPRESSION, names, names, Int(0))
        _ = text^
        _ = module_name^
        return PythonObject(from_owned=_checked(result))

    def eval(self, code: StringSlice[_]) -> Bool:
        """Runs statements in `__main__`; whether they raised nothing. The traceback goes to standard error."""
        var text = String(code)
        var status = _py["PyRun_SimpleStringFlags", Int32](_address(text), Int(0))
        _ = text^
        return status == 0

    # ---- new objects

    @staticmethod
    def none() -> PythonObject:
        """Python's None."""
        return PythonObject()

    @staticmethod
    def list(*values: PythonObject) raises -> PythonObject:
        """A list of the values."""
        _start()
        return PythonObject(from_owned=_new_list(values))

    @staticmethod
    def list(values: Span[PythonObject, _]) raises -> PythonObject:
        """A list of the elements."""
        var result = Python.list()
        for i in range(len(values)):
            _checked_status(_py["PyList_Append", Int32](result._address, values[i]._address))
        return result

    @staticmethod
    def tuple(*values: PythonObject) raises -> PythonObject:
        """A tuple of the values."""
        _start()
        return PythonObject(from_owned=_new_tuple(values))

    @staticmethod
    def dict(var **entries: PythonObject) raises -> PythonObject:
        """A dictionary of the named values."""
        _start()
        var result = PythonObject(from_owned=_checked(_py["PyDict_New", Int]()))
        for ref entry in entries.items():
            result[entry.key] = entry.value
        return result

    @staticmethod
    def dict(pairs: Span[Tuple[PythonObject, PythonObject], _]) raises -> PythonObject:
        """A dictionary of keys and values."""
        var result = Python.dict()
        for i in range(len(pairs)):
            result[pairs[i][0]] = pairs[i][1]
        return result

    # ---- questions and conversions

    @staticmethod
    def as_string_slice(obj: PythonObject) -> StringSlice[origin_of(obj)]:
        """The text of a `str`, in its own memory: valid while the object is; empty for other objects."""
        var length = 0
        var bytes = _py["PyUnicode_AsUTF8AndSize", Int](obj._address, __pointer_to_int(Pointer(to=length)))
        if bytes == 0:
            _py["PyErr_Clear", NoneType]()
            length = 0
        return StringSlice[origin_of(obj)](
            unsafe_from_utf8_ptr=__pointer_from_int[Pointer[UInt8, origin_of(obj)]](bytes), length=length
        )

    @staticmethod
    def type(obj: PythonObject) raises -> PythonObject:
        """The Python type of an object."""
        return PythonObject(from_owned=_checked(_py["PyObject_Type", Int](obj._address)))

    @staticmethod
    def str(obj: PythonObject) raises -> PythonObject:
        """The Python text of an object."""
        return PythonObject(from_owned=_checked(_py["PyObject_Str", Int](obj._address)))

    @staticmethod
    def int(obj: PythonObject) raises -> PythonObject:
        """The object as a Python `int`."""
        return PythonObject(from_owned=_checked(_py["PyNumber_Long", Int](obj._address)))

    @staticmethod
    def float(obj: PythonObject) raises -> PythonObject:
        """The object as a Python `float`."""
        return PythonObject(from_owned=_checked(_py["PyNumber_Float", Int](obj._address)))

    @staticmethod
    def is_true(obj: PythonObject) raises -> Bool:
        """The truth of an object."""
        return obj._to_bool()

    @staticmethod
    def py_long_as_ssize_t(obj: PythonObject) raises -> Int:
        """The value of a Python `int`."""
        return obj._to_int()
