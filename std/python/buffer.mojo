"""Memory shared with Python, without copies, through its buffer protocol.

`PythonBuffer` sees the elements of an array that Python owns (NumPy arrays, `array.array`, `bytearray`, `memoryview`, …);
`array_from_list` hands the memory of a list to Python."""
from std.memory.memory import stack_allocation, unsafe_alloc, __free
from std.memory.pointer import Pointer, __pointer_from_int, __pointer_to_int
from std.python._cpython import _py, _start, _checked, _decrement, _pending_error
from std.python.python_object import PythonObject

comptime _Words = Pointer[Int, MutUntrackedOrigin]
comptime _BUFFER_BYTES = 80
# PyBUF_FORMAT | PyBUF_ND | PyBUF_STRIDES, PyBUF_WRITABLE
comptime _BUFFER_FLAGS = 0x1C
comptime _BUFFER_WRITABLE = 0x1


def _words(address: Int) -> _Words:
    return __pointer_from_int[_Words](address)


# ---- what a Py_buffer says


@fieldwise_init
struct _BufferView(ImplicitlyCopyable):
    """The fields of a `Py_buffer` at an address."""

    var address: Int

    def data(self) -> Int:
        return _words(self.address)[]

    def element_bytes(self) -> Int:
        return _words(self.address).unsafe_offset(3)[]

    def count(self) -> Int:
        """All elements."""
        return _words(self.address).unsafe_offset(2)[] // self.element_bytes()

    def rank(self) -> Int:
        return Int(__pointer_from_int[Pointer[Int32, MutUntrackedOrigin]](self.address + 36)[])

    def format(self) -> Int:
        return _words(self.address).unsafe_offset(5)[]

    def dimension(self, axis: Int) -> Int:
        return _words(_words(self.address).unsafe_offset(6)[]).unsafe_offset(axis)[]

    def stride_bytes(self, axis: Int) -> Int:
        return _words(_words(self.address).unsafe_offset(7)[]).unsafe_offset(axis)[]

    def is_contiguous(self) -> Bool:
        """Row after row without gaps."""
        var expected = self.element_bytes()
        for i in range(self.rank()):
            var axis = self.rank() - 1 - i
            if self.dimension(axis) > 1 and self.stride_bytes(axis) != expected:
                return self.count() == 0
            expected *= self.dimension(axis)
        return True


struct PythonBuffer[dtype: DType, writable: Bool = False](Movable, Deinitable, Sized):
    """The elements of an array object of Python, in place. Python keeps the array and does not resize it while this lives.

    Raises when the object has no buffer, its elements are not `dtype`, or it is read-only and `writable` is asked for."""

    var _view: Int
    var _owner: PythonObject

    def __init__(out self, array: PythonObject) raises:
        _start()
        var view = __pointer_to_int(unsafe_alloc[UInt8](_BUFFER_BYTES))
        var flags = _BUFFER_FLAGS | (_BUFFER_WRITABLE if Self.writable else 0)
        if _py["PyObject_GetBuffer", Int32](array._address, view, Int32(flags)) != 0:
            __free(view)
            raise _pending_error()
        var fields = _BufferView(view)
        if not _format_fits[Self.dtype](fields.format()):
            var found = _format_text(fields.format())
            _py["PyBuffer_Release", NoneType](view)
            __free(view)
            raise Error("the array's elements have the format '", found, "'; expected ", _array_name[Self.dtype]())
        self._view = view
        self._owner = array

    def __deinit__(deinit self):
        _py["PyBuffer_Release", NoneType](self._view)
        __free(self._view)

    def __len__(self) -> Int:
        """The number of all elements."""
        return _BufferView(self._view).count()

    def rank(self) -> Int:
        """The number of dimensions."""
        return _BufferView(self._view).rank()

    def shape(self) -> List[Int]:
        """The lengths of the dimensions."""
        var result = List[Int]()
        for axis in range(self.rank()):
            result.append(_BufferView(self._view).dimension(axis))
        return result^

    def strides(self) -> List[Int]:
        """The distances between neighbours along each dimension, in elements."""
        var result = List[Int]()
        for axis in range(self.rank()):
            result.append(_BufferView(self._view).stride_bytes(axis) // _BufferView(self._view).element_bytes())
        return result^

    def is_contiguous(self) -> Bool:
        """Whether the elements lie row after row without gaps."""
        return _BufferView(self._view).is_contiguous()

    def unsafe_ptr(self) -> Pointer[Scalar[Self.dtype], MutUntrackedOrigin]:
        """The first element. Valid while this buffer lives."""
        return __pointer_from_int[Pointer[Scalar[Self.dtype], MutUntrackedOrigin]](_BufferView(self._view).data())

    def span(self) raises -> Span[Scalar[Self.dtype], origin_of(self)]:
        """All elements, for reading. Raises when they are not contiguous."""
        self._require_contiguous()
        return Span[Scalar[Self.dtype], origin_of(self)](
            unsafe_ptr=self.unsafe_ptr().unsafe_origin_cast[origin_of(self)](), length=len(self)
        )

    def mut_span(mut self) raises -> Span[mut=True, Scalar[Self.dtype], origin_of(self)] where Self.writable:
        """All elements, for reading and writing. Raises when they are not contiguous."""
        self._require_contiguous()
        return Span[mut=True, Scalar[Self.dtype], origin_of(self)](
            unsafe_ptr=self.unsafe_ptr().unsafe_origin_cast[origin_of(self)](), length=len(self)
        )

    def _require_contiguous(self) raises:
        if not self.is_contiguous():
            raise Error("the array is not contiguous; use strides(), or make a copy in Python")


def array_from_list[dtype: DType, //](var list: List[Scalar[dtype]]) raises -> PythonObject:
    """The list as a NumPy array where NumPy has been imported, else as a `memoryview`. No element is copied: Python sees the list's own
    memory, which lives as long as Python looks at it."""
    _start()
    return PythonObject(from_owned=_array_object(list^))


# ---- element types


@always_inline
def __size_of_element[dtype: DType]() -> Int:
    from std.sys import size_of

    return size_of[Scalar[dtype]]()


def _array_name[dtype: DType]() -> StaticString:
    comptime if dtype == DType.float32:
        return "an array of float32"
    elif dtype == DType.float64:
        return "an array of float64"
    elif dtype == DType.int8:
        return "an array of int8"
    elif dtype == DType.int16:
        return "an array of int16"
    elif dtype == DType.int32:
        return "an array of int32"
    elif dtype == DType.uint8:
        return "an array of uint8"
    elif dtype == DType.uint16:
        return "an array of uint16"
    elif dtype == DType.uint32:
        return "an array of uint32"
    elif dtype == DType.uint or dtype == DType.uint64:
        return "an array of uint64"
    return "an array of int64"


def _format_text(format: Int) -> String:
    """The struct-module format of a buffer's elements; none means bytes."""
    if format == 0:
        return String("B")
    var text = __pointer_from_int[Pointer[UInt8, MutUntrackedOrigin]](format)
    return String(unsafe_from_utf8_ptr=text)


def _format_fits[dtype: DType](format: Int) -> Bool:
    var text = _format_text(format)
    if text.startswith("=") or text.startswith("@") or text.startswith("<"):
        text = String(text[byte=1:])
    if text.byte_length() != 1:
        return False
    comptime if dtype == DType.float32:
        return text == "f"
    elif dtype == DType.float64:
        return text == "d"
    elif dtype == DType.int8:
        return text == "b"
    elif dtype == DType.int16:
        return text == "h"
    elif dtype == DType.int32:
        return text == "i"
    elif dtype == DType.uint8:
        return text == "B"
    elif dtype == DType.uint16:
        return text == "H"
    elif dtype == DType.uint32:
        return text == "I"
    elif dtype == DType.uint or dtype == DType.uint64:
        return text == "L" or text == "Q"
    return text == "l" or text == "q"


# ---- arrays over lists


def _drop_list[dtype: DType](capsule: Int):
    """Destroys the list that a capsule holds, with its box."""
    var box = __pointer_from_int[Pointer[List[Scalar[dtype]], MutUntrackedOrigin]](
        _py["PyCapsule_GetPointer", Int](capsule, Int(0))
    )
    _ = box.unsafe_take_pointee()
    box.unsafe_free()


def _array_object[dtype: DType, //](var value: List[Scalar[dtype]]) raises -> Int:
    """A NumPy array where NumPy has been imported, else a `memoryview`, over the list's own memory: no element is copied. The list lives
    as long as Python looks at it."""
    var length = len(value)
    var box = unsafe_alloc[List[Scalar[dtype]]](1)
    box.unsafe_write(value^)
    var drop: def(Int) thin -> None = _drop_list[dtype]
    var owner = _py["PyCapsule_New", Int](__pointer_to_int(box), Int(0), Pointer(to=drop).unsafe_bitcast[Int]()[])
    if owner == 0:
        _ = box.unsafe_take_pointee()
        box.unsafe_free()
        raise _pending_error()
    var address = __pointer_to_int(box[].unsafe_ptr())
    var result = _array_over(address, length * __size_of_element[dtype](), owner, _letter[dtype]())
    _decrement(owner)
    return result


def _call_method(object: Int, name: StaticString, format: StaticString, a: Int, b: Int) raises -> Int:
    """A method called with up to two arguments, by the formats of the C API; both texts end with a zero."""
    return _checked(
        _py["PyObject_CallMethod", Int](object, __pointer_to_int(name.unsafe_ptr()), __pointer_to_int(format.unsafe_ptr()), a, b)
    )


def _array_over(address: Int, bytes: Int, owner: Int, letter: StaticString) raises -> Int:
    """An array object over memory, new. An array of ctypes stands between, which can hold the owner of the memory."""
    var ctypes = _checked(_py["PyImport_ImportModule", Int](__pointer_to_int("ctypes\0".unsafe_ptr())))
    var char = _py["PyObject_GetAttrString", Int](ctypes, __pointer_to_int("c_ubyte\0".unsafe_ptr()))
    _decrement(ctypes)
    var size = _checked(_py["PyLong_FromSsize_t", Int](bytes))
    var type = _py["PyNumber_Multiply", Int](_checked(char), size)
    _decrement(size)
    _decrement(char)
    # An empty list has no memory.
    var memory: Int
    if bytes == 0:
        memory = _checked(_py["PyObject_CallNoArgs", Int](_checked(type)))
    else:
        memory = _call_method(_checked(type), "from_address\0", "n\0", address, 0)
    _decrement(type)
    if _py["PyObject_SetAttrString", Int32](memory, __pointer_to_int("_owner\0".unsafe_ptr()), owner) != 0:
        _decrement(memory)
        raise _pending_error()
    var modules = _py["PyImport_GetModuleDict", Int]()
    var numpy = _py["PyDict_GetItemString", Int](modules, __pointer_to_int("numpy\0".unsafe_ptr()))
    var result: Int
    if numpy != 0 and bytes != 0:
        result = _call_method(numpy, "frombuffer\0", "Os\0", memory, __pointer_to_int(letter.unsafe_ptr()))
    elif numpy != 0:
        # `frombuffer` refuses an empty buffer.
        result = _call_method(numpy, "empty\0", "is\0", 0, __pointer_to_int(letter.unsafe_ptr()))
    else:
        var view = _checked(_py["PyMemoryView_FromObject", Int](memory))
        var plain = _call_method(view, "cast\0", "s\0", __pointer_to_int("B\0".unsafe_ptr()), 0)
        result = _call_method(plain, "cast\0", "s\0", __pointer_to_int(letter.unsafe_ptr()), 0)
        _decrement(plain)
        _decrement(view)
    _decrement(memory)
    return result


def _letter[dtype: DType]() -> StaticString:
    """The letter of an element type in the struct module, with a zero behind it."""
    comptime if dtype == DType.float32:
        return "f\0"
    elif dtype == DType.float64:
        return "d\0"
    elif dtype == DType.int8:
        return "b\0"
    elif dtype == DType.int16:
        return "h\0"
    elif dtype == DType.int32:
        return "i\0"
    elif dtype == DType.uint8:
        return "B\0"
    elif dtype == DType.uint16:
        return "H\0"
    elif dtype == DType.uint32:
        return "I\0"
    elif dtype == DType.uint or dtype == DType.uint64:
        return "Q\0"
    return "q\0"
