"""Runs commands of the shell."""
from std.ffi.errno import get_errno
from std.ffi.external import external_call
from std.io._system import _address
from std.memory.memory import stack_allocation
from std.memory.pointer import __pointer_to_int


@__intrinsic("target.is_wasm")
def __is_wasm() -> Bool:
    ...


def run(var cmd: String) raises -> String:
    """Runs a command in the shell and waits for it; returns what it printed, without white space at the end."""
    comptime assert not __is_wasm(), "a program for wasm cannot start other programs"
    var mode = String("r")
    var stream = external_call["popen", Int](_address(cmd), _address(mode))
    if stream == 0:
        raise Error("Can not run command: ", cmd, " Err: ", get_errno())
    var output = String()
    var room = stack_allocation[1024, UInt8]()
    while True:
        var got = external_call["fread", Int](__pointer_to_int(room), 1, 1024, stream)
        if got <= 0:
            break
        output.write_string(StringSlice(unsafe_from_utf8_ptr=room, length=got))
    _ = external_call["pclose", Int32](stream)
    _ = cmd^
    _ = mode^
    return String(output.rstrip())
