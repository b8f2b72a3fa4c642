"""Other programs: starting them, waiting for them, pipes to them. Not on wasm."""
from std.ffi.errno import get_errno
from std.ffi.external import external_call
from std.io._system import _address
from std.io.file_descriptor import RawFileDescriptor
from std.memory.memory import stack_allocation
from std.memory.pointer import __pointer_to_int

comptime _HANG_UP = 1
comptime _INTERRUPT = 2
comptime _KILL = 9
comptime _DO_NOT_WAIT = 1
comptime _SET_DESCRIPTOR_FLAGS = 2
comptime _CLOSE_ON_EXEC = 1


@__intrinsic("target.is_wasm")
def __is_wasm() -> Bool:
    ...


@fieldwise_init
struct ProcessStatus(ImplicitlyCopyable, Deinitable):
    """How a process ended; neither field is set while it runs."""

    var exit_code: Optional[Int]
    """Its exit status, if it ended by itself."""
    var term_signal: Optional[Int]
    """The signal that ended it."""

    def __init__(out self):
        """A process that runs."""
        self.exit_code = None
        self.term_signal = None

    def __init__(out self, *, exit_code: Optional[Int]):
        """A process that ended by itself."""
        self.exit_code = exit_code
        self.term_signal = None

    def __init__(out self, *, term_signal: Optional[Int]):
        """A process that a signal ended."""
        self.exit_code = None
        self.term_signal = term_signal

    @staticmethod
    def running() -> Self:
        """A process that runs."""
        return Self()

    def has_exited(self) -> Bool:
        """Whether the process has ended."""
        return Bool(self.exit_code) or Bool(self.term_signal)


struct Pipe(Movable, Deinitable):
    """A pipe of the operating system. What is open of it is closed when its life ends."""

    var fd_in: Optional[RawFileDescriptor]
    """The side that is read from."""
    var fd_out: Optional[RawFileDescriptor]
    """The side that is written to."""

    def __init__(out self, in_close_on_exec: Bool = True, out_close_on_exec: Bool = True) raises:
        """A new pipe. The sides are closed in a process that this one becomes or starts, unless told otherwise."""
        comptime assert not __is_wasm(), "a program for wasm has no pipes"
        var ends = stack_allocation[2, Int32]()
        if external_call["pipe", Int32](__pointer_to_int(ends)) < 0:
            raise Error("Failed to create pipe")
        var read_end = ends[].cast[DType.int]()
        var write_end = ends.unsafe_offset(1)[].cast[DType.int]()
        if in_close_on_exec:
            _close_on_exec(read_end)
        if out_close_on_exec:
            _close_on_exec(write_end)
        self.fd_in = RawFileDescriptor(read_end)
        self.fd_out = RawFileDescriptor(write_end)

    def __deinit__(deinit self):
        if self.fd_in:
            _close(self.fd_in.value())
        if self.fd_out:
            _close(self.fd_out.value())

    def set_input_only(mut self):
        """Closes the side that is written to."""
        if self.fd_out:
            _close(self.fd_out.value())
            self.fd_out = None

    def set_output_only(mut self):
        """Closes the side that is read from."""
        if self.fd_in:
            _close(self.fd_in.value())
            self.fd_in = None

    def write_bytes(mut self, bytes: Span[UInt8, _]) raises:
        """Writes bytes; raises where that side is closed."""
        if not self.fd_out:
            raise Error("Can not write from read only side of pipe")
        self.fd_out.value().write_bytes(bytes)

    def read_bytes(mut self, buffer: Span[mut=True, UInt8, _]) raises -> UInt:
        """Reads bytes that are there, and waits for the first; their number, 0 when no writer is left. Raises where that side is closed."""
        if not self.fd_in:
            raise Error("Can not read from write only side of pipe")
        return self.fd_in.value().read_bytes(buffer)


def _close_on_exec(descriptor: Int):
    _ = external_call["fcntl", Int32](descriptor.cast[DType.int32](), Int32(_SET_DESCRIPTOR_FLAGS), Int32(_CLOSE_ON_EXEC))


def _close(descriptor: RawFileDescriptor):
    _ = external_call["close", Int32](descriptor.value.cast[DType.int32]())


struct Process(Movable, Deinitable):
    """A process that this one started. At the end of its life it is waited for."""

    var child_pid: Int32
    """Its number."""
    var status: Optional[ProcessStatus]
    """How it ended, once that is known."""

    def __init__(out self, child_pid: Int32):
        """The child process with a number."""
        self.child_pid = child_pid
        self.status = None

    def __deinit__(deinit self):
        if not self.status:
            _ = _wait_for(self.child_pid, 0)

    @staticmethod
    def run(var path: String, argv: List[String]) raises -> Process:
        """Starts the program at a path, or of that name on the search path, with arguments (its own name is put before them) and this
        process's environment and open files."""
        comptime assert not __is_wasm(), "a program for wasm cannot start other programs"
        var name = _last_part(path)
        # The texts must stay where they are until the call: their addresses go to the program.
        var texts = List[String](capacity=len(argv) + 1)
        texts.append(name^)
        for text in argv:
            texts.append(text)
        var addresses = List[Int](capacity=len(texts) + 1)
        for ref text in texts:
            addresses.append(_address(text))
        addresses.append(0)
        var child = stack_allocation[1, Int32]()
        var failed = external_call["posix_spawnp", Int32](
            __pointer_to_int(child), _address(path), 0, 0, __pointer_to_int(addresses.unsafe_ptr()), _environment_table()
        )
        _ = texts^
        _ = addresses^
        if failed != 0:
            raise Error("Failed to execute ", path, ", EINT error code: ", failed)
        return Process(child[])

    def wait(mut self) raises -> ProcessStatus:
        """Waits until the process has ended, and says how."""
        return self._status(0)

    def poll(mut self) raises -> ProcessStatus:
        """How the process ended, if it has."""
        return self._status(_DO_NOT_WAIT)

    def _status(mut self, options: Int) raises -> ProcessStatus:
        if self.status:
            return self.status.value()
        var found = _wait_for(self.child_pid, options)
        if found[0] == 0:
            return ProcessStatus.running()
        if found[0] != self.child_pid:
            raise Error("waitpid failed with errno ", get_errno())
        var signal = Int(found[1] & 0x7F)
        var status = ProcessStatus(exit_code=Int((found[1] >> 8) & 0xFF)) if signal == 0 else ProcessStatus(term_signal=signal)
        self.status = status
        return status

    def hangup(mut self) -> Bool:
        """Sends the process the signal that its terminal is gone. False where that cannot be done."""
        return self._send(_HANG_UP)

    def interrupt(mut self) -> Bool:
        """Asks the process to end. False where that cannot be done."""
        return self._send(_INTERRUPT)

    def kill(mut self) -> Bool:
        """Ends the process. False where that cannot be done."""
        return self._send(_KILL)

    def _send(mut self, signal: Int) -> Bool:
        if self.status:
            return False
        return external_call["kill", Int32](self.child_pid, signal.cast[DType.int32]()) == 0


def _wait_for(child: Int32, options: Int) -> Tuple[Int32, Int32]:
    """The number of the process that changed (0: none, -1: there is none), and its status word."""
    var word = stack_allocation[1, Int32]()
    word[] = 0
    var found = external_call["waitpid", Int32](child, __pointer_to_int(word), options.cast[DType.int32]())
    return (found, word[])


def _last_part(path: String) -> String:
    """What stands behind the last slash."""
    var slash = path.rfind("/")
    return String(path[byte=slash + 1 :])


def _environment_table() -> Int:
    """The address of the C library's table of variables."""
    var name = String("environ")
    var place = external_call["dlsym", Int](0, _address(name))
    _ = name^
    return 0 if place == 0 else __pointer_from_address(place)[]


@__intrinsic("pointer.from_int")
def __pointer_from_address(address: Int) -> Pointer[Int, MutUntrackedOrigin]:
    ...
