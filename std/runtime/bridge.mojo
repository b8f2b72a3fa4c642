"""What bridges are made of: the functions that Kiln generates so that JavaScript, Python and C can call a module.

Numbers cross as `Float64`, 64-bit integers as `Int64`, memory as an address. A result that is not one number goes into slots of
8 bytes; text and lists stay in a box that the other side gives back."""
from std.memory.memory import unsafe_alloc, unsafe_memcpy, __free, __foreign_malloc
from std.memory.pointer import Pointer, __pointer_from_int, __pointer_to_int
from std.runtime.error_stack import stack_of_error
from std.sys.info import __is_wasm, size_of


comptime Memory = Pointer[UInt8, MutUntrackedOrigin]
comptime Slots = Pointer[Float64, MutUntrackedOrigin]


def allocate(bytes: Float64) -> Float64:
    """Memory for the other side; the address, or 0 when there is none."""
    return Float64(__foreign_malloc["malloc", Int](max(Int(bytes), 1)))


def release(address: Float64):
    """Frees memory of `allocate`."""
    __free(Int(address))


def copy_out(address: Float64, target: Memory, bytes: Float64):
    """Copies memory of this side to the caller's."""
    unsafe_memcpy(dest=target, src=place[UInt8](address), count=Int(bytes))


def text(data: Memory, length: Float64) -> String:
    """A copy of UTF-8 bytes."""
    return String(text_view(data, length))


def text_view(data: Memory, length: Float64) -> StringSpan[ImmUntrackedOrigin]:
    """UTF-8 bytes of the caller as text, for the time of the call."""
    return StringSpan[ImmUntrackedOrigin](
        unsafe_from_utf8_ptr=data.unsafe_origin_cast[ImmUntrackedOrigin](), length=Int(length)
    )


def span[dtype: DType](data: Memory, count: Float64) -> Span[Scalar[dtype], ImmUntrackedOrigin]:
    """Elements of the caller, for the time of the call."""
    return Span[Scalar[dtype], ImmUntrackedOrigin](
        unsafe_ptr=data.unsafe_bitcast[Scalar[dtype]]().unsafe_origin_cast[ImmUntrackedOrigin](), length=Int(count)
    )


def mut_span[dtype: DType](data: Memory, count: Float64) -> Span[Scalar[dtype], MutUntrackedOrigin]:
    """Elements of the caller that may be written, for the time of the call."""
    return Span[Scalar[dtype], MutUntrackedOrigin](unsafe_ptr=data.unsafe_bitcast[Scalar[dtype]](), length=Int(count))


def list_of[dtype: DType](data: Memory, count: Float64) -> List[Scalar[dtype]]:
    """A copy of the caller's elements."""
    var result = List[Scalar[dtype]](capacity=Int(count))
    var source = data.unsafe_bitcast[Scalar[dtype]]()
    for i in range(Int(count)):
        result.append(source.unsafe_offset(i)[])
    return result^


def place[T: AnyType](address: Float64) -> Pointer[T, MutUntrackedOrigin]:
    """The object in a box."""
    return __pointer_from_int[Pointer[T, MutUntrackedOrigin]](Int(address))


def give[T: Movable & Deinitable](var value: T) -> Float64:
    """Moves a value into a box that the other side owns; its address."""
    var box = unsafe_alloc[T](1)
    box.unsafe_write(value^)
    return Float64(__pointer_to_int(box))


def take[T: Movable & Deinitable](address: Float64) -> T:
    """Moves the value out of a box, which is gone then."""
    var box = place[T](address)
    var value = box.unsafe_take_pointee()
    box.unsafe_free()
    return value^


def drop[T: Movable & Deinitable](address: Float64):
    """Destroys a value with its box."""
    _ = take[T](address)


def put_wide(slots: Slots, at: Int, value: Int64):
    """All 64 bits of an integer."""
    slots.unsafe_bitcast[Int64]().unsafe_offset(at)[] = value


def put_text(slots: Slots, at: Int, var value: String):
    """Owner, address and number of bytes of a text."""
    var length = value.byte_length()
    var owner = give(value^)
    slots.unsafe_offset(at)[] = owner
    slots.unsafe_offset(at + 1)[] = Float64(__pointer_to_int(place[String](owner)[].unsafe_ptr()))
    slots.unsafe_offset(at + 2)[] = Float64(length)


def put_error(slots: Slots, error: Error):
    """The text of an error, and the Mojo calls that it came through."""
    put_text(slots, 0, String(error))
    put_text(slots, 3, stack_of_error[source=False](""))


def put_error[E: Writable](slots: Slots, error: E):
    """The text of an error of another type: its calls are not recorded."""
    put_text(slots, 0, String(error))
    put_text(slots, 3, String())


def put_list[dtype: DType, //](slots: Slots, at: Int, var value: List[Scalar[dtype]]):
    """Owner, address and number of elements of a list."""
    var count = len(value)
    var owner = give(value^)
    slots.unsafe_offset(at)[] = owner
    slots.unsafe_offset(at + 1)[] = Float64(__pointer_to_int(place[List[Scalar[dtype]]](owner)[].unsafe_ptr()))
    slots.unsafe_offset(at + 2)[] = Float64(count)


# ---- lists of other things than numbers: streams of slots, and of bytes that slots point into


struct StreamReader(Movable):
    """Reads what the other side has written."""

    var slots: Slots
    var bytes: Memory
    var at: Int

    def __init__(out self, slots: Slots, bytes: Memory):
        self.slots = slots
        self.bytes = bytes
        self.at = 0

    def number(mut self) -> Float64:
        self.at += 1
        return self.slots.unsafe_offset(self.at - 1)[]

    def wide(mut self) -> Int64:
        self.at += 1
        return self.slots.unsafe_bitcast[Int64]().unsafe_offset(self.at - 1)[]

    def text(mut self) -> String:
        var start = Int(self.number())
        return text(self.bytes.unsafe_offset(start), self.number())

    def list[dtype: DType](mut self) -> List[Scalar[dtype]]:
        """Elements whose bytes may lie anywhere."""
        var start = Int(self.number())
        var size = Int(self.number())
        var result = List[Scalar[dtype]](length=size // size_of[dtype](), fill=0)
        unsafe_memcpy(
            dest=result.unsafe_ptr().unsafe_bitcast[UInt8](), src=self.bytes.unsafe_offset(start), count=size
        )
        return result^


def stream(slots: Memory, bytes: Memory) -> StreamReader:
    return StreamReader(slots.unsafe_bitcast[Float64](), bytes)


struct StreamWriter(Movable):
    """Writes what the other side reads."""

    var slots: List[Float64]
    var bytes: List[UInt8]

    def __init__(out self):
        self.slots = []
        self.bytes = []

    def number(mut self, value: Float64):
        self.slots.append(value)

    def wide(mut self, value: Int64):
        self.slots.append(0)
        var place = Pointer(to=self.slots[len(self.slots) - 1]).unsafe_origin_cast[MutUntrackedOrigin]()
        place.unsafe_bitcast[Int64]()[] = value

    def text(mut self, value: String):
        self._add(value.as_bytes())

    def list[dtype: DType, //](mut self, value: List[Scalar[dtype]]):
        # Each where its elements may be seen in place.
        while len(self.bytes) % 8 != 0:
            self.bytes.append(0)
        self._add(
            Span[UInt8, ImmUntrackedOrigin](
                unsafe_ptr=value.unsafe_ptr().unsafe_bitcast[UInt8]().unsafe_origin_cast[ImmUntrackedOrigin](),
                length=len(value) * size_of[dtype](),
            )
        )

    def _add(mut self, bytes: Span[UInt8, _]):
        self.slots.append(Float64(len(self.bytes)))
        self.slots.append(Float64(len(bytes)))
        self.bytes.extend(bytes)


def put_stream(slots: Slots, at: Int, var value: StreamWriter):
    """Owner, address and number of slots, address and number of bytes."""
    var owner = give(value^)
    ref written = place[StreamWriter](owner)[]
    slots.unsafe_offset(at)[] = owner
    slots.unsafe_offset(at + 1)[] = Float64(__pointer_to_int(written.slots.unsafe_ptr()))
    slots.unsafe_offset(at + 2)[] = Float64(len(written.slots))
    slots.unsafe_offset(at + 3)[] = Float64(__pointer_to_int(written.bytes.unsafe_ptr()))
    slots.unsafe_offset(at + 4)[] = Float64(len(written.bytes))


# ---- functions of the caller, called back while a call runs


@__intrinsic("foreign.call")
def __foreign_call[name: __string_literal_value, Result: AnyType](id: Float64) -> Result:
    ...


@__intrinsic("foreign.call_pointer")
def __call_at[Result: AnyType](address: Int, id: Float64) -> Result:
    ...


def slots_of(memory: Memory) -> Slots:
    """Slots of 8 bytes for the arguments, and then for the result, of one callback."""
    return memory.unsafe_bitcast[Float64]()


def pass_text(slots: Memory, at: Int, value: StringSpan[_]):
    """Address and number of bytes of a text that stays here."""
    slots_of(slots).unsafe_offset(at)[] = Float64(__pointer_to_int(value.unsafe_ptr()))
    slots_of(slots).unsafe_offset(at + 1)[] = Float64(value.byte_length())


def pass_array[dtype: DType, //](slots: Memory, at: Int, value: Span[Scalar[dtype], _]):
    """Address and number of elements, which the other side copies."""
    slots_of(slots).unsafe_offset(at)[] = Float64(__pointer_to_int(value.unsafe_ptr()))
    slots_of(slots).unsafe_offset(at + 1)[] = Float64(len(value))


def take_callback_text(slots: Memory) -> String:
    """A text that the other side allocated here."""
    var address = slots_of(slots)[]
    var length = slots_of(slots).unsafe_offset(1)[]
    if length == 0:
        return String()
    var result = text(place[UInt8](address), length)
    release(address)
    return result^


def invoke(id: Float64, slots: Memory, call: Float64) raises:
    """Calls the function of that number; what it throws is raised."""
    if _invoke(id, call) != 0:
        raise Error(take_callback_text(slots))


def invoke_or_end(id: Float64, slots: Memory, call: Float64):
    """Calls a function that may not raise. What it throws ends the call from outside, on wasm at once; natively the result is 0 or
    empty until the call returns."""
    _ = _invoke(id, call)


def _invoke(id: Float64, call: Float64) -> Float64:
    comptime if __is_wasm():
        return __foreign_call["kiln.call", Float64](id)
    else:
        return __call_at[Float64](Int(call), id)
