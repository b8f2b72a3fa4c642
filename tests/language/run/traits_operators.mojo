# Operators through traits, reflected operators, in-place operators.
trait Ring(Copyable, Deinitable):
    def __add__(self, o: Self) -> Self:
        ...

    def __mul__(self, o: Self) -> Self:
        ...

    def __neg__(self) -> Self:
        ...

    @staticmethod
    def zero() -> Self:
        ...

    @staticmethod
    def one() -> Self:
        ...

    def __sub__(self, o: Self) -> Self:
        return self + (-o)


@fieldwise_init
struct Mod[m: Int](Equatable, ImplicitlyCopyable, Ring, Writable):
    var v: Int

    def __add__(self, o: Self) -> Self:
        return Self((self.v + o.v) % Self.m)

    def __mul__(self, o: Self) -> Self:
        return Self((self.v * o.v) % Self.m)

    def __neg__(self) -> Self:
        return Self(-self.v % Self.m)

    @staticmethod
    def zero() -> Self:
        return Self(0)

    @staticmethod
    def one() -> Self:
        return Self(1)

    def __radd__(self, n: Int) -> Self:
        return Self((n + self.v) % Self.m)

    def __iadd__(mut self, o: Self):
        self.v = (self.v + o.v) % Self.m

    def __ilshift__(mut self, n: Int):
        for _ in range(n):
            self.v = self.v * 10 % Self.m

    def write_to(self, mut w: Some[Writer]):
        w.write(self.v, " (mod ", Self.m, ")")


@fieldwise_init
struct Cplx(Ring, Writable):
    var re: Int
    var im: Int

    def __add__(self, o: Self) -> Self:
        return Self(self.re + o.re, self.im + o.im)

    def __mul__(self, o: Self) -> Self:
        return {self.re * o.re - self.im * o.im, self.re * o.im + self.im * o.re}

    def __neg__(self) -> Self:
        return Self(-self.re, -self.im)

    @staticmethod
    def zero() -> Self:
        return Self(0, 0)

    @staticmethod
    def one() -> Self:
        return Self(1, 0)


def power[R: Ring](x: R, n: Int) -> R:
    var acc = R.one()
    for _ in range(n):
        acc = acc * x
    return acc^


def poly[R: Ring](coeffs: List[R], x: R) -> R:
    var acc = R.zero()
    for c in reversed(coeffs):
        acc = acc * x + c
    return acc^


def main():
    comptime M7 = Mod[7]
    print(power(M7(3), 5), M7(2) - M7(5), 10 + M7(4))
    var c = power(Cplx(1, 1), 4)
    print(c)
    print(poly([M7(1), M7(2), M7(3)], M7(4)))
    print(poly([Cplx(1, 0), Cplx(0, 1)], Cplx(2, 3)) - Cplx.one())
    var m = M7(6)
    m += M7(3)
    print(m)
    m <<= 2
    print(m, m == M7(4), m != M7(4), -m)


# output:
#   5 (mod 7) 4 (mod 7) 0 (mod 7)
#   Cplx(re=-4, im=0)
#   1 (mod 7)
#   Cplx(re=-3, im=2)
#   2 (mod 7)
#   4 (mod 7) True False 3 (mod 7)
