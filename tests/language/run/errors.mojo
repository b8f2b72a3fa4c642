# output:
#   5
#   caught: division by zero
#   finally
#   else 2
#   typed 7
#   inner: boom
#   rethrown: boom!
#   n=3
#   !boom 4 'boom'
#   Error('outer: inner')
#   42
#   no value: nothing there
#   passed on: refused 9
from std.testing import assert_raises


def divide(a: Int, b: Int) raises -> Int:
    if b == 0:
        raise Error("division by zero")
    return a // b


@fieldwise_init
struct Code(Copyable):
    var value: Int


def typed(n: Int) raises Code -> Int:
    if n > 5:
        raise Code(n)
    return n


def nested() raises:
    try:
        raise "boom"
    except e:
        print("inner:", e)
        raise Error(e, "!")


def fail(text: String) raises -> Never:
    raise Error(text)


def value_or_fail(value: Optional[Int]) raises -> Int:
    if value:
        return value.value()
    fail("nothing there")


@fieldwise_init
struct Refusal(Copyable, Writable):
    var code: Int

    def write_to(self, mut writer: Some[Writer]):
        writer.write("refused ", self.code)


def checked(n: Int) raises Refusal -> Int:
    if n > 5:
        raise Refusal(n)
    return n


def main() raises:
    try:
        print(divide(10, 2))
        print(divide(1, 0))
        print("not reached")
    except e:
        print("caught:", e)
    finally:
        print("finally")
    try:
        var q = divide(4, 2)
        print("else", end=" ")
        print(q)
    except:
        print("never")
    try:
        _ = typed(7)
    except code:
        print("typed", code.value)
    try:
        nested()
    except e:
        print("rethrown:", e)
    print(Error("n=", 3))
    # The type of what is raised first is that of the handler: here a text, not an Error.
    try:
        raise "boom"
    except e:
        print("!" + e, e.byte_length(), repr(e))
    try:
        try:
            raise "inner"
        except e:
            raise Error("outer: ", e)
    except e:
        print(repr(e))
    # What only raises has no value, so it may stand where any is needed.
    try:
        print(value_or_fail(Optional(42)))
        print(value_or_fail(None))
    except e:
        print("no value:", e)
    # An error of any type is caught; whose text does not fit passes.
    with assert_raises(contains="refused 7"):
        print(checked(7))
    try:
        with assert_raises(contains="refused 8"):
            print(checked(9))
    except e:
        print("passed on:", e)
