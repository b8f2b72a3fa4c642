"""Questions about types that are answered while compiling."""


@__builtin("reflected")
struct Reflected[T: AnyType]:
    """A handle of the type `T`, without storage. The compiler knows these members:

    `name()` and `base_name()`: with module and parameters, and plain. `is_struct()`. `field_count()`.
    `field_names()` and `field_types()`: lists, indexed by compile-time values. `field["x"]` and `field_at[i]`: the handle
    of a field's type. `field_index["x"]()`, `field_offset[name="x"]()`, `field_offset[index=i]()`.
    `field_ref[i](value)`: the field itself, a place in `value`.
    """

    pass


comptime reflect[T: AnyType] = Reflected[T]
