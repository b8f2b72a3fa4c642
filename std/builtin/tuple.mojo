"""Tuples: a fixed number of values, each of its own type."""

from std.format.writable import _write_type_name
from std.hash.hashable import Hasher


@__intrinsic("type.same")
def __same_type[T: AnyType, U: AnyType]() -> Bool:
    ...


@__builtin("tuple")
struct Tuple[*Ts: Movable](
    ImplicitlyCopyable where conforms_to(Ts, ImplicitlyCopyable),
    Copyable where conforms_to(Ts, Copyable),
    Movable,
    RegisterPassable where conforms_to(Ts, RegisterPassable),
    Sized,
    Equatable where conforms_to(Ts, Equatable),
    Comparable where conforms_to(Ts, Comparable),
    Writable where conforms_to(Ts, Writable),
    Hashable where conforms_to(Ts, Hashable),
):
    """The elements in order. `(a, b)` builds one; `t[i]` reaches an element by a compile-time index."""

    comptime element_types = Self.Ts

    @always_inline
    def __len__(self) -> Int:
        return len(Self.Ts)

    def __eq__(self, other: Self) -> Bool where conforms_to(Self.Ts, Equatable):
        comptime for i in range(len(Self.Ts)):
            if self[i] != other[i]:
                return False
        return True

    def __lt__(self, other: Self) -> Bool where conforms_to(Self.Ts, Comparable):
        comptime for i in range(len(Self.Ts)):
            if self[i] < other[i]:
                return True
            if other[i] < self[i]:
                return False
        return False

    def write_to(self, mut writer: Some[Writer]) where conforms_to(Self.Ts, Writable):
        """Writes the text that `print` shows."""
        writer.write_string("(")
        comptime for i in range(len(Self.Ts)):
            comptime if i > 0:
                writer.write_string(", ")
            self[i].write_to(writer)
        comptime if len(Self.Ts) == 1:
            writer.write_string(",")
        writer.write_string(")")

    def write_repr_to(self, mut writer: Some[Writer]) where conforms_to(Self.Ts, Writable):
        """Writes the text that `repr` gives."""
        _write_type_name[Self](writer)
        writer.write_string("(")
        comptime for i in range(len(Self.Ts)):
            comptime if i > 0:
                writer.write_string(", ")
            self[i].write_repr_to(writer)
        comptime if len(Self.Ts) == 1:
            writer.write_string(",")
        writer.write_string(")")

    @staticmethod
    def _has_type[T: AnyType]() -> Bool:
        var result = False
        comptime for i in range(len(Self.Ts)):
            comptime if __same_type[Self.Ts[i], T]():
                result = True
        return result

    def __contains__[T: Equatable](self, value: T) -> Bool:
        """Whether an element of the value's type is equal to it. Some element must have that type."""
        comptime has_type = Self._has_type[T]()
        comptime assert has_type, "no element of the tuple has the type of the value: they can never be equal"
        comptime for i in range(len(Self.Ts)):
            comptime if __same_type[Self.Ts[i], T]():
                if rebind[T](self[i]) == value:
                    return True
        return False

    def __hash__[H: Hasher](self, mut hasher: H) where conforms_to(Self.Ts, Hashable):
        comptime for i in range(len(Self.Ts)):
            self[i].__hash__(hasher)

    def consume_elements[F: def[idx: Int](var element: Self.Ts[idx]), //](deinit self, elt_handler: F):
        """Hands each element, from the first to the last, to a function that ends it."""
        comptime for i in range(len(Self.Ts)):
            elt_handler[i](Pointer(to=self[i]).unsafe_take_pointee())

    # ---- new tuples, of the moved elements; one function for each number of elements, as far as programs go

    def reverse[A: Movable, //](deinit self: Tuple[A]) -> Tuple[A]:
        """The elements, last first."""
        return (self[0]^,)

    def reverse[A: Movable, B: Movable, //](deinit self: Tuple[A, B]) -> Tuple[B, A]:
        """The elements, last first."""
        return (self[1]^, self[0]^)

    def reverse[A: Movable, B: Movable, C: Movable, //](deinit self: Tuple[A, B, C]) -> Tuple[C, B, A]:
        """The elements, last first."""
        return (self[2]^, self[1]^, self[0]^)

    def reverse[A: Movable, B: Movable, C: Movable, D: Movable, //](deinit self: Tuple[A, B, C, D]) -> Tuple[D, C, B, A]:
        """The elements, last first."""
        return (self[3]^, self[2]^, self[1]^, self[0]^)

    def reverse[A: Movable, B: Movable, C: Movable, D: Movable, E: Movable, //](deinit self: Tuple[A, B, C, D, E]) -> Tuple[E, D, C, B, A]:
        """The elements, last first."""
        return (self[4]^, self[3]^, self[2]^, self[1]^, self[0]^)

    def reverse[A: Movable, B: Movable, C: Movable, D: Movable, E: Movable, F: Movable, //](deinit self: Tuple[A, B, C, D, E, F]) -> Tuple[F, E, D, C, B, A]:
        """The elements, last first."""
        return (self[5]^, self[4]^, self[3]^, self[2]^, self[1]^, self[0]^)

    def concat(var self, other: Tuple[]) -> Self:
        """The elements of the first, for the second has none."""
        return self^

    def concat[*Others: Movable](self: Tuple[], var other: Tuple[*Others]) -> Tuple[*Others]:
        """The elements of the second, for the first has none."""
        return other^

    def concat[A: Movable, B: Movable, //](
        deinit self: Tuple[A], deinit other: Tuple[B]
    ) -> Tuple[A, B]:
        """The elements of both."""
        return (self[0]^, other[0]^)

    def concat[A: Movable, B: Movable, C: Movable, //](
        deinit self: Tuple[A], deinit other: Tuple[B, C]
    ) -> Tuple[A, B, C]:
        """The elements of both."""
        return (self[0]^, other[0]^, other[1]^)

    def concat[A: Movable, B: Movable, C: Movable, D: Movable, //](
        deinit self: Tuple[A], deinit other: Tuple[B, C, D]
    ) -> Tuple[A, B, C, D]:
        """The elements of both."""
        return (self[0]^, other[0]^, other[1]^, other[2]^)

    def concat[A: Movable, B: Movable, C: Movable, D: Movable, E: Movable, //](
        deinit self: Tuple[A], deinit other: Tuple[B, C, D, E]
    ) -> Tuple[A, B, C, D, E]:
        """The elements of both."""
        return (self[0]^, other[0]^, other[1]^, other[2]^, other[3]^)

    def concat[A: Movable, B: Movable, C: Movable, //](
        deinit self: Tuple[A, B], deinit other: Tuple[C]
    ) -> Tuple[A, B, C]:
        """The elements of both."""
        return (self[0]^, self[1]^, other[0]^)

    def concat[A: Movable, B: Movable, C: Movable, D: Movable, //](
        deinit self: Tuple[A, B], deinit other: Tuple[C, D]
    ) -> Tuple[A, B, C, D]:
        """The elements of both."""
        return (self[0]^, self[1]^, other[0]^, other[1]^)

    def concat[A: Movable, B: Movable, C: Movable, D: Movable, E: Movable, //](
        deinit self: Tuple[A, B], deinit other: Tuple[C, D, E]
    ) -> Tuple[A, B, C, D, E]:
        """The elements of both."""
        return (self[0]^, self[1]^, other[0]^, other[1]^, other[2]^)

    def concat[A: Movable, B: Movable, C: Movable, D: Movable, E: Movable, F: Movable, //](
        deinit self: Tuple[A, B], deinit other: Tuple[C, D, E, F]
    ) -> Tuple[A, B, C, D, E, F]:
        """The elements of both."""
        return (self[0]^, self[1]^, other[0]^, other[1]^, other[2]^, other[3]^)

    def concat[A: Movable, B: Movable, C: Movable, D: Movable, //](
        deinit self: Tuple[A, B, C], deinit other: Tuple[D]
    ) -> Tuple[A, B, C, D]:
        """The elements of both."""
        return (self[0]^, self[1]^, self[2]^, other[0]^)

    def concat[A: Movable, B: Movable, C: Movable, D: Movable, E: Movable, //](
        deinit self: Tuple[A, B, C], deinit other: Tuple[D, E]
    ) -> Tuple[A, B, C, D, E]:
        """The elements of both."""
        return (self[0]^, self[1]^, self[2]^, other[0]^, other[1]^)

    def concat[A: Movable, B: Movable, C: Movable, D: Movable, E: Movable, F: Movable, //](
        deinit self: Tuple[A, B, C], deinit other: Tuple[D, E, F]
    ) -> Tuple[A, B, C, D, E, F]:
        """The elements of both."""
        return (self[0]^, self[1]^, self[2]^, other[0]^, other[1]^, other[2]^)

    def concat[A: Movable, B: Movable, C: Movable, D: Movable, E: Movable, F: Movable, G: Movable, //](
        deinit self: Tuple[A, B, C], deinit other: Tuple[D, E, F, G]
    ) -> Tuple[A, B, C, D, E, F, G]:
        """The elements of both."""
        return (self[0]^, self[1]^, self[2]^, other[0]^, other[1]^, other[2]^, other[3]^)

    def concat[A: Movable, B: Movable, C: Movable, D: Movable, E: Movable, //](
        deinit self: Tuple[A, B, C, D], deinit other: Tuple[E]
    ) -> Tuple[A, B, C, D, E]:
        """The elements of both."""
        return (self[0]^, self[1]^, self[2]^, self[3]^, other[0]^)

    def concat[A: Movable, B: Movable, C: Movable, D: Movable, E: Movable, F: Movable, //](
        deinit self: Tuple[A, B, C, D], deinit other: Tuple[E, F]
    ) -> Tuple[A, B, C, D, E, F]:
        """The elements of both."""
        return (self[0]^, self[1]^, self[2]^, self[3]^, other[0]^, other[1]^)

    def concat[A: Movable, B: Movable, C: Movable, D: Movable, E: Movable, F: Movable, G: Movable, //](
        deinit self: Tuple[A, B, C, D], deinit other: Tuple[E, F, G]
    ) -> Tuple[A, B, C, D, E, F, G]:
        """The elements of both."""
        return (self[0]^, self[1]^, self[2]^, self[3]^, other[0]^, other[1]^, other[2]^)

    def concat[A: Movable, B: Movable, C: Movable, D: Movable, E: Movable, F: Movable, G: Movable, H: Movable, //](
        deinit self: Tuple[A, B, C, D], deinit other: Tuple[E, F, G, H]
    ) -> Tuple[A, B, C, D, E, F, G, H]:
        """The elements of both."""
        return (self[0]^, self[1]^, self[2]^, self[3]^, other[0]^, other[1]^, other[2]^, other[3]^)
