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
def tile[F: def[width: Int, height: Int](Int, Int) -> None, //, tile_sizes_x: List[Int], tile_sizes_y: List[Int]](
    offset_x: Int, offset_y: Int, upperbound_x: Int, upperbound_y: Int, workgroup_function: F
):
    """Covers a rectangle with tiles, row after row, as `tile` covers a range; calls `f[width, height](x, y)`."""
    var y = offset_y
    comptime for j in range(len(tile_sizes_y)):
        comptime height = tile_sizes_y[j]
        while y + height <= upperbound_y:
            var x = offset_x
            comptime for i in range(len(tile_sizes_x)):
                comptime width = tile_sizes_x[i]
                while x + width <= upperbound_x:
                    workgroup_function[width, height](x, y)
                    x += width
            y += height


@always_inline
def unswitch[F: def[flag: Bool]() -> None, //](dynamic_switch: Bool, switched_func: F):
    """Calls `f[True]()` or `f[False]()`: the condition is a parameter inside."""
    if dynamic_switch:
        switched_func[True]()
    else:
        switched_func[False]()


@always_inline
def unswitch[F: def[a: Bool, b: Bool]() -> None, //](dynamic_switch_a: Bool, dynamic_switch_b: Bool, switched_func: F):
    """The same with two conditions."""
    if dynamic_switch_a:
        if dynamic_switch_b:
            switched_func[True, True]()
        else:
            switched_func[True, False]()
    elif dynamic_switch_b:
        switched_func[False, True]()
    else:
        switched_func[False, False]()
