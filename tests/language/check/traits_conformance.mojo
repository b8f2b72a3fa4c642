# Conformance: what is missing or differs is named, once, at the struct.
trait Sink:
    def put(mut self, x: Int):
        ...

    def get(self) -> Int:
        ...


struct TakesMut(Sink):  #~ error[M2071] "'TakesMut' does not implement all requirements for 'Sink'"
    def put(mut self, x: Int):
        pass

    def get(mut self) -> Int:
        return 1


struct Raises(Sink):  #~ error[M2071] "'Raises' does not implement all requirements for 'Sink'"
    def put(mut self, x: Int):
        pass

    def get(self) raises -> Int:
        return 1


struct OtherType(Sink):  #~ error[M2071] "'OtherType' does not implement all requirements for 'Sink'"
    def put(mut self, x: Float64):
        pass

    def get(self) -> Int:
        return 1


trait Keyed:
    comptime Key: Copyable
    comptime width: Int
    comptime label: StaticString = "keyed"

    def key(self) -> Self.Key:
        ...


struct NoKey(Keyed):  #~ error[M2071] "'NoKey' does not implement all requirements for 'Keyed'"
    comptime width = 3

    def key(self) -> Int:
        return 1


struct TextWidth(Keyed):  #~ error[M2071] "'TextWidth' does not implement all requirements for 'Keyed'"
    comptime Key = Int
    comptime width = "three"

    def key(self) -> Int:
        return 1


struct TypedWidth(Keyed):  #~ error[M2071] "'TypedWidth' does not implement all requirements for 'Keyed'"
    comptime Key = Int
    comptime width: Float64 = 1.5

    def key(self) -> Int:
        return 1


# A parameter of that name specifies nothing.
struct NamedKey[Key: Copyable](Keyed):  #~ error[M2071] "'NamedKey' does not implement all requirements for 'Keyed'"
    comptime width = 1

    def key(self) -> Int:
        return 1


@fieldwise_init("implicit")  #~ error[M2062] "is only valid on structs with a single field"
struct TwoFields:
    var a: Int
    var b: Int


def made() -> Left:
    return Both()  #~ error[M2047] "cannot implicitly convert the result to 'Left'"


trait Left:
    def hi(self) -> String:
        return "left"


trait Right:
    def hi(self) -> String:
        return "right"


struct Both(Left, Right):  #~ error[M2072] "conflicting default implementations in 'Left' and 'Right'"
    def __init__(out self):
        pass


@fieldwise_init  #~ error[M2061] "'Twice' has an explicitly declared fieldwise initializer"
struct Twice:
    var n: Int

    def __init__(out self, m: Int):
        self.n = m


struct Implicit:
    @implicit
    def __init__(out self, a: Int, b: Int):  #~ error[M2045] "'@implicit' initializers must accept a single positional argument value"
        pass


struct Gated[T: Copyable & Deinitable](Equatable):  #~ error[M2071] "'Gated' does not implement all requirements for 'Equatable'"
    var v: Self.T

    def __eq__(self, other: Self) -> Bool where conforms_to(Self.T, Equatable):
        return self.v == other.v


trait Named:
    comptime label: Int = 1

    def hello(self) -> String:
        return "named"


trait Titled(Named):
    comptime label: Int = 2

    def hello(self) -> String:
        return "titled"


struct Replaced(Titled):  #~ error[M2072] "'hello' has conflicting default implementations in 'Titled' and 'Named'" #~ error[M2073] "trait member 'label' has conflicting default implementations"
    pass


struct Settled(Titled):
    comptime label = 3

    def hello(self) -> String:
        return "settled"


trait Shown(Writable):
    def write_to(self, mut writer: Some[Writer]):
        writer.write("shown")


struct Ambiguous(Shown):  #~ error[M2071] "'Ambiguous' does not implement all requirements for 'Shown'"
    pass


@explicit_destroy  #~ error[M2027] "'@explicit_destroy' requires an argument"
struct Linear(Movable, Deinitable where False):
    pass


def ends_elements(mut list: List[Linear]):
    list.clear()  #~ error[M2350] "invalid call to 'clear': violated constraint"


def ends_open_elements[T: Movable](mut list: List[T], var other: List[T]):
    list += other^  #~ error[M2350] "invalid call to '__iadd__': lacking evidence to prove correctness"


def captured_for_good[T: Movable](var x: T):
    def f() {var x^}:  #~ error[M2055] "field 'x' has non-'Deinitable' type 'T'"
        pass

    f()


struct Empty:
    @implicit
    def __init__(out self, none: NoneType):
        pass


trait Wraps:
    comptime Wrapped[T: Copyable]: AnyType
    comptime Over[mut: Bool, //, o: Origin[mut=mut]]: AnyType


struct WrapsOne(Wraps):
    comptime Wrapped[U: Copyable] = List[U]
    comptime Over[o: Origin] = Int


struct WrapsNone(Wraps):  #~ error[M2071] "'WrapsNone' does not implement all requirements for 'Wraps'"
    comptime Wrapped = List[Int]
    comptime Over[o: Origin] = Int


struct WrapsTwo(Wraps):  #~ error[M2071] "'WrapsTwo' does not implement all requirements for 'Wraps'"
    comptime Wrapped[T: Copyable, U: Copyable] = List[T]
    comptime Over[o: Origin] = Int


def takes_empty(e: Empty):
    pass


def redefined(a: Int) -> Int:
    return a


def redefined(a: Int) -> String:  #~ error[M2006] "redefinition of function 'redefined', cannot overload on return type"
    return String(a)


def main():
    print(Keyed.label)  #~ error[M2332] "direct access of trait members is not supported"
    print(Both().hi())
    print(redefined(1))
    takes_empty(Empty(None))
    takes_empty(None)  #~ error[M2350] "value passed to 'e' cannot be converted from 'None' to 'Empty'"
