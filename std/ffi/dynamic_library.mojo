"""Libraries that are opened while the program runs."""
from std.ffi.external import external_call
from std.io._system import _address, _text_at
from std.io.file_descriptor import _flush_output
from std.memory.pointer import Pointer, __pointer_from_int
from std.os.path_like import PathLike


@__intrinsic("foreign.call_pointer")
def __call_address[Arguments: AnyType, Result: AnyType](address: Int, args: Arguments) -> Result:
    ...


@__intrinsic("target.is_wasm")
def __is_wasm() -> Bool:
    ...


struct RTLD:
    """How a library is opened."""

    comptime LAZY = 1
    """Functions are looked up when they are called first."""
    comptime NOW = 2
    """All functions that the library needs are looked up at once."""
    comptime LOCAL = 0
    """Other libraries do not see this one's symbols."""
    comptime GLOBAL = 256
    """Libraries that are opened later see this one's symbols."""
    comptime NODELETE = 4096
    """The library stays until the process ends."""


comptime DEFAULT_RTLD = RTLD.NOW | RTLD.GLOBAL
"""What libraries are opened with unless told otherwise."""


struct _DLHandle(TrivialRegisterPassable, Boolable):
    """An open library, which somebody else closes."""

    var _handle: Int

    @always_inline
    def __init__(out self, handle: Int):
        self._handle = handle

    def __bool__(self) -> Bool:
        """Whether there is a library."""
        return self._handle != 0

    def check_symbol(self, var name: String) -> Bool:
        """Whether the library has a function or variable of that name."""
        return self._find(name^) != 0

    def _find(self, var name: String) -> Int:
        var address = external_call["dlsym", Int](self._handle, _address(name))
        _ = name^
        return address

    @no_inline
    def _required(self, name: String) -> Int:
        var address = self._find(name)
        if address == 0:
            print("ABORT: the library has no symbol '", name, "'", sep="", flush=True)
            __trap()
        return address


@__intrinsic("control.trap")
def __trap() -> Never:
    ...


struct _DLCallable[return_type: TrivialRegisterPassable, origin: ImmOrigin](TrivialRegisterPassable):
    """A function of an open library."""

    var _function: Int

    @always_inline
    def __init__(out self, function: Int):
        self._function = function

    @always_inline
    def __call__[*Ts: TrivialRegisterPassable](self, *args: *Ts) -> Self.return_type:
        """Calls the function with the arguments as they are."""
        _flush_output()
        return __call_address[Result=Self.return_type](self._function, args)


struct OwnedDLHandle(Movable, Deinitable, Boolable):
    """An open library. It is closed when the handle's life ends, after the last use of what was found in it."""

    var _library: _DLHandle
    var _is_closed_at_end: Bool

    def __init__(out self) raises:
        """The program itself and what it is linked with."""
        comptime assert not __is_wasm(), "a program for wasm cannot open libraries"
        self._library = _DLHandle(external_call["dlopen", Int](0, Int32(RTLD.NOW)))
        self._is_closed_at_end = False

    def __init__[P: PathLike, //](out self, path: P, flags: Int = DEFAULT_RTLD) raises:
        """Opens a library: a path, or a name that the system's places are searched for. Raises where that fails."""
        comptime assert not __is_wasm(), "a program for wasm cannot open libraries"
        var text = path.__fspath__()
        var handle = external_call["dlopen", Int](_address(text), flags.cast[DType.int32]())
        if handle == 0:
            var reason = external_call["dlerror", Int]()
            raise Error("dlopen failed: ", _text_at(reason) if reason != 0 else text)
        self._library = _DLHandle(handle)
        self._is_closed_at_end = True

    def __deinit__(deinit self):
        if self._is_closed_at_end:
            _ = external_call["dlclose", Int32](self._library._handle)

    def __bool__(self) -> Bool:
        """Whether there is a library, which is always so."""
        return Bool(self._library)

    def borrow(self) -> _DLHandle:
        """The library, for as long as this handle lives."""
        return self._library

    def check_symbol(self, var name: String) -> Bool:
        """Whether the library has a function or variable of that name."""
        return self._library.check_symbol(name^)

    def get_function[return_type: TrivialRegisterPassable = NoneType](
        ref self, var name: String
    ) -> _DLCallable[return_type, origin_of(self)]:
        """A function of the library by the type of its result; it is called with the arguments as they are. Traps where there is none."""
        return _DLCallable[return_type, origin_of(self)](self._library._required(name))

    def get_symbol[mut: Bool, origin: Origin[mut=mut], //, result_type: AnyType](
        ref[origin] self, name: StringSlice[_]
    ) -> Optional[Pointer[result_type, origin]]:
        """Where a variable of the library stands; nothing where there is none."""
        var address = self._library._find(String(name))
        if address == 0:
            return None
        return __pointer_from_int[Pointer[result_type, origin]](address)

    @always_inline
    def call[name: StaticString, return_type: TrivialRegisterPassable = NoneType, *Ts: TrivialRegisterPassable](
        self, *args: *Ts
    ) -> return_type:
        """Calls a function of the library with the arguments as they are. Traps where there is none."""
        _flush_output()
        return __call_address[Result=return_type](self._library._required(String(name)), args)
