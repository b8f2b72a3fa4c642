"""Python modules and types made of Mojo functions: `PythonModuleBuilder`.

The functions take `PythonObject`s and return one or nothing. Python calls them through wrappers of C's calling convention
(`python/_wrappers.mojo`), which count the arguments and turn errors into exceptions. What is built lives as long as the process.
"""
from std.python._cpython import _py, _start, _checked, _checked_status, _symbol
from std.python._wrappers import _drop_value, _Entry, _entry, _fill_with_default, _Init, _object_size, _repr_of
from std.python._wrappers import _F0, _F1, _F2, _F3, _F4, _F5, _F6, _P0, _P1, _P2, _P3, _P4
from std.python.extension import _c_string
from std.python.python_object import PythonObject, _register_type
from std.memory.memory import unsafe_alloc
from std.memory.pointer import Pointer, __pointer_to_int

comptime _VARARGS = 1
comptime _STATIC = 0x20
comptime _API_VERSION = 1013


struct _Table:
    """Rows of a `PyMethodDef` table: name, function, flags, documentation."""

    var _cells: List[Int]

    def __init__(out self):
        self._cells = []

    def add(mut self, name: StringSlice[_], docs: StringSlice[_], function: _Entry, flags: Int):
        var held = function
        self._cells.append(_c_string(name))
        self._cells.append(Pointer(to=held).unsafe_bitcast[Int]()[])
        self._cells.append(flags)
        self._cells.append(_c_string(docs))

    def address(self) -> Int:
        """The table in memory that is never freed; a row of zeros ends it."""
        var memory = unsafe_alloc[Int](len(self._cells) + 4)
        for i in range(len(self._cells) + 4):
            memory.unsafe_offset(i)[] = self._cells[i] if i < len(self._cells) else 0
        return __pointer_to_int(memory)


struct PythonTypeBuilder(Movable):
    """A Python type whose objects hold a Mojo value, while it is made."""

    var _name: String
    var _type_name: String
    var _size: Int
    var _table: _Table
    var _slots: List[Int]

    def __init__(out self, name: StringSlice[_], type_name: String, size: Int):
        self._name = String(name)
        self._type_name = type_name
        self._size = size
        self._table = _Table()
        self._slots = []

    @staticmethod
    def bind[T: Movable & Deinitable](name: StringSlice[_]) -> Self:
        """A type with this name in Python for values of `T`; its `repr` is that of a `Writable` one."""
        var result = Self(name, String(reflect[T].name()), _object_size[T]())
        var drop: _Entry = _drop_value[T]
        result._slot(52, Pointer(to=drop).unsafe_bitcast[Int]()[])
        comptime if conforms_to(T, Writable):
            var show: _Entry = _repr_of[T]
            result._slot(66, Pointer(to=show).unsafe_bitcast[Int]()[])
        return result^

    def _slot(mut self, which: Int, function: Int):
        self._slots.append(which)
        self._slots.append(function)

    def def_init_defaultable[T: Defaultable & Movable & Deinitable](mut self) -> ref[self] Self:
        """Python calls the type without arguments for a default value."""
        var make: _Init = _fill_with_default[T]
        self._slot(60, Pointer(to=make).unsafe_bitcast[Int]()[])
        # PyType_GenericNew
        self._slot(65, _symbol(0, "PyType_GenericNew".unsafe_ptr()))
        return self

    # ---- methods: the object comes first

    def def_method[function: _F1](mut self, name: StringSlice[_], docstring: StringSlice[_] = "") -> ref[self] Self:
        """A method: Python calls the function with the object and no argument."""
        self._table.add(name, docstring, _entry[function, 1](), _VARARGS)
        return self

    def def_method[function: _P1](mut self, name: StringSlice[_], docstring: StringSlice[_] = "") -> ref[self] Self:
        """A method: Python calls the function with the object and no argument. Python gets None."""
        self._table.add(name, docstring, _entry[function, 1](), _VARARGS)
        return self

    def def_method[function: _F2](mut self, name: StringSlice[_], docstring: StringSlice[_] = "") -> ref[self] Self:
        """A method: Python calls the function with the object and 1 argument."""
        self._table.add(name, docstring, _entry[function, 1](), _VARARGS)
        return self

    def def_method[function: _P2](mut self, name: StringSlice[_], docstring: StringSlice[_] = "") -> ref[self] Self:
        """A method: Python calls the function with the object and 1 argument. Python gets None."""
        self._table.add(name, docstring, _entry[function, 1](), _VARARGS)
        return self

    def def_method[function: _F3](mut self, name: StringSlice[_], docstring: StringSlice[_] = "") -> ref[self] Self:
        """A method: Python calls the function with the object and 2 arguments."""
        self._table.add(name, docstring, _entry[function, 1](), _VARARGS)
        return self

    def def_method[function: _P3](mut self, name: StringSlice[_], docstring: StringSlice[_] = "") -> ref[self] Self:
        """A method: Python calls the function with the object and 2 arguments. Python gets None."""
        self._table.add(name, docstring, _entry[function, 1](), _VARARGS)
        return self

    def def_method[function: _F4](mut self, name: StringSlice[_], docstring: StringSlice[_] = "") -> ref[self] Self:
        """A method: Python calls the function with the object and 3 arguments."""
        self._table.add(name, docstring, _entry[function, 1](), _VARARGS)
        return self

    def def_method[function: _P4](mut self, name: StringSlice[_], docstring: StringSlice[_] = "") -> ref[self] Self:
        """A method: Python calls the function with the object and 3 arguments. Python gets None."""
        self._table.add(name, docstring, _entry[function, 1](), _VARARGS)
        return self

    # ---- static methods

    def def_staticmethod[function: _F0](mut self, name: StringSlice[_], docstring: StringSlice[_] = "") -> ref[self] Self:
        """A static method: Python calls the function with no argument."""
        self._table.add(name, docstring, _entry[function, 0](), _VARARGS | _STATIC)
        return self

    def def_staticmethod[function: _F1](mut self, name: StringSlice[_], docstring: StringSlice[_] = "") -> ref[self] Self:
        """A static method: Python calls the function with 1 argument."""
        self._table.add(name, docstring, _entry[function, 0](), _VARARGS | _STATIC)
        return self

    def def_staticmethod[function: _F2](mut self, name: StringSlice[_], docstring: StringSlice[_] = "") -> ref[self] Self:
        """A static method: Python calls the function with 2 arguments."""
        self._table.add(name, docstring, _entry[function, 0](), _VARARGS | _STATIC)
        return self

    def def_staticmethod[function: _F3](mut self, name: StringSlice[_], docstring: StringSlice[_] = "") -> ref[self] Self:
        """A static method: Python calls the function with 3 arguments."""
        self._table.add(name, docstring, _entry[function, 0](), _VARARGS | _STATIC)
        return self

    def def_staticmethod[function: _P0](mut self, name: StringSlice[_], docstring: StringSlice[_] = "") -> ref[self] Self:
        """A static method: Python calls the function with no argument. Python gets None."""
        self._table.add(name, docstring, _entry[function, 0](), _VARARGS | _STATIC)
        return self

    def def_staticmethod[function: _P1](mut self, name: StringSlice[_], docstring: StringSlice[_] = "") -> ref[self] Self:
        """A static method: Python calls the function with 1 argument. Python gets None."""
        self._table.add(name, docstring, _entry[function, 0](), _VARARGS | _STATIC)
        return self

    def def_staticmethod[function: _P2](mut self, name: StringSlice[_], docstring: StringSlice[_] = "") -> ref[self] Self:
        """A static method: Python calls the function with 2 arguments. Python gets None."""
        self._table.add(name, docstring, _entry[function, 0](), _VARARGS | _STATIC)
        return self

    def def_staticmethod[function: _P3](mut self, name: StringSlice[_], docstring: StringSlice[_] = "") -> ref[self] Self:
        """A static method: Python calls the function with 3 arguments. Python gets None."""
        self._table.add(name, docstring, _entry[function, 0](), _VARARGS | _STATIC)
        return self

    def finalize(mut self, module: PythonObject) raises:
        """Makes the type and puts it into a module."""
        self._slot(64, self._table.address())
        var slots = unsafe_alloc[Int](len(self._slots) + 2)
        for i in range(len(self._slots)):
            # The number of a slot is a C int.
            slots.unsafe_offset(i)[] = self._slots[i]
        slots.unsafe_offset(len(self._slots))[] = 0
        slots.unsafe_offset(len(self._slots) + 1)[] = 0
        # PyType_Spec: name, two sizes of 32 bits, flags (Py_TPFLAGS_DEFAULT is 0) and padding, slots.
        var spec = unsafe_alloc[Int](4)
        spec[] = _c_string(self._name)
        spec.unsafe_offset(1)[] = self._size
        spec.unsafe_offset(2)[] = 0
        spec.unsafe_offset(3)[] = __pointer_to_int(slots)
        var type = PythonObject(from_owned=_checked(_py["PyType_FromSpec", Int](__pointer_to_int(spec))))
        _register_type(self._type_name, type)
        module.__setattr__(self._name, type)


struct PythonModuleBuilder:
    """A Python module while it is made. Errors: what Python raises."""

    var _module: PythonObject
    var _table: _Table
    var _types: List[PythonTypeBuilder]

    def __init__(out self, name: StaticString) raises:
        """A new module with a name."""
        self._module = _new_module(name)
        self._table = _Table()
        self._types = []

    def add_type[T: Movable & Deinitable](mut self, name: StringSlice[_]) -> ref[self._types] PythonTypeBuilder:
        """A type of the module for values of `T`; the result takes its methods."""
        self._types.append(PythonTypeBuilder.bind[T](name))
        return self._types[len(self._types) - 1]

    def def_py_function[function: _F2](mut self, name: StringSlice[_], docstring: StringSlice[_] = ""):
        """A function that gets the module's `self` and the tuple of all arguments."""
        self._table.add(name, docstring, _entry[function, 2](), _VARARGS)

    def def_function[function: _F0](mut self, name: StringSlice[_], docstring: StringSlice[_] = ""):
        """A function of the module with no argument."""
        self._table.add(name, docstring, _entry[function, 0](), _VARARGS)

    def def_function[function: _F1](mut self, name: StringSlice[_], docstring: StringSlice[_] = ""):
        """A function of the module with 1 argument."""
        self._table.add(name, docstring, _entry[function, 0](), _VARARGS)

    def def_function[function: _F2](mut self, name: StringSlice[_], docstring: StringSlice[_] = ""):
        """A function of the module with 2 arguments."""
        self._table.add(name, docstring, _entry[function, 0](), _VARARGS)

    def def_function[function: _F3](mut self, name: StringSlice[_], docstring: StringSlice[_] = ""):
        """A function of the module with 3 arguments."""
        self._table.add(name, docstring, _entry[function, 0](), _VARARGS)

    def def_function[function: _F4](mut self, name: StringSlice[_], docstring: StringSlice[_] = ""):
        """A function of the module with 4 arguments."""
        self._table.add(name, docstring, _entry[function, 0](), _VARARGS)

    def def_function[function: _F5](mut self, name: StringSlice[_], docstring: StringSlice[_] = ""):
        """A function of the module with 5 arguments."""
        self._table.add(name, docstring, _entry[function, 0](), _VARARGS)

    def def_function[function: _F6](mut self, name: StringSlice[_], docstring: StringSlice[_] = ""):
        """A function of the module with 6 arguments."""
        self._table.add(name, docstring, _entry[function, 0](), _VARARGS)

    def def_function[function: _P0](mut self, name: StringSlice[_], docstring: StringSlice[_] = ""):
        """A function of the module with no argument. Python gets None."""
        self._table.add(name, docstring, _entry[function, 0](), _VARARGS)

    def def_function[function: _P1](mut self, name: StringSlice[_], docstring: StringSlice[_] = ""):
        """A function of the module with 1 argument. Python gets None."""
        self._table.add(name, docstring, _entry[function, 0](), _VARARGS)

    def def_function[function: _P2](mut self, name: StringSlice[_], docstring: StringSlice[_] = ""):
        """A function of the module with 2 arguments. Python gets None."""
        self._table.add(name, docstring, _entry[function, 0](), _VARARGS)

    def def_function[function: _P3](mut self, name: StringSlice[_], docstring: StringSlice[_] = ""):
        """A function of the module with 3 arguments. Python gets None."""
        self._table.add(name, docstring, _entry[function, 0](), _VARARGS)

    def def_function[function: _P4](mut self, name: StringSlice[_], docstring: StringSlice[_] = ""):
        """A function of the module with 4 arguments. Python gets None."""
        self._table.add(name, docstring, _entry[function, 0](), _VARARGS)

    def finalize(mut self) raises -> PythonObject:
        """The module, complete."""
        _checked_status(_py["PyModule_AddFunctions", Int32](self._module._address, self._table.address()))
        for ref type in self._types:
            type.finalize(self._module)
        return self._module


def _new_module(name: StringSlice[_]) raises -> PythonObject:
    """An empty module, which `import` does not find."""
    _start()
    # PyModuleDef: a head of 40 bytes, name, documentation, size of state, functions, four more.
    var definition = unsafe_alloc[Int](13)
    for i in range(13):
        definition.unsafe_offset(i)[] = 0
    definition[] = 1
    definition.unsafe_offset(5)[] = _c_string(name)
    definition.unsafe_offset(7)[] = -1
    return PythonObject(from_owned=_checked(_py["PyModule_Create2", Int](__pointer_to_int(definition), Int32(_API_VERSION))))
