# One mistake at a time in calls, closures and errors.
@fieldwise_init
struct MoveOnly(Movable):
    var n: Int


@fieldwise_init
struct Silent(Copyable):
    var n: Int


def pair() -> Tuple[MoveOnly, MoveOnly]:
    return (MoveOnly(1), MoveOnly(2))


def keyword_only(a: Int, *, b: Int) -> Int:
    return a + b


def dictionary(**kw: Int) -> Int:  #~ error[M2098] "only support the 'var' convention"
    return len(kw)


def fails() raises Silent:
    raise Silent(1)


def passes_on() raises:
    fails()  #~ error[M2355] "may raise 'Silent' in context that supports an error type of 'Error'"


def main():
    print(keyword_only(1, 2))  #~ error[M2350] "missing required argument: 'b'"
    var a, b = pair()  #~ error[M2311] "cannot be implicitly copied"
    var t = MoveOnly(1)  #~ error[M2311] "cannot be implicitly copied"

    def by_copy() {var t} -> Int:
        return t.n

    def unknown() {mut nowhere}:  #~ error[M2453] "reference to an unknown value: nowhere"
        pass
