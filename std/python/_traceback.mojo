"""Where Python raised an exception that became an `Error`, for the report of an error that nobody catches.

Kept are the error's text and the calls, as Python objects: those of the last exception only, and nothing of the exception itself."""
from std.memory.pointer import __pointer_to_int
from std.python._cpython import _decrement, _increment, _py, _text_object, _text_of, __slot
from std.runtime.error_stack import set_foreign_stack


def _remember(message: String, exception_type: Int, traceback: Int):
    """Called with the parts of an exception when it becomes an error."""
    var calls = String()
    var entry = traceback
    _increment(entry)
    # The last one is followed by `None`.
    while entry != 0 and _py["PyObject_IsTrue", Int32](entry) != 0:
        var frame = _attribute(entry, "tb_frame")
        var code = _attribute(frame, "f_code")
        # The traceback begins outside.
        calls = String("  at ", _text(code, "co_name"), " (", _text(code, "co_filename"), ":", _text(entry, "tb_lineno"), ")\n", calls)
        _decrement(code)
        _decrement(frame)
        var next = _attribute(entry, "tb_next")
        _decrement(entry)
        entry = next
    _decrement(entry)
    calls = String("  Python's ", _text(exception_type, "__name__"), "\n", calls)
    _keep(__slot["python.error.message"]()[], _text_object(message))
    _keep(__slot["python.error.calls"]()[], _text_object(calls))
    set_foreign_stack(_calls_of)


def _calls_of(error: Error) -> String:
    if _text_of(__slot["python.error.message"]()[]) != String(error):
        return String()
    return _text_of(__slot["python.error.calls"]()[])


def _keep(mut slot: Int, object: Int):
    if slot != 0:
        _decrement(slot)
    slot = object


def _attribute(object: Int, name: StaticString) -> Int:
    """A new reference; 0 where there is none."""
    if object == 0:
        return 0
    var value = _py["PyObject_GetAttrString", Int](object, __pointer_to_int(name.unsafe_ptr()))
    if value == 0:
        _py["PyErr_Clear", NoneType]()
    return value


def _text(object: Int, name: StaticString) -> String:
    """An attribute as text."""
    var value = _attribute(object, name)
    if value == 0:
        return "?"
    var text = _py["PyObject_Str", Int](value)
    _decrement(value)
    if text == 0:
        _py["PyErr_Clear", NoneType]()
        return "?"
    var result = _text_of(text)
    _decrement(text)
    return result
