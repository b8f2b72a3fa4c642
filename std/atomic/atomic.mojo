"""`Atomic`: a number that threads change one after the other. Every operation is sequentially consistent."""
from std.atomic.sharing import SharedMutable


@__intrinsic("atomic.load")
def __atomic_load[dtype: DType](pointer: Pointer[Scalar[dtype], MutUntrackedOrigin]) -> Scalar[dtype]:
    ...


@__intrinsic("atomic.store")
def __atomic_store[dtype: DType](pointer: Pointer[Scalar[dtype], MutUntrackedOrigin], value: Scalar[dtype]):
    ...


@__intrinsic("atomic.add")
def __atomic_add[dtype: DType](pointer: Pointer[Scalar[dtype], MutUntrackedOrigin], value: Scalar[dtype]) -> Scalar[dtype]:
    ...


@__intrinsic("atomic.sub")
def __atomic_sub[dtype: DType](pointer: Pointer[Scalar[dtype], MutUntrackedOrigin], value: Scalar[dtype]) -> Scalar[dtype]:
    ...


@__intrinsic("atomic.max")
def __atomic_max[dtype: DType](pointer: Pointer[Scalar[dtype], MutUntrackedOrigin], value: Scalar[dtype]) -> Scalar[dtype]:
    ...


@__intrinsic("atomic.min")
def __atomic_min[dtype: DType](pointer: Pointer[Scalar[dtype], MutUntrackedOrigin], value: Scalar[dtype]) -> Scalar[dtype]:
    ...


@__intrinsic("atomic.exchange")
def __atomic_exchange[dtype: DType](
    pointer: Pointer[Scalar[dtype], MutUntrackedOrigin], value: Scalar[dtype]
) -> Scalar[dtype]:
    ...


@__intrinsic("atomic.compare_exchange")
def __atomic_compare_exchange[dtype: DType](
    pointer: Pointer[Scalar[dtype], MutUntrackedOrigin], expected: Scalar[dtype], desired: Scalar[dtype]
) -> Scalar[dtype]:
    ...


@__intrinsic("atomic.fence")
def _fence():
    ...


@always_inline
def fence[ordering: Ordering = Ordering.SEQUENTIAL, *, scope: StaticString = ""]():
    """Orders memory accesses before it before those after it, in the strongest way whatever `ordering` asks for, for all threads
    whatever `scope` says."""
    _fence()


@__intrinsic("atomic.pause")
def _pause():
    ...


@fieldwise_init
struct Ordering(TrivialRegisterPassable, Equatable, Writable):
    """What a thread that sees an operation has seen besides. `Atomic` gives the strongest guarantee whatever is asked for."""

    var value: UInt8
    """Which ordering it is."""

    comptime RELAXED = Self(0)
    """Nothing else."""
    comptime ACQUIRE = Self(1)
    """What the thread that released had written."""
    comptime RELEASE = Self(2)
    """What was written before is seen by who acquires."""
    comptime ACQUIRE_RELEASE = Self(3)
    """Both of these."""
    comptime SEQUENTIAL = Self(4)
    """All threads agree on one order of all such operations."""

    comptime NOT_ATOMIC = Self(5)
    """An ordinary access."""
    comptime UNORDERED = Self(6)
    """Never half a value."""

    def __eq__(self, other: Self) -> Bool:
        return self.value == other.value

    def as_string_slice(self) -> StaticString:
        """The name, with the type's name in front."""
        comptime NAMES: List[StaticString] = [
            "Ordering.RELAXED", "Ordering.ACQUIRE", "Ordering.RELEASE", "Ordering.ACQUIRE_RELEASE", "Ordering.SEQUENTIAL",
            "Ordering.NOT_ATOMIC", "Ordering.UNORDERED",
        ]
        return materialize[NAMES]()[Int(self.value)] if self.value < 7 else StaticString("Ordering.UNKNOWN")

    def write_to(self, mut writer: Some[Writer]):
        """Writes the name."""
        writer.write_string(self.as_string_slice().removeprefix("Ordering."))

    def write_repr_to(self, mut writer: Some[Writer]):
        """Writes the name, with the type's name in front."""
        writer.write_string(self.as_string_slice())


struct Atomic[T: TrivialRegisterPassable](Movable, Deinitable, SharedMutable):
    """A number. `T` is a scalar type of up to 8 bytes; reading and changing it may come from several threads at once."""

    var _value: Self.T

    @implicit
    def __init__(out self, value: Self.T):
        self._value = value

    @always_inline
    def _place[dtype: DType](self) -> Pointer[Scalar[dtype], MutUntrackedOrigin]:
        return Pointer(to=self._value).unsafe_origin_cast[MutUntrackedOrigin]().unsafe_bitcast[Scalar[dtype]]()

    @always_inline
    def load[dtype: DType, //, *, ordering: Ordering = Ordering.SEQUENTIAL](
        self: Atomic[Scalar[dtype]]
    ) -> Scalar[dtype]:
        """The value."""
        return __atomic_load(self._place[dtype]())

    @always_inline
    def store[dtype: DType, //, *, ordering: Ordering = Ordering.SEQUENTIAL](
        self: Atomic[Scalar[dtype]], value: Scalar[dtype]
    ):
        """Sets the value."""
        __atomic_store(self._place[dtype](), value)

    @always_inline
    def exchange[dtype: DType, //](self: Atomic[Scalar[dtype]], value: Scalar[dtype]) -> Scalar[dtype]:
        """Sets the value and returns the old one."""
        return __atomic_exchange(self._place[dtype](), value)

    @always_inline
    def fetch_add[dtype: DType, //, *, ordering: Ordering = Ordering.SEQUENTIAL](
        self: Atomic[Scalar[dtype]], rhs: Scalar[dtype]
    ) -> Scalar[dtype]:
        """Adds and returns the old value."""
        return __atomic_add(self._place[dtype](), rhs)

    @always_inline
    def fetch_sub[dtype: DType, //, *, ordering: Ordering = Ordering.SEQUENTIAL](
        self: Atomic[Scalar[dtype]], rhs: Scalar[dtype]
    ) -> Scalar[dtype]:
        """Subtracts and returns the old value."""
        return __atomic_sub(self._place[dtype](), rhs)

    @always_inline
    def max[dtype: DType, //, *, ordering: Ordering = Ordering.SEQUENTIAL](
        self: Atomic[Scalar[dtype]], rhs: Scalar[dtype]
    ):
        """Raises the value to at least this one."""
        _ = __atomic_max(self._place[dtype](), rhs)

    @always_inline
    def min[dtype: DType, //, *, ordering: Ordering = Ordering.SEQUENTIAL](
        self: Atomic[Scalar[dtype]], rhs: Scalar[dtype]
    ):
        """Lowers the value to at most this one."""
        _ = __atomic_min(self._place[dtype](), rhs)

    @always_inline
    def __iadd__[dtype: DType, //](mut self: Atomic[Scalar[dtype]], value: Scalar[dtype]):
        _ = __atomic_add(self._place[dtype](), value)

    @always_inline
    def __isub__[dtype: DType, //](mut self: Atomic[Scalar[dtype]], value: Scalar[dtype]):
        _ = __atomic_sub(self._place[dtype](), value)

    @always_inline
    def compare_exchange[
        dtype: DType, //,
        *,
        success_ordering: Ordering = Ordering.SEQUENTIAL,
        failure_ordering: Ordering = Ordering.SEQUENTIAL,
        weak: Bool = False,
    ](
        self: Atomic[Scalar[dtype]], mut expected: Scalar[dtype], desired: Scalar[dtype]
    ) -> Bool:
        """Sets the value if it equals `expected`; else stores it there and returns False."""
        var found = __atomic_compare_exchange(self._place[dtype](), expected, desired)
        if found == expected:
            return True
        expected = found
        return False

    # ---- numbers that are not in an Atomic

    @staticmethod
    @always_inline
    def load[dtype: DType, //, *, ordering: Ordering = Ordering.SEQUENTIAL](ptr: Pointer[Scalar[dtype], _]) -> Scalar[dtype]:
        """The number at an address."""
        return __atomic_load(ptr.unsafe_origin_cast[MutUntrackedOrigin]())

    @staticmethod
    @always_inline
    def store[dtype: DType, //, *, ordering: Ordering = Ordering.SEQUENTIAL](
        ptr: Pointer[mut=True, Scalar[dtype], _], value: Scalar[dtype]
    ):
        """Sets the number at an address."""
        __atomic_store(ptr.unsafe_origin_cast[MutUntrackedOrigin](), value)

    @staticmethod
    @always_inline
    def fetch_add[dtype: DType, //, *, ordering: Ordering = Ordering.SEQUENTIAL](
        ptr: Pointer[mut=True, Scalar[dtype], _], rhs: Scalar[dtype]
    ) -> Scalar[dtype]:
        """Adds to the number at an address and returns the old one."""
        return __atomic_add(ptr.unsafe_origin_cast[MutUntrackedOrigin](), rhs)

    @staticmethod
    @always_inline
    def max[dtype: DType, //, *, ordering: Ordering = Ordering.SEQUENTIAL](
        ptr: Pointer[mut=True, Scalar[dtype], _], rhs: Scalar[dtype]
    ):
        """Raises the number at an address to at least this one."""
        _ = __atomic_max(ptr.unsafe_origin_cast[MutUntrackedOrigin](), rhs)

    @staticmethod
    @always_inline
    def min[dtype: DType, //, *, ordering: Ordering = Ordering.SEQUENTIAL](
        ptr: Pointer[mut=True, Scalar[dtype], _], rhs: Scalar[dtype]
    ):
        """Lowers the number at an address to at most this one."""
        _ = __atomic_min(ptr.unsafe_origin_cast[MutUntrackedOrigin](), rhs)
