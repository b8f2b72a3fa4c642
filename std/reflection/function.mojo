"""`reflect_fn`: what the compiler knows of a function."""
from std.reflection.functions import get_function_name, get_linkage_name


struct ReflectedFn[func_type: AnyType, //, func: func_type]:
    """Facts about a function; there are no values of it."""

    @staticmethod
    def display_name() -> StaticString:
        """The name of the function as its declaration has it."""
        return get_function_name[Self.func]()

    @staticmethod
    def linkage_name() -> StaticString:
        """The linker symbol of the function."""
        return get_linkage_name[Self.func]()


comptime reflect_fn[func_type: AnyType, //, func: func_type] = ReflectedFn[func]
"""`ReflectedFn[func]`."""
