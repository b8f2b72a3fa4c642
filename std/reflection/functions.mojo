"""Names of functions as compile-time values."""


@__intrinsic("type.function_name_pointer")
def __function_name_pointer[F: AnyType, //, f: F]() -> Pointer[UInt8, ImmStaticOrigin]:
    ...


@__intrinsic("type.function_name_length")
def __function_name_length[F: AnyType, //, f: F]() -> Int:
    ...


@__intrinsic("type.function_symbol_pointer")
def __function_symbol_pointer[F: AnyType, //, f: F]() -> Pointer[UInt8, ImmStaticOrigin]:
    ...


@__intrinsic("type.function_symbol_length")
def __function_symbol_length[F: AnyType, //, f: F]() -> Int:
    ...


def get_function_name[func_type: AnyType, //, func: func_type]() -> StaticString:
    """The name of `func` as its declaration has it: no module, parameters or arguments."""
    return StaticString(unsafe_from_utf8_ptr=__function_name_pointer[func](), length=__function_name_length[func]())


def get_linkage_name[func_type: AnyType, //, func: func_type]() -> StaticString:
    """The linker symbol of `func`: the exported name, or one that is made of its path and parameters."""
    return StaticString(unsafe_from_utf8_ptr=__function_symbol_pointer[func](), length=__function_symbol_length[func]())
