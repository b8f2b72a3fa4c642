"""`algorithm.sort`: sorting, from where it was; the comparison was a parameter: `sort[less](numbers)`."""
from std.builtin.sort import partition, sort as _sort


@always_inline
def sort[T: Movable & Deinitable, //, cmp_fn: def(T, T) capturing -> Bool, *, stable: Bool = False](mut span: List[T]):
    """Sorts a list so that `cmp_fn` holds of no element and an earlier one."""
    _sort[stable=stable](span, cmp_fn)


@always_inline
def sort[T: Movable & Deinitable, origin: Origin[mut=True], //, cmp_fn: def(T, T) capturing -> Bool, *, stable: Bool = False](
    span: Span[T, origin]
):
    """Sorts the elements of a span by a comparison."""
    _sort[stable=stable](span, cmp_fn)


@always_inline
def sort[T: Comparable & Movable & Deinitable, //, *, stable: Bool = False](mut span: List[T]):
    """Sorts a list in ascending order. With `stable=True` equal elements keep their order."""
    _sort[stable=stable](span)


@always_inline
def sort[T: Movable & Deinitable, F: def(T, T) -> Bool, //, *, stable: Bool = False](mut span: List[T], cmp_fn: F):
    """Sorts a list by a comparison."""
    _sort[stable=stable](span, cmp_fn)


@always_inline
def sort[T: Comparable & Movable & Deinitable, n: Int, //, *, stable: Bool = False](mut span: Array[T, n]):
    """Sorts an array in ascending order."""
    _sort[stable=stable](span)


@always_inline
def sort[T: Movable & Deinitable, n: Int, F: def(T, T) -> Bool, //, *, stable: Bool = False](
    mut span: Array[T, n], cmp_fn: F
):
    """Sorts an array by a comparison."""
    _sort[stable=stable](span, cmp_fn)


@always_inline
def sort[T: Comparable & Movable & Deinitable, origin: Origin[mut=True], //, *, stable: Bool = False](
    span: Span[T, origin]
):
    """Sorts the elements of a span in ascending order."""
    _sort[stable=stable](span)


@always_inline
def sort[T: Movable & Deinitable, origin: Origin[mut=True], F: def(T, T) -> Bool, //, *, stable: Bool = False](
    span: Span[T, origin], cmp_fn: F
):
    """Sorts the elements of a span by a comparison."""
    _sort[stable=stable](span, cmp_fn)
