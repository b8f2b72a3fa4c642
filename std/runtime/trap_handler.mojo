"""What a native executable does when a trap or a bad address ends it: it says where, in the words of the source.

This module is not part of any program. `scripts/trap-handler.mjs` compiles it to the LLVM IR that the native backend links into every executable
(`packages/backend-native/src/trap-handler-ir.ts`), so programs do not pay for compiling it. It runs inside a signal handler, on a stack of its
own: it allocates nothing and calls nothing that does.

What it knows of the program is the *trace table* at the end of the executable's file, made after linking (`trace-table.ts` has the
format, which must stay in step with this file). Addresses in it are distances from the image's first byte.
"""
from std.builtin.assertion import __trap
from std.memory.memory import stack_allocation
from std.memory.pointer import Pointer, __pointer_from_int, __pointer_to_int
from std.runtime.output_block import _c, begin_output, write_last_words

comptime Handler = def(Int32, Int, Int) abi("C") thin -> None


comptime ILLEGAL_INSTRUCTION = Int32(4)
comptime BUS_ERROR = Int32(7)
comptime SEGMENTATION_FAULT = Int32(11)

comptime ABORTED = Int32(6)

comptime SIGNAL_STACK_BYTES = 65536
# SA_SIGINFO | SA_ONSTACK
comptime HANDLER_FLAGS = 0x08000004

# struct sigaction and stack_t of the C library for x86-64; registers in ucontext_t; the address in siginfo_t.
comptime SIGACTION_BYTES = 152
comptime SIGACTION_FLAGS = 136
comptime CONTEXT_RBP = 120
comptime CONTEXT_RSP = 160
comptime CONTEXT_RIP = 168
comptime INFO_ADDRESS = 16

# The trace table: see trace-table.ts.
comptime TRAILER_BYTES = 16
comptime MAGIC = 0x314352544E4C494B
comptime UNWIND_ROW = 16
comptime LINE_ROW = 8
comptime PLACE_ROW = 24
comptime NOTHING = 0xFFFFFFFF
comptime CFA_UNKNOWN = 2

comptime FRAMES_AT_TOP = 16
comptime FRAMES_AT_BOTTOM = 4
comptime MOST_FRAMES = 1000000


@always_inline
def _byte(address: Int) -> Int:
    return Int(__pointer_from_int[Pointer[UInt8, MutUntrackedOrigin]](address)[])


@always_inline
def _half(address: Int) -> Int:
    return Int(__pointer_from_int[Pointer[UInt32, MutUntrackedOrigin]](address)[])


@always_inline
def _signed_half(address: Int) -> Int:
    return Int(__pointer_from_int[Pointer[Int32, MutUntrackedOrigin]](address)[])


@always_inline
def _word(address: Int) -> Int:
    return __pointer_from_int[Pointer[Int, MutUntrackedOrigin]](address)[]


@always_inline
def _set_word(address: Int, value: Int):
    __pointer_from_int[Pointer[Int, MutUntrackedOrigin]](address)[] = value


@always_inline
def _set_half(address: Int, value: Int):
    __pointer_from_int[Pointer[UInt32, MutUntrackedOrigin]](address)[] = UInt32(value)


@always_inline
def _set_byte(address: Int, value: Int):
    __pointer_from_int[Pointer[UInt8, MutUntrackedOrigin]](address)[] = UInt8(value)


# ---- output on descriptor 2

comptime LINE_BYTES = 1024


struct _Line:
    """One line that is written at once; what does not fit is left out."""

    var start: Int
    var used: Int

    @always_inline
    def __init__(out self, start: Int):
        self.start = start
        self.used = 0

    @no_inline
    def bytes(mut self, address: Int, count: Int):
        for i in range(count):
            if self.used < LINE_BYTES:
                _set_byte(self.start + self.used, _byte(address + i))
                self.used += 1

    @always_inline
    def text(mut self, text: StaticString):
        self.bytes(__pointer_to_int(text.unsafe_ptr()), text.byte_length())

    @no_inline
    def terminated(mut self, address: Int):
        """Text up to its zero byte."""
        var end = address
        while _byte(end) != 0:
            end += 1
        self.bytes(address, end - address)

    @no_inline
    def number(mut self, value: Int, base: Int, width: Int):
        """Without sign, filled with blanks from the left."""
        var digits = stack_allocation[24, UInt8]()
        var first = __pointer_to_int(digits) + 24
        var left = value
        var count = 0
        while left != 0 or count == 0:
            var digit = Int(UInt(left) % UInt(base))
            left = Int(UInt(left) // UInt(base))
            first -= 1
            count += 1
            _set_byte(first, digit + 48 if digit < 10 else digit + 87)
        for _ in range(count, width):
            self.text(" ")
        self.bytes(first, count)

    @no_inline
    def send(mut self):
        """Ends the line and writes it."""
        if self.used == LINE_BYTES:
            self.used -= 1
        _set_byte(self.start + self.used, 10)
        _ = _c["write", Int](Int32(2), self.start, self.used + 1)
        self.used = 0


def _on_abort(signal: Int32, info: Int, context: Int):
    """The C library's `abort`, which goes on to end the process."""
    write_last_words()


# ---- the trace table


struct _Table:
    """The trace table in memory; `start` is 0 where there is none."""

    var start: Int
    var base: Int

    def __init__(out self):
        self.start = 0
        self.base = _c["__kiln_image_base", Int]()
        var path = StaticString("/proc/self/exe")
        var file = _Mapped(__pointer_to_int(path.unsafe_ptr()))
        if file.size < TRAILER_BYTES:
            return
        var trailer = file.start + file.size - TRAILER_BYTES
        if _word(trailer + 8) == MAGIC:
            self.start = trailer - _word(trailer)

    def _row_before(self, section: Int, row_bytes: Int, offset: Int) -> Int:
        """The address of the last row of a section that begins at or before `offset`; 0 when there is none."""
        var count = _half(self.start + section * 8)
        var rows = self.start + _half(self.start + section * 8 + 4)
        var low = 0
        var high = count
        while low < high:
            var middle = (low + high) // 2
            if _half(rows + middle * row_bytes) <= offset:
                low = middle + 1
            else:
                high = middle
        return 0 if low == 0 else rows + (low - 1) * row_bytes

    def _offset(self, pc: Int) -> Int:
        var offset = pc - self.base
        return offset if offset >= 0 and offset < NOTHING else -1

    @no_inline
    def unwind_row(self, pc: Int) -> Int:
        """How to leave the frame of `pc`; 0 outside the program."""
        var offset = self._offset(pc)
        if offset < 0:
            return 0
        var row = self._row_before(0, UNWIND_ROW, offset)
        return 0 if row == 0 or _half(row + 4) == CFA_UNKNOWN else row

    @no_inline
    def place(self, pc: Int) -> Int:
        """The innermost source place of `pc`; 0 when it has none."""
        var offset = self._offset(pc)
        if offset < 0:
            return 0
        var row = self._row_before(1, LINE_ROW, offset)
        if row == 0 or _half(row + 4) == NOTHING:
            return 0
        return self._place(_half(row + 4))

    def _place(self, index: Int) -> Int:
        return self.start + _half(self.start + 20) + index * PLACE_ROW

    @always_inline
    def function(self, place: Int) -> Int:
        return self.start + _half(place)

    @always_inline
    def path(self, place: Int) -> Int:
        return self.start + _half(place + 4)

    @always_inline
    def line(self, place: Int) -> Int:
        return _half(place + 8)

    @always_inline
    def column(self, place: Int) -> Int:
        return _half(place + 12)

    @always_inline
    def is_library(self, place: Int) -> Bool:
        return _half(place + 20) != 0

    def caller(self, place: Int) -> Int:
        """Where the inlined call stands; 0 for what was not inlined."""
        var index = _half(place + 16)
        return 0 if index == NOTHING else self._place(index)


struct _Mapped:
    """A file's bytes. They stay mapped: the process is about to end."""

    var start: Int
    var size: Int

    def __init__(out self, path: Int):
        self.start = 0
        self.size = 0
        var descriptor = _c["open", Int32](path, Int32(0), Int32(0))
        if descriptor < 0:
            return
        var size = _c["lseek", Int](descriptor, 0, Int32(2))
        if size > 0:
            var address = _c["mmap", Int](0, size, Int32(1), Int32(2), descriptor, 0)
            if address != -1:
                self.start = address
                self.size = size
        _ = _c["close", Int32](descriptor)


# ---- the stack


struct _Walk:
    """Goes from frame to frame, innermost first."""

    var pc: Int
    var sp: Int
    var bp: Int
    # A frame below the first is entered at a return address, which stands after its call.
    var is_return: Bool

    @always_inline
    def __init__(out self, context: Int):
        self.pc = _word(context + CONTEXT_RIP)
        self.sp = _word(context + CONTEXT_RSP)
        self.bp = _word(context + CONTEXT_RBP)
        self.is_return = False

    @always_inline
    def address(self) -> Int:
        return self.pc - 1 if self.is_return else self.pc

    @no_inline
    def next(mut self, table: _Table) -> Bool:
        """To the caller; False at the outermost frame of the program."""
        var row = table.unwind_row(self.address())
        if row == 0:
            # A function of the C library that was called with a bad address: most have no frame.
            if self.is_return or table.unwind_row(_word(self.sp) - 1) == 0:
                return False
            self.pc = _word(self.sp)
            self.sp += 8
            self.is_return = True
            return True
        var frame = (self.bp if _half(row + 4) == 1 else self.sp) + _signed_half(row + 8)
        if frame <= self.sp:
            return False
        if _signed_half(row + 12) != 0:
            self.bp = _word(frame + _signed_half(row + 12))
        self.pc = _word(frame - 8)
        self.sp = frame
        self.is_return = True
        return table.unwind_row(self.pc - 1) != 0


@no_inline
def _source_line(mut out: _Line, path: Int, wanted: Int):
    """The text of a line, where its file can be read."""
    var file = _Mapped(path)
    var at = 0
    var line = 1
    while line < wanted and at < file.size:
        if _byte(file.start + at) == 10:
            line += 1
        at += 1
    var end = at
    while end < file.size and _byte(file.start + end) != 10:
        end += 1
    if end == at:
        return
    out.number(wanted, 10, 7)
    out.text(" | ")
    out.bytes(file.start + at, min(end - at, 200))
    out.send()


@no_inline
def _print_place(mut out: _Line, table: _Table, place: Int):
    out.text("  at ")
    out.terminated(table.function(place))
    out.text(" (")
    out.terminated(table.path(place))
    out.text(":")
    out.number(table.line(place), 10, 0)
    if table.column(place) != 0:
        out.text(":")
        out.number(table.column(place), 10, 0)
    out.text(")")
    out.send()


@no_inline
def _count_places(table: _Table, context: Int, library: Bool) -> Int:
    """Places on the stack from the first that is not the library's own to the last such one; all of them if `library`."""
    var walk = _Walk(context)
    var count = 0
    var last = 0
    var started = library
    for _ in range(MOST_FRAMES):
        var place = table.place(walk.address())
        while place != 0:
            started = started or not table.is_library(place)
            if started:
                count += 1
                if library or not table.is_library(place):
                    last = count
            place = table.caller(place)
        if not walk.next(table):
            break
    return last


@no_inline
def _print_stack(mut out: _Line, context: Int):
    """Innermost first. The library's functions before the first and after the last of the user's own are left out."""
    var table = _Table()
    if table.start == 0:
        return
    var total = _count_places(table, context, False)
    var library = total == 0
    if library:
        total = _count_places(table, context, True)
    if total == 0:
        return
    out.text("stack, innermost call first:")
    out.send()
    var walk = _Walk(context)
    var index = 0
    var started = library
    for _ in range(MOST_FRAMES):
        var place = table.place(walk.address())
        while place != 0:
            started = started or not table.is_library(place)
            if started and index < total:
                if index < FRAMES_AT_TOP or index >= total - FRAMES_AT_BOTTOM:
                    _print_place(out, table, place)
                elif index == FRAMES_AT_TOP:
                    out.text("  … ")
                    out.number(total - FRAMES_AT_TOP - FRAMES_AT_BOTTOM, 10, 0)
                    out.text(" calls …")
                    out.send()
                if index == 0:
                    _source_line(out, table.path(place), table.line(place))
                index += 1
            place = table.caller(place)
        if not walk.next(table):
            break


@no_inline
def _set_handler(signal: Int32, handler: Handler, flags: Int):
    var action = stack_allocation[19, Int]()
    var start = __pointer_to_int(action)
    for i in range(SIGACTION_BYTES // 8):
        _set_word(start + i * 8, 0)
    __pointer_from_int[Pointer[Handler, MutUntrackedOrigin]](start)[] = handler
    _set_half(start + SIGACTION_FLAGS, flags)
    _ = _c["sigaction", Int32](signal, start, 0)


def _reset(signal: Int32):
    """The default action: the process ends."""
    _ = _c["signal", Int](signal, 0)


def _on_signal(signal: Int32, info: Int, context: Int):
    _reset(ILLEGAL_INSTRUCTION)
    _reset(SEGMENTATION_FAULT)
    _reset(BUS_ERROR)
    write_last_words()
    var buffer = stack_allocation[LINE_BYTES + 8, UInt8]()
    var out = _Line(__pointer_to_int(buffer))
    var overflow = False
    if signal != ILLEGAL_INSTRUCTION:
        var address = _word(info + INFO_ADDRESS)
        var sp = _word(context + CONTEXT_RSP)
        overflow = signal == SEGMENTATION_FAULT and address > sp - 1048576 and address < sp + 65536
        if overflow:
            out.text("kiln: stack overflow: the calls nest deeper than the stack allows")
        else:
            out.text("kiln: invalid memory access at address 0x")
            out.number(address, 16, 0)
        out.send()
    _print_stack(out, context)
    if overflow:
        # Ends with the status of a trap, as on the other backends.
        __trap()


@export("__kiln_begin", ABI="C")
def begin(argc: Int32, argv: Int) -> Int32:
    """The C library calls this; it calls the program's `main`."""
    # stack_t: address, flags, size.
    var stack = stack_allocation[3, Int]()
    var start = __pointer_to_int(stack)
    _set_word(start, _c["__kiln_signal_stack", Int]())
    _set_word(start + 8, 0)
    _set_word(start + 16, SIGNAL_STACK_BYTES)
    _ = _c["sigaltstack", Int32](start, 0)
    _set_handler(ILLEGAL_INSTRUCTION, _on_signal, HANDLER_FLAGS)
    _set_handler(SEGMENTATION_FAULT, _on_signal, HANDLER_FLAGS)
    _set_handler(BUS_ERROR, _on_signal, HANDLER_FLAGS)
    _set_handler(ABORTED, _on_abort, HANDLER_FLAGS)
    begin_output()
    return _c["main", Int32](argc, argv)
