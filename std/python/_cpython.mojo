"""The C API of Python, found at run time.

`_py["PyObject_Str", Int](object)` calls a function of the library; its address is looked up once a program. Addresses of Python objects are
`Int` here. The first call starts the interpreter: where that fails, code that may raise gets an `Error` from `_start`, any other code ends
the program with the same sentence.
"""
from std.builtin.assertion import __trap
from std.io.file_descriptor import _flush_output
from std.memory.memory import stack_allocation
from std.memory.pointer import __pointer_from_int, __pointer_to_int
from std.sys import argv
from std.python._traceback import _remember
from std.python._find import _library_candidates, _Candidate, _environment, _address, _folder, _real_path, _text_at


@__intrinsic("foreign.call_pointer")
def __call_address[Arguments: AnyType, Result: AnyType](address: Int, args: Arguments) -> Result:
    ...


@__intrinsic("memory.slot")
def __slot[name: __string_literal_value]() -> Pointer[Int, MutUntrackedOrigin]:
    ...


@__intrinsic("target.is_wasm")
def __is_wasm() -> Bool:
    ...


@__intrinsic("foreign.call")
def __foreign_dlopen[name: __string_literal_value, Result: AnyType](path: Int, flags: Int32) -> Result:
    ...


@__intrinsic("foreign.call")
def __foreign_dlsym[name: __string_literal_value, Result: AnyType](library: Int, symbol: Int) -> Result:
    ...


@__intrinsic("foreign.call")
def __foreign_dlerror[name: __string_literal_value, Result: AnyType]() -> Result:
    ...


@always_inline
def _py[name: __string_literal_value, Result: TrivialRegisterPassable, *Ts: TrivialRegisterPassable](*args: *Ts) -> Result:
    """Calls a function of the C API; addresses and `Py_ssize_t` are `Int`, `int` is `Int32`."""
    comptime assert not __is_wasm(), "Python is not available on this target"
    var address = __slot[name]()[]
    if address == 0:
        address = _resolve(__slot[name](), StringLiteral[name]().unsafe_ptr())
    # What Python prints comes after what was printed here.
    _flush_output()
    return __call_address[Result=Result](address, args)


def _call[Result: TrivialRegisterPassable, *Ts: TrivialRegisterPassable](address: Int, *args: *Ts) -> Result:
    """Calls a C function at an address."""
    return __call_address[Result=Result](address, args)


@no_inline
def _resolve(slot: Pointer[Int, MutUntrackedOrigin], symbol: Pointer[UInt8, ImmStaticOrigin]) -> Int:
    """The address of a function of the C API; starts Python if that has not been done."""
    try:
        _start()
    except error:
        _abort(String(error))
    var address = _symbol(__slot["python.library"]()[], symbol)
    if address == 0:
        _abort(String("this Python has no function ", StringSlice(unsafe_from_utf8_ptr=symbol, length=_c_length(symbol))))
    slot[] = address
    return address


def _abort(message: String) -> Never:
    """Ends the program where an error cannot be raised."""
    print("ABORT:", message)
    __trap()


def _c_length(text: Pointer[UInt8, _]) -> Int:
    var length = 0
    while text.unsafe_offset(length)[] != 0:
        length += 1
    return length


@always_inline
def _symbol(library: Int, symbol: Pointer[UInt8, ImmStaticOrigin]) -> Int:
    return __foreign_dlsym["dlsym", Int](library, __pointer_to_int(symbol))


# ---- start


@always_inline
def _start() raises:
    """Makes sure that Python runs; an error names what is missing."""
    comptime assert not __is_wasm(), "Python is not available on this target"
    if __slot["python.running"]()[] == 0:
        _start_now()


@no_inline
def _start_now() raises:
    # The interpreter has no libraries; every native process has this function.
    if _symbol(0, "malloc".unsafe_ptr()) == 0:
        raise Error("Python is not available in the interpreter")
    # Inside a Python process, e.g. in an extension module, the API is there already.
    var running = _symbol(0, "Py_IsInitialized".unsafe_ptr())
    if running != 0:
        __slot["python.library"]()[] = 0
        if _call[Int32](running) == 0:
            _initialize(String())
    else:
        _initialize(_open_library())
    __slot["python.running"]()[] = 1


def _open(path: String) -> Int:
    """Opens a library so that C extensions see its symbols; 0 if that fails."""
    comptime RTLD_NOW = 2
    comptime RTLD_GLOBAL = 0x100
    var text = path
    var library = __foreign_dlopen["dlopen", Int](_address(text), RTLD_NOW | RTLD_GLOBAL)
    _ = text^
    return library


def _open_library() raises -> String:
    """Opens the first libpython that can be; returns the program whose environment it is to use, if it is known."""
    var candidates = _library_candidates()
    for ref candidate in candidates:
        var library = _open(candidate.library)
        if library == 0:
            continue
        if _symbol(library, "Py_InitializeEx".unsafe_ptr()) != 0:
            __slot["python.library"]()[] = library
            return candidate.program
    var chosen = _environment("KILN_PYTHON")
    if chosen:
        var problem = _open_problem() if candidates else String("there is no libpython3 beside it")
        raise Error("KILN_PYTHON is '", chosen, "', which is not a Python library that can be opened: ", problem)
    raise Error(
        "Python was not found: install its shared library (on Debian and Ubuntu `apt-get install libpython3-dev`),"
        " or set KILN_PYTHON to a libpython3 file"
    )


def _open_problem() -> String:
    var address = __foreign_dlerror["dlerror", Int]()
    if address == 0:
        return "it lacks the C API"
    return _text_at(address)


def _initialize(program: String):
    """Starts the interpreter with the folders of the program that a user would call Python with."""
    var library = __slot["python.library"]()[]
    # Text that Python prints appears in order with what the program prints.
    var unbuffered = _symbol(library, "Py_UnbufferedStdioFlag".unsafe_ptr())
    if unbuffered != 0:
        __pointer_from_int[Pointer[Int32, MutUntrackedOrigin]](unbuffered)[] = 1
    var set_name = _symbol(library, "Py_SetProgramName".unsafe_ptr())
    var decode = _symbol(library, "Py_DecodeLocale".unsafe_ptr())
    if program and set_name != 0 and decode != 0:
        var text = program
        var wide = _call[Int](decode, _address(text), Int(0))
        _ = text^
        # Python keeps the address of the name.
        if wide != 0:
            _call[NoneType](set_name, wide)
    # 0: signals stay the program's.
    _call[NoneType](_symbol(library, "Py_InitializeEx".unsafe_ptr()), Int32(0))
    _add_program_folder(library)


def _add_program_folder(library: Int):
    """Modules are looked for first beside the source file that is run, or in the current folder for a built program."""
    var program = String(argv()[0])
    var is_source = program.endswith(".mojo") or program.endswith(".🔥")
    var folder = _real_path(_folder(program) if is_source and "/" in program else ".")
    var get_object = _symbol(library, "PySys_GetObject".unsafe_ptr())
    var decode = _symbol(library, "PyUnicode_DecodeFSDefault".unsafe_ptr())
    var insert = _symbol(library, "PyList_Insert".unsafe_ptr())
    # The list is borrowed.
    var path = _call[Int](get_object, __pointer_to_int("path".unsafe_ptr()))
    var entry = _call[Int](decode, _address(folder))
    _ = folder^
    if path != 0 and entry != 0:
        _ = _call[Int32](insert, path, Int(0), entry)


# ---- objects


@no_inline
def _increment(object: Int):
    _py["Py_IncRef", NoneType](object)


@no_inline
def _decrement(object: Int):
    _py["Py_DecRef", NoneType](object)


def _text_object(text: StringSlice[_]) -> Int:
    """A new `str`."""
    return _py["PyUnicode_DecodeUTF8", Int](__pointer_to_int(text.unsafe_ptr()), text.byte_length(), Int(0))


def _name_object(name: StringSlice[_]) -> Int:
    """A new `str` of which there is only one: for names of attributes."""
    var object = _text_object(name)
    var cell = stack_allocation[1, Int]()
    cell[] = object
    _py["PyUnicode_InternInPlace", NoneType](__pointer_to_int(cell))
    return cell[]


def _text_of(object: Int) -> String:
    """The text of a `str`."""
    var length = stack_allocation[1, Int]()
    var bytes = _py["PyUnicode_AsUTF8AndSize", Int](object, __pointer_to_int(length))
    if bytes == 0:
        _py["PyErr_Clear", NoneType]()
        return "<text without UTF-8>"
    return String(StringSlice(unsafe_from_utf8_ptr=__pointer_from_int[Pointer[UInt8, MutUntrackedOrigin]](bytes), length=length[]))


@no_inline
def _pending_error() -> Error:
    """Takes the Python exception that has been raised; the message is the text of its value."""
    # Its type, value and traceback.
    var parts = stack_allocation[3, Int]()
    var at = __pointer_to_int(parts)
    _py["PyErr_Fetch", NoneType](at, at + 8, at + 16)
    if parts[0] == 0:
        return Error("a Python function failed without an exception")
    # Not normalized: the text is the official one (a `KeyError` of the key 1 may read `(1,)`).
    var text = _py["PyObject_Str", Int](parts[1])
    var message = String("<exception without text>")
    if text == 0:
        _py["PyErr_Clear", NoneType]()
    else:
        message = _text_of(text)
        _decrement(text)
    _remember(message, parts[0], parts[2])
    for i in range(3):
        _decrement(parts[i])
    return Error(message)


def _checked(object: Int) raises -> Int:
    """A new reference that a call returned; raises the Python exception if there is none."""
    if object == 0:
        raise _pending_error()
    return object


def _checked_status(status: Int32) raises:
    if status == -1:
        raise _pending_error()
