"""Loops in tiles."""


@always_inline
def map[F: def(Int) -> None, //](size: Int, func: F):
    """Calls `func(i)` for each `i` below `size`."""
    for i in range(size):
        func(i)


@always_inline
def tile[F: def[width: Int](Int) -> None, //, tile_size_list: List[Int]](
    offset: Int, upperbound: Int, workgroup_function: F
):
    """Covers a range with tiles of the first size, what is left with tiles of the second, and so on; calls `f[size](start)`."""
    var at = offset
    comptime for k in range(len(tile_size_list)):
        comptime size = tile_size_list[k]
        while at + size <= upperbound:
            workgroup_function[size](at)
            at += size


@always_inline
def tile[F: def(Int, Int) -> None, //](offset: Int, upperbound: Int, *tile_size_list: Int, workgroup_function: F):
    """The same with sizes that are known at run time; calls `f(start, size)`."""
    var at = offset
    for k in range(len(tile_size_list)):
        var size = tile_size_list[k]
        while at + size <= upperbound:
            workgroup_function(at, size)
            at += size


@always_inline
def unswitch[F: def[flag: Bool]() -> None, //](condition: Bool, func: F):
    """Calls `func[True]()` or `func[False]()`: the condition is a parameter inside."""
    if condition:
        func[True]()
    else:
        func[False]()
