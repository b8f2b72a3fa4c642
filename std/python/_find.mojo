"""Where libpython is: the library of the `python3` that a user would run.

In order: the file that `KILN_PYTHON` names; the active virtual environment; each `python3` on `PATH`; the folders of the system's linker.
No process is started: the library of an executable lies in `lib` beside its `bin`.
"""
from std.memory.memory import stack_allocation, __free_foreign
from std.memory.pointer import __pointer_from_int, __pointer_to_int

comptime NEWEST_MINOR = 15
comptime OLDEST_MINOR = 8


@__intrinsic("foreign.call")
def __foreign_getenv[name: __string_literal_value, Result: AnyType](variable: Int) -> Result:
    ...


@__intrinsic("foreign.call")
def __foreign_realpath[name: __string_literal_value, Result: AnyType](path: Int, buffer: Int) -> Result:
    ...


@__intrinsic("foreign.call")
def __foreign_access[name: __string_literal_value, Result: AnyType](path: Int, mode: Int32) -> Result:
    ...


@__intrinsic("foreign.call")
def __foreign_open[name: __string_literal_value, Result: AnyType](path: Int, flags: Int32) -> Result:
    ...


@__intrinsic("foreign.call")
def __foreign_read[name: __string_literal_value, Result: AnyType](descriptor: Int32, address: Int, count: Int) -> Result:
    ...


@__intrinsic("foreign.call")
def __foreign_close[name: __string_literal_value, Result: AnyType](descriptor: Int32) -> Result:
    ...


@fieldwise_init
struct _Candidate(ImplicitlyCopyable, Deinitable):
    """A library to try, and the executable whose environment it belongs to (empty: unknown)."""

    var library: String
    var program: String


def _address(mut text: String) -> Int:
    """The address of the text with a zero byte after it. The text must live until the last use of the address."""
    return __pointer_to_int(text.as_c_string_slice().unsafe_ptr())


def _text_at(address: Int) -> String:
    """The text up to a zero byte."""
    return String(unsafe_from_utf8_ptr=__pointer_from_int[Pointer[UInt8, MutUntrackedOrigin]](address))


def _environment(name: StringSlice[_]) -> String:
    """An environment variable; empty where it is not set."""
    var text = String(name)
    var value = __foreign_getenv["getenv", Int](_address(text))
    _ = text^
    if value == 0:
        return String()
    return _text_at(value)


def _exists(path: String) -> Bool:
    var text = path
    var status = __foreign_access["access", Int32](_address(text), 0)
    _ = text^
    return status == 0


def _real_path(path: String) -> String:
    """The path without links; empty where there is no such file."""
    var text = path
    var found = __foreign_realpath["realpath", Int](_address(text), 0)
    _ = text^
    if found == 0:
        return String()
    var result = _text_at(found)
    __free_foreign(found)
    return result^


def _first_line(path: String) -> String:
    """The first line of a small file; empty where it cannot be read."""
    var text = path
    var file = __foreign_open["open", Int32](_address(text), 0)
    _ = text^
    if file < 0:
        return String()
    var bytes = stack_allocation[256, UInt8]()
    var count = __foreign_read["read", Int](file, __pointer_to_int(bytes), 256)
    _ = __foreign_close["close", Int32](file)
    var length = 0
    while length < count and bytes.unsafe_offset(length)[] > 32:
        length += 1
    return String(StringSlice(unsafe_from_utf8_ptr=bytes, length=length))


def _folder(path: String) -> String:
    """The path up to its last slash."""
    var at = path.rfind("/")
    return String(path[byte = :at]) if at > 0 else String("/")


def _library_candidates() -> List[_Candidate]:
    """Libraries to try, in order."""
    var result = List[_Candidate]()
    var chosen = _environment("KILN_PYTHON")
    if chosen:
        if "libpython" in chosen:
            result.append(_Candidate(chosen, _program_of(chosen)))
        else:
            _add_executable(result, chosen)
        return result^
    for variable in ["VIRTUAL_ENV", "CONDA_PREFIX"]:
        var prefix = _environment(variable)
        if prefix:
            _add_executable(result, prefix + "/bin/python3")
    var path = _environment("PATH")
    for folder in path.split(":"):
        if folder:
            _add_executable(result, String(folder, "/python3"))
    for i in range(NEWEST_MINOR - OLDEST_MINOR + 1):
        result.append(_Candidate(_file_name(NEWEST_MINOR - i), String()))
    return result^


def _file_name(minor: Int) -> String:
    return String("libpython3.", minor, ".so.1.0")


def _program_of(library: String) -> String:
    """The executable beside a library, if there is one."""
    var real = _real_path(library)
    var program = String(_folder(_folder(real)), "/bin/python3")
    return program if real and _exists(program) else String()


def _add_executable(mut result: List[_Candidate], path: String):
    """Adds the libraries that may belong to a `python3`."""
    var real = _real_path(path)
    if not real:
        return
    var prefix = _folder(_folder(real))
    if prefix.endswith("/.pyenv") or _exists(prefix + "/versions"):
        # A shim of pyenv: the version that is chosen by the environment or for the user.
        var version = _environment("PYENV_VERSION")
        if not version:
            version = _first_line(prefix + "/version")
        var program = String(prefix, "/versions/", version, "/bin/python3")
        if version and _exists(program):
            _add_executable(result, program)
        return
    var newest = NEWEST_MINOR
    var oldest = OLDEST_MINOR
    var at = real.rfind("/python3.")
    if at >= 0:
        try:
            newest = Int(String(real[byte = at + 9 :]))
            oldest = newest
        except:
            pass
    for i in range(newest - oldest + 1):
        var name = _file_name(newest - i)
        for folder in ["/lib/", "/lib64/", "/lib/x86_64-linux-gnu/", "/lib/aarch64-linux-gnu/"]:
            var library = String(prefix, folder, name)
            if _exists(library):
                result.append(_Candidate(library, path))
