/** The Mojo text before generated programs: types that tell of their lives (`prelude-types.ts`), and the functions that programs call. */
import { TYPES_OF_PROGRAMS } from './prelude-types.ts';

export const PRELUDE = `${TYPES_OF_PROGRAMS}@no_inline
def use(x: R):
    say("u", x.n)


@no_inline
def use(x: R, y: R):
    say("u", x.n)
    say("u", y.n)


@no_inline
def use(x: I):
    say("u", x.n)


@no_inline
def use(x: M):
    say("u", x.n)


@no_inline
def use(x: Q):
    say("u", x.n)


@no_inline
def use(x: E):
    say("u", x.n)


@no_inline
def use(x: Box[R]):
    say("u", x.item.n)


@no_inline
def use(x: Box[M]):
    say("u", x.item.n)


@no_inline
def use(x: P):
    say("u", x.a.n)
    say("u", x.b.n)


@no_inline
def use(x: N):
    use(x.p)
    use(x.r)


@no_inline
def use(x: D):
    say("u", x.a.n)


@no_inline
def use(x: W):
    say("u", x.a.n)
    say("u", x.b.n)


@no_inline
def use(x: List[R]):
    say("l", len(x))
    if len(x) > 0:
        say("u", x[0].n)


@no_inline
def use(x: Optional[R]):
    if x:
        say("u", x.value().n)
    else:
        say("o", 0)


@no_inline
def use(x: Tuple[R, R]):
    say("u", x[0].n)
    say("u", x[1].n)


@no_inline
def use(x: Array[R, 2]):
    say("u", x[0].n)
    say("u", x[1].n)


@no_inline
def use(x: Dict[Int, R]):
    say("l", len(x))
    for entry in x.values():
        say("u", entry.n)


@no_inline
def use(x: Variant[R, P]):
    if x.isa[R]():
        say("u", x[R].n)
    else:
        use(x[P])


@no_inline
def use(x: Bag[R]):
    say("l", len(x))
    if len(x) > 0:
        say("u", x[0].n)


@no_inline
def eat(var x: R):
    say("e", x.n)


@no_inline
def eat(var x: I):
    say("e", x.n)


@no_inline
def eat(var x: M):
    say("e", x.n)


@no_inline
def eat(var x: Q):
    say("e", x.n)


@no_inline
def eat(var x: Box[R]):
    say("e", x.item.n)


@no_inline
def eat(var x: Box[M]):
    say("e", x.item.n)


@no_inline
def eat(var x: P):
    say("e", x.a.n)


@no_inline
def eat(var x: N):
    say("e", x.r.n)


@no_inline
def eat(var x: D):
    say("e", x.a.n)


@no_inline
def eat(var x: W):
    say("e", x.a.n)


@no_inline
def eat(var x: List[R]):
    say("e", len(x))


@no_inline
def eat(var x: Optional[R]):
    say("e", 1 if x else 0)


@no_inline
def eat(var x: Tuple[R, R]):
    say("e", x[0].n)


@no_inline
def eat_two(var x: Array[R, 2]):
    say("e", x[0].n)


@no_inline
def eat(var x: Dict[Int, R]):
    say("e", len(x))


@no_inline
def eat(var x: Variant[R, P]):
    say("e", 1 if x.isa[R]() else 0)


@no_inline
def eat(var x: Bag[R]):
    say("e", len(x))


@no_inline
def give(x: M):
    say("u", x.n)


@no_inline
def give(var x: M):
    say("e", x.n)


@no_inline
def ignore[T: Movable & Deinitable](var x: T):
    say("i", 0)


@no_inline
def touch(mut x: R):
    x.n += 100
    say("t", x.n)


@no_inline
def reset(mut x: R, n: Int):
    x = R(n)


@no_inline
def may(mut k: Int, n: Int) raises E -> R:
    if step(k):
        raise E(n)
    return R(n)


@no_inline
def fail(mut k: Int, n: Int) raises E:
    if step(k):
        raise E(n)


@no_inline
def passed[T: Movable & Deinitable](var x: T) -> T:
    return x^


@no_inline
def pick(mut k: Int, ref a: R, ref b: R) -> ref[a, b] R:
    if step(k):
        return a
    return b


@no_inline
def run[F: def() -> None](f: F):
    f()


@no_inline
def twice[F: def() -> None](f: F):
    f()
    f()


@no_inline
def hand(x: R, var y: R) -> R:
    say("h", x.n)
    return y^


@no_inline
def popped(mut l: List[R], n: Int) -> R:
    if len(l) > 0:
        return l.pop()
    return R(n)


@no_inline
def popped(mut k: Dict[Int, R], n: Int) -> R:
    try:
        return k.pop(n % 3 + 1)
    except:
        return R(n)


@no_inline
def popped(mut u: Bag[R], n: Int) -> R:
    if len(u) > 0:
        return u.pop()
    return R(n)


@no_inline
def two(var a: R, var b: R) -> Array[R, 2]:
    return [a^, b^]


@no_inline
def table(var a: R, var b: R) -> Dict[Int, R]:
    var made = Dict[Int, R]()
    made[1] = a^
    made[2] = b^
    return made^


@no_inline
def bag(var a: R, var b: R) -> Bag[R]:
    var made = Bag[R]()
    made.append(a^)
    made.append(b^)
    return made^


@no_inline
def taken(mut o: Optional[R], n: Int) -> R:
    if o:
        return o.take()
    return R(n)

`;

/** Lines before the first program. */
export const PRELUDE_LINES = PRELUDE.split('\n').length - 1;
