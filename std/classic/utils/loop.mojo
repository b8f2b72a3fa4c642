"""`utils.loop`: loops at compile time."""


@always_inline
def unroll[count: Int, func: def[i: Int]() capturing -> None]():
    """`func[0]()`, `func[1]()`, … without a loop."""
    comptime for i in range(count):
        func[i]()


@always_inline
def unroll[func: def[i: Int]() capturing -> None, count: Int]():
    """`func[0]()`, `func[1]()`, … without a loop."""
    comptime for i in range(count):
        func[i]()
