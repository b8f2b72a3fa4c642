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


@always_inline
def tile[F: def[width: Int](Int, Int) -> None, //, secondary_tile_size_list: List[Int], secondary_cleanup_tile: Int](
    offset: Int, upperbound: Int, *primary_tile_size_list: Int, primary_cleanup_tile: Int, workgroup_function: F
):
    """Covers a range with tiles of sizes that are known at run time, to each of which belongs one that is known when the program is
    compiled; what is left over is one call with the cleanup sizes. Calls `f[secondary](start, primary)`."""
    var at = offset
    comptime for k in range(len(secondary_tile_size_list)):
        var size = primary_tile_size_list[k]
        while at + size <= upperbound:
            workgroup_function[secondary_tile_size_list[k]](at, size)
            at += size
    if at < upperbound:
        workgroup_function[secondary_cleanup_tile](at, primary_cleanup_tile)


@always_inline
def tile_and_unswitch[F: def[width: Int, flag: Bool](Int, Int) -> None, //, tile_size_list: List[Int]](
    offset: Int, upperbound: Int, workgroup_function: F
):
    """Covers a range with tiles of the first size, then of the second, and so on; calls `f[size, True](start, upperbound)`. What is
    left over is one call with the last size and `False`: the tile reaches beyond the end."""
    var at = offset
    comptime for k in range(len(tile_size_list)):
        comptime size = tile_size_list[k]
        while at + size <= upperbound:
            workgroup_function[size, True](at, upperbound)
            at += size
    if at < upperbound:
        workgroup_function[tile_size_list[len(tile_size_list) - 1], False](at, upperbound)


@always_inline
def tile_and_unswitch[F: def[flag: Bool](Int, Int, Int) -> None, //](
    offset: Int, upperbound: Int, *tile_size_list: Int, workgroup_function: F
):
    """The same with sizes that are known at run time; calls `f[flag](start, upperbound, size)`."""
    var at = offset
    var size = 0
    for k in range(len(tile_size_list)):
        size = tile_size_list[k]
        while at + size <= upperbound:
            workgroup_function[True](at, upperbound, size)
            at += size
    if at < upperbound:
        workgroup_function[False](at, upperbound, size)


@always_inline
def tile_middle_unswitch_boundaries[
    F: def[width: Int, flag: Bool](Int) -> None, //, middle_tile_sizes: List[Int], left_tile_size: Int = 1, right_tile_size: Int = 1
](left_boundary_start: Int, left_boundary_end: Int, right_boundary_start: Int, right_boundary_end: Int, work_fn: F):
    """Covers both ends of a range with small tiles, `f[size, True](start)`, and what lies between with large ones, `f[size, False](start)`."""
    var at = left_boundary_start
    while at < left_boundary_end:
        work_fn[left_tile_size, True](at)
        at += left_tile_size
    comptime for k in range(len(middle_tile_sizes)):
        comptime size = middle_tile_sizes[k]
        while at + size <= right_boundary_start:
            work_fn[size, False](at)
            at += size
    while at < right_boundary_end:
        work_fn[right_tile_size, True](at)
        at += right_tile_size


@always_inline
def tile_middle_unswitch_boundaries[
    F: def[width: Int, left: Bool, right: Bool](Int) -> None, //, tile_size: Int, size: Int
](work_fn: F):
    """Covers `size` places with tiles; calls `f[size, left, right](start)`, where `left` says that the tile is the first, `right` that
    it is the last. A range of less than two tiles is halved."""
    comptime if size <= tile_size:
        work_fn[size, True, True](0)
    elif size < 2 * tile_size:
        comptime half = size // 2
        work_fn[half, True, False](0)
        work_fn[size - half, False, True](half)
    else:
        work_fn[tile_size, True, False](0)
        var at = tile_size
        while at + tile_size <= size - tile_size:
            work_fn[tile_size, False, False](at)
            at += tile_size
        comptime rest = size % tile_size
        comptime if rest > 0:
            work_fn[rest, False, False](at)
        work_fn[tile_size, False, True](size - tile_size)
